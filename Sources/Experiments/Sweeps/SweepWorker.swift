import Landscapes
import OptimizerCore

/// Computes cells of a map, on one thread: eight side by side where the optimizer can, one at a time where not.
struct SweepWorker {
  private let sweep: Sweep
  private let lanes: LaneRuns?

  init(_ sweep: Sweep) {
    self.sweep = sweep
    lanes = sweep.grouping == .alone ? nil : LaneRuns(sweep)
  }

  /// The cells of some indices, in their order, or nil if it was called off. The cells must be a block of the sweep.
  func compute(_ cells: [Int], isCancelled: () -> Bool) -> [SweepCell]? {
    if let lanes { return lanes.compute(cells, isCancelled: isCancelled) }
    var results: [SweepCell] = []
    for index in cells {
      guard
        let cell = sweep.cellAlone(
          column: index % sweep.columns, row: index / sweep.columns, isCancelled: isCancelled)
      else { return nil }
      results.append(cell)
    }
    return results
  }
}
