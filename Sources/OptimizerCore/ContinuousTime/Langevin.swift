/// Gradient descent in a heat bath.
///
///     θ ← θ − η g + √(2 η T) ξ,  ξ standard normal
///     alpha < 2:  θ ← θ − η g + (η T)^(1/α) ξ,  ξ symmetric α-stable
///
/// With `alpha` below 2 the bath is one of Lévy's: a step of the flow dθ = −∇f dt + T^(1/α) dL, whose jumps have tails of
/// index α and carry it over a barrier at once. At 2 both lines say the same. The draws come from the run's seed and the
/// step alone, the same for every run of a race. On a quadratic of curvature λ, at α = 2, the stationary variance is
/// T/(λ(1 − ηλ/2)).
///
/// Watch: it wanders around the minimum and, hot enough, out of it; flat basins hold it longer than sharp ones.
///
/// Langevin 1908; Welling & Teh 2011, ICML; Lévy's: Şimşekli et al. 2019, arXiv:1901.06053.
struct Langevin<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var temperature = Scalar(repeating: 0.1)
  var alpha = Scalar(repeating: 2)
  var vectors = State<Scalar>()
  // Two normal numbers for each coordinate.
  private var pairs = Vector<Scalar>()

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
      .real("alpha", "α", "stability index of the kicks", role: .other, default: 2, in: 0.1...2, \.alpha),
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
      """, with: "alpha=2")
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      .slot("kick ← √(2 η T) ξ  (α < 2: (η T)^(1/α) ξ)", of: "√(2 η T)ξ"),
      .move("θ ← θ − η g + kick"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var kick: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? { known(g.map { _ in rate }) }

  var stability: Stability { .descent(rate) }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
    pairs = Vector(2 * layout.count)
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
    for i in kick.indices { kick[i] *= size }
    if Scalar.any(alpha .< Scalar(repeating: 2)) { leap(kick, oracle) }
    for i in g.indices { θ[i] = θ[i] - η * g[i] + kick[i] }
  }

  /// Puts the kicks of Lévy's bath where α is below 2.
  private mutating func leap(_ kick: UnsafeMutableBufferPointer<Scalar>, _ oracle: Oracle<Scalar>) {
    let pairs = self.pairs.writable()
    oracle.normals(into: pairs)
    for lane in 0..<max(Scalar.laneCount, 1) where alpha[lane: lane] < 2 {
      let α = alpha[lane: lane]
      let size = Elementary.pow(rate[lane: lane] * temperature[lane: lane], 1 / α)
      for i in kick.indices {
        kick[i][lane: lane] =
          size * StableLaw.draw(alpha: α, normals: pairs[2 * i][lane: lane], pairs[2 * i + 1][lane: lane])
      }
    }
  }
}
