/// Steps to the stationary point of the local quadratic.
///
///     δ ← (H + λI)⁻¹ g
///     θ ← θ − η δ
///
/// With `saddle_free`, H's eigenvalues are replaced by their magnitudes, so that negative curvature pushes away instead of
/// attracting (then λ is added). Without it, the step goes to whatever stationary point is near, saddles and maxima
/// included. Where H + λI is singular the step is not finite; at a zero gradient it is zero.
///
/// Watch: one step to the minimum of a quadratic; near a saddle it walks straight into it unless `saddle_free` is on.
///
/// Nocedal & Wright 2006, ch. 3; saddle-free: Dauphin et al. 2014, arXiv:1406.2572. A step costs 1 + d evaluations.
struct Newton<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar.one
  var damping = Scalar.zero
  var isSaddleFree = false
  var g: [Scalar] = []
  var h: [Scalar] = []
  var δ: [Scalar] = []
  private var matrix: [Double] = []
  private var vectors: [Double] = []
  private var right: [Double] = []
  private var sum: [Double] = []

  init() {}

  static var about: About {
    About(
      id: "newton", name: "Newton", group: .preconditioned,
      summary: "steps to the stationary point of the local quadratic",
      recurrence: "θ ← θ − η (H + λI)⁻¹ g (saddle-free: |H| + λI)",
      watch:
        "one step to the minimum of a quadratic; near a saddle it walks straight into it unless saddle_free is on",
      citation: "Nocedal & Wright 2006, doi:10.1007/978-0-387-40065-5; Dauphin et al. 2014, arXiv:1406.2572",
      needs: .hessian)
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(1, \.rate),
      .real("damping", "λ", "damping", default: 0, in: 0...1e6, scale: .log, floor: 1e-8, \.damping),
      .toggle("saddle_free", "|H|", "magnitudes of the eigenvalues", default: false, \.isSaddleFree),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("H", "Hessian", .matrix) { $0.h }, Slot("δ", "Newton step", .arrow) { $0.δ },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, RecipeLine("H ← ∇²f(θ)", "H", "Hessian") { owner, _ in owner.h },
      RecipeLine("δ ← (H + λI)⁻¹ g", "δ", "Newton step") { owner, _ in owner.δ }, .move("θ ← θ − η δ"),
    ]
  }

  mutating func prepare(for layout: ParameterLayout) {
    let d = layout.count
    g = Array(repeating: .zero, count: d)
    δ = g
    h = Array(repeating: .zero, count: d * d)
    matrix = Array(repeating: 0, count: d * d)
    vectors = matrix
    right = Array(repeating: 0, count: d)
    sum = right
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    oracle.gradient(at: θ, into: &g)
    var target = h.mutableSpan
    oracle.hessian(at: θ.span, into: &target)
    for lane in 0..<Scalar.laneCount { solve(lane) }
    for i in g.indices { θ[i] -= rate * δ[i] }
  }

  /// The step of one lane.
  private mutating func solve(_ lane: Int) {
    let d = g.count
    var isAtRest = true
    for i in 0..<d {
      right[i] = g[i][lane: lane]
      if right[i] != 0 { isAtRest = false }
    }
    let λ = damping[lane: lane]
    if !isAtRest {
      for i in 0..<d * d { matrix[i] = h[i][lane: lane] }
      if isSaddleFree {
        solveByMagnitudes(λ)
      } else {
        for i in 0..<d { matrix[i * d + i] += λ }
        DenseMatrix.solve(&matrix, &right, d)
      }
    }
    for i in 0..<d { δ[i][lane: lane] = right[i] }
  }

  /// (|H| + λI)⁻¹ g by eigenvectors; a component of g that is 0 stays 0, whatever the curvature.
  private mutating func solveByMagnitudes(_ λ: Double) {
    let d = g.count
    DenseMatrix.diagonalise(&matrix, &vectors, d)
    for i in 0..<d { sum[i] = 0 }
    for k in 0..<d {
      var component = 0.0
      for i in 0..<d { component += vectors[i * d + k] * right[i] }
      if component == 0 { continue }
      component /= matrix[k * d + k].magnitude + λ
      for i in 0..<d { sum[i] += vectors[i * d + k] * component }
    }
    for i in 0..<d { right[i] = sum[i] }
  }
}
