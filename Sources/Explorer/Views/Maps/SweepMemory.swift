import Experiments
import Landscapes
import OptimizerCore

/// Sweeps as views ask for them in every frame, made when something else is asked: their targets, and what counts as rest,
/// take many evaluations of the landscape, and each of those may be a pass over all samples.
struct SweepMemory {
  /// All that a sweep is made of.
  struct Request: Equatable {
    var experiment: Experiment
    var entry: Int
    var x: Axis
    var y: Axis
    var columns: Int
    var rows: Int
    /// The loss to reach; nil for the standard one.
    var target: Double?
    /// So many powers of ten above it, as measured from the lowest known minimum.
    var notches = 0
  }

  private var made: [(request: Request, sweep: Sweep)] = []
  /// As many as a view asks for in a frame.
  private static let limit = 2

  /// The sweep that is asked for.
  ///
  /// - Throws: why there is none.
  mutating func sweep(_ request: Request) throws(SweepError) -> Sweep {
    if let known = made.first(where: { $0.request == request }) { return known.sweep }
    let sweep = try Sweep(
      request.experiment, entry: request.entry, x: request.x, y: request.y, columns: request.columns,
      rows: request.rows, target: SweepMemory.target(of: request))
    if made.count == SweepMemory.limit { made.removeFirst() }
    made.append((request, sweep))
    return sweep
  }

  private static func target(of request: Request) -> Double? {
    guard request.notches != 0 else { return request.target }
    let landscape = request.experiment.landscape
    let target = request.target ?? Sweep.standardTarget(of: request.experiment)
    let lowest = landscape.minimisers.map { landscape.value(at: $0) }.min() ?? 0
    return lowest + (target - lowest) * Elementary.pow(10, Double(request.notches))
  }
}
