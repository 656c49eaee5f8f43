/// Adam that divides by how far the gradient was from its average, not by how large it was.
///
///     m ← β₁ m + (1 − β₁) g
///     s ← β₂ s + (1 − β₂)(g − m)² + ε_root
///     θ ← θ − η m̂ / (√ŝ + ε)
///
/// Equals Optax's AdaBelief: ε_root stays in the accumulator; m is this step's.
///
/// Watch: where the slope is steady it takes long steps, where it varies short ones.
///
/// Zhuang et al. 2020, arXiv:2010.07468.
struct AdaBelief<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.999)
  var eps = Scalar(repeating: 1e-16)
  var epsRoot = Scalar(repeating: 1e-16)
  var vectors = State<Scalar>()
  var power1 = Scalar.one
  var power2 = Scalar.one

  static var about: About {
    About(
      id: "adabelief", name: "AdaBelief", group: .adaptive, rate: .length,
      summary: "Adam that divides by how far the gradient was from its average",
      watch: "where the slope is steady it takes long steps, where it varies short ones",
      citation: "Zhuang et al. 2020, arXiv:2010.07468")
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "adabelief", [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon, .init("eps_root", .knob("eps_root"))])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.001, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", role: .memoryOfSquares, default: 0.999, \.beta2),
      .epsilon(default: 1e-16, \.eps),
      .epsilon("eps_root", "ε_root", "added under the root", default: 1e-16, \.epsRoot),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .average) { $0.m },
      Slot("s", "average squared surprise", .squares) { $0.s },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      s := 0
      p1 := 1
      p2 := 1
      m = beta1*m + (1 - beta1)*g
      d = g - m
      s = beta2*s + (1 - beta2)*d*d + eps_root
      p1 = p1*beta1
      p2 = p2*beta2
      s_hat = s*(1/(1 - p2))
      x = x - lr/(1 - p1)*(m/(sqrt(s_hat) + eps))
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("m ← β₁m + (1−β₁)g"), .slot("s ← β₂s + (1−β₂)(g − m)² + ε_root"),
      RecipeLine("m̂ ← m/(1−β₁ᵗ)", "m̂", "corrected average", .average) { owner, _ in
        owner.m.map { $0 / (1.0 - owner.power1) }
      },
      RecipeLine("ŝ ← s/(1−β₂ᵗ)", "ŝ", "corrected squares", .squares) { owner, _ in
        owner.s.map { $0 / (1.0 - owner.power2) }
      },
      .move("θ ← θ − η m̂/(√ŝ + ε)"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var s: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? { quotientRates(rate, s.map { $0 / (1.0 - power2) }, eps) }

  var stability: Stability { .averaging(rate, beta: beta1, symbol: "β₁").preconditioned }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(3, of: layout.count)
    (power1, power2) = (.one, .one)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, m, s) = (rows[0], rows[1], rows[2])
    let (β1, β2, ε) = (beta1, beta2, eps)
    power1 = (power1 * β1).flushed
    power2 = (power2 * β2).flushed
    let η̂ = rate / (1.0 - power1)
    let correction = 1.0 / (1.0 - power2)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      let surprise = g[i] - m[i]
      s[i] = (β2 * s[i] + (1.0 - β2) * surprise * surprise + epsRoot).flushed
      θ[i] -= η̂ * quotient(m[i], s[i] * correction, ε, inside: false)
    }
  }
}
