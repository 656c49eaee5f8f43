/// Moves by the sign of a momentum: every step is η long in every coordinate.
///
///     c ← β₁ m + (1 − β₁) g
///     θ ← θ − η (sign c + λθ)
///     m ← β₂ m + (1 − β₂) g
///
/// sign 0 is 0. Equals Optax's Lion.
///
/// Watch: the path runs along diagonals, and near the minimum it rattles at the scale of η.
///
/// Chen et al. 2023, arXiv:2302.06675.
struct Lion<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.99)
  var decay = Scalar.zero
  var vectors = State<Scalar>()

  static var about: About {
    About(
      id: "lion", name: "Lion", group: .adaptive, rate: .length,
      summary: "moves by the sign of a momentum: every step is η long in every coordinate",
      watch: "the path runs along diagonals, and near the minimum it rattles at the scale of η",
      citation: "Chen et al. 2023, arXiv:2302.06675")
  }

  static var phrases: [Phrase] {
    [
      .optax("lion", [.optaxRate] + Phrase.optaxBetas + [.init("weight_decay", .knob("weight_decay"))]),
      .keras(
        "Lion", [.kerasRate] + Phrase.kerasBetas + [.init("weight_decay", .knob("weight_decay"))],
        demands: [.init("beta1>0") { $0("beta1") > 0 }]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.001, \.rate),
      .decayRate("beta1", "β₁", "decay within the sign", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the momentum", role: .memory, default: 0.99, \.beta2),
      .weightDecay(0, \.decay),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("c", "what the sign is taken of", .direction) { $0.c },
      Slot("m", "momentum", .average) { $0.m },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      c = beta1*m + (1 - beta1)*g
      x = x - lr*(sign(c) + weight_decay*x)
      m = beta2*m + (1 - beta2)*g
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("c ← β₁m + (1−β₁)g", label: "mixture"),
      RecipeLine("u ← sign c", "u", "direction", .direction) { owner, _ in owner.c.map(\.signum) },
      .decayTerm { $0.rate * $0.decay }, .move("θ ← θ − η u + w"),
      .slot("m ← β₂m + (1−β₂)g"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var c: [Scalar] { vectors[1] }
  var m: [Scalar] { vectors[2] }

  var ball: UnitBall { .box(halfSides: c.map { _ in 1 }) }

  var stability: Stability { .signs }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(3, of: layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    kernel(&θ, oracle)
  }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, c, m) = (rows[0], rows[1], rows[2])
    let (η, β1, β2, λ) = (rate, beta1, beta2, decay)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      c[i] = β1 * m[i] + (1.0 - β1) * g[i]
      θ[i] -= η * (c[i].signum + λ * θ[i])
      m[i] = (β2 * m[i] + (1.0 - β2) * g[i]).flushed
    }
  }
}
