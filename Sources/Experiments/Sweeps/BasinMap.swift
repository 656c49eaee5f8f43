import Landscapes

extension Sweep {
  /// A map of starts over the window: each cell is a pixel of it, and tells which minimum the run from its centre ends at.
  ///
  /// Row 0 is the lowest of the window.
  public static func basins(
    of experiment: Experiment, entry: Int, columns: Int, rows: Int, target: Double? = nil
  ) throws(SweepError) -> Sweep {
    let (x, y) = Axis.pixels(of: experiment.window)
    return try Sweep(experiment, entry: entry, x: x, y: y, columns: columns, rows: rows, target: target)
  }
}

/// Where the starts of a basin map end, with how many.
public struct BasinShares: Sendable, Hashable {
  /// Starts that end near each known minimum, in the landscape's order.
  public let minima: [Int]
  /// Starts that end elsewhere without having grown or diverged.
  public let elsewhere: Int
  /// Starts whose run grew or diverged, and did not end near a known minimum.
  public let gone: Int
  /// Starts that are known.
  public let known: Int

  /// The shares in a grid of a landscape with so many known minima, as far as it is known.
  public init(of grid: SweepGrid, minima count: Int) {
    var minima = [Int](repeating: 0, count: count)
    var (elsewhere, gone) = (0, 0)
    for case let cell? in grid.cells {
      if let minimum = cell.minimum, minimum <= count {
        minima[minimum - 1] += 1
      } else if cell.outcome == .growing || cell.outcome == .diverged {
        gone += 1
      } else {
        elsewhere += 1
      }
    }
    self.minima = minima
    self.elsewhere = elsewhere
    self.gone = gone
    known = grid.known
  }

  /// A count as a share of what is known; 0 before anything is.
  public func share(_ count: Int) -> Double { known > 0 ? Double(count) / Double(known) : 0 }
}

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
