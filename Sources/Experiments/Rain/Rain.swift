public import Landscapes
import OptimizerCore

/// Many runs of one entry at once, a point each, stepping together.
///
/// A value, like a race, but without a past. A point's run is the one that a race from the same start has, to the last bit;
/// all points see the same noise, unless it is independent or the optimizer draws itself: then point i (from 0) draws by
/// the seed plus i.
public struct Rain {
  /// Where the points start.
  public enum Starts: String, Sendable, Hashable, CaseIterable {
    /// A grid over the window, as square as it gets.
    case grid
    /// Evenly over the window, at random by the experiment's seed.
    case random
    /// On a ring around the centre of the window, nine tenths as wide as its shorter side.
    case ring
    /// On the line from the window's lower left to its upper right corner.
    case line
  }

  /// What is run.
  public let experiment: Experiment
  /// Which entry.
  public let entry: Int
  /// The steps done.
  public private(set) var step = 0
  private var runs: any RainRuns
  private var points: RainPoints
  private let changes: [Change]

  /// The most points.
  package static let maximumCount = 100_000
  /// Every how many steps it is judged whether a point is at rest.
  package static let judgingInterval = 8

  /// So many points at their starts.
  public init(_ experiment: Experiment, entry: Int, starts: Starts, count: Int) {
    self.init(experiment, entry: entry, at: Rain.points(starts, count: count, of: experiment))
  }

  /// Points at starts of one's own.
  public init(_ experiment: Experiment, entry: Int, at points: [Point]) {
    precondition(
      !points.isEmpty && points.count <= Rain.maximumCount, "a rain has from 1 to \(Rain.maximumCount) points"
    )
    self.experiment = experiment
    self.entry = entry
    changes = experiment.changes(concerning: experiment.entries[entry])
    self.points = RainPoints(at: points, minima: experiment.landscape.minima.count)
    let spec = experiment.entries[entry].spec
    let apart = Rain.drawsApart(experiment, entry)
    if let template = spec.makeLanes() {
      runs = RainBlocks(template, of: experiment, entry: entry, at: points, drawsApart: apart) {
        $0.makeLanesOracle()
      }
    } else {
      runs = RainBlocks(spec.makeScalar(), of: experiment, entry: entry, at: points, drawsApart: apart) {
        $0.makeOracle()
      }
    }
  }

  /// Where each point is in the picture.
  public var positions: [Point] { points.positions }
  /// Where each point stands, as of the last time it was judged. One that has diverged stays where it was seen last.
  package var standings: [Standing] { points.standings }
  /// How many do what.
  public var counts: RainCounts { points.counts }

  /// Whether each point draws by a seed of its own.
  private static func drawsApart(_ experiment: Experiment, _ entry: Int) -> Bool {
    experiment.entries[entry].spec.isRandom || experiment.noise.isIndependent
  }

  /// Where so many points start.
  public static func points(_ starts: Starts, count: Int, of experiment: Experiment) -> [Point] {
    precondition(count >= 1 && count <= maximumCount, "a rain has from 1 to \(maximumCount) points")
    let window = experiment.window
    func at(_ across: Double, _ up: Double) -> Point {
      Point(x: window.x.lowerBound + across * window.width, y: window.y.lowerBound + up * window.height)
    }
    switch starts {
    case .grid:
      let columns = max(1, Int(Double(count).squareRoot().rounded(.up)))
      let rows = (count + columns - 1) / columns
      return (0..<count).map { index in
        at(
          (Double(index % columns) + 0.5) / Double(columns), (Double(index / columns) + 0.5) / Double(rows))
      }
    case .random:
      var state = experiment.seed
      return (0..<count).map { _ in
        let across = uniform(&state)
        return at(across, uniform(&state))
      }
    case .ring:
      let radius = 0.45 * min(window.width, window.height)
      return (0..<count).map { index in
        let angle = 2 * Double.pi * Double(index) / Double(count)
        return Point(
          x: window.centre.x + radius * Elementary.cos(angle),
          y: window.centre.y + radius * Elementary.sin(angle))
      }
    case .line:
      return (0..<count).map { index in
        let share = (Double(index) + 0.5) / Double(count)
        return at(share, share)
      }
    }
  }

  /// A number from 0 to below 1 (SplitMix64; Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
  private static func uniform(_ state: inout UInt64) -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  /// Whether a point may still move within the budget.
  public var canStep: Bool {
    counts.diverged < positions.count && runs.mayStep(after: step, within: experiment.budget)
  }

  /// One step of every point that the budget lets.
  public mutating func advance() {
    step += 1
    var changesLandscape = false
    for change in changes where change.step == step {
      switch change.target {
      case .landscape: changesLandscape = true
      case .entry(_, let key): runs.set(key, to: change.value)
      }
    }
    if changesLandscape { runs.use(experiment.landscape(at: step)) }
    runs.step(to: step, within: experiment.budget, showing: &points)
  }
}
