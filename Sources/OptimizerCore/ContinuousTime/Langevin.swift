/// Gradient descent in a heat bath.
///
///     θ ← θ − η g + √(2 η T) ξ,  ξ standard normal
///
/// The draws come from the run's seed and the step alone, the same for every run of a race. On a quadratic of curvature λ
/// the stationary variance is T/(λ(1 − ηλ/2)).
///
/// Watch: it wanders around the minimum and, hot enough, out of it; flat basins hold it longer than sharp ones.
///
/// Langevin 1908; Welling & Teh 2011, ICML.
struct Langevin<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var temperature = Scalar(repeating: 0.1)
  var vectors = State<Scalar>()

  init() {}

  static var about: About {
    About(
      id: "langevin", name: "Langevin", group: .continuousTime, rate: .none,
      summary: "gradient descent in a heat bath",
      watch:
        "it wanders around the minimum and, hot enough, out of it; flat basins hold it longer than sharp ones",
      citation: "Langevin 1908; Welling & Teh 2011, ICML", isRandom: true)
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate),
      .real(
        "temperature", "T", "temperature", role: .other, default: 0.1, in: 0...1e6, scale: .log, floor: 1e-6,
        \.temperature),
    ]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g }, Slot("√(2 η T)ξ", "kick of the heat bath", .direction) { $0.kick }]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      x = x - lr*g + sqrt(2*lr*temperature)*randn()
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      .slot("kick ← √(2 η T) ξ", of: "√(2 η T)ξ"),
      .move("θ ← θ − η g + kick"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var kick: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? { known(g.map { _ in rate }) }

  var stability: Stability { .descent(rate) }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, kick) = (rows[0], rows[1])
    let η = rate
    let size = (2.0 * η * temperature).squareRoot()
    oracle.gradient(at: θ, into: g)
    oracle.normals(into: kick)
    for i in g.indices {
      kick[i] *= size
      θ[i] = θ[i] - η * g[i] + kick[i]
    }
  }
}
