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

  /// A linear map within a model: a block of weights, and the block of the biases that are added, if there is one.
  public struct Layer: Sendable, Hashable {
    /// The place of the weights among the blocks, outputs × inputs.
    public let weights: Int
    /// The place of the biases among the blocks, a column with a number for each output.
    public let bias: Int?

    /// A layer by the places of its blocks.
    public init(weights: Int, bias: Int? = nil) {
      self.weights = weights
      self.bias = bias
    }
  }

  /// The blocks, in the order of the flat vector.
  public let blocks: [Block]
  /// The length of the flat vector.
  public let count: Int

  /// The layers that the blocks make up; every block by itself where nothing else is said.
  public let layers: [Layer]

  /// Lays out blocks one after the other; rows and columns must be at least 1.
  public init(_ shapes: [(name: String, rows: Int, columns: Int)], layers: [Layer]? = nil) {
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
    self.layers = layers ?? blocks.indices.map { Layer(weights: $0) }
  }

  /// The shape of a layer's curvature: as many rows as outputs, as many columns as inputs, one more for a bias.
  package func factors(of layer: Layer) -> (rows: Int, columns: Int) {
    let weights = blocks[layer.weights]
    return (weights.rows, weights.columns + (layer.bias == nil ? 0 : 1))
  }

  /// How many numbers the Kronecker factors of all layers have.
  package var factorCount: Int {
    layers.reduce(0) {
      let (rows, columns) = factors(of: $1)
      return $0 + rows * rows + columns * columns
    }
  }

  /// One column vector of `count` parameters.
  public static func vector(_ count: Int, name: String = "θ") -> ParameterLayout {
    ParameterLayout([(name, count, 1)])
  }
}
