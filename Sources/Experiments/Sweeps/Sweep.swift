import Landscapes
import OptimizerCore

/// A grid of runs of one entry, over two axes: a map of its hyperparameters, of its starts, or of both.
///
/// Every run is one that could be had alone: `experiment(column:row:)` is it, and its numbers are the same to the last bit.
/// All see the same noise.
public struct Sweep: Sendable, Hashable {
  /// What is run but for what the axes change.
  public let experiment: Experiment
  /// Which entry of it is run.
  public let entry: Int
  /// Which of its starts the runs begin at, unless an axis says otherwise.
  public let start: Int
  /// What varies from the left to the right.
  public let x: Axis
  /// What varies upwards.
  public let y: Axis
  /// Cells along `x`.
  public let columns: Int
  /// Cells along `y`.
  public let rows: Int
  /// A run that comes below this loss has reached the target.
  public let target: Double
  /// Below this norm of the gradient a run of a map of starts is said to rest: a thousandth of what is usual over the
  /// window. Nil for maps that do not ask.
  public let restSlope: Double?

  /// At most so many cells.
  package static let maximumCells = 10_000_000

  /// A map. The budget is the experiment's, which must have one.
  ///
  /// - Parameters:
  ///   - entry: which entry is run; nil is the one that an axis names, or else the first that is on.
  ///   - target: nil is `standardTarget(of:)`.
  /// - Throws: why there is no such map.
  public init(
    _ experiment: Experiment, entry: Int? = nil, start: Int = 0, x: Axis, y: Axis, columns: Int, rows: Int,
    target: Double? = nil
  ) throws(SweepError) {
    guard experiment.budget != Budget() else {
      throw SweepError("a map needs a budget: give the steps or the evaluations of a run")
    }
    guard columns >= 1, rows >= 1, columns <= Sweep.maximumCells / rows else {
      throw SweepError("a map has from 1 to \(Sweep.maximumCells) cells, got '\(columns)x\(rows)'")
    }
    guard experiment.starts.indices.contains(start) else {
      throw SweepError("a map begins at one of the experiment's starts")
    }
    guard x.target != y.target else { throw SweepError("both axes are \(x.path), they must differ") }
    if let target, target.isNaN { throw SweepError("the target is a loss, got 'nan'") }
    self.experiment = experiment
    self.entry = try Sweep.chosen(entry, x, y, experiment)
    self.start = start
    self.x = x
    self.y = y
    self.columns = columns
    self.rows = rows
    self.target = target ?? Sweep.standardTarget(of: experiment, start: start)
    let isOfStarts = x.target == .startX && y.target == .startY
    restSlope = isOfStarts ? Sweep.usualSlope(of: experiment).map { 1e-3 * $0 } : nil
    if let obstacle { throw SweepError(obstacle) }
  }

  /// Why not every cell has a run: an axis may make problems that an optimizer cannot run on, or a rule that has no room,
  /// in a corner at the latest.
  private var obstacle: String? {
    for column in Set([0, columns - 1]).sorted() {
      for row in Set([0, rows - 1]).sorted() {
        let values = values(column: column, row: row)
        var (landscape, spec) = (experiment.landscape, experiment.entries[entry].spec)
        for (axis, value) in [(x, values.x), (y, values.y)] {
          switch axis.target {
          case .knob(.landscape(let name)):
            do throws(LandscapeError) {
              landscape = try landscape.setting(name, to: value)
            } catch {
              return "\(axis.path): \(error.message)"
            }
          case .knob(.entry(_, let key)): spec.set(key, to: value)
          default: continue
          }
          if let obstacle = landscape.obstacle(to: spec) { return "\(axis.path): \(obstacle)" }
        }
      }
    }
    return nil
  }

  private static func chosen(
    _ entry: Int?, _ x: Axis, _ y: Axis, _ experiment: Experiment
  ) throws(SweepError) -> Int {
    var named: [Int] = []
    for axis in [x, y] {
      guard case .knob(.entry(let name, _)) = axis.target else { continue }
      guard let index = experiment.entries.firstIndex(where: { $0.name == name }) else {
        throw SweepError("no entry '\(Excerpt.of(name))' has a map")
      }
      named.append(index)
    }
    if let first = named.first {
      let others = named + (entry.map { [$0] } ?? [])
      guard others.allSatisfy({ $0 == first }) else {
        throw SweepError(
          "a map is of one entry, got \(x.path) and \(y.path); take both axes from the same one")
      }
      return first
    }
    if let entry, experiment.entries.indices.contains(entry) { return entry }
    guard let first = experiment.entries.firstIndex(where: \.isOn) else {
      throw SweepError("a map needs an optimizer, as in -o momentum:lr=0.01")
    }
    return first
  }

