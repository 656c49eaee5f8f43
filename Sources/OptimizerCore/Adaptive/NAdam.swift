/// Adam with Nesterov's look ahead.
///
///     m, v as Adam;  μ_t = β₁ (1 − ½·0.96^(tψ)),  P the product of the μ
///     torch:  θ ← θ − η ((1 − μ_t)/(1 − P) g + μ_{t+1}/(1 − P μ_{t+1}) m) / (√v̂ + ε)
///     optax:  θ ← θ − η (β₁ m/(1 − β₁ᵗ⁺¹) + (1 − β₁) g/(1 − β₁ᵗ)) / (√v̂ + ε)
///
/// ψ is `momentum_decay`; `weight_decay` is decoupled, as torch's decoupled_weight_decay.
///
/// Watch: beside Adam it turns a little earlier.
///
/// Dozat 2016, ICLR workshop.
struct NAdam<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.002)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.999)
  var eps = Scalar(repeating: 1e-8)
  var momentumDecay = Scalar(repeating: 0.004)
  var decay = Scalar.zero
  var form = 0
  var l2 = Scalar.zero
  var vectors = State<Scalar>()
  var power1 = Scalar.one
  var power2 = Scalar.one
  // torch's momentum: the product of the μ so far, 0.96^(tψ), and 0.96^ψ for the ψ beside it.
  private var product = Scalar.one
  private var waning = Scalar.one
  private var factor = Scalar.one
  private var factorDecay = Scalar.zero

  init() {}

  static var about: About {
    About(
      id: "nadam", name: "NAdam", group: .adaptive, rate: .length, summary: "Adam with Nesterov's look ahead",
      watch: "beside Adam it turns a little earlier", citation: "Dozat 2016, ICLR workshop",
      aliases: [
        .keys("betas", "beta1", "beta2"),
        .advice(
          "decoupled_weight_decay", "decay beside the gradient is weight_decay, a part of the gradient l2"),
      ])
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "nadam", [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon],
        fixed: ["form": "optax", "weight_decay": "0", "l2": "0"], idle: ["momentum_decay"]),
      .optax(
        "nadamw",
        [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon, .init("weight_decay", .knob("weight_decay"))],
        fixed: ["form": "optax", "l2": "0"], idle: ["momentum_decay"]),
      .keras(
        "Nadam",
        [.kerasRate] + Phrase.kerasBetas + [.kerasEpsilon, .init("weight_decay", .knob("weight_decay"))],
        fixed: ["form": "torch", "momentum_decay": "1", "l2": "0"]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.002, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", role: .memoryOfSquares, default: 0.999, \.beta2),
      .epsilon(default: 1e-8, \.eps),
      .real(
        "momentum_decay", "ψ", "momentum decay", role: .other, default: 0.004, in: 0...10,
        scale: .log,
        \.momentumDecay),
      .weightDecay(0, \.decay), .choice("form", "form", "form", of: ["torch", "optax"], \.form), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .average) { $0.m },
      Slot("v", "average of squares", .averageOfSquares) { $0.v },
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
      w := 1
      q := 1
      g = g + l2*x
      m = beta1*m + (1 - beta1)*g
      v = beta2*v + (1 - beta2)*g*g
      p1 = p1*beta1
      p2 = p2*beta2
      r = 0.96^momentum_decay
      w = w*r
      mu = beta1*(1 - 0.5*w)
      next = beta1*(1 - 0.5*w*r)
      q = q*mu
      a = if(form == torch, (1 - mu)/(1 - q), (1 - beta1)/(1 - p1))
      b = if(form == torch, next/(1 - q*next), beta1/(1 - p1*beta1))
      x = (1 - lr*weight_decay)*x - lr*((a*g + b*m)/(sqrt(v*(1/(1 - p2))) + eps))
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"), .slot("m ← β₁m + (1−β₁)g"), .slot("v ← β₂v + (1−β₂)g²"),
      RecipeLine("μ ← β₁(1 − 0.5·0.96^(tψ))", "μ", "momentum of this step", .number) { owner, _ in
        owner.form == 0 ? [owner.momenta.now] : []
      },
      RecipeLine("μ₊ ← β₁(1 − 0.5·0.96^((t+1)ψ))", "μ₊", "momentum of the next step", .number) { owner, _ in
        owner.form == 0 ? [owner.momenta.next] : []
      },
      RecipeLine("P ← the product of all μ", "P", "product of the momenta", .number) { owner, _ in
        owner.form == 0 ? [owner.product] : []
      },
      RecipeLine(
        "n ← (1−μ)/(1−P) g + μ₊/(1−P μ₊) m  (optax: (1−β₁)/(1−β₁ᵗ) g + β₁/(1−β₁ᵗβ₁) m)", "n",
        "average ahead", .average
      ) { owner, _ in
        let gains = owner.gains
        return zip(owner.g, owner.m).map { gains.g * $0 + gains.m * $1 }
      },
      RecipeLine("v̂ ← v/(1−β₂ᵗ)", "v̂", "corrected squares", .averageOfSquares) { owner, _ in
        owner.v.map { $0 / (1.0 - owner.power2) }
      },
      .decayTerm { $0.rate * $0.decay }, .move("θ ← θ − η n/(√v̂ + ε) + w"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var v: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? { quotientRates(rate, v.map { $0 / (1.0 - power2) }, eps) }

  var stability: Stability {
    .averaging(rate, beta: beta1, symbol: "β₁").decaying(by: decay).changed { $0.ahead = $0.gain }
      .preconditioned
  }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(3, of: layout.count)
    (power1, power2) = (.one, .one)
    (product, waning) = (.one, .one)
    refreshFactor()
  }

  /// torch's μ of this step and of the next.
  @inline(__always)
  private var momenta: (now: Scalar, next: Scalar) {
    (beta1 * (1.0 - 0.5 * waning), beta1 * (1.0 - 0.5 * waning * factor))
  }

  /// The weights of the gradient and of the average in this step.
  @inline(__always)
  private var gains: (g: Scalar, m: Scalar) {
    guard form == 0 else { return ((1.0 - beta1) / (1.0 - power1), beta1 / (1.0 - power1 * beta1)) }
    let (μ, μNext) = momenta
    return ((1.0 - μ) / (1.0 - product), μNext / (1.0 - product * μNext))
  }

  private mutating func refreshFactor() {
    factorDecay = momentumDecay
    factor = momentumDecay.map { Elementary.pow(0.96, $0) }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, m, v) = (rows[0], rows[1], rows[2])
    let (η, β1, β2, ε, λ) = (rate, beta1, beta2, eps, l2)
    power1 = (power1 * β1).flushed
    power2 = (power2 * β2).flushed
    if !Scalar.identical(factorDecay, momentumDecay) { refreshFactor() }
    waning = (waning * factor).flushed
    product = (product * momenta.now).flushed
    let (gainG, gainM) = gains
    let correction = 1.0 / (1.0 - power2)
    let kept = 1.0 - η * decay
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      v[i] = (β2 * v[i] + (1.0 - β2) * g[i] * g[i]).flushed
      let ahead = gainG * g[i] + gainM * m[i]
      θ[i] = kept * θ[i] - η * quotient(ahead, v[i] * correction, ε, inside: false)
    }
  }
}
