/// Steps against the gradient.
///
///     g ← ∇f(θ) + λθ
///     θ ← θ − η g
///
/// Watch: the path crosses contours at right angles and zigzags in a ravine; above η = 2/L it diverges.
///
/// Cauchy 1847; Robbins & Monro 1951, doi:10.1214/aoms/1177729586. Equals torch's SGD.
struct SGD<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var l2 = Scalar.zero
  var g = Vector<Scalar>()

  init() {}

  static var about: About {
    About(
      id: "sgd", name: "SGD", group: .firstOrder, rate: .inverseCurvature,
      summary: "steps against the gradient",
      watch: "the path crosses contours at right angles and zigzags in a ravine; above η = 2/L it diverges",
      citation: "Robbins & Monro 1951, doi:10.1214/aoms/1177729586",
      aliases: [
        .optimizer("momentum", "momentum", key: "beta"),
        .optimizer("dampening", "momentum", key: "dampening"), .optimizer("nesterov", "nesterov:form=torch"),
      ])
  }

  static var phrases: [Phrase] {
    [
      .optax("sgd", [.optaxRate], fixed: ["l2": "0"]),
      .keras("SGD", [.kerasRate], fixed: ["l2": "0"]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] { [.learningRate(0.01, \.rate), .l2(\.l2)] }

  static var slots: [Slot<Self>] { [.gradient { $0.g.values }] }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      g = g + l2*x
      x = x - lr*g
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [.slot("g ← ∇f(θ) + wd θ"), .move("θ ← θ − η g")]
  }

  var effectiveRates: [Scalar]? { known(g.values.map { _ in rate }) }

  var stability: Stability { .descent(rate) }

  var optima: [Optimum] { [Optimum("lr", "2/(L+μ)") { 2 / ($1 + $0) }] }

  mutating func prepare(for layout: ParameterLayout) {
    g = Vector(layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    kernel(&θ, oracle)
  }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let g = self.g.writable()
    let (η, λ) = (rate, l2)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      θ[i] -= η * g[i]
    }
  }
}
