public import OptimizerCore

/// Where a run stands: at the playhead, not necessarily at the last recorded step.
extension Run {
  /// The step at the playhead.
  public var step: Int { now.step }
  /// The optimizer at the playhead, with its hyperparameters and state.
  public var optimizer: any Optimizer<Double> { now.optimizer }
  /// The parameters at the playhead.
  public var parameters: [Double] { now.point }
  /// The loss at the playhead.
  public var loss: Double { now.loss }
  /// The gradient norm at the playhead.
  public var gradientNorm: Double { now.gradientNorm }
  /// The learning rate used to arrive at the playhead, nil at the start and where there is none.
  public var learningRate: Double? { now.learningRate }
  /// The cost at the playhead.
  public var cost: Cost { now.cost }
  /// Whether the run ended on a value that is not finite; it stays at its last finite row.
  public var isOver: Bool { now.isOver }
  /// Why there is no next step where `isOver`, in words, if the optimizer knows: a Newton step need not exist.
  public var endReason: String? { now.endReason }
  /// The step from which the run counts as diverged, if it has by the playhead.
  public var divergedAt: Int? { now.divergedAt }
  /// The step since which the run has been at rest at a minimum, if it is.
  package var convergedAt: Int? { now.convergedAt }

  /// One step forward if it stands at a step and the budget lets it; asked in place, as a copy of a run costs as much as a step.
  mutating func advance(from step: Int, in experiment: Experiment) -> Bool {
    now.step == step && mayStep(within: experiment.budget) && advance(in: experiment)
  }
}
