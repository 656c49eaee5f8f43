/// Adam that divides by the largest v so far, so that no step size ever grows again.
///
///     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
///     torch:  u ← max(u, v);            θ ← θ − η m̂ / (√(u/(1 − β₂ᵗ)) + ε)
///     optax:  u ← max(u, v/(1 − β₂ᵗ));  θ ← θ − η m̂ / (√u + ε)
///     paper:  u ← max(u, v);            θ ← θ − η m / (√u + ε)
///
/// In torch's form the denominator can still shrink, because the correction does; the paper corrects nothing. With
/// `bias_correction` off the three are one.
///
/// Watch: beside Adam on rare large gradients it keeps its small steps, where Adam forgets and drifts.
///
/// Reddi, Kale & Kumar 2018, arXiv:1904.09237.
struct AMSGrad<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.999)
  var eps = Scalar(repeating: 1e-8)
  var isCorrected = true
  var form = 0
  var isInside = false
  var l2 = Scalar.zero
  var vectors = State<Scalar>()
  var power1 = Scalar.one
  var power2 = Scalar.one

  static var about: About {
    About(
      id: "amsgrad", name: "AMSGrad", group: .adaptive, rate: .length,
      summary: "Adam that divides by the largest v so far, so that no step size ever grows again",
      watch: "beside Adam on rare large gradients it keeps its small steps, where Adam forgets and drifts",
      citation: "Reddi, Kale & Kumar 2018, arXiv:1904.09237",
      aliases: [.keys("betas", "beta1", "beta2")])
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "amsgrad", [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon],
        fixed: Phrase.optaxUsual.merging(["form": "optax"]) { $1 }),
      .keras(
        "Adam",
        [.kerasRate] + Phrase.kerasBetas + [.kerasEpsilon, .init("amsgrad", .literal("True"))],
        fixed: ["eps": "0", "bias_correction": "on", "form": "torch", "l2": "0"], idle: ["eps_inside"],
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
      .choice("form", "form", "what is corrected", of: ["torch", "optax", "paper"], \.form),
      .epsilonInside(\.isInside), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .average) { $0.m },
      Slot("v", "average of squares", .averageOfSquares) { $0.v },
      Slot("u", "largest so far", .squares) { $0.u },
      Slot("m̂", "corrected average", .average, isKept: false) { $0.correctedMean },
      Slot("û", "corrected largest", .squares, isKept: false) { $0.correctedMaximum },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      v := 0
      u := 0
      p1 := 1
      p2 := 1
      g = g + l2*x
      m = beta1*m + (1 - beta1)*g
      v = beta2*v + (1 - beta2)*g*g
      p1 = p1*beta1
      p2 = p2*beta2
      corrects = bias_correction*(form != paper)
      rate = if(corrects, lr/(1 - p1), lr)
      c = if(corrects, 1/(1 - p2), 1)
      u = max(u, v*if(form == optax, c, 1))
      u_hat = u*if(form == optax, 1, c)
      x = x - rate*(m/if(eps_inside, sqrt(u_hat + eps), sqrt(u_hat) + eps))
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"),
      .slot("m ← β₁m + (1−β₁)g"),
      .slot("v ← β₂v + (1−β₂)g²"),
      .slot("u ← max(u, v)"),
      .slot("m̂ ← m/(1−β₁ᵗ)  (paper: m)"),
      .slot("û ← u/(1−β₂ᵗ)  (torch)"),
      .move("θ ← θ − η m̂/(√û + ε)"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var v: [Scalar] { vectors[2] }
  var u: [Scalar] { vectors[3] }

  var effectiveRates: [Scalar]? { quotientRates(rate, correctedMaximum, eps, inside: isInside) }

  private var corrects: Bool { isCorrected && form != 2 }
  private var correctedMean: [Scalar] { corrects ? m.map { $0 / (1.0 - power1) } : m }
  /// In optax's form u is corrected already.
  private var correctedMaximum: [Scalar] { corrects && form == 0 ? u.map { $0 / (1.0 - power2) } : u }

  var stability: Stability { .averaging(rate, beta: beta1, symbol: "β₁").preconditioned }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(4, of: layout.count)
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
    let (g, m, v, u) = (rows[0], rows[1], rows[2], rows[3])
    let (η, β1, β2, ε, λ) = (rate, beta1, beta2, eps, l2)
    power1 = (power1 * β1).flushed
    power2 = (power2 * β2).flushed
    let corrects = isCorrected && form != 2
    let η̂ = corrects ? η / (1.0 - power1) : η
    let correction = corrects ? 1.0 / (1.0 - power2) : .one
    let before = form == 1 ? correction : .one
    let after = form == 1 ? .one : correction
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      v[i] = (β2 * v[i] + (1.0 - β2) * g[i] * g[i]).flushed
      u[i] = Scalar.larger(u[i], v[i] * before)
      θ[i] -= η̂ * quotient(m[i], u[i] * after, ε, inside: isInside)
    }
  }
}
