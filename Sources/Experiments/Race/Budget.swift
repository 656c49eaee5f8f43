/// When a run ends by itself.
public struct Budget: Sendable, Hashable {
  /// The last step, if limited.
  public var steps: Int?
  /// No step starts once this many gradient evaluations are spent, if limited.
  public var evaluations: Int?

  /// A budget; nil is no limit.
  public init(steps: Int? = nil, evaluations: Int? = nil) {
    self.steps = steps
    self.evaluations = evaluations
  }

  /// Whether it ends some run that another would let go on.
  func allowsLess(than other: Budget) -> Bool {
    (steps ?? .max) < (other.steps ?? .max) || (evaluations ?? .max) < (other.evaluations ?? .max)
  }
}
