import OptimizerCore

/// How the end of a run depends on the learning rate, over several starts.
public struct SensitivityCurve: Sendable, Hashable {
  /// The runs at one learning rate.
  public struct Place: Sendable, Hashable {
    /// The learning rate.
    public let rate: Double
    /// How many starts are known.
    public let known: Int
    /// How many of them reached the target.
    public let reached: Int
    /// The lower quartile, the median and the upper quartile of the loss at the budget; infinite where runs diverged or
    /// grew. Nil before a run is known.
    public let losses: Quartiles?
    /// The same of the evaluations to the target; infinite where it was not reached.
    public let evaluations: Quartiles?

  }

  /// Three numbers that describe several.
  public struct Quartiles: Sendable, Hashable {
    /// A quarter lies at or below it.
    public let lower: Double
    /// Half lies at or below it.
    public let median: Double
    /// Three quarters lie at or below it.
    public let upper: Double

    /// Of numbers that may be infinite: values that occur, so that nothing is averaged with infinity.
    init?(_ numbers: [Double]) {
      guard !numbers.isEmpty else { return nil }
      let sorted = numbers.sorted()
      func at(_ share: Double) -> Double {
        sorted[min(max(Int((share * Double(sorted.count)).rounded(.up)) - 1, 0), sorted.count - 1)]
      }
      (lower, median, upper) = (at(0.25), at(0.5), at(0.75))
    }
  }

  /// Which entry of the experiment.
  public let entry: Int
  /// A place for each learning rate, increasing.
  public let places: [Place]
  /// The budget in evaluations, where the curve of evaluations ends.
  public let budget: Int
  /// The index of the best learning rate: the fewest evaluations to the target in the median, of equals the smaller loss;
  /// where the target is not reached, the smallest median loss. Nil where every run diverged or grew.
  public let best: Int?
  /// The learning rates around the best at which the median start reaches the target with at most twice the evaluations
  /// that the best needs, without a gap. Nil where the target is not reached.
  public let good: ClosedRange<Int>?

  /// How many times the evaluations of the best rate a good one may need.
  public static let tolerance = 2.0

  /// The width of the good region in decades, each learning rate standing for the space to its neighbours; 0 if there is
  /// none.
  public var width: Double {
    guard let good, places.count > 1 else { return 0 }
    let spacing =
      (Elementary.log10(places[places.count - 1].rate) - Elementary.log10(places[0].rate))
      / Double(places.count - 1)
    return Double(good.count) * spacing
  }

  init(entry: Int, rates: [Double], budget: Int, grid: SweepGrid) {
    self.entry = entry
    self.budget = budget
    let places = rates.enumerated().map { column, rate in
      let cells = (0..<grid.rows).compactMap { grid[column, $0] }
      return Place(
        rate: rate, known: cells.count, reached: cells.count { $0.outcome == .reached },
        losses: Quartiles(cells.map(SensitivityCurve.loss)),
        evaluations: Quartiles(
          cells.map { $0.outcome == .reached ? Double($0.evaluations) : .infinity }))
    }
    self.places = places
    let best = SensitivityCurve.best(of: places)
    self.best = best
    guard let best, let fewest = places[best].evaluations?.median, fewest.isFinite else {
      good = nil
      return
    }
    let isGood = places.map { ($0.evaluations?.median ?? .infinity) <= tolerance(fewest) }
    var (first, last) = (best, best)
    while first > 0, isGood[first - 1] { first -= 1 }
    while last + 1 < places.count, isGood[last + 1] { last += 1 }
    good = first...last
    func tolerance(_ fewest: Double) -> Double { SensitivityCurve.tolerance * max(fewest, 1) }
  }

  private static func loss(_ cell: SweepCell) -> Double {
    switch cell.outcome {
    case .reached, .notReached: cell.loss
    case .growing, .diverged: .infinity
    }
  }

  private static func best(of places: [Place]) -> Int? {
    var best: Int?
    for (index, place) in places.enumerated() {
      guard let loss = place.losses?.median, let evaluations = place.evaluations?.median,
        loss.isFinite || evaluations.isFinite
      else { continue }
      guard let other = best.map({ places[$0] }), let least = other.losses?.median,
        let fewest = other.evaluations?.median
      else {
        best = index
        continue
      }
      if evaluations < fewest || evaluations == fewest && loss < least { best = index }
    }
    return best
  }
}
