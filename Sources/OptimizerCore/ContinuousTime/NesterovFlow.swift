/// The limit of Nesterov's method for convex functions as its steps become small.
///
///     ẍ + (3/t) ẋ + ∇f(x) = 0,  ẋ(0) = 0
///
/// A step follows it for the time `dt`; k steps of Nesterov's method at rate η reach the time k√η. At t = 0 the equation
/// gives ẍ = −∇f/4.
///
/// Watch: the friction 3/t wanes, so it glides, overshoots and rings.
///
/// Su, Boyd & Candès 2016, arXiv:1503.01243.
struct NesterovFlow: Optimizer {
  typealias Scalar = Double

  var duration = 0.05
  var tolerance = 1e-9
  var g = Vector<Double>()
  // The point and then its velocity.
  private var y = Vector<Double>()
  private var method = DormandPrince()
  private var time = 0.0
  private var hasFailed = false

  init() {}

  static var about: About {
    About(
      id: "nesterov-flow", name: "Nesterov flow", group: .continuousTime, rate: .none,
      summary: "the limit of Nesterov's method for convex functions as its steps become small",
      watch: "the friction 3/t wanes, so it glides, overshoots and rings",
      citation: "Su, Boyd & Candès 2016, arXiv:1503.01243")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .real(
        "dt", "dt", "time a step covers", role: .other, default: 0.05, in: 1e-6...100, scale: .log, \.duration
      ),
      .tolerance(\.tolerance),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values },
      Slot("ẋ", "velocity", .average) { Array($0.y.values.suffix($0.g.count)) },
      Slot("t", "time", .number) { [$0.time] },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      .slot("ẋ ← the velocity after the time dt"),
      .move("θ ← the flow ẍ + (3/t)ẋ + ∇f = 0 after the time dt"),
    ]
  }

  var events: [String] { hasFailed ? [StepEvent.lost] : [] }

  var ball: UnitBall { .undefined("a flow goes on without steps") }

  var stability: Stability { .flow }

  mutating func prepare(for layout: ParameterLayout) {
    g = Vector(layout.count)
    y = Vector(2 * layout.count)
    method = DormandPrince(count: 2 * layout.count)
    time = 0
    hasFailed = false
  }

  mutating func step(_ θ: inout MutableSpan<Double>, oracle: Oracle<Double>) {
    let (g, y) = (self.g.writable(), self.y.writable())
    let d = g.count
    for i in 0..<d { y[i] = θ[i] }
    oracle.gradient(at: θ, into: g)
    hasFailed = !method.follow(y, from: time, for: duration, tolerance: tolerance) { t, state, change in
      oracle.gradient(
        at: UnsafeMutableBufferPointer(rebasing: state[..<d]),
        into: UnsafeMutableBufferPointer(rebasing: change[d...]))
      for i in 0..<d {
        let (v, slope) = (state[d + i], change[d + i])
        change[i] = v
        // 3ẋ/t tends to 3ẍ(0) as t falls to 0, so ẍ(0) = −∇f/4.
        change[d + i] = t == 0 ? -slope / 4 : -slope - 3 * v / t
      }
    }
    time += duration
    for i in 0..<d { θ[i] = y[i] }
  }
}
