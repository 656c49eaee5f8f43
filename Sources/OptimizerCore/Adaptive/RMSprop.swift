/// Divides every coordinate by the root of a running average of its squared gradients.
///
///     g ← ∇f(θ) + λθ
///     s ← ρ s + (1 − ρ) g²
///     a ← ρ a + (1 − ρ) g           centered: s − a² instead of s
///     u ← μ u + g / (√s + ε)
///     θ ← θ − η u
///
/// Equals torch's RMSprop, and Optax's with `eps_inside`. No bias correction: the first steps are long.
///
/// Watch: the path follows signs more than slopes and jitters around the minimum at a constant rate.
///
/// Tieleman & Hinton 2012, Coursera lecture 6.5; centered: Graves 2013, arXiv:1308.0850.
struct RMSprop<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var rho = Scalar(repeating: 0.99)
  var eps = Scalar(repeating: 1e-8)
  var momentum = Scalar.zero
  var isCentered = false
  var isInside = false
  var l2 = Scalar.zero
  var vectors = State<Scalar>()

  static var about: About {
    About(
      id: "rmsprop", name: "RMSprop", group: .adaptive, rate: .length,
      summary: "divides every coordinate by the root of a running average of its squared gradients",
      watch: "the path follows signs more than slopes and jitters around the minimum at a constant rate",
      citation: "Tieleman & Hinton 2012, Coursera lecture 6.5; Graves 2013, arXiv:1308.0850",
      aliases: [.keys("alpha", "rho")])
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "rmsprop",
        [
          .optaxRate, .init("decay", .knob("rho")), .optaxEpsilon, .init("eps_in_sqrt", .knob("eps_inside")),
          .init("centered", .knob("centered")), .init("momentum", .knob("momentum")),
        ], fixed: ["l2": "0"]),
      .keras(
        "RMSprop",
        [
          .kerasRate, .init("rho", .knob("rho")), .init("momentum", .knob("momentum")), .kerasEpsilon,
          .init("centered", .knob("centered")),
        ], fixed: ["eps_inside": "on", "l2": "0"]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate),
      .decayRate("rho", "ρ", "decay of the squares", role: .memoryOfSquares, default: 0.99, \.rho),
      .epsilon(default: 1e-8, \.eps),
      .decayRate("momentum", "μ", "momentum", role: .memory, default: 0, \.momentum),
      .toggle("centered", "s−a²", "subtract the squared mean", default: false, \.isCentered),
      .epsilonInside(\.isInside), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("s", "average of squares", .averageOfSquares) { $0.s },
      Slot("a", "average gradient", .average) { $0.isCentered ? $0.a : [] },
      Slot("u", "step direction", .direction) { $0.u },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      s := 0
      a := 0
      u := 0
      g = g + l2*x
      s = rho*s + (1 - rho)*g*g
      a = rho*a + (1 - rho)*g
      d = if(centered, max(0, s - a*a), s)
      u = momentum*u + g/if(eps_inside, sqrt(d + eps), sqrt(d) + eps)
      x = x - lr*u
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"),
      .slot("s ← ρ s + (1−ρ) g²"),
      .slot("a ← ρ a + (1−ρ) g  (s − a² for s)"),
      .slot("u ← μ u + g/(√s + ε)"),
      .move("θ ← θ − η u"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var s: [Scalar] { vectors[1] }
  var a: [Scalar] { vectors[2] }
  var u: [Scalar] { vectors[3] }

  var effectiveRates: [Scalar]? {
    let spread = isCentered ? zip(s, a).map { Scalar.larger(.zero, $0 - $1 * $1) } : s
    return quotientRates(rate, spread, eps, inside: isInside)
  }

  var stability: Stability {
    .heavyBall(
      rate, beta: momentum, symbol: Scalar.all(momentum .== Scalar.zero) ? nil : "μ"
    ).preconditioned
  }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(4, of: layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    kernel(&θ, oracle)
  }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, s, a, u) = (rows[0], rows[1], rows[2], rows[3])
    let (η, ρ, ε, μ, λ) = (rate, rho, eps, momentum, l2)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      s[i] = (ρ * s[i] + (1.0 - ρ) * g[i] * g[i]).flushed
      a[i] = (ρ * a[i] + (1.0 - ρ) * g[i]).flushed
      // Rounding can leave s − a² a little below 0 when the gradient hardly varies.
      let spread = isCentered ? Scalar.larger(.zero, s[i] - a[i] * a[i]) : s[i]
      u[i] = (μ * u[i] + quotient(g[i], spread, ε, inside: isInside)).flushed
      θ[i] -= η * u[i]
    }
  }
}
