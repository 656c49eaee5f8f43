/// Steps in the unit of past steps: the learning rate is a ratio of two averages.
///
///     g ← ∇f(θ) + λθ
///     s ← ρ s + (1 − ρ) g²
///     δ ← √(d + ε) / √(s + ε) · g
///     d ← ρ d + (1 − ρ) δ²
///     θ ← θ − η δ
///
/// Equals torch's and Optax's Adadelta.
///
/// Watch: it starts almost without moving, and makes its own step size.
///
/// Zeiler 2012, arXiv:1212.5701.
struct Adadelta<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar.one
  var rho = Scalar(repeating: 0.9)
  var eps = Scalar(repeating: 1e-6)
  var l2 = Scalar.zero
  var vectors = State<Scalar>()

  init() {}

  static var about: About {
    About(
      id: "adadelta", name: "Adadelta", group: .adaptive, rate: .none,
      summary: "steps in the unit of past steps: the learning rate is a ratio of two averages",
      watch: "it starts almost without moving, and makes its own step size",
      citation: "Zeiler 2012, arXiv:1212.5701")
  }

  static var phrases: [Phrase] {
    [
      .optax("adadelta", [.optaxRate, .init("rho", .knob("rho")), .optaxEpsilon], fixed: ["l2": "0"]),
      .keras("Adadelta", [.kerasRate, .init("rho", .knob("rho")), .kerasEpsilon], fixed: ["l2": "0"]),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(1, \.rate),
      .decayRate("rho", "ρ", "decay of both averages", role: .memoryOfSquares, default: 0.9, \.rho),
      .epsilon(default: 1e-6, \.eps), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("s", "average of squared gradients", .averageOfSquares) { $0.s },
      Slot("d", "average of squared steps", .squares) { $0.d },
      Slot("δ", "step", .direction) { $0.δ },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      s := 0
      d := 0
      g = g + l2*x
      s = rho*s + (1 - rho)*g*g
      u = sqrt(d + eps)*(g/sqrt(s + eps))
      d = rho*d + (1 - rho)*u*u
      x = x - lr*u
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"), .slot("s ← ρ s + (1−ρ) g²"), .slot("δ ← √(d + ε)/√(s + ε) g"),
      .slot("d ← ρ d + (1−ρ) δ²"), .move("θ ← θ − η δ"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var s: [Scalar] { vectors[1] }
  var d: [Scalar] { vectors[2] }
  var δ: [Scalar] { vectors[3] }

  /// Where the slope is 0, the rate that the next one would meet.
  var effectiveRates: [Scalar]? {
    known(
      g.indices.map { i in
        let next = ((d[i] + eps) / (s[i] + eps)).squareRoot()
        return rate * Scalar.select(g[i] .== Scalar.zero, next, δ[i] / g[i])
      })
  }

  var stability: Stability { .descent(rate).preconditioned }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(4, of: layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, s, d, δ) = (rows[0], rows[1], rows[2], rows[3])
    let (η, ρ, ε, λ) = (rate, rho, eps, l2)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      s[i] = (ρ * s[i] + (1.0 - ρ) * g[i] * g[i]).flushed
      δ[i] = (d[i] + ε).squareRoot() * quotient(g[i], s[i], ε, inside: true)
      d[i] = (ρ * d[i] + (1.0 - ρ) * δ[i] * δ[i]).flushed
      θ[i] -= η * δ[i]
    }
  }
}
