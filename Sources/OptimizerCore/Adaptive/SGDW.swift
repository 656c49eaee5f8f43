/// Momentum with a decay of the weights that does not pass through the velocity.
///
///     θ ← θ − η λ θ
///     v ← β v + (1 − dampening) g,  v₁ = g₁
///     θ ← θ − η v, or θ ← θ − η (g + β v) with `nesterov`
///     inside:  v ← β v + η (1 − dampening) g;  θ ← θ − v, or θ ← θ − (η g + β v)
///
/// With a schedule the forms part: `outside` multiplies what is remembered by the rate of now, `inside` remembers each
/// gradient with the rate of its own step, as Algorithm 1 of the paper does (its λ is ηλ here). At a constant rate they are
/// one. g is the gradient at the undecayed θ, free of decay. Equals pytorch-optimizer's SGDW. With β = 0 it is SGD with
/// `l2`; with momentum it is not.
///
/// Watch: beside momentum with l2, the decay does not build up speed.
///
/// Loshchilov & Hutter 2019, arXiv:1711.05101.
struct SGDW<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var beta = Scalar(repeating: 0.9)
  var dampening = Scalar.zero
  var isNesterov = false
  var decay = Scalar(repeating: 0.01)
  var form = 0
  var vectors = State<Scalar>()
  var isFirst = true

  static var about: About {
    About(
      id: "sgdw", name: "SGDW", group: .adaptive, rate: .inverseCurvature,
      summary: "momentum with a decay of the weights that does not pass through the velocity",
      note: "nesterov: u for v; v₁ = g₁",
      watch: "beside momentum with l2, the decay does not build up speed",
      citation: "Loshchilov & Hutter 2019, arXiv:1711.05101",
      aliases: [.keys("momentum", "beta")])
  }

  static var phrases: [Phrase] {
    [
      .optaxChain(
        [
          .call("optax.trace", [.init("decay", .knob("beta")), .init("nesterov", .knob("nesterov"))]),
          .call("optax.add_decayed_weights", [.init("weight_decay", .knob("weight_decay"))]), .optaxScaling,
        ], fixed: ["dampening": "0"], idle: ["form"]),
      .keras(
        "SGD",
        [
          .kerasRate, .init("momentum", .knob("beta")), .init("nesterov", .knob("nesterov")),
          .init("weight_decay", .knob("weight_decay")),
        ], fixed: ["dampening": "0"], idle: ["form"]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate), .decayRate("beta", "β", "momentum", role: .memory, default: 0.9, \.beta),
      .real("dampening", "d", "dampening", role: .other, default: 0, in: 0...1, \.dampening),
      .toggle("nesterov", "g+βv", "look ahead", default: false, \.isNesterov), .weightDecay(0.01, \.decay),
      .choice("form", "form", "where the rate stands", of: ["outside", "inside"], \.form),
    ]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g }, Slot("v", "velocity", .average) { $0.v }]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      v := 0
      u = if(form == inside, lr, 1)*g
      v = beta*v + if(t == 1, 1, 1 - dampening)*u
      x = (1 - lr*weight_decay)*x - if(form == inside, 1, lr)*if(nesterov, u + beta*v, v)
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("v ← β v + (1 − d) g  (inside: β v + η (1 − d) g)"),
      RecipeLine("u ← g + β v  (inside: η g + β v)", "u", "direction in place of v", .direction) { owner, _ in
        guard owner.isNesterov else { return [] }
        return zip(owner.g, owner.v).map { (owner.isInside ? owner.rate * $0 : $0) + owner.beta * $1 }
      },
      .decayTerm { $0.rate * $0.decay }, .move("θ ← θ − η v + w  (inside: θ − v + w)"),
    ]
  }

  private var isInside: Bool { form == 1 }

  var g: [Scalar] { vectors[0] }
  var v: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? { known(g.map { _ in rate }) }

  var stability: Stability {
    .heavyBall(rate, beta: beta, dampening: dampening).decaying(by: decay)
      .changed { if isNesterov { $0.ahead = 1 } }
  }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
    isFirst = true
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, v) = (rows[0], rows[1])
    let (η, β) = (rate, beta)
    let gain = isFirst ? .one : 1.0 - dampening
    let kept = 1.0 - η * decay
    // The rate stands in front of the gradient, or in front of the step.
    let (first, last) = isInside ? (η, .one) : (.one, η)
    isFirst = false
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      let u = first * g[i]
      v[i] = (β * v[i] + gain * u).flushed
      θ[i] = kept * θ[i] - last * (isNesterov ? u + β * v[i] : v[i])
    }
  }
}
