/// A step size a coordinate, longer while the sign of the slope stays, shorter when it turns.
///
///     the sign stays:  Δ ← min(η₊ Δ, step_max)
///     it turns:        Δ ← max(η₋ Δ, step_min), and g ← 0: no move
///     θ ← θ − sign(g) Δ
///
/// Δ begins at `lr`, which has no part in later steps. Equals torch's Rprop.
///
/// Watch: only signs count, so steep and flat are the same to it; it overshoots, halts and halves.
///
/// Riedmiller & Braun 1993, doi:10.1109/ICNN.1993.298623.
struct Rprop<Scalar: Lane>: Optimizer {
  var first = Scalar(repeating: 0.01)
  var shrink = Scalar(repeating: 0.5)
  var grow = Scalar(repeating: 1.2)
  var least = Scalar(repeating: 1e-6)
  var most = Scalar(repeating: 50)
  var vectors = State<Scalar>()

  static var about: About {
    About(
      id: "rprop", name: "Rprop", group: .adaptive, rate: .none,
      summary: "a step size a coordinate, longer while the sign of the slope stays, shorter when it turns",
      note: "Δ₁ = lr",
      watch: "only signs count, so steep and flat are the same to it; it overshoots, halts and halves",
      citation: "Riedmiller & Braun 1993, doi:10.1109/ICNN.1993.298623",
      aliases: [.keys("etas", "eta_minus", "eta_plus"), .keys("step_sizes", "step_min", "step_max")])
  }

  static var phrases: [Phrase] {
    [
      .torch(demands: [
        .init("eta_minus<1<eta_plus") { $0("eta_minus") < 1 && $0("eta_plus") > 1 },
        .init("step_min<=step_max") { $0("step_min") <= $0("step_max") },
      ]),
      Phrase(
        framework: .optax, call: "optax.rprop",
        idle: ["lr", "eta_minus", "eta_plus", "step_min", "step_max"],
        flaw: "takes the step of the gradient before, so its first is none"),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .real("lr", "Δ₁", "first step size", role: .rate, default: 0.01, in: 1e-8...100, scale: .log, \.first),
      .real(
        "eta_minus", "η₋", "decrease factor", role: .other, default: 0.5, in: 0.001...1, \.shrink),
      .real("eta_plus", "η₊", "increase factor", role: .other, default: 1.2, in: 1...10, \.grow),
      .real(
        "step_min", "Δmin", "least step size", role: .other, default: 1e-6, in: 0...100, scale: .log,
        floor: 1e-12, \.least),
      .real(
        "step_max", "Δmax", "largest step size", role: .other, default: 50, in: 1e-8...1e6, scale: .log,
        \.most),
    ]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.g }, Slot("Δ", "step sizes", .direction, isKept: true) { $0.sizes }]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      d := 0
      s := lr
      a = sign(g)*sign(d)
      s = max(step_min, min(step_max, s*if(a < 0, eta_minus, if(a > 0, eta_plus, 1))))
      d = if(a < 0, 0, g)
      x = x - sign(d)*s
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      RecipeLine(
        "f ← η₊ where the sign of g stays, η₋ where it turns, else 1", "f", "factor of the step size",
        .direction
      ) { owner, _ in owner.factors },
      .slot("Δ ← max(Δmin, min(Δmax, f Δ))"),
      RecipeLine("u ← sign g, 0 where it turned", "u", "direction", .direction) { owner, _ in
        owner.last.map(\.signum)
      },
      .move("θ ← θ − Δ u"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var last: [Scalar] { vectors[1] }
  var sizes: [Scalar] { vectors[2] }
  private var factors: [Scalar] { vectors[3] }

  var ball: UnitBall { .box(halfSides: sizes.map { $0[lane: 0] }) }

  var stability: Stability { .signs }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State([.zero, .zero, first, .one], of: layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, last, sizes, factors) = (rows[0], rows[1], rows[2], rows[3])
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      // Signs are multiplied, not slopes, whose product could underflow.
      let agreement = g[i].signum * last[i].signum
      let turned = agreement .< Scalar.zero
      let factor = Scalar.select(turned, shrink, Scalar.select(Scalar.zero .< agreement, grow, .one))
      factors[i] = factor
      sizes[i] = Scalar.larger(least, Scalar.smaller(most, sizes[i] * factor))
      last[i] = Scalar.select(turned, .zero, g[i])
      θ[i] -= last[i].signum * sizes[i]
    }
  }
}
