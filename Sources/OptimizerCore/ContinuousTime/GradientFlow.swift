/// The gradient flow: where gradient descent goes as its steps become small.
///
///     θ̇ = −∇f(θ)
///
/// A step follows it for the time `dt`, by Dormand and Prince's adaptive method to the tolerance `tol` (relative to 1 + |θ|)
/// a step. SGD with lr = dt is its Euler method.
///
/// Watch: the smooth line that every small step size falls onto; it never zigzags.
///
/// Cauchy 1847; Hairer, Nørsett & Wanner 1993, doi:10.1007/978-3-540-78862-1.
struct GradientFlow: Optimizer {
  typealias Scalar = Double

  var duration = 0.01
  var tolerance = 1e-9
  var g = Vector<Double>()
  private var y = Vector<Double>()
  private var method = DormandPrince()
  private var hasFailed = false

  init() {}

  static var about: About {
    About(
      id: "flow", name: "Gradient flow", group: .continuousTime, rate: .none,
      summary: "where gradient descent goes as its steps become small",
      watch: "the smooth line that every small step size falls onto; it never zigzags",
      citation: "Cauchy 1847; Dormand & Prince 1980, doi:10.1016/0771-050X(80)90013-3")
  }

  static var hyperparameters: [Hyperparameter<Self>] { [.duration(\.duration), .tolerance(\.tolerance)] }

  static var slots: [Slot<Self>] { [.gradient { $0.g.values }] }

  static var recipe: [RecipeLine<Self>] { [.gradient, .move("θ ← the flow θ̇ = −∇f after the time dt")] }

  var events: [String] { hasFailed ? [StepEvent.lost] : [] }

  var ball: UnitBall { .undefined("a flow goes on without steps") }

  var stability: Stability { .flow }

  mutating func prepare(for layout: ParameterLayout) {
    (g, y) = (Vector(layout.count), Vector(layout.count))
    method = DormandPrince(count: layout.count)
    hasFailed = false
  }

  mutating func step(_ θ: inout MutableSpan<Double>, oracle: Oracle<Double>) {
    let (g, y) = (self.g.writable(), self.y.writable())
    for i in y.indices { y[i] = θ[i] }
    oracle.gradient(at: θ, into: g)
    hasFailed = !method.follow(y, from: 0, for: duration, tolerance: tolerance) { _, x, velocity in
      oracle.gradient(at: x, into: velocity)
      for i in velocity.indices { velocity[i] = -velocity[i] }
    }
    for i in y.indices { θ[i] = y[i] }
  }
}

extension Hyperparameter where Owner.Scalar == Double {
  /// `dt`, the time that a step covers.
  static func duration(_ path: Path<Double>) -> Hyperparameter {
    .real("dt", "dt", "time a step covers", role: .other, default: 0.01, in: 1e-6...100, scale: .log, path)
  }

  /// `tol`, the tolerance of an adaptive integrator.
  static func tolerance(_ path: Path<Double>) -> Hyperparameter {
    .real(
      "tol", "tol", "inner tolerance", role: .other, default: 1e-9, in: 1e-14...0.01,
      scale: .log, path)
  }
}
