@testable import OptimizerCore

/// Moves by the sign of a velocity: the example of the page on adding an optimizer.
///
/// Bernstein et al. 2018, arXiv:1802.04434, with the velocity of Polyak 1964 in the place of the gradient.
struct HeavySign<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta = Scalar(repeating: 0.9)
  var vectors = State<Scalar>()

  static var about: About {
    About(
      id: "heavy-sign", name: "HeavySign", group: .adaptive, rate: .length,
      summary: "moves by the sign of a velocity",
      watch: "the path runs along diagonals, and turns later than SignSGD's",
      citation: "Bernstein et al. 2018, arXiv:1802.04434; Polyak 1964, doi:10.1016/0041-5553(64)90137-5")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.001, \.rate),
      .decayRate("beta", "β", "momentum", role: .memory, default: 0.9, \.beta),
    ]
  }

  static var slots: [Slot<Self>] {
    [.gradient { $0.vectors[0] }, Slot("v", "velocity", .average) { $0.vectors[1] }]
  }

  static var recipe: [RecipeLine<Self>] {
    [.gradient, .slot("v ← β v + g"), .move("θ ← θ − η sign v")]
  }

  var stability: Stability { .signs }

  var ball: UnitBall { .box(halfSides: vectors[1].map { _ in 1 }) }

  mutating func prepare(for layout: ParameterLayout) { vectors = State(2, of: layout.count) }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, v) = (rows[0], rows[1])
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      v[i] = (beta * v[i] + g[i]).flushed
      θ[i] -= rate * v[i].signum
    }
  }
}
