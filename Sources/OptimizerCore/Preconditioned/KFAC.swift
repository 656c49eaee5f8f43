/// The natural gradient with the Fisher matrix of a layer taken for a product of two small matrices.
///
///     A ← E[a aᵀ],  S ← E[δ δᵀ]
///     U ← (S + √τ I)⁻¹ G (A + √τ I)⁻¹
///     W ← W − η U
///
/// Layer by layer: a are its inputs, with a 1 for the biases; δ are the slopes of the loss in its outputs; the expectation is
/// over the samples and exactly over the model's own distribution. The factors are computed in the first step and every
/// `refresh` steps from there.
///
/// Watch: as few steps as the natural gradient where layers hardly speak to each other, at the memory of two small matrices.
///
/// Martens & Grosse 2015, arXiv:1503.05671. A step costs a gradient, and with new factors one more for each output.
struct KFAC<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.1)
  var damping = Scalar(repeating: 0.01)
  var refresh = 1
  var g = Vector<Scalar>()
  var factors = Vector<Scalar>()
  var update = Vector<Scalar>()
  private var layers: [LayerShape] = []
  private var left = Vector<Double>()
  private var right = Vector<Double>()
  private var slopes = Vector<Double>()
  private var column = Vector<Double>()
  private var done = 0
  private var event: String?

  /// Where a layer's parameters and factors stand.
  private struct LayerShape: Sendable {
    let rows: Int
    /// The inputs, with one more where there is a bias.
    let columns: Int
    let weights: Int
    let bias: Int?
    /// Where A stands among the factors; S is behind it.
    let factors: Int

    /// The place of an entry of the extended matrix among the parameters.
    @inline(__always)
    func place(_ row: Int, _ column: Int) -> Int {
      guard let bias else { return weights + row * columns + column }
      return column == columns - 1 ? bias + row : weights + row * (columns - 1) + column
    }
  }

  init() {}

  static var about: About {
    About(
      id: "kfac", name: "K-FAC", group: .preconditioned, rate: .none,
      summary: "the natural gradient with a layer's Fisher matrix as a Kronecker product",
      watch: "as few steps as the natural gradient where layers hardly speak to each other",
      citation: "Martens & Grosse 2015, arXiv:1503.05671", needs: .kroneckerFactors,
      memory: "n² + m² numbers a layer of n inputs and m outputs (A, S)")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.1, \.rate),
      .real(
        "damping", "τ", "damping", role: .other, default: 0.01, in: 0...1e6, scale: .log, floor: 1e-8,
        onset: 0.01, \.damping),
      .integer(
        "refresh", "n", "steps between new factors", role: .other, default: 1, in: 1...10000, \.refresh),
    ]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g.values }, Slot("U", "update", .direction) { $0.update.values }]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("U ← (S + √τ I)⁻¹ G (A + √τ I)⁻¹"), .move("θ ← θ − η U"),
    ]
  }

  /// (S + √τ I)⁻¹ ⊗ (A + √τ I)⁻¹, layer by layer.
  var ball: UnitBall {
    .preconditioner(of: g.count, "S ⊗ A") {
      let (d, shift) = (g.count, damping[lane: 0].squareRoot())
      let factors = self.factors.values.map { $0[lane: 0] }
      var matrix = [Double](repeating: 0, count: d * d)
      for layer in layers {
        let (n, m) = (layer.rows, layer.columns)
        func inverse(_ first: Int, _ size: Int) -> [Double] {
          DenseMatrix.applied(Array(factors[first..<first + size * size])) { 1 / ($0 + shift) }
        }
        let (a, s) = (inverse(layer.factors, m), inverse(layer.factors + m * m, n))
        for i in 0..<n * m {
          for j in 0..<n * m {
            matrix[layer.place(i / m, i % m) * d + layer.place(j / m, j % m)] =
              s[i / m * n + j / m] * a[i % m * m + j % m]
          }
        }
      }
      return matrix
    }
  }

  var stability: Stability { .descent(rate).preconditioned }

  var events: [String] { event.map { [$0] } ?? [] }

  func matrixNumbers(for layout: ParameterLayout) -> Double {
    var (sum, largest) = (0.0, 0.0)
    for layer in layout.layers {
      let shape = layout.factors(of: layer)
      let (rows, columns) = (Double(shape.rows), Double(shape.columns))
      sum += rows * rows + columns * columns
      largest = max(largest, rows * rows, columns * columns)
    }
    return sum + 2 * largest
  }

  mutating func prepare(for layout: ParameterLayout) {
    event = nil
    done = 0
    layers = []
    var (offset, widest, largest) = (0, 0, 0)
    for layer in layout.layers {
      let (rows, columns) = layout.factors(of: layer)
      layers.append(
        LayerShape(
          rows: rows, columns: columns, weights: layout.blocks[layer.weights].offset,
          bias: layer.bias.map { layout.blocks[$0].offset }, factors: offset))
      offset += rows * rows + columns * columns
      widest = max(widest, rows, columns)
      largest = max(largest, rows * columns)
    }
    (g, update) = (Vector(layout.count), Vector(layout.count))
    factors = Vector(offset)
    (left, right) = (Vector(widest * widest), Vector(widest * widest))
    (slopes, column) = (Vector(largest), Vector(widest))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, factors, update) = (self.g.writable(), self.factors.writable(), self.update.writable())
    oracle.gradient(at: θ, into: g)
    if done % refresh == 0 { oracle.kroneckerFactors(at: θ, into: factors) }
    done += 1
    event = nil
    for place in layers.indices {
      for lane in 0..<Scalar.laneCount { solve(layers[place], lane) }
    }
    for i in g.indices { θ[i] -= rate * update[i] }
  }

  /// The update of a layer in one lane, as a single run takes it.
  private mutating func solve(_ layer: LayerShape, _ lane: Int) {
    let (g, update, slopes) = (self.g.writable(), self.update.writable(), self.slopes.writable())
    let (rows, columns) = (layer.rows, layer.columns)
    var isAtRest = true
    for i in 0..<rows {
      for j in 0..<columns {
        slopes[i * columns + j] = g[layer.place(i, j)][lane: lane]
        if slopes[i * columns + j] != 0 { isAtRest = false }
      }
    }
    if !isAtRest, !divide(layer, lane) {
      event = StepEvent.singularFactor
      for i in 0..<rows * columns { slopes[i] = .nan }
    }
    for i in 0..<rows {
      for j in 0..<columns { update[layer.place(i, j)][lane: lane] = slopes[i * columns + j] }
    }
  }

  /// Makes `slopes` what is left when both factors are divided by; false where one of them is singular.
  private mutating func divide(_ layer: LayerShape, _ lane: Int) -> Bool {
    let (factors, slopes, column) = (
      self.factors.writable(), self.slopes.writable(), self.column.writable()
    )
    let (left, right) = (self.left.writable(), self.right.writable())
    let (rows, columns) = (layer.rows, layer.columns)
    let shift = damping[lane: lane].squareRoot()
    for i in 0..<columns * columns { right[i] = factors[layer.factors + i][lane: lane] }
    for i in 0..<rows * rows { left[i] = factors[layer.factors + columns * columns + i][lane: lane] }
    for i in 0..<rows { left[i * rows + i] += shift }
    for i in 0..<columns { right[i * columns + i] += shift }
    guard DenseMatrix.factorPositive(left, rows), DenseMatrix.factorPositive(right, columns) else {
      return false
    }
    for j in 0..<columns {
      for i in 0..<rows { column[i] = slopes[i * columns + j] }
      DenseMatrix.solveFactored(left, column, rows)
      for i in 0..<rows { slopes[i * columns + j] = column[i] }
    }
    for i in 0..<rows {
      for j in 0..<columns { column[j] = slopes[i * columns + j] }
      DenseMatrix.solveFactored(right, column, columns)
      for j in 0..<columns { slopes[i * columns + j] = column[j] }
    }
    return true
  }
}
