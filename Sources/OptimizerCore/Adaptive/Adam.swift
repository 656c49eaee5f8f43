/// Divides an average of gradients by the root of an average of their squares.
///
///     g ← ∇f(θ) + λθ
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     m̂ ← m/(1 − β₁ᵗ),  v̂ ← v/(1 − β₂ᵗ)
///     θ ← θ − η m̂ / (√v̂ + ε)
///
/// Equals torch's and Optax's Adam: ε is outside the root and acts after the correction, as in the paper's Algorithm 1.
/// The powers of β are running products, so the correction stays exact when β is turned during a run.
///
/// Watch: the first step is η in every coordinate, whatever the slope; the path is the same for f and 100 f.
///
/// Kingma & Ba 2015, arXiv:1412.6980.
struct Adam<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.999)
  var eps = Scalar(repeating: 1e-8)
  var isCorrected = true
  var isInside = false
  var l2 = Scalar.zero
  var vectors = State<Scalar>()
  var power1 = Scalar.one
  var power2 = Scalar.one

  static var about: About {
    About(
      id: "adam", name: "Adam", group: .adaptive, rate: .length,
      summary: "divides an average of gradients by the root of an average of their squares",
      watch:
        "the first step is η in every coordinate, whatever the slope; the path is the same for f and 100 f",
      citation: "Kingma & Ba 2015, arXiv:1412.6980",
      aliases: [
        .keys("betas", "beta1", "beta2"), .optimizer("amsgrad", "amsgrad"),
        .optimizer("decoupled_weight_decay", "adamw"),
      ])
  }

  static var phrases: [Phrase] {
    [
      .optax("adam", [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon], fixed: Phrase.optaxUsual),
      .optax(
        "adam",
        [.optaxRate] + Phrase.optaxBetas + [.init("eps", .literal("0.0")), .init("eps_root", .knob("eps"))],
        fixed: Phrase.optaxUsual.merging(["eps_inside": "on"]) { $1 }),
      .keras(
        "Adam", [.kerasRate] + Phrase.kerasBetas + [.kerasEpsilon],
        fixed: ["eps": "0", "bias_correction": "on", "l2": "0"], idle: ["eps_inside"],
        remark: Phrase.kerasEarlyEpsilon),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.001, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", role: .memoryOfSquares, default: 0.999, \.beta2),
      .epsilon(default: 1e-8, \.eps),
      .toggle("bias_correction", "m̂ v̂", "bias correction", default: true, \.isCorrected),
      .epsilonInside(\.isInside), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .average) { $0.m },
      Slot("v", "average of squares", .averageOfSquares) { $0.v },
      Slot("m̂", "corrected average", .average, isKept: false) { $0.correctedMean },
      Slot("v̂", "corrected squares", .averageOfSquares, isKept: false) { $0.correctedSquares },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      v := 0
      p1 := 1
      p2 := 1
      g = g + l2*x
      m = beta1*m + (1 - beta1)*g
      v = beta2*v + (1 - beta2)*g*g
      p1 = p1*beta1
      p2 = p2*beta2
      rate = if(bias_correction, lr/(1 - p1), lr)
      v_hat = v*if(bias_correction, 1/(1 - p2), 1)
      x = x - rate*(m/if(eps_inside, sqrt(v_hat + eps), sqrt(v_hat) + eps))
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"),
      .slot("m ← β₁m + (1−β₁)g"),
      .slot("v ← β₂v + (1−β₂)g²"),
      .slot("m̂ ← m/(1−β₁ᵗ)"),
      .slot("v̂ ← v/(1−β₂ᵗ)"),
      .move("θ ← θ − η m̂/(√v̂ + ε)"),
    ]
  }

  private var correctedMean: [Scalar] { isCorrected ? m.map { $0 / (1.0 - power1) } : m }
  private var correctedSquares: [Scalar] { isCorrected ? v.map { $0 / (1.0 - power2) } : v }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var v: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? { quotientRates(rate, correctedSquares, eps, inside: isInside) }

  var stability: Stability { .averaging(rate, beta: beta1, symbol: "β₁").preconditioned }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(3, of: layout.count)
    (power1, power2) = (.one, .one)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    kernel(&θ, oracle)
  }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, m, v) = (rows[0], rows[1], rows[2])
    let (η, β1, β2, ε, λ) = (rate, beta1, beta2, eps, l2)
    power1 = (power1 * β1).flushed
    power2 = (power2 * β2).flushed
    let η̂ = isCorrected ? η / (1.0 - power1) : η
    let correction = isCorrected ? 1.0 / (1.0 - power2) : .one
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      v[i] = (β2 * v[i] + (1.0 - β2) * g[i] * g[i]).flushed
      θ[i] -= η̂ * quotient(m[i], v[i] * correction, ε, inside: isInside)
    }
  }
}
