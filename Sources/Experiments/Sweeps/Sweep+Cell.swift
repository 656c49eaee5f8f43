import Landscapes
import OptimizerCore

extension Sweep {
  /// A cell computed alone, by the run that stands behind it: what the fast ways are checked against.
  func cellAlone(column: Int, row: Int, isCancelled: () -> Bool = { false }) -> SweepCell? {
    let experiment = experiment(column: column, row: row)
    var run = Run(
      entry: experiment.entries[entry], start: experiment.starts[0], stream: entry, experiment: experiment,
      historyLimit: 8, keepsPast: false)
    let startLoss = run.loss
    // What is not finite at its start is nothing but diverged.
    var reached = !run.isOver && run.loss < target ? (step: 0, evaluations: 0) : nil
    var diverged = run.divergedAt.map { (step: $0, evaluations: 0) }
    // The last step after which the gradient was not small yet.
    var unrest = 0
    while run.mayStep(within: experiment.budget) {
      if run.step % 16 == 0, isCancelled() { return nil }
      let moved = run.advance(in: experiment)
      if diverged == nil, let step = run.divergedAt { diverged = (step, run.cost.evaluations) }
      guard moved else { break }
      if let restSlope, run.gradientNorm > restSlope { unrest = run.step }
      if reached == nil, run.loss < target { reached = (run.step, run.cost.evaluations) }
    }
    let outcome: SweepCell.Outcome
    let end: (step: Int, evaluations: Int)
    if let reached {
      (outcome, end) = (.reached, reached)
    } else if let diverged {
      (outcome, end) = (.diverged, diverged)
    } else {
      outcome = run.loss > startLoss ? .growing : .notReached
      end = (run.step, run.cost.evaluations)
    }
    return SweepCell(
      outcome: outcome, steps: end.step, evaluations: end.evaluations, loss: run.loss,
      minimum: run.thresholds.minimum(near: run.parameters, of: experiment.landscape(at: run.step)),
      restedAt: restedAt(unrest, of: run.step, hasLeft: diverged != nil))
  }

  /// The step from which on a run rested, from the last at which it did not; nil for one that did not rest at its end.
  func restedAt(_ unrest: Int, of steps: Int, hasLeft: Bool) -> Int? {
    restSlope == nil || hasLeft || unrest >= steps ? nil : unrest + 1
  }
}
