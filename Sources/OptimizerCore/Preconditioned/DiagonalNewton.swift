/// Divides every coordinate by its own curvature.
///
///     θ ← θ − η g / (diag H + λ)
///
/// Where a curvature is 0 the step along it is not finite; where the slope is 0 there is none.
///
/// Watch: in an axis-aligned ravine it is Newton's method; turn the ravine and it is lost.
///
/// Becker & LeCun 1989. A step costs 1 + d evaluations.
struct DiagonalNewton<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar.one
  var damping = Scalar.zero
  var g = Vector<Scalar>()
  var h = Vector<Scalar>()
  var δ = Vector<Scalar>()

  init() {}

  static var about: About {
    About(
      id: "diagonal-newton", name: "Diagonal Newton", group: .preconditioned, rate: .none,
      summary: "divides every coordinate by its own curvature",
      watch: "in an axis-aligned ravine it is Newton's method; turn the ravine and it is lost",
      citation: "Becker & LeCun 1989, Connectionist Models Summer School", needs: .hessian)
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(1, \.rate),
      .real(
        "damping", "τ", "damping", role: .other, default: 0, in: 0...1e6, scale: .log, floor: 1e-8,
        onset: 0.1, \.damping),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("H", "Hessian", .matrix) { $0.h.values },
      Slot("δ", "step", .direction) { $0.δ.values },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("H ← ∇²f(θ)"),
      .slot("δ ← g/(diag H + τ)"), .move("θ ← θ − η δ"),
    ]
  }

  var effectiveRates: [Scalar]? {
    let (h, d) = (h.values, g.count)
    return known((0..<d).map { rate / (h[$0 * d + $0] + damping) })
  }

  var ball: UnitBall {
    guard let rates = effectiveRates, rates.allSatisfy({ $0[lane: 0] > 0 }) else {
      return .undefined("a curvature on the diagonal is not positive: no descent")
    }
    return .diagonal(rates.map { $0[lane: 0] })
  }

  var stability: Stability { .descent(rate).preconditioned }

  func matrixNumbers(for layout: ParameterLayout) -> Double { Double(layout.count) * Double(layout.count) }

  mutating func prepare(for layout: ParameterLayout) {
    let d = layout.count
    (g, h, δ) = (Vector(d), Vector(d * d), Vector(d))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, h, δ) = (self.g.writable(), self.h.writable(), self.δ.writable())
    let d = g.count
    oracle.gradient(at: θ, into: g)
    oracle.hessian(at: θ, into: h)
    for i in g.indices {
      δ[i] = Scalar.select(g[i] .== Scalar.zero, .zero, g[i] / (h[i * d + i] + damping))
      θ[i] -= rate * δ[i]
    }
  }
}
