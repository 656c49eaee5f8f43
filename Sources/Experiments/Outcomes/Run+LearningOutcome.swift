import Landscapes
import OptimizerCore

extension Run {
  /// What a network is doing; nil of any other loss, and where nothing can be said.
  ///
  /// The first that holds, in this order: interpolates (every training row told right and the loss below 0.1; of a number the
  /// loss below a thousandth of what the mean as an answer leaves); edge of stability (no noise, a rule with a limit on the
  /// curvature itself, that curvature within 15 % of it, and the loss has risen in the last 16 steps: Cohen et al. 2021,
  /// arXiv:2103.00065); on a plateau (the loss has changed by no more than a thousandth in the last 50 steps).
  func learningOutcome(on landscape: Landscape) -> Outcome? {
    guard let network = landscape.network else { return nil }
    if interpolates(network, loss / landscape.lossFactor) { return .interpolates(loss: loss) }
    if let curvature = curvatureAtEdge(on: landscape) { return .edgeOfStability(curvature: curvature) }
    if isOnPlateau { return .plateau(gradientNorm: gradientNorm) }
    return nil
  }

  private func interpolates(_ network: NetworkProblem, _ loss: Double) -> Bool {
    if network.roles.classes != nil {
      return loss < LearningThresholds.loss
        && network.accuracy(at: parameters, over: network.training) == 1
    }
    guard let answers = network.roles.target.flatMap(network.training.column) else { return false }
    let weighted = Array(zip(answers, network.trainingWeights))
    let mean = weighted.reduce(0) { $0 + $1.0 * $1.1 } / Double(answers.count)
    let constant =
      weighted.reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) } / Double(2 * answers.count)
    return loss < LearningThresholds.remainder * constant
  }

  /// The losses of the recorded rows of the last steps up to the playhead.
  private func losses(ofLast steps: Int) -> ArraySlice<Double>? {
    guard step >= steps, let first = history.index(at: step - steps), let last = history.index(at: step)
    else {
      return nil
    }
    return history.losses[first...last]
  }

  private func curvatureAtEdge(on landscape: Landscape) -> Double? {
    guard noise.isNone, landscape.problem.offers.contains(.hessian),
      let recurrence = optimizer.stability.recurrence, !recurrence.isPreconditioned,
      let losses = losses(ofLast: LearningThresholds.edgeSteps),
      zip(losses, losses.dropFirst()).contains(where: { $0 < $1 })
    else { return nil }
    // As a run moves and as it rests the same is said of it, so no more is looked at than there is always time for.
    let gauge = Gauge(of: self, on: landscape, seeing: CurvatureSight(on: landscape, isMoving: true))
    guard let share = gauge.share, LearningThresholds.edge.contains(share) else { return nil }
    return gauge.largest
  }

  private var isOnPlateau: Bool {
    guard let losses = losses(ofLast: LearningThresholds.plateau.steps), losses.count > 1,
      let low = losses.min(), let high = losses.max()
    else { return false }
    return high - low <= LearningThresholds.plateau.share * low.magnitude
  }
}
