/// What a step did, as seen from outside.
public struct StepRecord<Scalar: Lane>: Sendable, Hashable {
  /// The point before the step, d numbers.
  public let before: [Scalar]
  /// The point after it.
  public let after: [Scalar]
  /// The true gradient at the point after it; what the step used is the rule's own slot `g`.
  public let gradient: [Scalar]

  /// A step.
  public init(before: [Scalar], after: [Scalar], gradient: [Scalar]) {
    self.before = before
    self.after = after
    self.gradient = gradient
  }

  /// What was added to the point.
  public var displacement: [Scalar] { zip(after, before).map { $0 - $1 } }
}
