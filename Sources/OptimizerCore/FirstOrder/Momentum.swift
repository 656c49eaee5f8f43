/// A heavy ball: a velocity that forgets slowly.
///
///     g ← ∇f(θ) + λθ
///     v ← β v + (1 − dampening) g,  v₁ = g₁
///     θ ← θ − η v
///
/// At constant η this is Polyak's heavy ball. On the first step v is g whatever the dampening, as in torch's SGD, which
/// it equals.
///
/// Watch: it overshoots and comes back; across a ravine the steps cancel, along it they add up.
///
/// Polyak 1964, doi:10.1016/0041-5553(64)90137-5.
struct Momentum<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var beta = Scalar(repeating: 0.9)
  var dampening = Scalar.zero
  var l2 = Scalar.zero
  var vectors = State<Scalar>()
  var isFirst = true

  static var about: About {
    About(
      id: "momentum", name: "Momentum", group: .firstOrder, rate: .inverseCurvature,
      summary: "a heavy ball: a velocity that forgets slowly",
      note: "v₁ = g₁",
      watch: "it overshoots and comes back; across a ravine the steps cancel, along it they add up",
      citation: "Polyak 1964, doi:10.1016/0041-5553(64)90137-5",
      aliases: [.keys("momentum", "beta"), .optimizer("nesterov", "nesterov:form=torch")])
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "sgd", [.optaxRate, .init("momentum", .knob("beta")), .init("nesterov", .literal("False"))],
        fixed: ["dampening": "0", "l2": "0"]),
      .keras(
        "SGD", [.kerasRate, .init("momentum", .knob("beta")), .init("nesterov", .literal("False"))],
        fixed: ["dampening": "0", "l2": "0"]),
      .torch(demands: [
        .init("dampening=0 where beta=0") { $0("beta") > 0 || $0("dampening") == 0 }
      ]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate), .decayRate("beta", "β", "momentum", role: .memory, default: 0.9, \.beta),
      .real("dampening", "d", "dampening", role: .other, default: 0, in: 0...1, \.dampening), .l2(\.l2),
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
      g = g + l2*x
      v = beta*v + if(t == 1, 1, 1 - dampening)*g
      x = x - lr*v
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"),
      .slot("v ← β v + (1 − d) g"),
      .move("θ ← θ − η v"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var v: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? { known(g.map { _ in rate }) }

  var stability: Stability { .heavyBall(rate, beta: beta, dampening: dampening) }

  /// Polyak 1964; of the plain form alone.
  var optima: [Optimum] {
    guard dampening[lane: 0] == 0 else { return [] }
    return [
      Optimum("lr", "4/(√L+√μ)²") { smallest, largest in
        let roots = largest.squareRoot() + smallest.squareRoot()
        return 4 / (roots * roots)
      },
      Optimum("beta", "((√κ−1)/(√κ+1))²") { smallest, largest in
        let roots = largest.squareRoot() + smallest.squareRoot()
        let ratio = (largest.squareRoot() - smallest.squareRoot()) / roots
        return ratio * ratio
      },
    ]
  }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
    isFirst = true
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
    let (η, β, λ) = (rate, beta, l2)
    let gain = isFirst ? .one : 1.0 - dampening
    isFirst = false
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      v[i] = (β * v[i] + gain * g[i]).flushed
      θ[i] -= η * v[i]
    }
  }
}
