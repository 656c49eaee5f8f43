/// Descent in a geometry of your own: a fixed matrix P.
///
///     θ ← θ − η P⁻¹ g,  P = (p11 p12; p12 p22)
///
/// In one dimension P is p11; beyond the second coordinate P is the identity.
///
/// Watch: with P = H it is Newton's method on a quadratic; the unit ball of P is the shape in which it measures a step.
///
/// Boyd & Vandenberghe 2004, section 9.4.
struct Preconditioned<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar.one
  var p11 = Scalar.one
  var p12 = Scalar.zero
  var p22 = Scalar.one
  var g = Vector<Scalar>()
  var δ = Vector<Scalar>()

  init() {}

  static var about: About {
    About(
      id: "preconditioned", name: "Preconditioned", group: .preconditioned, rate: .none,
      summary: "descent in a geometry of your own: a fixed matrix P",
      watch:
        "with P = H it is Newton's method on a quadratic; the ball of P is the shape in which it measures a step",
      citation: "Boyd & Vandenberghe 2004, section 9.4, doi:10.1017/CBO9780511804441")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(1, \.rate),
      .real(
        "p11", "P₁₁", "first diagonal entry", role: .other, default: 1, in: 1e-6...1e6, scale: .log, \.p11),
      .real("p12", "P₁₂", "off-diagonal entry", role: .other, default: 0, in: -1000...1000, \.p12),
      .real(
        "p22", "P₂₂", "second diagonal entry", role: .other, default: 1, in: 1e-6...1e6, scale: .log, \.p22),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("P", "metric", .matrix) { [$0.p11, $0.p12, $0.p12, $0.p22] },
      Slot("δ", "step", .direction) { $0.δ.values },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      .slot("P, fixed", of: "P"),
      .slot("δ ← P⁻¹ g"), .move("θ ← θ − η δ"),
    ]
  }

  var ball: UnitBall {
    let d = g.count
    return .preconditioner(of: d, "P") {
      // Beyond the first two coordinates P is the identity.
      var metric = (0..<d * d).map { $0 / d == $0 % d ? 1.0 : 0 }
      metric[0] = p11[lane: 0]
      if d > 1 { (metric[1], metric[d], metric[d + 1]) = (p12[lane: 0], p12[lane: 0], p22[lane: 0]) }
      return DenseMatrix.applied(metric) { 1 / $0 }
    }
  }

  var stability: Stability { .descent(rate).preconditioned }

  mutating func prepare(for layout: ParameterLayout) { (g, δ) = (Vector(layout.count), Vector(layout.count)) }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, δ) = (self.g.writable(), self.δ.writable())
    oracle.gradient(at: θ, into: g)
    for i in g.indices { δ[i] = g[i] }
    if g.count == 1 {
      δ[0] = g[0] / p11
    } else {
      let determinant = p11 * p22 - p12 * p12
      let (a, b) = (p22 * g[0] - p12 * g[1], p11 * g[1] - p12 * g[0])
      // A singular P gives no finite step, except where there is nothing to divide.
      δ[0] = Scalar.select(a .== Scalar.zero, .zero, a / determinant)
      δ[1] = Scalar.select(b .== Scalar.zero, .zero, b / determinant)
    }
    for i in g.indices { θ[i] -= rate * δ[i] }
  }
}
