/// Newton's step with the curvature of the model left out, so that it always goes downhill.
///
///     G ← JᵀHJ / N
///     δ ← (G + τI)⁻¹ g
///     θ ← θ − η δ
///
/// J are the slopes of the model's outputs, H is the Hessian of the loss in the outputs, and the mean is over the samples.
/// With `control=levenberg` a step that raises the loss is not taken and τ is multiplied by 4; after one that lowers it τ is
/// divided by 3. It begins at `damping`, or at 1e-3 where that is 0. Without damping G is singular where the data say nothing
/// about some direction; then there is no step.
///
/// Watch: near the end the number of right digits doubles with every step if the residuals are small there.
///
/// Nocedal & Wright 2006, section 10.3; Levenberg 1944, doi:10.1090/qam/10666; Marquardt 1963, doi:10.1137/0111030. A step
/// costs a gradient, and one more for each output of the model.
struct GaussNewton<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar.one
  var damping = Scalar.zero
  var control = 0
  var g = Vector<Scalar>()
  var matrix = Vector<Scalar>()
  var δ = Vector<Scalar>()
  /// The damping of the last step where it is controlled; negative before the first.
  private var adapted = Vector<Scalar>()
  private var trial = Vector<Scalar>()
  private var work = Vector<Double>()
  private var right = Vector<Double>()
  private var event: String?

  init() {}

  static var about: About {
    About(
      id: "gauss-newton", name: "Gauss-Newton", group: .preconditioned, rate: .none,
      summary: "Newton's step without the curvature of the model",
      note: "levenberg: τ ← τ/3 after a step that lowers the loss, else τ ← 4τ and no step",
      watch: "near the end the right digits double with every step if the residuals are small there",
      citation:
        "Nocedal & Wright 2006, doi:10.1007/978-0-387-40065-5; Levenberg 1944, doi:10.1090/qam/10666; "
        + "Marquardt 1963, doi:10.1137/0111030",
      needs: .gaussNewton)
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(1, \.rate),
      .real(
        "damping", "τ", "damping", role: .other, default: 0, in: 0...1e6, scale: .log, floor: 1e-8,
        onset: 1e-3, \.damping),
      .choice("control", "ctl", "control of the damping", of: ["none", "levenberg"], \.control),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("G", "Gauss-Newton matrix", .matrix) { $0.matrix.values },
      Slot("δ", "step", .direction) { $0.δ.values },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [.gradient, .slot("G ← JᵀHJ / N"), .slot("δ ← (G + τI)⁻¹ g"), .move("θ ← θ − η δ")]
  }

  var ball: UnitBall { .inverse(of: g.count, shift: τ[lane: 0], "G + τI") { matrix.values } }

  var stability: Stability {
    isControlled ? .searched : .descent(rate).preconditioned
  }

  var events: [String] { event.map { [$0] } ?? [] }

  private var isControlled: Bool { control == 1 }

  /// The damping of the next step.
  private var τ: Scalar {
    guard isControlled else { return damping }
    let start = Scalar.select(
      Scalar.zero .< damping, damping, Scalar(repeating: 1e-3))
    guard adapted.count > 0 else { return start }
    let known = adapted.values[0]
    return Scalar.select(known .< Scalar.zero, start, known)
  }

  func matrixNumbers(for layout: ParameterLayout) -> Double {
    2 * Double(layout.count) * Double(layout.count)
  }

  mutating func prepare(for layout: ParameterLayout) {
    event = nil
    let d = layout.count
    (g, δ, trial) = (Vector(d), Vector(d), Vector(d))
    (matrix, work) = (Vector(d * d), Vector(d * d))
    right = Vector(d)
    adapted = Vector(1, Scalar(repeating: -1))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, matrix, δ) = (self.g.writable(), self.matrix.writable(), self.δ.writable())
    let loss = oracle.gradient(at: θ, into: g)
    oracle.gaussNewton(at: θ, into: matrix)
    event = nil
    let shift = τ
    let (work, right) = (self.work.writable(), self.right.writable())
    for lane in 0..<Scalar.laneCount
    where !DenseMatrix.solvePositive(
      matrix, shift: shift[lane: lane], g, into: δ, lane: lane, work: work, right: right)
    {
      event = StepEvent.singularGaussNewton
    }
    guard isControlled else {
      for i in g.indices { θ[i] -= rate * δ[i] }
      return
    }
    let trial = self.trial.writable()
    for i in g.indices { trial[i] = θ[i] - rate * δ[i] }
    let isBetter = oracle.value(at: trial.span) .< loss
    if !Scalar.all(isBetter) { event = StepEvent.refused }
    for i in g.indices { θ[i] = Scalar.select(isBetter, trial[i], θ[i]) }
    let most = Scalar(repeating: 1e12)
    let least = Scalar(repeating: 1e-12)
    let next = Scalar.select(isBetter, shift / Scalar(repeating: 3), shift * Scalar(repeating: 4))
    // The damping stays where adding it still changes a number, and where a step is still one.
    self.adapted.writable()[0] = Scalar.larger(least, Scalar.smaller(next, most))
  }
}
