/// What a run has cost so far.
public struct Cost: Sendable, Hashable {
  /// Gradient evaluations: a gradient is 1 and its value comes free, a Hessian is d, a Jacobian of r residuals ⌈r/d⌉.
  public var evaluations = 0
  /// Values asked for alone, counted apart.
  public var values = 0

  /// So much.
  public init(evaluations: Int = 0, values: Int = 0) {
    self.evaluations = evaluations
    self.values = values
  }
}
