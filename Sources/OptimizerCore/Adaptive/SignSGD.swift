/// Moves by the sign of the gradient, or of its average.
///
///     M ← β M + (1 − β) g
///     θ ← θ − η sign M
///
/// With β = 0 it equals Optax's sign_sgd. It is steepest descent in the largest coordinate's norm.
///
/// Watch: the path runs along diagonals at the same speed everywhere, and never comes to rest.
///
/// Bernstein et al. 2018, arXiv:1802.04434.
struct SignSGD<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta = Scalar.zero
  var vectors = State<Scalar>()

  static var about: About {
    About(
      id: "signsgd", name: "SignSGD", group: .adaptive, rate: .length,
      summary: "moves by the sign of the gradient, or of its average",
      watch: "the path runs along diagonals at the same speed everywhere, and never comes to rest",
      citation: "Bernstein et al. 2018, arXiv:1802.04434")
  }

  static var phrases: [Phrase] {
    [
      .optax("sign_sgd", [.optaxRate], fixed: ["beta": "0"]),
      .optax("signum", [.optaxRate, .init("beta", .knob("beta"))]),
      .keras(
        "Lion",
        [.kerasRate, .init("beta_1", .knob("beta")), .init("beta_2", .knob("beta"))],
        demands: [.init("beta>0") { $0("beta") > 0 }]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [.learningRate(0.001, \.rate), .decayRate("beta", "β", "momentum", role: .memory, default: 0, \.beta)]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g }, Slot("M", "average gradient", .average) { $0.m }]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      m = beta*m + (1 - beta)*g
      x = x - lr*sign(m)
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("M ← β M + (1−β) g"),
      RecipeLine("u ← sign M", "u", "direction", .direction) { owner, _ in owner.m.map(\.signum) },
      .move("θ ← θ − η u"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }

  var ball: UnitBall { .box(halfSides: m.map { _ in 1 }) }

  var stability: Stability { .signs }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, m) = (rows[0], rows[1])
    let (η, β) = (rate, beta)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      m[i] = (β * m[i] + (1.0 - β) * g[i]).flushed
      θ[i] -= η * m[i].signum
    }
  }
}
