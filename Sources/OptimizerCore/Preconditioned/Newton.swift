/// Steps to the stationary point of the local quadratic.
///
///     δ ← (H + τI)⁻¹ g
///     θ ← θ − η δ
///
/// With `saddle_free`, H's eigenvalues are replaced by their magnitudes, so that negative curvature pushes away instead of
/// attracting (then λ is added). Without it, the step goes to whatever stationary point is near, saddles and maxima
/// included. Where H + λI is singular, the step is the shortest of least squares: none along a direction without slope and
/// curvature. Along one with slope and without curvature the model has no stationary point, and there is no Newton step.
///
/// Watch: one step to the minimum of a quadratic; near a saddle it walks straight into it unless `saddle_free` is on.
///
/// Nocedal & Wright 2006, ch. 3; saddle-free: Dauphin et al. 2014, arXiv:1406.2572. A step costs 1 + d evaluations.
struct Newton<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar.one
  var damping = Scalar.zero
  var isSaddleFree = false
  var g = Vector<Scalar>()
  var h = Vector<Scalar>()
  var δ = Vector<Scalar>()
  private var matrix = Vector<Double>()
  private var vectors = Vector<Double>()
  private var right = Vector<Double>()
  private var sum = Vector<Double>()
  private var isRefused = false

  init() {}

  static var about: About {
    About(
      id: "newton", name: "Newton", group: .preconditioned, rate: .none,
      summary: "steps to the stationary point of the local quadratic",
      watch:
        "one step to the minimum of a quadratic; near a saddle it walks straight into it unless saddle_free is on",
      citation: "Nocedal & Wright 2006, doi:10.1007/978-0-387-40065-5; Dauphin et al. 2014, arXiv:1406.2572",
      needs: .hessian)
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(1, \.rate),
      .real(
        "damping", "τ", "damping", role: .other, default: 0, in: 0...1e6, scale: .log, floor: 1e-8,
        onset: 0.1, \.damping),
      .toggle("saddle_free", "|H|", "magnitudes of the eigenvalues", default: false, \.isSaddleFree),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("H", "Hessian", .matrix) { $0.h.values },
      Slot("δ", "Newton step", .direction) { $0.δ.values },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("H ← ∇²f(θ)"),
      .slot("δ ← (H + τI)⁻¹ g  (saddle_free: (|H| + τI)⁻¹ g)"), .move("θ ← θ − η δ"),
    ]
  }

  var ball: UnitBall {
    let λ = damping[lane: 0]
    return .preconditioner(of: g.count, isSaddleFree ? "|H| + τI" : "H + τI") {
      DenseMatrix.applied(h.values.map { $0[lane: 0] }) { 1 / ((isSaddleFree ? $0.magnitude : $0) + λ) }
    }
  }

  var stability: Stability { .descent(rate).preconditioned }

  var events: [String] { isRefused ? [StepEvent.singular] : [] }

  func matrixNumbers(for layout: ParameterLayout) -> Double {
    3 * Double(layout.count) * Double(layout.count)
  }

  mutating func prepare(for layout: ParameterLayout) {
    isRefused = false
    let d = layout.count
    (g, δ) = (Vector(d), Vector(d))
    h = Vector(d * d)
    (matrix, vectors) = (Vector(d * d), Vector(d * d))
    (right, sum) = (Vector(d), Vector(d))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, h, δ) = (self.g.writable(), self.h.writable(), self.δ.writable())
    oracle.gradient(at: θ, into: g)
    oracle.hessian(at: θ, into: h)
    isRefused = false
    // Each lane is solved as a single run is, so that the two agree to the bit.
    let (right, d) = (self.right.writable(), g.count)
    for lane in 0..<Scalar.laneCount {
      var isAtRest = true
      for i in 0..<d {
        right[i] = g[i][lane: lane]
        if right[i] != 0 { isAtRest = false }
      }
      if !isAtRest, !solve(lane, damping[lane: lane]) {
        isRefused = true
        for i in 0..<d { right[i] = .nan }
      }
      for i in 0..<d { δ[i][lane: lane] = right[i] }
    }
    for i in 0..<d { θ[i] -= rate * δ[i] }
  }

  /// Makes `right`, the gradient of one lane, its step; false where there is none.
  private mutating func solve(_ lane: Int, _ λ: Double) -> Bool {
    let (matrix, right, sum) = (self.matrix.writable(), self.right.writable(), self.sum.writable())
    let d = right.count
    for i in 0..<d { sum[i] = right[i] }
    fill(matrix, lane, shift: isSaddleFree ? 0 : λ)
    if DenseMatrix.solve(matrix, sum, d) {
      if isSaddleFree {
        solveSaddleFree(lane, λ)
      } else {
        for i in 0..<d { right[i] = sum[i] }
      }
      return true
    }
    fill(matrix, lane, shift: 0)
    return DenseMatrix.solveSingular(
      matrix, right, vectors.writable(), sum, d, areMagnitudes: isSaddleFree, shift: λ)
  }

  /// The Hessian of one lane into memory, with a number added to its diagonal.
  private mutating func fill(_ matrix: UnsafeMutableBufferPointer<Double>, _ lane: Int, shift: Double) {
    let (h, d) = (self.h.writable(), g.count)
    for i in 0..<d * d { matrix[i] = h[i][lane: lane] }
    for i in 0..<d { matrix[i * d + i] += shift }
  }

  /// The step with the magnitudes of the eigenvalues, of which none is 0.
  private mutating func solveSaddleFree(_ lane: Int, _ λ: Double) {
    let (matrix, right) = (self.matrix.writable(), self.right.writable())
    let (vectors, sum) = (self.vectors.writable(), self.sum.writable())
    let d = right.count
    fill(matrix, lane, shift: 0)
    DenseMatrix.diagonalise(matrix, vectors, d)
    for i in 0..<d { sum[i] = 0 }
    for k in 0..<d {
      var component = 0.0
      for i in 0..<d { component += vectors[i * d + k] * right[i] }
      // Without slope along a direction there is no step along it, whatever the curvature.
      if component == 0 { continue }
      component /= matrix[k * d + k].magnitude + λ
      for i in 0..<d { sum[i] += vectors[i * d + k] * component }
    }
    for i in 0..<d { right[i] = sum[i] }
  }
}
