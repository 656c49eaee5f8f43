/// Divides every coordinate by the root of the sum of its squared gradients.
///
///     g ← ∇f(θ) + λθ
///     s ← s + g²
///     θ ← θ − η / (1 + (t − 1) · lr_decay) · g / (√s + ε)
///
/// Equals torch's Adagrad; with `eps_inside`, `initial=0.1` and `eps=1e-7` it equals Optax's. `initial` is where s begins.
///
/// Watch: s only grows, so the steps shrink for ever.
///
/// Duchi, Hazan & Singer 2011, JMLR 12.
struct Adagrad<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.1)
  var eps = Scalar(repeating: 1e-10)
  var decay = Scalar.zero
  var initial = Scalar.zero
  var isInside = false
  var l2 = Scalar.zero
  var vectors = State<Scalar>()
  var t = Scalar.zero

  static var about: About {
    About(
      id: "adagrad", name: "AdaGrad", group: .adaptive, rate: .fadingLength,
      summary: "divides every coordinate by the root of the sum of its squared gradients",
      watch: "s only grows, so the steps shrink for ever",
      citation: "Duchi, Hazan & Singer 2011, JMLR 12:2121–2159",
      aliases: [.keys("initial_accumulator_value", "initial")])
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "adagrad", [.optaxRate, .init("initial_accumulator_value", .knob("initial")), .optaxEpsilon],
        fixed: ["lr_decay": "0", "eps_inside": "on", "l2": "0"]),
      .keras(
        "Adagrad", [.kerasRate, .init("initial_accumulator_value", .knob("initial")), .kerasEpsilon],
        fixed: ["lr_decay": "0", "eps_inside": "on", "l2": "0"]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.1, \.rate), .epsilon(default: 1e-10, \.eps),
      .real(
        "lr_decay", "δ", "learning rate decay", role: .other, default: 0, in: 0...10, scale: .log,
        \.decay),
      .real("initial", "s₀", "where s begins", role: .other, default: 0, in: 0...100, scale: .log, \.initial),
      .epsilonInside(\.isInside), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g }, Slot("s", "sum of squares", .squares) { $0.s }]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      s := initial
      g = g + l2*x
      s = s + g*g
      x = x - lr/(1 + (t - 1)*lr_decay)*(g/if(eps_inside, sqrt(s + eps), sqrt(s) + eps))
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"),
      .slot("s ← s + g²"),
      .move("θ ← θ − η g/(√s + ε)"),
    ]
  }

  var learningRate: Scalar? {
    get { usedRate }
    set { if let newValue { rate = newValue } }
  }

  /// The rate of the last step, or of the first before any.
  private var usedRate: Scalar {
    rate / (1.0 + (Scalar.larger(t, .one) - Scalar.one) * decay)
  }

  var g: [Scalar] { vectors[0] }
  var s: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? { quotientRates(usedRate, s, eps, inside: isInside) }

  var stability: Stability { .descent(usedRate).preconditioned }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State([.zero, initial], of: layout.count)
    t = .zero
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    kernel(&θ, oracle)
  }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, s) = (rows[0], rows[1])
    t += .one
    let (η, ε, λ) = (usedRate, eps, l2)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      s[i] += g[i] * g[i]
      θ[i] -= η * quotient(g[i], s[i], ε, inside: isInside)
    }
  }
}
