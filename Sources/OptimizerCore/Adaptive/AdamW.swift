/// Adam with a decay of the weights that does not pass through the moments.
///
///     θ ← θ − η λ θ, then Adam's step with the gradient at the undecayed θ
///
/// Equals torch's AdamW, where the decay is scaled by η (in the paper only the schedule scales it); with `amsgrad` on,
/// torch's as well. Adam with `l2` is not the same: there the decay is divided by √v̂ too.
///
/// Watch: beside Adam with l2, the decay pulls straight to the origin, equally strongly in every coordinate.
///
/// Loshchilov & Hutter 2019, arXiv:1711.05101.
struct AdamW<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.999)
  var eps = Scalar(repeating: 1e-8)
  var isCorrected = true
  var decay = Scalar(repeating: 0.01)
  var keepsMaximum = false
  var isInside = false
  var vectors = State<Scalar>()
  var power1 = Scalar.one
  var power2 = Scalar.one

  static var about: About {
    About(
      id: "adamw", name: "AdamW", group: .adaptive, rate: .length,
      summary: "Adam with a decay of the weights that does not pass through the moments",
      watch:
        "beside Adam with l2, the decay pulls straight to the origin, equally strongly in every coordinate",
      citation: "Loshchilov & Hutter 2019, arXiv:1711.05101",
      aliases: [.keys("betas", "beta1", "beta2")])
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "adamw",
        [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon, .init("weight_decay", .knob("weight_decay"))],
        fixed: ["bias_correction": "on", "eps_inside": "off", "amsgrad": "off"]),
      .keras(
        "AdamW",
        [.kerasRate] + Phrase.kerasBetas
          + [
            .kerasEpsilon, .init("weight_decay", .knob("weight_decay")), .init("amsgrad", .knob("amsgrad")),
          ],
        fixed: ["eps": "0", "bias_correction": "on"], idle: ["eps_inside"],
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
      .weightDecay(0.01, \.decay),
      .toggle("amsgrad", "max v", "divide by the largest v so far", default: false, \.keepsMaximum),
      .epsilonInside(\.isInside),
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
      u := 0
      p1 := 1
      p2 := 1
      m = beta1*m + (1 - beta1)*g
      v = beta2*v + (1 - beta2)*g*g
      u = max(u, v)
      p1 = p1*beta1
      p2 = p2*beta2
      rate = if(bias_correction, lr/(1 - p1), lr)
      v_hat = if(amsgrad, u, v)*if(bias_correction, 1/(1 - p2), 1)
      x = (1 - lr*weight_decay)*x - rate*(m/if(eps_inside, sqrt(v_hat + eps), sqrt(v_hat) + eps))
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("m ← β₁m + (1−β₁)g"),
      .slot("v ← β₂v + (1−β₂)g²"),
      .slot("m̂ ← m/(1−β₁ᵗ)"),
      .slot("v̂ ← v/(1−β₂ᵗ)"),
      .decayTerm { $0.rate * $0.decay }, .move("θ ← θ − η m̂/(√v̂ + ε) + w"),
    ]
  }

  private var correctedMean: [Scalar] { isCorrected ? m.map { $0 / (1.0 - power1) } : m }
  private var correctedSquares: [Scalar] {
    let squares = keepsMaximum ? u : v
    return isCorrected ? squares.map { $0 / (1.0 - power2) } : squares
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var v: [Scalar] { vectors[2] }
  var u: [Scalar] { vectors[3] }

  var effectiveRates: [Scalar]? { quotientRates(rate, correctedSquares, eps, inside: isInside) }

  var stability: Stability { .averaging(rate, beta: beta1, symbol: "β₁").decaying(by: decay).preconditioned }

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
    let (η, β1, β2, ε, λ) = (rate, beta1, beta2, eps, decay)
    power1 = (power1 * β1).flushed
    power2 = (power2 * β2).flushed
    let η̂ = isCorrected ? η / (1.0 - power1) : η
    let correction = isCorrected ? 1.0 / (1.0 - power2) : .one
    let kept = 1.0 - η * λ
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      v[i] = (β2 * v[i] + (1.0 - β2) * g[i] * g[i]).flushed
      u[i] = Scalar.larger(u[i], v[i])
      let squares = keepsMaximum ? u[i] : v[i]
      θ[i] = kept * θ[i] - η̂ * quotient(m[i], squares * correction, ε, inside: isInside)
    }
  }
}