  // MARK: The runs

  /// How many runs there are.
  public var count: Int { columns * rows }

  /// The values of a cell.
  public func values(column: Int, row: Int) -> (x: Double, y: Double) {
    (x.value(at: column, of: columns), y.value(at: row, of: rows))
  }

  /// The experiment of which a cell is the run: that of `entry`, from its only start.
  public func experiment(column: Int, row: Int) -> Experiment {
    let (x, y) = values(column: column, row: row)
    return experiment(x: x, y: y)
  }

  /// The same for any values of the axes.
  public func experiment(x: Double, y: Double) -> Experiment {
    var cell = experiment
    var start = experiment.starts[self.start]
    for (axis, value) in [(self.x, x), (self.y, y)] {
      switch axis.target {
      case .knob(.entry(_, let key)): cell.entries[entry].spec.set(key, to: value)
      case .knob(.landscape(let name)):
        cell.landscape = Sweep.landscape(cell.landscape, setting: name, to: value)
      case .startNumber: start = experiment.starts[Int(value) - 1]
      case .startX, .startY, .startDistance: break
      }
    }
    for (axis, value) in [(self.x, x), (self.y, y)] {
      switch axis.target {
      case .startX: start.x = value
      case .startY: start.y = value
      case .startDistance: start = Sweep.start(start, at: value, from: cell)
      case .knob, .startNumber: break
      }
    }
    cell.starts = [start]
    return cell
  }

  static func landscape(_ landscape: Landscape, setting name: String, to value: Double) -> Landscape {
    // The ends of the axis have been tried.
    (try? landscape.setting(name, to: value)) ?? landscape
  }

  /// The point at a distance from the known minimum nearest to a start, in the start's direction; to the right where the
  /// start is the minimum itself.
  private static func start(_ start: Point, at distance: Double, from experiment: Experiment) -> Point {
    let centre =
      experiment.landscape.minima.min { $0.distance(to: start) < $1.distance(to: start) }
      ?? experiment.window.centre
    let length = start.distance(to: centre)
    guard length > 0 else { return Point(x: centre.x + distance, y: centre.y) }
    return Point(
      x: centre.x + distance * ((start.x - centre.x) / length),
      y: centre.y + distance * ((start.y - centre.y) / length))
  }

  /// The root mean square of the gradient at the middles of the window's quarters, as far as it has one there.
  private static func usualSlope(of experiment: Experiment) -> Double? {
    let (window, landscape) = (experiment.window, experiment.landscape)
    var norms: [Double] = []
    for (across, up) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
      let point = Point(
        x: window.x.lowerBound + across * window.width, y: window.y.lowerBound + up * window.height)
      let gradient = landscape.gradient(at: landscape.lift(point), step: 0)
      let norm = gradient.reduce(0) { Elementary.hypot($0, $1) }
      if norm.isFinite { norms.append(norm) }
    }
    guard let largest = norms.max(), largest > 0 else { return nil }
    let mean = norms.reduce(0) { $0 + ($1 / largest) * ($1 / largest) } / Double(norms.count)
    return largest * mean.squareRoot()
  }

  // MARK: The target

  /// The share of the way down from the start that is left at the standard target.
  package static let standardShare = 1e-4

  /// The loss that counts as reached unless one is named: the loss of the lowest known minimum and a ten-thousandth of
  /// the way from there up to the start.
  ///
  /// Where no minimum is known, the lowest of 96×64 samples of the window takes its place; where the start is not above it,
  /// the median of those samples takes the place of the start. It is one number for the whole map.
  public static func standardTarget(of experiment: Experiment, start: Int = 0) -> Double {
    let landscape = experiment.landscape
    let known = landscape.minimisers.map { landscape.value(at: $0) }.filter(\.isFinite).min()
    let above = landscape.value(at: experiment.startParameters(experiment.starts[start]))
    if let known, above.isFinite, above > known { return known + standardShare * (above - known) }
    let field = landscape.field(columns: 96, rows: 64, window: experiment.window)
    let samples = field.values.filter(\.isFinite).sorted()
    guard let lowest = known ?? samples.first else { return 0 }
    let top = above.isFinite && above > lowest ? above : samples.isEmpty ? lowest : samples[samples.count / 2]
    return lowest + standardShare * max(top - lowest, 0)
  }
}
