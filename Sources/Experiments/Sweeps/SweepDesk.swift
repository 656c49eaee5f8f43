/// Computes cells of a map, one thread at a time.
struct SweepDesk {
  private let sweep: Sweep

  init(_ sweep: Sweep) { self.sweep = sweep }

  /// The cells of some indices, in their order, or nil if it was called off.
  mutating func compute(_ cells: [Int], isCancelled: () -> Bool) -> [SweepCell]? {
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
