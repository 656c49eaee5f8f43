/// Adam whose v changes by steps of bounded size.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← v − (1 − β₂) sign(v − g²) g²
///     θ ← θ − η m̂ / (√v̂ + ε)
///
/// m and v begin at `initial` and are corrected as if they began at 0, as in Optax, which it equals.
///
/// Watch: v falls slowly after a steep place, so the steps do not explode on the plateau behind it.
///
/// Zaheer et al. 2018, NeurIPS.
struct Yogi<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.999)
  var eps = Scalar(repeating: 1e-3)
  var initial = Scalar(repeating: 1e-6)
  var vectors = State<Scalar>()
  var power1 = Scalar.one
  var power2 = Scalar.one

  static var about: About {
    About(
      id: "yogi", name: "Yogi", group: .adaptive, rate: .length,
      summary: "Adam whose v changes by steps of bounded size",
      note: "m₀ = v₀ = initial",
      watch: "v falls slowly after a steep place, so the steps do not explode on the plateau behind it",
      citation: "Zaheer et al. 2018, NeurIPS 31")
  }

  static var phrases: [Phrase] {
    [
      .optax("yogi", [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon], fixed: ["initial": "1e-6"])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", role: .memoryOfSquares, default: 0.999, \.beta2),
      .epsilon(default: 1e-3, \.eps),
      .real(
        "initial", "v₀", "where m and v begin", role: .other, default: 1e-6, in: 0...100, scale: .log,
        floor: 1e-12,
        \.initial),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .average) { $0.m },
      Slot("v", "squares", .squares) { $0.v },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := initial
      v := initial
      p1 := 1
      p2 := 1
      m = beta1*m + (1 - beta1)*g
      v = v - (1 - beta2)*sign(v - g*g)*(g*g)
      p1 = p1*beta1
      p2 = p2*beta2
      v_hat = v*(1/(1 - p2))
      x = x - lr/(1 - p1)*(m/(sqrt(v_hat) + eps))
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("m ← β₁m + (1−β₁)g"), .slot("v ← v − (1−β₂) sign(v − g²) g²"),
      RecipeLine("m̂ ← m/(1−β₁ᵗ)", "m̂", "corrected average", .average) { owner, _ in
        owner.m.map { $0 / (1.0 - owner.power1) }
      },
      RecipeLine("v̂ ← v/(1−β₂ᵗ)", "v̂", "corrected squares", .squares) { owner, _ in
        owner.v.map { $0 / (1.0 - owner.power2) }
      },
      .move("θ ← θ − η m̂/(√v̂ + ε)"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var v: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? { quotientRates(rate, v.map { $0 / (1.0 - power2) }, eps) }

  var stability: Stability { .averaging(rate, beta: beta1, symbol: "β₁").preconditioned }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State([.zero, initial, initial], of: layout.count)
    (power1, power2) = (.one, .one)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, m, v) = (rows[0], rows[1], rows[2])
    let (β1, β2, ε) = (beta1, beta2, eps)
    power1 = (power1 * β1).flushed
    power2 = (power2 * β2).flushed
    let η̂ = rate / (1.0 - power1)
    let correction = 1.0 / (1.0 - power2)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      let square = g[i] * g[i]
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      v[i] = (v[i] - (1.0 - β2) * (v[i] - square).signum * square).flushed
      θ[i] -= η̂ * quotient(m[i], v[i] * correction, ε, inside: false)
    }
  }
}
