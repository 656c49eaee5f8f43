/// Shows the average of the points that its base visits; the run itself is not changed.
///
///     θ̄ ← θ̄ + (θ − θ̄)/n,  n the number of steps since step `from`
///
/// Watch: with noise, or with a rate that is too large, the average settles where the point rattles.
///
/// Polyak & Juditsky 1992, doi:10.1137/0330046; Ruppert 1988.
struct Average<Scalar: Lane>: Wrapper {
  var base: any Optimizer<Scalar>
  var from = Scalar.zero
  private var average = Vector<Scalar>()
  private var t = Scalar.zero

  init(base: any Optimizer<Scalar>) { self.base = base }

  static var about: About {
    About(
      id: "average", name: "Average", group: .wrapper, rate: .none,
      summary: "shows the average of the points that its base visits",
      note: "n the number of steps since `from`",
      watch: "with noise, or with a rate that is too large, the average settles where the point rattles",
      citation: "Polyak & Juditsky 1992, doi:10.1137/0330046")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .integer(
        "from", "t₀", "steps left out", role: .other, default: 0, in: 0...1_000_000, scale: .log,
        \.from)
    ]
  }

  static var slots: [Slot<Self>] {
    [Slot("θ̄", "average point", .place) { Scalar.any($0.from .< $0.t) ? $0.average.values : [] }]
  }

  static var rule: RuleLines? {
    RuleLines(
      """
      average := x
      base
      n = t - from
      average = if(n <= 1, x, average + (x - average)/n)
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("θ̄ ← θ̄ + (θ − θ̄)/n")
    ]
  }

  static var changesGradient: Bool { false }

  var stability: Stability { base.stability }

  mutating func prepare(for layout: ParameterLayout) {
    base.prepare(for: layout)
    average = Vector(layout.count)
    t = .zero
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    base.step(&θ, oracle: oracle)
    t += .one
    let n = t - from
    let average = self.average.writable()
    for i in average.indices {
      let moved = average[i] + (θ[i] - average[i]) / n
      // With one point the average is that point, whatever it was before.
      average[i] = Scalar.select(n .<= Scalar.one, θ[i], moved)
    }
  }
}
