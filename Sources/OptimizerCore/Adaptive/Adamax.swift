/// Adam with the largest recent slope instead of an average of squares.
///
///     m ← β₁ m + (1 − β₁) g
///     u ← max(β₂ u, |g| + ε)
///     θ ← θ − η m̂ / u
///
/// Equals torch's and Optax's Adamax: ε is inside the maximum, and only m is corrected.
///
/// Watch: one steep moment shortens the steps for a long time.
///
/// Kingma & Ba 2015, arXiv:1412.6980, section 7.1.
struct Adamax<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.002)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.999)
  var eps = Scalar(repeating: 1e-8)
  var l2 = Scalar.zero
  var vectors = State<Scalar>()
  var power1 = Scalar.one

  init() {}

  static var about: About {
    About(
      id: "adamax", name: "Adamax", group: .adaptive, rate: .length,
      summary: "Adam with the largest recent slope instead of an average of squares",
      watch: "one steep moment shortens the steps for a long time",
      citation: "Kingma & Ba 2015, arXiv:1412.6980",
      aliases: [.keys("betas", "beta1", "beta2")])
  }

  static var phrases: [Phrase] {
    [
      .optax("adamax", [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon], fixed: ["l2": "0"]),
      .keras(
        "Adamax", [.kerasRate] + Phrase.kerasBetas + [.kerasEpsilon], fixed: ["eps": "0", "l2": "0"],
        remark: "its epsilon is added to the maximum, so that only 0 is the same"),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.002, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", role: .memoryOfSquares, default: 0.999, \.beta2),
      .epsilon(default: 1e-8, \.eps),
      .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .average) { $0.m },
      Slot("u", "largest recent slope", .direction, isKept: true) { $0.u },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      u := 0
      p1 := 1
      g = g + l2*x
      m = beta1*m + (1 - beta1)*g
      u = max(beta2*u, abs(g) + eps)
      p1 = p1*beta1
      x = x - lr/(1 - p1)*(m/u)
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"), .slot("m ← β₁m + (1−β₁)g"),
      RecipeLine("m̂ ← m/(1−β₁ᵗ)", "m̂", "corrected average", .average) { owner, _ in
        owner.m.map { $0 / (1.0 - owner.power1) }
      },
      .slot("u ← max(β₂u, |g| + ε)"), .move("θ ← θ − η m̂/u"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var u: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? { known(u.map { rate / $0 }) }

  var stability: Stability { .averaging(rate, beta: beta1, symbol: "β₁").preconditioned }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(3, of: layout.count)
    power1 = .one
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, m, u) = (rows[0], rows[1], rows[2])
    let (β1, β2, ε, λ) = (beta1, beta2, eps, l2)
    power1 = (power1 * β1).flushed
    let η̂ = rate / (1.0 - power1)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      u[i] = Scalar.larger((β2 * u[i]).flushed, g[i].absolute + ε)
      θ[i] -= η̂ * Scalar.select(m[i] .== Scalar.zero, .zero, m[i] / u[i])
    }
  }
}
