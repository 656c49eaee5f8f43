import Landscapes

/// The runs of a rain's points, one or eight to a block.
protocol RainRuns {
  /// Whether the budget lets a point take the step after `step`.
  func mayStep(after step: Int, within budget: Budget) -> Bool
  /// Turns a knob of every optimizer.
  mutating func set(_ key: String, to value: Double)
  /// Goes on over another landscape.
  mutating func use(_ landscape: Landscape)
  /// Takes every point to a step, and shows it.
  mutating func step(to step: Int, within budget: Budget, showing points: inout RainPoints)
}
