import Experiments

extension SweepCell {
  /// What became of the run.
  var words: String {
    let loss = NumberText.brief(loss)
    return switch outcome {
    case .reached: "target at step \(NumberText.count(steps)), then \(loss)"
    case .notReached: "target not reached, loss \(loss)"
    case .growing: "grew to \(loss)"
    case .diverged: "diverged at step \(NumberText.count(steps))"
    }
  }
}
