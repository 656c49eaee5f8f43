/// One recorded step of a run.
public struct Row: Sendable, Hashable {
  /// The step, 0 at the start.
  public var step: Int
  /// The parameters after that step.
  public var point: [Double]
  /// The true loss there, without noise.
  public var loss: Double
  /// The Euclidean norm of the true gradient there.
  public var gradientNorm: Double
  /// The learning rate used to arrive here; nil at the start and for a rule that has none.
  public var learningRate: Double?
  /// What the run has cost so far.
  public var evaluations: Int
  /// Values asked for alone so far.
  public var values: Int
  /// Gradients of single samples so far; of a loss without samples as many as `evaluations`.
  public var samples: Int
}
