public import Landscapes
import OptimizerCore

extension Run {
  /// The steps that the optimizer would take next from other points, with the state it has and without noise: of a flow its
  /// vector field, of gradient descent -η∇f, of a rule with a memory the drift that its memory leaves it.
  ///
  /// - Parameter landscape: the one that the next step will see.
  public func nextSteps(from points: [Point], on landscape: Landscape) -> [Point] {
    let oracle = landscape.makeOracle()
    return points.map { point in
      let before = landscape.lift(point)
      var after = before
      var optimizer = optimizer
      oracle.beginStep(step + 1)
      var span = after.mutableSpan
      optimizer.step(&span, oracle: oracle)
      return landscape.component(of: zip(after, before).map { $0 - $1 })
    }
  }
}
