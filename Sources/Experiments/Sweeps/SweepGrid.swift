/// The cells of a map, as far as they are known.
public struct SweepGrid: Sendable {
  /// Cells in a row.
  public let columns: Int
  /// The number of rows.
  public let rows: Int
  /// Row by row, the first value of y first; nil where a run has not ended yet.
  public internal(set) var cells: [SweepCell?]
  /// How many are known.
  public internal(set) var known = 0

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = [SweepCell?](repeating: nil, count: columns * rows)
  }

  /// A cell, if it is known. Column 0 is the first value of x, row 0 the first value of y.
  public subscript(column: Int, row: Int) -> SweepCell? { cells[row * columns + column] }

  /// The cell, or the nearest of a coarser grid that is known: what to paint while the rest is computed.
  public func shown(_ column: Int, _ row: Int) -> SweepCell? {
    for stride in SweepOrder.strides.reversed() {
      if let cell = self[column - column % stride, row - row % stride] { return cell }
    }
    return nil
  }

  mutating func set(_ cell: SweepCell, at index: Int) {
    if cells[index] == nil { known += 1 }
    cells[index] = cell
  }

  /// How many of the known cells ended each way.
  public func count(_ outcome: SweepCell.Outcome) -> Int { cells.count { $0?.outcome == outcome } }

  /// The cell that reached the target at the least cost, or if none did the one of the smallest loss that neither grew nor
  /// diverged; of equals the first, column by column within a row. Nil if there is none.
  public var best: (column: Int, row: Int)? {
    var best: (index: Int, cell: SweepCell)?
    for (index, cell) in cells.enumerated() {
      guard let cell, cell.outcome == .reached || cell.outcome == .notReached else { continue }
      guard let other = best?.cell else {
        best = (index, cell)
        continue
      }
      let isBetter =
        switch (cell.outcome, other.outcome) {
        case (.reached, .reached): cell.evaluations < other.evaluations
        case (.reached, _): true
        case (_, .reached): false
        default: cell.loss < other.loss
        }
      if isBetter { best = (index, cell) }
    }
    return best.map { ($0.index % columns, $0.index / columns) }
  }
}
