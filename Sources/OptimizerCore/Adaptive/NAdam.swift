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
      id: "nadam", name: "NAdam", group: .adaptive, summary: "Adam with Nesterov's look ahead",
      recurrence: "m, v as Adam; θ ← θ − η ((1−μ_t)/(1−P) g + μ_{t+1}/(1−Pμ_{t+1}) m)/(√v̂ + ε)",
      watch: "beside Adam it turns a little earlier", citation: "Dozat 2016, ICLR workshop")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.002, \.rate), .decayRate("beta1", "β₁", "decay of the mean", default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", default: 0.999, \.beta2),
      .epsilon(default: 1e-8, \.eps),
      .real(
        "momentum_decay", "ψ", "how fast the momentum reaches β₁", default: 0.004, in: 0...10, scale: .log,
        \.momentumDecay),
      .weightDecay(0, \.decay), .choice("form", "form", "form", of: ["torch", "optax"], \.form), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .arrow) { $0.m },
      Slot("v", "average of squares", .squares) { $0.v },
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var v: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? { quotientRates(rate, v.map { $0 / (1.0 - power2) }, eps) }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(3, of: layout.count)
    (power1, power2) = (.one, .one)
    (product, waning) = (.one, .one)
    refreshFactor()
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
    let μ = β1 * (1.0 - 0.5 * waning)
    let μNext = β1 * (1.0 - 0.5 * waning * factor)
    product = (product * μ).flushed
    let isTorch = form == 0
    let gainG = isTorch ? (1.0 - μ) / (1.0 - product) : (1.0 - β1) / (1.0 - power1)
    let gainM = isTorch ? μNext / (1.0 - product * μNext) : β1 / (1.0 - power1 * β1)
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
