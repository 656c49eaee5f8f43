/// Where a block of parameters stands and what shape it has; what kernels keep of a layout.
struct BlockShape: Sendable {
  let offset: Int
  let rows: Int
  let columns: Int

  init(_ block: ParameterLayout.Block) {
    offset = block.offset
    rows = block.rows
    columns = block.columns
  }

  var count: Int { rows * columns }
  var range: Range<Int> { offset..<offset + rows * columns }
  var isVector: Bool { rows == 1 || columns == 1 }
}
