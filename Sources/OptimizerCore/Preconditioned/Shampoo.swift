/// Whitens the gradient of a matrix from both sides.
///
///     L ← L + G Gᵀ,  R ← R + Gᵀ G,  from εI
///     U ← L^{−1/4} G R^{−1/4}
///     W ← W − η U
///
/// A block at a time. `l2` adds λW to G. With momentum, G is first mixed with the last U: (1 − μ) G + μ U, in the first
/// step with G itself. Equals pytorch-optimizer's Shampoo.
///
/// Watch: on a 2-D landscape there is one 2×1 block, and it is AdaGrad of the length of g, turned by the history.
///
/// Gupta, Koren & Singer 2018, arXiv:1802.09568.
struct Shampoo<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.1)
  var eps = Scalar(repeating: 1e-4)
  var momentum = Scalar.zero
  var l2 = Scalar.zero
  var g = Vector<Scalar>()
  var update = Vector<Scalar>()
  // L of every block and then R of every block, without ε, which is added where the root is taken.
  private var left = Vector<Scalar>()
  private var right = Vector<Scalar>()
  private var shapes: [BlockShape] = []
  private var matrix = Vector<Double>()
  private var vectors = Vector<Double>()
  private var product = Vector<Double>()
  private var isFirst = true

  init() {}

  static var about: About {
    About(
      id: "shampoo", name: "Shampoo", group: .preconditioned, rate: .fadingLength,
      summary: "whitens the gradient of a matrix from both sides",
      watch: "directions that were steep before are held back, in rows and in columns",
      citation: "Gupta, Koren & Singer 2018, arXiv:1802.09568")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.1, \.rate), .epsilon(default: 1e-4, \.eps),
      .decayRate("momentum", "μ", "momentum", role: .memory, default: 0, \.momentum), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("L", "row statistics", .matrix) { $0.left.values },
      Slot("R", "column statistics", .matrix) { $0.right.values },
      Slot("U", "update", .direction) { $0.update.values },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("L ← L + G Gᵀ"),
      .slot("R ← R + Gᵀ G"),
      .slot("U ← L^{−1/4} G R^{−1/4}"),
      .move("θ ← θ − η U"),
    ]
  }

  /// L^{−1/4} ⊗ R^{−1/4}, block by block.
  var ball: UnitBall { .preconditioner(of: g.count, "L^{−1/4} ⊗ R^{−1/4}") { preconditioner } }

  private var preconditioner: [Double] {
    let (left, right) = (left.values.map { $0[lane: 0] }, right.values.map { $0[lane: 0] })
    let (d, ε) = (g.count, eps[lane: 0])
    var matrix = [Double](repeating: 0, count: d * d)
    var (leftPlace, rightPlace) = (0, 0)
    func root(_ statistics: ArraySlice<Double>) -> [Double] {
      DenseMatrix.applied(Array(statistics)) { 1 / (max($0, 0) + ε).squareRoot().squareRoot() }
    }
    for shape in shapes {
      let (n, m) = (shape.rows, shape.columns)
      let l = root(left[leftPlace..<(leftPlace + n * n)])
      let r = root(right[rightPlace..<(rightPlace + m * m)])
      for i in 0..<n * m {
        for j in 0..<n * m {
          matrix[(shape.offset + i) * d + shape.offset + j] = l[i / m * n + j / m] * r[i % m * m + j % m]
        }
      }
      leftPlace += n * n
      rightPlace += m * m
    }
    return matrix
  }

  var stability: Stability {
    Scalar.all(momentum .== Scalar.zero)
      ? .descent(rate).preconditioned : .unknown("its momentum mixes whitened gradients with plain ones")
  }

  func matrixNumbers(for layout: ParameterLayout) -> Double {
    var (sum, largest) = (0.0, 0.0)
    for block in layout.blocks {
      let (rows, columns) = (Double(block.rows), Double(block.columns))
      sum += rows * rows + columns * columns
      largest = max(largest, rows * rows, columns * columns)
    }
    return sum + 3 * largest
  }

  mutating func prepare(for layout: ParameterLayout) {
    shapes = layout.blocks.map(BlockShape.init)
    (g, update) = (Vector(layout.count), Vector(layout.count))
    left = Vector(shapes.reduce(0) { $0 + $1.rows * $1.rows })
    right = Vector(shapes.reduce(0) { $0 + $1.columns * $1.columns })
    let side = shapes.reduce(0) { max($0, $1.rows, $1.columns) }
    (matrix, vectors, product) = (Vector(side * side), Vector(side * side), Vector(side * side))
    isFirst = true
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, update) = (self.g.writable(), self.update.writable())
    let (left, right) = (self.left.writable(), self.right.writable())
    oracle.gradient(at: θ, into: g)
    let μ = isFirst ? .zero : momentum
    for i in g.indices { g[i] = (1.0 - μ) * g[i] + μ * update[i] + l2 * θ[i] }
    isFirst = false
    var (leftPlace, rightPlace) = (0, 0)
    for index in shapes.indices {
      let shape = shapes[index]
      let (n, m, offset) = (shape.rows, shape.columns, shape.offset)
      for i in 0..<n {
        for j in 0..<n {
          var sum = Scalar.zero
          for k in 0..<m { sum += g[offset + i * m + k] * g[offset + j * m + k] }
          left[leftPlace + i * n + j] += sum
        }
      }
      for i in 0..<m {
        for j in 0..<m {
          var sum = Scalar.zero
          for k in 0..<n { sum += g[offset + k * m + i] * g[offset + k * m + j] }
          right[rightPlace + i * m + j] += sum
        }
      }
      // Each lane is decomposed as a single run is, so that the two agree to the bit.
      for lane in 0..<Scalar.laneCount {
        for i in shape.range { update[i][lane: lane] = g[i][lane: lane] }
        whiten(update, shape, left, leftPlace, n, isLeft: true, lane)
        whiten(update, shape, right, rightPlace, m, isLeft: false, lane)
      }
      leftPlace += n * n
      rightPlace += m * m
    }
    for i in g.indices { θ[i] -= rate * update[i] }
  }

  /// Multiplies one lane of a block of the update by the inverse fourth root of its statistics, from the left or right.
  private mutating func whiten(
    _ update: UnsafeMutableBufferPointer<Scalar>, _ shape: BlockShape,
    _ statistics: UnsafeMutableBufferPointer<Scalar>,
    _ place: Int, _ n: Int, isLeft: Bool, _ lane: Int
  ) {
    let (matrix, vectors, product) = (
      self.matrix.writable(), self.vectors.writable(), self.product.writable()
    )
    for i in 0..<n * n { matrix[i] = statistics[place + i][lane: lane] }
    DenseMatrix.diagonalise(matrix, vectors, n)
    let ε = eps[lane: lane]
    let (rows, columns) = (shape.rows, shape.columns)
    let lines = isLeft ? columns : rows
    for line in 0..<lines {
      func entry(_ i: Int) -> Int { shape.offset + (isLeft ? i * columns + line : line * columns + i) }
      for k in 0..<n {
        var component = 0.0
        for i in 0..<n { component += vectors[i * n + k] * update[entry(i)][lane: lane] }
        let root = (max(matrix[k * n + k], 0) + ε).squareRoot().squareRoot()
        product[k] = component == 0 ? 0 : component / root
      }
      for i in 0..<n {
        var sum = 0.0
        for k in 0..<n { sum += vectors[i * n + k] * product[k] }
        update[entry(i)][lane: lane] = sum
      }
    }
  }
}
