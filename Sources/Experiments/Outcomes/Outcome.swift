public import Landscapes

/// What a run is doing, computed from the run alone.
public enum Outcome: Sendable, Hashable {
  /// Nothing has happened yet.
  case atStart
  /// On its way, and nothing more can be said.
  case running
  /// On its way, each step nearly undoing the one before.
  case crossing
  /// At rest with a vanishing gradient and no negative curvature; the number (from 1) of the known minimum, if it is one,
  /// and where that is, if there are more than the picture can number.
  case converged(minimum: Int?, at: Point? = nil)
  /// The same where the loss changes with the step: the minimum moves on, and so will the run.
  case atMinimum
  /// At rest with a vanishing gradient and negative curvature.
  case saddle(smallestEigenvalue: Double)
  /// At rest with a vanishing gradient and curvature that bends down in every direction.
  case maximum(largestEigenvalue: Double)
  /// The gradient has vanished, but so has the curvature.
  case plateau(gradientNorm: Double)
  /// A network that tells every training row right with a small loss, or of a number leaves next to nothing of it.
  case interpolates(loss: Double)
  /// The largest curvature of a network hovers where the rate of plain descent has its limit, and the loss goes up and down.
  case edgeOfStability(curvature: Double)
  /// Comes back to the same points, again and again.
  case oscillating(period: Int)
  /// Outside the window.
  case leftView
  /// The loss is above the loss at the start.
  case growing
  /// Ended on its way, for a reason that is no fault: a recording has no more rows.
  case ended(reason: String)
  /// From this step on too far away, or not finite; the reason, where the optimizer knows one.
  case diverged(step: Int, reason: String? = nil)

  /// In words, for the race table.
  public var words: String {
    switch self {
    case .atStart: "at the start"
    case .running: "on its way"
    case .crossing: "crossing the valley, period 2"
    case .converged(_, let point?):
      "converged to (\(NumberText.brief(point.x, digits: 3)), \(NumberText.brief(point.y, digits: 3)))"
    case .converged(let minimum?, nil): "converged to minimum \(minimum)"
    case .converged(nil, nil): "converged"
    case .atMinimum: "at the minimum"
    case .saddle(let eigenvalue): "stuck at a saddle, λmin = \(NumberText.brief(eigenvalue))"
    case .maximum(let eigenvalue):
      "stuck at a maximum, λmax = \(NumberText.brief(eigenvalue))"
    case .plateau(let norm): "on a plateau, |∇f| = \(NumberText.brief(norm))"
    case .interpolates(let loss): "interpolates: loss \(NumberText.brief(loss)) in training"
    case .edgeOfStability(let curvature):
      "edge of stability, λmax = \(NumberText.brief(curvature, digits: 3))"
    case .oscillating(let period): "oscillating, period \(period)"
    case .leftView: "left the view"
    case .growing: "growing: above its start"
    case .ended(let reason): reason
    case .diverged(_, let reason?): reason
    case .diverged(let step, nil): "diverged at step \(step)"
    }
  }

  /// One word, for programs.
  public var name: String {
    switch self {
    case .atStart: "at-start"
    case .running: "running"
    case .crossing: "crossing"
    case .converged: "converged"
    case .atMinimum: "at-minimum"
    case .saddle: "saddle"
    case .maximum: "maximum"
    case .plateau: "plateau"
    case .interpolates: "interpolates"
    case .edgeOfStability: "edge-of-stability"
    case .oscillating: "oscillating"
    case .leftView: "left-view"
    case .growing: "growing"
    case .ended: "ended"
    case .diverged: "diverged"
    }
  }
}
