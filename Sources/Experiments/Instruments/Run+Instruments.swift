import Landscapes
public import OptimizerCore

extension Run {
  /// The shape in which the last step was measured; nil at the start.
  public var ball: UnitBall? { step == 0 ? nil : optimizer.ball }

  /// The rate that each coordinate's gradient was multiplied by in the last step; nil at the start, and for a rule that has
  /// no such numbers.
  public var effectiveRates: [Double]? { step == 0 ? nil : optimizer.effectiveRates }

  /// What the line search of the last step tried; nil at the start, and for a rule that does not search.
  public var search: SearchRecord? { step == 0 ? nil : optimizer.search }

  /// The update rule with the numbers of the step that led to the playhead; empty at the start.
  public var recipe: [RecipeText<Double>] { step == 0 ? [] : optimizer.lines(after: lastStepRecord) }
}
