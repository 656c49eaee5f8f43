/// The limit of Adam as its steps become small: the drift of its coupled system.
///
///     θ̇ = −m̂/(√v̂ + ε),  ṁ = c₁(∇f − m),  v̇ = c₂(∇f² − v),  c₁ = (1 − β₁)/η,  c₂ = (1 − β₂)/η
///     m̂ = m/(1 − e^{−c₁t}),  v̂ = v/(1 − e^{−c₂t})
///
/// A step covers the time η, as a step of Adam does. The zeros of its field are those of m, not of ∇f: the two differ off
/// equilibrium.
///
/// Watch: it starts with speed 1 in every coordinate, and passes a minimum because m is still moving.
///
/// Barakat & Bianchi 2021, arXiv:1810.02263.
struct AdamFlow: RatedOptimizer {
  var rate = 0.001
  var beta1 = 0.9
  var beta2 = 0.999
  var eps = 1e-8
  var isInside = false
  var tolerance = 1e-9
  var g = Vector<Double>()
  // The point, m and v.
  private var y = Vector<Double>()
  private var method = DormandPrince()
  // c₁t and c₂t, summed up so that they stay true when a knob is turned.
  private var age1 = 0.0
  private var age2 = 0.0
  private var hasFailed = false

  init() {}

  static var about: About {
    About(
      id: "adam-flow", name: "Adam flow", group: .continuousTime, rate: .none,
      summary: "the limit of Adam as its steps become small",
      watch: "it starts with speed 1 in every coordinate, and passes a minimum because m is still moving",
      citation: "Barakat & Bianchi 2021, arXiv:1810.02263")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.001, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", role: .memoryOfSquares, default: 0.999, \.beta2),
      .epsilon(default: 1e-8, \.eps), .epsilonInside(\.isInside),
      .tolerance(\.tolerance),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values },
      Slot("m", "average gradient", .average) { $0.part(1) },
      Slot("v", "average of squares", .averageOfSquares) { $0.part(2) },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("ṁ = c₁(∇f − m)", of: "m"),
      .slot("v̇ = c₂(∇f² − v)", of: "v"),
      .move("θ̇ = −m̂/(√v̂ + ε), for the time η"),
    ]
  }

  private func part(_ index: Int) -> [Double] { Array(y.values.dropFirst(index * g.count).prefix(g.count)) }

  var events: [String] { hasFailed ? [StepEvent.lost] : [] }

  var ball: UnitBall { .undefined("a flow goes on without steps") }

  var stability: Stability { .flow }

  mutating func prepare(for layout: ParameterLayout) {
    g = Vector(layout.count)
    y = Vector(3 * layout.count)
    method = DormandPrince(count: 3 * layout.count)
    (age1, age2) = (0, 0)
    hasFailed = false
  }

  mutating func step(_ θ: inout MutableSpan<Double>, oracle: Oracle<Double>) {
    let (g, y) = (self.g.writable(), self.y.writable())
    let d = g.count
    for i in 0..<d { y[i] = θ[i] }
    oracle.gradient(at: θ, into: g)
    let (c1, c2) = ((1 - beta1) / rate, (1 - beta2) / rate)
    let (age1, age2, ε, isInside) = (self.age1, self.age2, eps, isInside)
    hasFailed = !method.follow(y, from: 0, for: rate, tolerance: tolerance) { t, state, change in
      // The gradient stands in v's place until v's own change is written.
      oracle.gradient(
        at: UnsafeMutableBufferPointer(rebasing: state[..<d]),
        into: UnsafeMutableBufferPointer(rebasing: change[(2 * d)...]))
      let share1 = -Elementary.expm1(-(age1 + c1 * t))
      let share2 = -Elementary.expm1(-(age2 + c2 * t))
      for i in 0..<d {
        let (m, v, slope) = (state[d + i], state[2 * d + i], change[2 * d + i])
        // At t = 0 the averages are empty, and their corrected values tend to the gradient and its square.
        let mean = share1 > 0 ? m / share1 : slope
        let square = share2 > 0 ? v / share2 : slope * slope
        change[i] = -quotient(mean, max(square, 0), ε, inside: isInside)
        change[d + i] = c1 * (slope - m)
        change[2 * d + i] = c2 * (slope * slope - v)
      }
    }
    self.age1 += c1 * rate
    self.age2 += c2 * rate
    for i in 0..<d { θ[i] = y[i] }
  }
}
