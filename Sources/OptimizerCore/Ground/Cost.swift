/// What a run has cost so far.
public struct Cost: Sendable, Hashable {
  /// Gradient evaluations: a gradient is 1 and its value comes free, a Hessian is d, a Gauss-Newton or Fisher matrix 1 for
  /// each output of the model. Of a loss that is a mean over samples these are whole passes through them.
  public var evaluations = 0
  /// Gradients of single samples: what `evaluations` are whole passes of. Without samples the same number.
  public var samples = 0
  /// Values asked for alone, counted apart.
  public var values = 0

  /// So much.
  public init(evaluations: Int = 0, values: Int = 0) {
    self.evaluations = evaluations
    samples = evaluations
    self.values = values
  }
}
