/// Gradient descent with rates that wane, and the average of the points beside it.
///
///     θ ← (1 − λη) θ − η g
///     θ̄ ← θ̄ + μ (θ − θ̄)
///     η ← lr/(1 + λ lr t)^α,  μ ← 1/max(1, t − t₀), for the next step
///
/// Equals torch's ASGD, where the average is a state and the run itself is not changed by it.
///
/// Watch: with noise the point keeps rattling; the average settles.
///
/// Polyak & Juditsky 1992, doi:10.1137/0330046.
struct ASGD<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var lambda = Scalar(repeating: 1e-4)
  var alpha = Scalar(repeating: 0.75)
  var delay = Scalar(repeating: 1e6)
  var vectors = State<Scalar>()
  private var t = 0.0
  private var used: Scalar?

  init() {}

  static var about: About {
    About(
      id: "asgd", name: "ASGD", group: .adaptive, rate: .inverseCurvature,
      summary: "gradient descent with rates that wane, and the average of the points beside it",
      watch: "with noise the point keeps rattling; the average settles",
      citation: "Polyak & Juditsky 1992, doi:10.1137/0330046",
      aliases: [
        .advice("weight_decay", "its own decay is lambd=…; another beside it is decay(asgd):weight_decay=…")
      ])
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate),
      .real("lambd", "wd", "decay", role: .decay, default: 1e-4, in: 0...100, scale: .log, \.lambda),
      .real("alpha", "α", "power of the waning", role: .other, default: 0.75, in: 0...2, \.alpha),
      .real(
        "t0", "t₀", "start of averaging", role: .other, default: 1e6, in: 0...1e9, scale: .log,
        floor: 1,
        \.delay),
    ]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g }, Slot("θ̄", "average point", .place) { $0.t == 0 ? [] : $0.average }]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      a := 0
      rate = if(t == 1, lr, lr/(1 + lambd*lr*(t - 1))^alpha)
      x = (1 - lambd*rate)*x - rate*g
      w = max(1, t - 1 - t0)
      a = if(w == 1, x, a + (x - a)/w)
      """, rate: "rate")
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      RecipeLine("η ← lr/(1 + wd lr (t−1))^α", "η", "learning rate", .number) { owner, _ in
        [owner.used ?? owner.rate]
      },
      .decayTerm { ($0.used ?? $0.rate) * $0.lambda }, .move("θ ← θ − η g + w"),
      RecipeLine("μ ← 1/max(1, t − 1 − t₀)", "μ", "weight of the new point", .number) { owner, _ in
        [1.0 / Scalar.larger(.one, owner.t - 1 - owner.delay)]
      },
      .slot("θ̄ ← θ̄ + μ(θ − θ̄)"),
    ]
  }

  var learningRate: Scalar? {
    get { used ?? rate }
    set { if let newValue { use(learningRate: newValue) } }
  }

  mutating func use(learningRate: Scalar) {
    rate = learningRate
    used = nil
  }

  var g: [Scalar] { vectors[0] }
  var average: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? { known(g.map { _ in used ?? rate }) }

  var stability: Stability { .descent(used ?? rate).decaying(by: lambda) }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
    t = 0
    used = nil
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, average) = (rows[0], rows[1])
    let (lr, λ) = (rate, lambda)
    var η = lr
    if t > 0 {
      let base = 1.0 + λ * lr * t
      η = lr / base.power(alpha)
    }
    let averaging = Scalar.larger(.one, t - delay)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      θ[i] = (1.0 - λ * η) * θ[i] - η * g[i]
      // A weight of 1 forgets the average altogether, so no rounding may be left of it.
      let moved = average[i] + (θ[i] - average[i]) / averaging
      average[i] = Scalar.select(averaging .== Scalar.one, θ[i], moved)
    }
    used = η
    t += 1
  }
}
