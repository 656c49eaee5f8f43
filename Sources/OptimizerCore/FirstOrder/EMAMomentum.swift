/// Momentum as an average of gradients, so that β does not change the size of the steps.
///
///     v ← β v + (1 − β) g,  v₀ = 0
///     θ ← θ − η v
///
/// Watch: the start is slow, because the average begins at 0; β shapes the path and not its speed.
///
/// Polyak 1964, doi:10.1016/0041-5553(64)90137-5, in the form of an exponential moving average.
struct EMAMomentum<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var beta = Scalar(repeating: 0.9)
  var vectors = State<Scalar>()

  static var about: About {
    About(
      id: "ema-momentum", name: "EMA momentum", group: .firstOrder, rate: .inverseCurvature,
      summary: "momentum as an average of gradients",
      watch: "the start is slow, because the average begins at 0; β shapes the path and not its speed",
      citation: "Polyak 1964, doi:10.1016/0041-5553(64)90137-5")
  }

  static var phrases: [Phrase] {
    [
      .optaxChain([
        .call("optax.ema", [.init("decay", .knob("beta")), .init("debias", .literal("False"))]),
        .optaxScaling,
      ])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [.learningRate(0.01, \.rate), .decayRate("beta", "β", "momentum", role: .memory, default: 0.9, \.beta)]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g }, Slot("v", "average gradient", .average) { $0.v }]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      v := 0
      v = beta*v + (1 - beta)*g
      x = x - lr*v
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("v ← β v + (1 − β) g"),
      .move("θ ← θ − η v"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var v: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? { known(g.map { _ in rate }) }

  var stability: Stability { .averaging(rate, beta: beta, symbol: "β") }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    kernel(&θ, oracle)
  }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, v) = (rows[0], rows[1])
    let (η, β) = (rate, beta)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      v[i] = (β * v[i] + (1.0 - β) * g[i]).flushed
      θ[i] -= η * v[i]
    }
  }
}
