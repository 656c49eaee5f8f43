/// What became of one run of a map.
public struct SweepCell: Sendable, Hashable {
  /// The end of a run, in the words of the map's output.
  public enum Outcome: UInt8, Sendable, Hashable, CaseIterable {
    /// The loss came below the target, whatever it did later.
    case reached
    /// It did not, and did not leave either.
    case notReached
    /// The loss at the budget is above the loss at the start.
    case growing
    /// Too far away, or not finite.
    case diverged

    /// The word in output.
    public var word: String {
      switch self {
      case .reached: "reached"
      case .notReached: "not-reached"
      case .growing: "growing"
      case .diverged: "diverged"
      }
    }
  }

  /// How it ended.
  public let outcome: Outcome
  /// The first step below the target, or the one from which it counts as diverged; else the steps that it took.
  public let steps: Int
  /// What it had cost by then, in gradient evaluations; a step that ended on a value that is not finite does not count.
  public let evaluations: Int
  /// The loss at the budget, or at the last finite point.
  public let loss: Double
  /// The number, from 1, of the known minimum near which it ended.
  public let minimum: Int?
  /// The step from which on the gradient was below the sweep's `restSlope`; nil where it was not at the end, or was not
  /// asked.
  public let restedAt: Int?

  /// An end.
  public init(
    outcome: Outcome, steps: Int, evaluations: Int, loss: Double, minimum: Int?, restedAt: Int? = nil
  ) {
    self.outcome = outcome
    self.steps = steps
    self.evaluations = evaluations
    self.loss = loss
    self.minimum = minimum
    self.restedAt = restedAt
  }
}
