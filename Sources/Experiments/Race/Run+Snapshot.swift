import OptimizerCore

extension Run {
  /// Where a run stands: all that a step depends on.
  struct Snapshot {
    var step = 0
    var point: [Double]
    var optimizer: any Optimizer<Double>
    var cost = Cost()
    var loss = 0.0
    var gradientNorm = 0.0
    var learningRate: Double?
    /// The first step that counts as diverged.
    var divergedAt: Int?
    /// The step since which the run has been at rest at a minimum.
    var convergedAt: Int?
    /// Set when the next step would be non-finite: the run stays at its last finite row.
    var isOver = false
    /// Why there is no next step, where the optimizer knows.
    var endReason: String?
  }
}
