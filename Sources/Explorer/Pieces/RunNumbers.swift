import Canvas
import Experiments
import OptimizerCore

/// What a run has come to at its playhead, as a row of the race table says it.
struct RunNumbers {
  let loss: String
  let gradientNorm: String
  let evaluations: String
  /// The loss by one digit.
  private let shortLoss: String

  init(_ run: Run) {
    loss = NumberText.brief(run.loss)
    shortLoss = NumberText.brief(run.loss, digits: 1)
    gradientNorm = NumberText.brief(run.gradientNorm)
    evaluations = NumberText.count(run.cost.evaluations)
  }

  /// The loss in so many columns, by fewer digits where it needs more.
  func loss(within columns: Int) -> String { Text.width(of: loss) <= columns ? loss : shortLoss }
}
