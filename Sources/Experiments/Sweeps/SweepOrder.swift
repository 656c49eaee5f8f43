/// In which order the cells of a map are computed: coarse to fine.
enum SweepOrder {
  /// The distances of the cells in the passes, coarsest first; each divides the one before.
  static let strides = [8, 4, 2, 1]

  /// The cells of a pass among those wanted, row by row.
  static func cells(of pass: Int, columns: Int, rows: Int, within wanted: Range<Int>) -> [Int] {
    let stride = strides[pass]
    let coarser = pass > 0 ? strides[pass - 1] : 0
    var cells: [Int] = []
    for row in Swift.stride(from: 0, to: rows, by: stride) {
      for column in Swift.stride(from: 0, to: columns, by: stride) {
        if coarser > 0, row % coarser == 0, column % coarser == 0 { continue }
        let index = row * columns + column
        if wanted.contains(index) { cells.append(index) }
      }
    }
    return cells
  }

  /// Whether the cells of the coarser pass around a cell are known to have ended differently: there the map has an edge.
  static func isAtEdge(_ index: Int, in pass: Int, of grid: SweepGrid) -> Bool {
    guard pass > 0 else { return false }
    let stride = strides[pass - 1]
    let (column, row) = (index % grid.columns, index / grid.columns)
    let (left, low) = (column - column % stride, row - row % stride)
    guard let corner = grid[left, low] else { return false }
    for (x, y) in [(left + stride, low), (left, low + stride), (left + stride, low + stride)]
    where x < grid.columns && y < grid.rows {
      guard let other = grid[x, y] else { continue }
      if other.outcome != corner.outcome || other.minimum != corner.minimum { return true }
    }
    return false
  }
}
