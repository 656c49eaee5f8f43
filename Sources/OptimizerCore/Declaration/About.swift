/// Who an optimizer is: the texts of lists, help and documentation.
public struct About: Sendable, Hashable {
  /// The families, in the order of lists.
  public enum Group: String, Sendable, Hashable, CaseIterable {
    case firstOrder = "first-order"
    case adaptive
    case preconditioned
    case continuousTime = "continuous-time"
    case wrapper

    /// The heading in lists.
    public var title: String {
      switch self {
      case .firstOrder: "First order"
      case .adaptive: "Adaptive (diagonal preconditioners)"
      case .preconditioned: "Matrix and full preconditioners"
      case .continuousTime: "Continuous time"
      case .wrapper: "Wrappers"
      }
    }
  }

  /// The name in specs: `adam`.
  public let id: String
  /// The name in text: `Adam`.
  public let name: String
  /// The family.
  public let group: Group
  /// The idea, in one line.
  public let summary: String
  /// The recurrence, in plain text with Greek letters.
  public let recurrence: String
  /// What to watch on screen.
  public let watch: String
  /// Author, year, and DOI or arXiv id.
  public let citation: String
  /// What it asks of a landscape beyond value and gradient.
  public let needs: Capabilities
  /// What a rule for matrices is where no block of the parameters is one, in a few words; nil for every other rule.
  public let onVectors: String?

  /// Describes an optimizer.
  public init(
    id: String, name: String, group: Group, summary: String, recurrence: String, watch: String,
    citation: String, needs: Capabilities = [], onVectors: String? = nil
  ) {
    self.id = id
    self.name = name
    self.group = group
    self.summary = summary
    self.recurrence = recurrence
    self.watch = watch
    self.citation = citation
    self.needs = needs
    self.onVectors = onVectors
  }
}
