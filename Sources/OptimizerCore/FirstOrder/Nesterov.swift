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
      id: "nesterov", name: "Nesterov", group: .firstOrder,
      summary: "momentum that looks ahead before it asks for the gradient",
      recurrence: "g ← ∇f(θ + βv); v ← β v − η g; θ ← θ + v (torch: v ← β v + g; θ ← θ − η (g + β v))",
      watch: "the gradient is taken at the probe in front of the point, so it brakes before it overshoots",
      citation: "Nesterov 1983, Dokl. Akad. Nauk SSSR 269, 543–547")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate), .decayRate("beta", "β", "momentum", default: 0.9, \.beta),
      .choice("form", "form", "form", of: ["lookahead", "torch"], \.form), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("v", "velocity", .arrow) { $0.v },
      Slot("p", "where the gradient was taken", .point) { $0.probe },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      RecipeLine("p ← θ + β v  (torch: θ)", "p", "probe") { owner, _ in owner.probe },
      RecipeLine("g ← ∇f(p) + λp", "g", "gradient") { owner, _ in owner.g },
      RecipeLine("v ← β v − η g  (torch: β v + g)", "v", "velocity") { owner, _ in owner.v },
      .move("θ ← θ + v  (torch: θ − η (g + β v))"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var v: [Scalar] { vectors[1] }
  var probe: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? { known(g.map { _ in rate }) }

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
