/// Keeps the point in a box: after each step, every coordinate is clamped.
///
///     θ ← the base's step, then θ ← min(max(θ, lo), hi)
///
/// The base's state is not told. Never silent: it says so whenever it acts.
///
/// Watch: the path slides along the wall; a momentum goes on pushing against it.
///
/// Goldstein 1964, doi:10.1090/S0002-9904-1964-11178-2.
struct Project<Scalar: Lane>: Wrapper {
  var base: any Optimizer<Scalar>
  var low = Scalar(repeating: -1)
  var high = Scalar.one
  private var end = Vector<Scalar>()
  private var hasActed = false

  init(base: any Optimizer<Scalar>) { self.base = base }

  static var about: About {
    About(
      id: "project", name: "Project", group: .wrapper, rate: .none,
      summary: "keeps the point in a box: after each step, every coordinate is clamped",
      watch: "the path slides along the wall; a momentum goes on pushing against it",
      citation: "Goldstein 1964, doi:10.1090/S0002-9904-1964-11178-2")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .real("lo", "lo", "lower wall", role: .other, default: -1, in: -1e6...1e6, \.low),
      .real("hi", "hi", "upper wall", role: .other, default: 1, in: -1e6...1e6, \.high),
    ]
  }

  static var rule: RuleLines? {
    RuleLines(
      """
      base
      x = max(lo, min(hi, x))
      """)
  }

  static var recipe: [RecipeLine<Self>] { [.move("θ ← min(max(θ, lo), hi)")] }

  var events: [String] { base.events + (hasActed ? [StepEvent.projected] : []) }

  var baseEnd: [Scalar]? { end.values }

  static var changesGradient: Bool { false }

  var stability: Stability { base.stability.provided("inside the box") }

  mutating func prepare(for layout: ParameterLayout) {
    base.prepare(for: layout)
    end = Vector(layout.count)
    hasActed = false
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    base.step(&θ, oracle: oracle)
    hasActed = false
    let end = self.end.writable()
    for i in 0..<θ.count {
      end[i] = θ[i]
      let outside = Scalar.select(θ[i] .< low, .one, Scalar.select(high .< θ[i], .one, .zero))
      if Scalar.any(outside .== Scalar.one) { hasActed = true }
      // The wall is the second operand of a comparison that a NaN fails, so that a NaN stays one.
      θ[i] = Scalar.larger(low, Scalar.smaller(high, θ[i]))
    }
  }
}
