import Experiments
import OptimizerCore

/// What a run has come to at its playhead, as a row of the race table says it.
struct RunNumbers {
  let loss: String
  let gradientNorm: String
  let evaluations: String

  init(_ run: Run) {
    loss = NumberText.brief(run.loss)
    gradientNorm = NumberText.brief(run.gradientNorm)
    evaluations = NumberText.count(run.cost.evaluations)
  }
}
