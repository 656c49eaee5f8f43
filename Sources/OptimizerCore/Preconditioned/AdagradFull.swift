/// AdaGrad with the whole matrix of gradient products, not only its diagonal.
///
///     G ← G + g gᵀ
///     θ ← θ − η (G^{1/2} + εI)⁻¹ g
///
/// The root is taken by eigendecomposition; ε is added to the root's eigenvalues. Where an eigenvalue of G is 0 and ε too,
/// g has no part along it, and neither has the step.
///
/// Watch: turn the landscape and the path turns with it, which plain AdaGrad's does not.
///
/// Duchi, Hazan & Singer 2011, JMLR 12.
struct AdagradFull<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.1)
  var eps = Scalar(repeating: 1e-8)
  var g = Vector<Scalar>()
  var sum = Vector<Scalar>()
  var δ = Vector<Scalar>()
  private var matrix = Vector<Double>()
  private var vectors = Vector<Double>()

  init() {}

  static var about: About {
    About(
      id: "adagrad-full", name: "AdaGrad (full)", group: .preconditioned, rate: .fadingLength,
      summary: "AdaGrad with the whole matrix of gradient products, not only its diagonal",
      watch: "turn the landscape and the path turns with it, which plain AdaGrad's does not",
      citation: "Duchi, Hazan & Singer 2011, JMLR 12:2121–2159")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.1, \.rate),
      .real(
        "eps", "ε", "added to the root", role: .other, default: 1e-8, in: 0...100, scale: .log, floor: 1e-20,
        \.eps),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("G", "sum of gradient products", .matrix) { $0.sum.values },
      Slot("δ", "step", .direction) { $0.δ.values },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("G ← G + g gᵀ"),
      .slot("δ ← (G^{1/2} + εI)⁻¹ g"), .move("θ ← θ − η δ"),
    ]
  }

  var ball: UnitBall {
    .preconditioner(of: g.count, "G^{1/2} + εI") {
      DenseMatrix.applied(sum.values.map { $0[lane: 0] }) { 1 / (max($0, 0).squareRoot() + eps[lane: 0]) }
    }
  }

  var stability: Stability { .descent(rate).preconditioned }

  func matrixNumbers(for layout: ParameterLayout) -> Double {
    3 * Double(layout.count) * Double(layout.count)
  }

  mutating func prepare(for layout: ParameterLayout) {
    let d = layout.count
    (g, δ, sum) = (Vector(d), Vector(d), Vector(d * d))
    (matrix, vectors) = (Vector(d * d), Vector(d * d))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, sum, δ) = (self.g.writable(), self.sum.writable(), self.δ.writable())
    let (matrix, vectors, d) = (self.matrix.writable(), self.vectors.writable(), g.count)
    oracle.gradient(at: θ, into: g)
    for i in 0..<d {
      for j in 0..<d { sum[i * d + j] += g[i] * g[j] }
      δ[i] = .zero
    }
    // Each lane is decomposed as a single run is, so that the two agree to the bit.
    for lane in 0..<Scalar.laneCount {
      for i in 0..<d * d { matrix[i] = sum[i][lane: lane] }
      DenseMatrix.diagonalise(matrix, vectors, d)
      for k in 0..<d {
        var component = 0.0
        for i in 0..<d { component += vectors[i * d + k] * g[i][lane: lane] }
        if component == 0 { continue }
        component /= max(matrix[k * d + k], 0).squareRoot() + eps[lane: lane]
        for i in 0..<d { δ[i][lane: lane] = δ[i][lane: lane] + vectors[i * d + k] * component }
      }
    }
    for i in 0..<d { θ[i] -= rate * δ[i] }
  }
}
