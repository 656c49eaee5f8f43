import Landscapes
public import OptimizerCore

/// Every entry of a race with the same budget in gradient evaluations, over the same grid of learning rates, from several
/// starts: how sensitive each is, instead of one tuned path.
///
/// The runs of an entry are a `Sweep` with its learning rate along x and the number of the start along y, so that a
/// `SweepJob` computes them; the curves are made from its grids.
public struct FairRace: Sendable, Hashable {
  /// What is run: its starts, and its budget in evaluations alone.
  public let experiment: Experiment
  /// A sweep for each entry that takes part.
  public let sweeps: [Sweep]
  /// Entries that are on but have no learning rate to vary, by index.
  public let withoutRate: [Int]
  /// The learning rates, in increasing order, from the first to the last.
  public let rates: [Double]
  /// The loss below which a run has reached the target.
  public let target: Double

  /// The learning rates of a fair race where nothing is said.
  public static let usualRates = 1e-5...10.0
  /// How many of them.
  public static let usualCount = 49

  /// From how many starts it goes where the experiment has one.
  public static let usualStarts = 9

  /// A fair race of the entries that are on.
  ///
  /// From one start alone an optimizer may be lucky: then random points of the window join it, by the experiment's seed.
  /// The budget is the experiment's in evaluations; one in steps alone counts as so many evaluations.
  ///
  /// - Throws: why there is none.
  public init(
    _ experiment: Experiment, rates: ClosedRange<Double> = FairRace.usualRates,
    count: Int = FairRace.usualCount, target: Double? = nil
  ) throws(SweepError) {
    guard let evaluations = experiment.budget.evaluations ?? experiment.budget.steps else {
      throw SweepError("a fair race needs a budget: give the evaluations of a run")
    }
    guard count >= 2 else {
      throw SweepError("a fair race compares at least 2 learning rates, got '\(count)'")
    }
    var fair = experiment
    fair.budget = Budget(evaluations: evaluations)
    if fair.starts.count == 1 {
      fair.starts += Rain.points(.random, count: FairRace.usualStarts - 1, of: experiment)
    }
    self.experiment = fair
    self.target = target ?? Sweep.standardTarget(of: experiment)
    var (sweeps, withoutRate): ([Sweep], [Int]) = ([], [])
    for (index, entry) in fair.entries.enumerated() where entry.isOn {
      guard let key = FairRace.rateKey(of: entry.spec) else {
        withoutRate.append(index)
        continue
      }
      let x = try Axis(
        .knob(.entry(name: entry.name, key: key)), from: rates.lowerBound, to: rates.upperBound, scale: .log,
        in: fair)
      let y = try Axis(.startNumber, from: 1, to: Double(fair.starts.count), in: fair)
      sweeps.append(
        try Sweep(
          fair, entry: index, x: x, y: y, columns: count, rows: fair.starts.count, target: self.target))
    }
    guard let first = sweeps.first else {
      throw SweepError("a fair race needs an optimizer with a learning rate, as in -o momentum")
    }
    self.sweeps = sweeps
    self.withoutRate = withoutRate
    self.rates = first.x.values(count)
  }

  /// The key of the learning rate: `lr`, or that of the base; nil where there is none.
  public static func rateKey(of spec: OptimizerSpec) -> String? {
    spec.knobs.first { KnobKey.isRate($0.key) }?.key
  }

  /// The curve of a sweep from its grid, as far as it is known.
  public func curve(of index: Int, from grid: SweepGrid) -> SensitivityCurve {
    SensitivityCurve(
      entry: sweeps[index].entry, rates: rates, budget: experiment.budget.evaluations ?? 0, grid: grid)
  }
}

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
