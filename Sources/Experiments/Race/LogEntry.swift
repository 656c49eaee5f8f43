/// Something that happened to a run, once or in every step of a stretch.
public struct LogEntry: Sendable, Hashable {
  /// What kind of thing.
  public enum Kind: Sendable, Hashable {
    /// The optimizer did something beyond its plain rule.
    case event
    /// A knob was turned before the step.
    case change
    /// The run came to rest at a minimum, or left it again.
    case convergence
    /// The run is too far away, or its next step would not be finite.
    case divergence
    /// A recorded run has no more rows.
    case end
  }

  /// The first step of the stretch.
  public let step: Int
  /// The last step of the stretch; the same as the first for a single event.
  public internal(set) var lastStep: Int
  /// What kind of thing.
  public let kind: Kind
  /// What happened, in words.
  public let text: String

  /// Something that happened in a stretch of steps.
  public init(step: Int, lastStep: Int, kind: Kind, text: String) {
    self.step = step
    self.lastStep = lastStep
    self.kind = kind
    self.text = text
  }
}
