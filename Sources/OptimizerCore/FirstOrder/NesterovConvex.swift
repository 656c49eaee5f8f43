/// Nesterov's momentum for convex functions: the momentum grows with the steps.
///
///     u ← x − η ∇f(x)
///     x ← u + (t − 1)/(t + 2) (u − u_prev),  u₀ = x₀
///
/// Watch: at η = 1/L the loss of u falls like 1/t² where plain descent falls like 1/t; the ripples are its price.
///
/// Nesterov 1983; Su, Boyd & Candès 2016, arXiv:1503.01243 (whose t counts from 0 as t/(t + 3)).
struct NesterovConvex<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var vectors = State<Scalar>()
  var t = 0.0

  static var about: About {
    About(
      id: "nesterov-convex", name: "Nesterov (convex)", group: .firstOrder, rate: .inverseCurvature,
      summary: "Nesterov's momentum for convex functions: the momentum grows with the steps",
      note: "u₀ = θ₀",
      watch:
        "at η = 1/L the loss falls like 1/t² where plain descent falls like 1/t; the ripples are its price",
      citation: "Nesterov 1983, Dokl. Akad. Nauk SSSR 269; Su, Boyd & Candès 2016, arXiv:1503.01243")
  }

  static var hyperparameters: [Hyperparameter<Self>] { [.learningRate(0.01, \.rate)] }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g }, Slot("u", "point without momentum", .place) { $0.u }]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      u := x
      x = x - lr*g
      w = x
      x = w + (t - 1)/(t + 2)*(w - u)
      u = w
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("u ← θ − η g"),
      .move("θ ← u + (t−1)/(t+2) (u − u_prev)"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var u: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? { known(g.map { _ in rate }) }

  var stability: Stability {
    // The momentum tends to 1.
    .recurrence(Recurrence(rate: rate[lane: 0], beta: 1, ahead: 1, isLimit: true, isOfMoves: true))
  }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
    t = 0
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, u) = (rows[0], rows[1])
    if t == 0 {
      for i in u.indices { u[i] = θ[i] }
    }
    t += 1
    let (η, μ) = (rate, (t - 1) / (t + 2))
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      let next = θ[i] - η * g[i]
      θ[i] = next + μ * (next - u[i])
      u[i] = next
    }
  }
}
