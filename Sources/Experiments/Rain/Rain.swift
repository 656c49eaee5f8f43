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

  /// What a point is doing.
  public enum Fate: Sendable, Hashable {
    /// On its way.
    case moving
    /// At rest with a vanishing gradient and no negative curvature; the number (from 1) of the known minimum, 0 for another.
    case converged(minimum: Int)
    /// At rest with negative curvature.
    case saddle
    /// The gradient has vanished, and so has the curvature.
    case plateau
    /// Too far away, or not finite. It stays where it was seen last.
    case gone
  }

  /// How many points do what.
  public struct Counts: Sendable, Hashable {
    /// On their way.
    public private(set) var moving = 0
    /// At rest at each known minimum; index 0 counts those at another.
    public private(set) var converged: [Int]
    /// At rest at saddles.
    public private(set) var saddles = 0
    /// On plateaus.
    public private(set) var plateaus = 0
    /// Too far away, or not finite.
    public private(set) var gone = 0

    init(minima: Int) { converged = Array(repeating: 0, count: minima + 1) }

    mutating func add(_ count: Int, to fate: Fate) {
      switch fate {
      case .moving: moving += count
      case .converged(let minimum): converged[minimum] += count
      case .saddle: saddles += count
      case .plateau: plateaus += count
      case .gone: gone += count
      }
    }
  }

  /// What is run.
  public let experiment: Experiment
  /// Which entry.
  public let entry: Int
  /// The steps done.
  public private(set) var step = 0
  private var drops: any Falling
  private var sight: RainSight
  private let changes: [Change]

  /// The most points.
  public static let maximumCount = 100_000
  /// Every how many steps it is looked whether a point is at rest.
  public static let lookInterval = 8

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
    sight = RainSight(at: points, minima: experiment.landscape.minima.count)
    let spec = experiment.entries[entry].spec
    let apart = Rain.drawsApart(experiment, entry)
    if let template = spec.makeLanes() {
      drops = RainDrops(template, of: experiment, entry: entry, at: points, drawsApart: apart) {
        $0.makeLanesOracle()
      }
    } else {
      drops = RainDrops(spec.makeScalar(), of: experiment, entry: entry, at: points, drawsApart: apart) {
        $0.makeOracle()
      }
    }
  }

  /// Where each point is in the picture.
  public var positions: [Point] { sight.positions }
  /// What each point is doing, as of its last look.
  public var fates: [Fate] { sight.fates }
  /// How many do what.
  public var counts: Counts { sight.counts }

  /// Whether each point draws by a seed of its own.
  private static func drawsApart(_ experiment: Experiment, _ entry: Int) -> Bool {
    var spec: OptimizerSpec? = experiment.entries[entry].spec
    while let inner = spec {
      if inner.about.isRandom { return true }
      spec = inner.base
    }
    return experiment.noise.isIndependent
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
    counts.gone < positions.count && drops.mayStep(after: step, within: experiment.budget)
  }

  /// One step of every point that the budget lets.
  public mutating func advance() {
    step += 1
    var changesLandscape = false
    for change in changes where change.step == step {
      switch change.target {
      case .landscape: changesLandscape = true
      case .entry(_, let key): drops.set(key, to: change.value)
      }
    }
    if changesLandscape { drops.use(experiment.landscape(at: step)) }
    drops.fall(to: step, within: experiment.budget, in: &sight)
  }
}
