/// Where two runs of the same cell end differently.
public struct DifferenceMap: Sendable {
  /// How two runs of a cell compare.
  public enum Difference: Sendable, Hashable {
    /// Both end near the same minimum, or neither near one.
    case same
    /// They end near different minima.
    case otherMinimum
    /// Only the first ends near a known minimum.
    case onlyFirst
    /// Only the second does.
    case onlySecond
  }

  /// The cells of the first entry.
  public let first: SweepGrid
  /// The cells of the second.
  public let second: SweepGrid

  /// Two grids of the same size.
  public init(_ first: SweepGrid, _ second: SweepGrid) {
    precondition(
      first.columns == second.columns && first.rows == second.rows, "a difference is one of equal grids")
    self.first = first
    self.second = second
  }

  /// The difference at a cell; nil until both are known.
  public subscript(column: Int, row: Int) -> Difference? {
    DifferenceMap.difference(first[column, row], second[column, row])
  }

  /// What to paint while the rest is computed.
  public func shown(_ column: Int, _ row: Int) -> Difference? {
    DifferenceMap.difference(first.shown(column, row), second.shown(column, row))
  }

  private static func difference(_ a: SweepCell?, _ b: SweepCell?) -> Difference? {
    guard let a, let b else { return nil }
    switch (a.minimum, b.minimum) {
    case (let one, let other) where one == other: return .same
    case (nil, _): return .onlySecond
    case (_, nil): return .onlyFirst
    default: return .otherMinimum
    }
  }

  /// How many cells there are of each kind, as far as both grids are known.
  public var counts: [Difference: Int] {
    var counts: [Difference: Int] = [:]
    for index in first.cells.indices {
      guard let difference = DifferenceMap.difference(first.cells[index], second.cells[index]) else {
        continue
      }
      counts[difference, default: 0] += 1
    }
    return counts
  }
}
