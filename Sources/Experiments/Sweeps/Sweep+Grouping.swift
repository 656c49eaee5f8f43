import Landscapes
import OptimizerCore

extension Sweep {
  /// Which cells may be computed side by side.
  enum Grouping {
    /// Any.
    case any
    /// Those of a row, because the knob along y is one that all lanes share.
    case rows
    /// Those of a column.
    case columns
    /// None: the rule exists for single runs alone, or no axis varies by lane.
    case alone
  }

  var grouping: Grouping {
    // A change of the landscape during the run makes another oracle for each cell.
    let changesLandscape = experiment.changes.contains {
      if case .landscape = $0.target { true } else { false }
    }
    // Samples take the lanes themselves, and a constant may make a problem of other parameters.
    guard experiment.landscape.data == nil, !changesLandscape,
      experiment.entries[entry].spec.makeLanes() != nil
    else { return .alone }
    switch (varies(x), varies(y)) {
    case (true, true): return .any
    case (true, false): return .rows
    case (false, true): return .columns
    case (false, false): return .alone
    }
  }

  private func varies(_ axis: Axis) -> Bool {
    if case .knob(.landscape) = axis.target { return experiment.landscape.variesByLane }
    return axis.variesByLane
  }

  /// Cells as blocks that are computed together.
  func blocks(of cells: [Int], in grouping: Grouping) -> [[Int]] {
    switch grouping {
    case .alone: return cells.map { [$0] }
    case .any: return Sweep.eights(cells)
    case .rows: return parts(of: cells) { $0 / columns }
    case .columns: return parts(of: cells) { $0 % columns }
    }
  }

  private func parts(of cells: [Int], by line: (Int) -> Int) -> [[Int]] {
    var lines: [Int: [Int]] = [:]
    for cell in cells { lines[line(cell), default: []].append(cell) }
    return lines.keys.sorted().flatMap { Sweep.eights(lines[$0] ?? []) }
  }

  private static func eights(_ cells: [Int]) -> [[Int]] {
    stride(from: 0, to: cells.count, by: Lanes.laneCount).map {
      Array(cells[$0..<min($0 + Lanes.laneCount, cells.count)])
    }
  }
}
