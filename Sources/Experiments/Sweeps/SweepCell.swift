/// What became of one run of a map.
public struct SweepCell: Sendable, Hashable {
  /// The end of a run, in the words of the map's output.
  public enum Outcome: UInt8, Sendable, Hashable, CaseIterable {
    /// The loss came below the target, whatever it did later.
    case reached
    /// It did not, and did not leave either.
    case notReached
    /// The loss at the budget is above the loss at the start.
    case growing
    /// Too far away, or not finite.
    case diverged

    /// The word in output.
    public var word: String {
      switch self {
      case .reached: "reached"
      case .notReached: "not-reached"
      case .growing: "growing"
      case .diverged: "diverged"
      }
    }
  }

  /// How it ended.
  public let outcome: Outcome
  /// The first step below the target, or the one from which it counts as diverged; else the steps that it took.
  public let steps: Int
  /// What it had cost by then, in gradient evaluations; a step that ended on a value that is not finite does not count.
  public let evaluations: Int
  /// The loss at the budget, or at the last finite point.
  public let loss: Double
  /// The number, from 1, of the known minimum near which it ended.
  public let minimum: Int?

  /// An end.
  public init(outcome: Outcome, steps: Int, evaluations: Int, loss: Double, minimum: Int?) {
    self.outcome = outcome
    self.steps = steps
    self.evaluations = evaluations
    self.loss = loss
    self.minimum = minimum
  }
}

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
