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
}
