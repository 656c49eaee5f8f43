/// Steepest descent where a step is measured by how much it changes the model's distribution.
///
///     F ← E[∇ℓ ∇ℓᵀ]
///     δ ← (F + τI)⁻¹ g
///     θ ← θ − η δ
///
/// The expectation is over the samples and over the model's own distribution of the target; with `fisher=empirical` the
/// observed targets take the place of that. Without damping F is singular where some parameters cannot be told apart; then
/// there is no step.
///
/// Watch: the same path whatever the coordinates, to first order in η; the plain gradient's path is another in each.
///
/// Amari 1998, doi:10.1162/089976698300017746; Kunstner, Balles & Hennig 2019, arXiv:1905.12558. A step costs a gradient,
/// and one more for each output of the model, or for the empirical matrix one more in all.
struct NaturalGradient<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.1)
  var damping = Scalar.zero
  var kind = 0
  var g = Vector<Scalar>()
  var matrix = Vector<Scalar>()
  var δ = Vector<Scalar>()
  private var work = Vector<Double>()
  private var right = Vector<Double>()
  private var event: String?

  init() {}

  static var about: About {
    About(
      id: "natural-gradient", name: "Natural gradient", group: .preconditioned, rate: .none,
      summary: "steepest descent in the space of the model's distributions",
      watch: "the same path whatever the coordinates, to first order in η",
      citation: "Amari 1998, doi:10.1162/089976698300017746; Kunstner et al. 2019, arXiv:1905.12558",
      needs: .fisher)
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.1, \.rate),
      .real(
        "damping", "τ", "damping", role: .other, default: 0, in: 0...1e6, scale: .log, floor: 1e-8,
        onset: 1e-3, \.damping),
      .choice("fisher", "F", "which Fisher matrix", of: ["true", "empirical"], \.kind),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("F", "Fisher matrix", .matrix) { $0.matrix.values },
      Slot("δ", "step", .direction) { $0.δ.values },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [.gradient, .slot("F ← E[∇ℓ ∇ℓᵀ]"), .slot("δ ← (F + τI)⁻¹ g"), .move("θ ← θ − η δ")]
  }

  var ball: UnitBall { .inverse(of: g.count, shift: damping[lane: 0], "F + τI") { matrix.values } }

  var stability: Stability { .descent(rate).preconditioned }

  var events: [String] { event.map { [$0] } ?? [] }

  func matrixNumbers(for layout: ParameterLayout) -> Double {
    2 * Double(layout.count) * Double(layout.count)
  }

  mutating func prepare(for layout: ParameterLayout) {
    event = nil
    let d = layout.count
    (g, δ) = (Vector(d), Vector(d))
    (matrix, work) = (Vector(d * d), Vector(d * d))
    right = Vector(d)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, matrix, δ) = (self.g.writable(), self.matrix.writable(), self.δ.writable())
    oracle.gradient(at: θ, into: g)
    oracle.fisher(at: θ, isEmpirical: kind == 1, into: matrix)
    event = nil
    let (work, right) = (self.work.writable(), self.right.writable())
    for lane in 0..<Scalar.laneCount
    where !DenseMatrix.solvePositive(
      matrix, shift: damping[lane: lane], g, into: δ, lane: lane, work: work, right: right)
    {
      event = StepEvent.singularFisher
    }
    for i in g.indices { θ[i] -= rate * δ[i] }
  }
}
