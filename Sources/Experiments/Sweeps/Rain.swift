public import Landscapes
import OptimizerCore

/// Many runs of one entry at once, a point each, stepping together.
///
/// A value, like a race, but without a past. A point's run is the one that a race from the same start has, to the last bit;
/// all points see the same noise, unless it is independent or the optimizer draws itself: then point i (from 0) draws by
/// the seed plus i.
public struct Rain {
  /// Where the points start.
  public enum Starts: Sendable, Hashable {
    /// A grid over the window, as square as it gets.
    case grid
    /// Evenly over the window, at random by the experiment's seed.
    case random
    /// On a ring around the centre of the window, nine tenths as wide as its shorter side.
    case ring
    /// On the line through the window's lower left and upper right corner.
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
    /// Too far away, or not finite.
    case gone
  }

  /// How many points do what.
  public struct Counts: Sendable, Hashable {
    /// On their way.
    public var moving = 0
    /// At rest at each known minimum; index 0 counts those at another.
    public var converged: [Int]
    /// At rest at saddles.
    public var saddles = 0
    /// On plateaus.
    public var plateaus = 0
    /// Too far away, or not finite.
    public var gone = 0
  }

  /// What is run.
  public let experiment: Experiment
  /// Which entry.
  public let entry: Int
  /// The steps done.
  public private(set) var step = 0
  /// Where each point is in the picture; one that is gone stays at its last finite place.
  public private(set) var positions: [Point]
  /// What each point is doing, as of its last look.
  public private(set) var fates: [Fate]
  /// How many do what.
  public private(set) var counts: Counts
  private var runs: [Run]

  /// The most points.
  public static let maximumCount = 100_000

  /// So many points at their starts.
  public init(_ experiment: Experiment, entry: Int, starts: Starts, count: Int) {
    self.init(
      experiment, entry: entry, at: Rain.points(starts, count: count, of: experiment))
  }

  /// Points at starts of one's own.
  public init(_ experiment: Experiment, entry: Int, at points: [Point]) {
    self.experiment = experiment
    self.entry = entry
    let own = Rain.drawsApart(experiment, entry)
    runs = points.enumerated().map { index, point in
      var alone = experiment
      alone.starts = [point]
      if own { alone.seed = experiment.seed &+ UInt64(index) }
      return Run(
        entry: experiment.entries[entry], start: point, stream: entry, experiment: alone, historyLimit: 8,
        keepsPast: false)
    }
    positions = points
    fates = Array(repeating: .moving, count: points.count)
    counts = Counts(
      moving: points.count, converged: Array(repeating: 0, count: experiment.landscape.minima.count + 1))
  }

  /// Whether each point draws by a seed of its own.
  static func drawsApart(_ experiment: Experiment, _ entry: Int) -> Bool {
    var spec: OptimizerSpec? = experiment.entries[entry].spec
    while let inner = spec {
      if inner.id == "langevin" { return true }
      spec = inner.base
    }
    return experiment.noise.isIndependent
  }

  /// Where so many points start.
  public static func points(_ starts: Starts, count: Int, of experiment: Experiment) -> [Point] {
    precondition(count >= 1 && count <= maximumCount, "a rain has from 1 to \(maximumCount) points")
    let window = experiment.window
    switch starts {
    case .grid:
      let columns = max(1, Int(Double(count).squareRoot().rounded(.up)))
      let rows = (count + columns - 1) / columns
      return (0..<count).map { index in
        Point(
          x: window.x.lowerBound + (Double(index % columns) + 0.5) * (window.width / Double(columns)),
          y: window.y.lowerBound + (Double(index / columns) + 0.5) * (window.height / Double(rows)))
      }
    case .random:
      var state = experiment.seed
      return (0..<count).map { _ in
        let (across, up) = (uniform(&state), uniform(&state))
        return Point(
          x: window.x.lowerBound + across * window.width, y: window.y.lowerBound + up * window.height)
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
        return Point(
          x: window.x.lowerBound + share * window.width, y: window.y.lowerBound + share * window.height)
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
    counts.gone < positions.count && runs.contains { $0.mayStep(within: experiment.budget) }
  }

  /// One step of every point that is not gone.
  public mutating func advance() {
    step += 1
    for i in runs.indices {
      if runs[i].mayStep(within: experiment.budget) { runs[i].advance(in: experiment) }
      positions[i] = runs[i].point
      fates[i] = fate(of: runs[i])
    }
    count()
  }

  private func fate(of run: Run) -> Fate {
    switch run.outcome(on: experiment.landscape(at: run.step), in: experiment.window) {
    case .diverged: .gone
    case .converged(let minimum, _): .converged(minimum: minimum ?? 0)
    case .saddle, .maximum: .saddle
    case .plateau: .plateau
    default: .moving
    }
  }

  private mutating func count() {
    var counts = Counts(converged: Array(repeating: 0, count: self.counts.converged.count))
    for fate in fates {
      switch fate {
      case .moving: counts.moving += 1
      case .converged(let minimum): counts.converged[minimum] += 1
      case .saddle: counts.saddles += 1
      case .plateau: counts.plateaus += 1
      case .gone: counts.gone += 1
      }
    }
    self.counts = counts
  }
}
