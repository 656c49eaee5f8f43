/// What a line search did in a step: the lengths that it tried along a direction.
public struct SearchRecord: Sendable, Hashable {
  /// The direction, d numbers; the point before the step plus a length times this is a trial.
  public let direction: [Double]
  /// The lengths tried, in order; of a search of very many, the first ones.
  public let trials: [Double]
  /// The length taken, 0 if the search found nothing better.
  public let chosen: Double

  /// A search along a direction.
  public init(direction: [Double], trials: [Double], chosen: Double) {
    self.direction = direction
    self.trials = trials
    self.chosen = chosen
  }
}
