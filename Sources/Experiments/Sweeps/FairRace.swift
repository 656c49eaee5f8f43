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
