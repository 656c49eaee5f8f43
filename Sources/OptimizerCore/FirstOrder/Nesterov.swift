/// Momentum that looks ahead before it asks for the gradient.
///
///     lookahead:  g ← ∇f(θ + β v) + λ(θ + β v);  v ← β v − η g;  θ ← θ + v
///     torch:      g ← ∇f(θ) + λθ;  v ← β v + g, v₁ = g₁;  θ ← θ − η (g + β v)
///
/// `lookahead` is the textbook form, v the last move θ − θ_prev; `torch` equals torch's and Optax's SGD with nesterov,
/// whose points are the look-ahead points of the textbook's.
///
/// Watch: the gradient is taken at the probe in front of the point, so it brakes before it overshoots.
///
/// Nesterov 1983, Dokl. Akad. Nauk SSSR 269; Sutskever et al. 2013.
struct Nesterov<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var beta = Scalar(repeating: 0.9)
  var form = 0
  var l2 = Scalar.zero
  var vectors = State<Scalar>()

  static var about: About {
    About(
      id: "nesterov", name: "Nesterov", group: .firstOrder, rate: .inverseCurvature,
      summary: "momentum that looks ahead before it asks for the gradient",
      watch: "the gradient is taken at the probe in front of the point, so it brakes before it overshoots",
      citation: "Nesterov 1983, Dokl. Akad. Nauk SSSR 269, 543–547",
      aliases: [.keys("momentum", "beta")])
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "sgd", [.optaxRate, .init("momentum", .knob("beta")), .init("nesterov", .literal("True"))],
        fixed: ["form": "torch", "l2": "0"]),
      .keras(
        "SGD", [.kerasRate, .init("momentum", .knob("beta")), .init("nesterov", .literal("True"))],
        fixed: ["form": "torch", "l2": "0"]),
      .torch(demands: [.init("beta>0") { $0("beta") > 0 }]),
      // Without a momentum there is nothing to look ahead with, and PyTorch refuses to.
      .torch(
        "SGD", [.init("lr", .knob("lr")), .init("weight_decay", .knob("l2"))], fixed: ["beta": "0"],
        idle: ["form"]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate), .decayRate("beta", "β", "momentum", role: .memory, default: 0.9, \.beta),
      .choice("form", "form", "form", of: ["lookahead", "torch"], \.form), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("v", "velocity", .average) { $0.v },
      Slot("p", "where the gradient was taken", .probe) { $0.probe },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      v := 0
      p = if(form == torch, x, x + beta*v)
      g = grad(p) + l2*p
      v = if(form == torch, beta*v + g, beta*v - lr*g)
      x = if(form == torch, x - lr*(g + beta*v), x + v)
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("p ← θ + β v  (torch: θ)", label: "probe"),
      .slot("g ← ∇f(p) + wd p"),
      .slot("v ← β v − η g  (torch: β v + g)"),
      .move("θ ← θ + v  (torch: θ − η (g + β v))"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var v: [Scalar] { vectors[1] }
  var probe: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? { known(g.map { _ in rate }) }

  var stability: Stability {
    .recurrence(
      Recurrence(
        rate: rate[lane: 0], beta: beta[lane: 0], ahead: 1, symbol: "β", isOfMoves: form == 0))
  }

  var optima: [Optimum] {
    [
      Optimum("lr", "4/(3L+μ)") { 4 / (3 * $1 + $0) },
      Optimum("beta", "(√(3κ+1)−2)/(√(3κ+1)+2)") { smallest, largest in
        let root = (3 * largest / smallest + 1).squareRoot()
        return (root - 2) / (root + 2)
      },
    ]
  }

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
    let (g, v, probe) = (rows[0], rows[1], rows[2])
    let (η, β, λ) = (rate, beta, l2)
    let looksAhead = form == 0
    for i in probe.indices { probe[i] = looksAhead ? θ[i] + β * v[i] : θ[i] }
    oracle.gradient(at: probe, into: g)
    for i in g.indices {
      g[i] += λ * probe[i]
      if looksAhead {
        v[i] = (β * v[i] - η * g[i]).flushed
        θ[i] += v[i]
      } else {
        v[i] = (β * v[i] + g[i]).flushed
        θ[i] -= η * (g[i] + β * v[i])
      }
    }
  }
}
