/// Who an optimizer is: the texts of lists, help and documentation.
public struct About: Sendable, Hashable {
  /// The families, in the order of lists.
  public enum Group: String, Sendable, Hashable, CaseIterable {
    case firstOrder = "first-order"
    case adaptive
    case preconditioned
    case continuousTime = "continuous-time"
    case wrapper
    case typed
    case recorded

    /// The heading in lists.
    public var title: String {
      switch self {
      case .firstOrder: "First order"
      case .adaptive: "Adaptive (diagonal preconditioners)"
      case .preconditioned: "Matrix and full preconditioners"
      case .continuousTime: "Continuous time"
      case .wrapper: "Wrappers"
      case .typed: "Typed rules"
      case .recorded: "Recorded runs"
      }
    }
  }

  /// What a learning rate is measured in, which says how one is fitted to a landscape.
  public enum Rate: Sendable, Hashable, CaseIterable {
    /// The step is the rate times the gradient: an inverse curvature.
    case inverseCurvature
    /// The step is about as long as the rate, whatever the gradient.
    case length
    /// The first step is about as long as the rate, and later ones become shorter by themselves.
    case fadingLength
    /// Neither, so that the default is as good on any landscape; or there is no learning rate.
    case none
  }

  /// The name in specs: `adam`.
  public let id: String
  /// The name in text: `Adam`.
  public let name: String
  /// The family.
  public let group: Group
  /// What its learning rate is measured in.
  public let rate: Rate
  /// The idea, in one line.
  public let summary: String
  /// What the recipe's lines leave open, such as where its state begins if not at 0: `v₁ = g₁`; empty if nothing.
  public let note: String
  /// What to watch on screen.
  public let watch: String
  /// Author, year, and DOI or arXiv id.
  public let citation: String
  /// What it asks of a landscape beyond value and gradient.
  public let needs: Capabilities
  /// What a rule for matrices is where no block of the parameters is one, in a few words; nil for every other rule.
  public let onVectors: String?
  /// What it stores from step to step besides its slots, in a few words; empty if nothing.
  public let memory: String
  /// Whether it draws random numbers of its own.
  public let isRandom: Bool
  /// What PyTorch calls its settings, where it has other words.
  public let aliases: [Alias]

  /// Describes an optimizer.
  public init(
    id: String, name: String, group: Group, rate: Rate, summary: String, note: String = "",
    watch: String,
    citation: String, needs: Capabilities = [], onVectors: String? = nil, memory: String = "",
    isRandom: Bool = false,
    aliases: [Alias] = []
  ) {
    self.id = id
    self.name = name
    self.group = group
    self.rate = rate
    self.summary = summary
    self.note = note
    self.watch = watch
    self.citation = citation
    self.needs = needs
    self.onVectors = onVectors
    self.memory = memory
    self.isRandom = isRandom
    self.aliases = aliases
  }
}
