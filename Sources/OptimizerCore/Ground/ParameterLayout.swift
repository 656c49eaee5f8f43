/// Named blocks with rows and columns over one flat parameter vector.
///
/// Matrix methods (Muon, Shampoo, K-FAC) see the blocks, everything else sees the vector. A block is stored row-major.
public struct ParameterLayout: Sendable, Hashable {
  /// One matrix or vector of parameters.
  public struct Block: Sendable, Hashable {
    /// The name, for messages and panels.
    public let name: String
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// Where its first entry stands in the flat vector.
    public let offset: Int

    /// The number of parameters of the block.
    public var count: Int { rows * columns }
    /// The block's place in the flat vector.
    public var range: Range<Int> { offset..<(offset + count) }
    /// Whether the block is a single row or column.
    public var isVector: Bool { rows == 1 || columns == 1 }
  }

  /// The blocks, in the order of the flat vector.
  public let blocks: [Block]
  /// The length of the flat vector.
  public let count: Int

  /// Lays out blocks one after the other; rows and columns must be at least 1.
  public init(_ shapes: [(name: String, rows: Int, columns: Int)]) {
    var offset = 0
    var blocks: [Block] = []
    for shape in shapes {
      precondition(
        shape.rows >= 1 && shape.columns >= 1, "a parameter block has at least one row and one column")
      blocks.append(Block(name: shape.name, rows: shape.rows, columns: shape.columns, offset: offset))
      offset += shape.rows * shape.columns
    }
    self.blocks = blocks
    self.count = offset
  }

  /// One column vector of `count` parameters.
  public static func vector(_ count: Int, name: String = "θ") -> ParameterLayout {
    ParameterLayout([(name, count, 1)])
  }
}
