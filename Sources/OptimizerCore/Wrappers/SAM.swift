/// Takes the gradient where the loss is worst nearby.
///
///     ε̂ ← argmax ⟨ε, g⟩ over ‖ε‖_p ≤ ρ,  g ← ∇f(θ)
///     the base steps with ∇f(θ + ε̂)
///
/// p = 2: ε̂ = ρ g/‖g‖; p = inf: ρ sign g; p = 1: ρ along the steepest coordinate, the first of equals. At a zero gradient
/// ε̂ = 0. With `adaptive` the ball is stretched by |θ|, as in ASAM. Equals Optax's and pytorch-optimizer's SAM. Two
/// evaluations a step.
///
/// Watch: the probe sits on a circle around the point, uphill; in a sharp valley it sees the far wall.
///
/// Foret et al. 2021, arXiv:2010.01412; adaptive: Kwon et al. 2021, arXiv:2102.11600.
struct SAM<Scalar: Lane>: Wrapper {
  var base: any Optimizer<Scalar>
  var rho = Scalar(repeating: 0.05)
  var norm = 1
  var isAdaptive = false
  var g = Vector<Scalar>()
  var probe = Vector<Scalar>()

  init(base: any Optimizer<Scalar>) { self.base = base }

  static var about: About {
    About(
      id: "sam", name: "SAM", group: .wrapper, summary: "takes the gradient where the loss is worst nearby",
      recurrence: "ε̂ ← argmax ⟨ε, g⟩ over ‖ε‖_p ≤ ρ; the base steps with ∇f(θ + ε̂)",
      watch: "the probe sits on a circle around the point, uphill; in a sharp valley it sees the far wall",
      citation: "Foret et al. 2021, arXiv:2010.01412")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .real("rho", "ρ", "radius", default: 0.05, in: 0...10, scale: .log, floor: 1e-6, \.rho),
      .choice("p", "p", "norm of the ball", of: ["1", "2", "inf"], default: 1, \.norm),
      .toggle("adaptive", "|θ|ε", "stretch the ball by the weights", default: false, \.isAdaptive),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      Slot("∇f(θ)", "gradient at the point", .arrow) { $0.g.values },
      Slot("θ+ε̂", "where the base's gradient was taken", .point) { $0.probe.values },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      RecipeLine("∇f(θ)", "∇f(θ)", "gradient at the point") { owner, _ in owner.g.values },
      RecipeLine("ε̂ ← ρ ∇f(θ)/‖∇f(θ)‖, the base sees ∇f(θ+ε̂)", "θ+ε̂", "probe") { owner, _ in
        owner.probe.values
      },
    ]
  }

  static var actsFirst: Bool { true }

  mutating func prepare(for layout: ParameterLayout) {
    base.prepare(for: layout)
    (g, probe) = (Vector(layout.count), Vector(layout.count))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, probe) = (self.g.writable(), self.probe.writable())
    let sharp = oracle.derived(SharpnessOracle<Scalar>.self)
    sharp.aim(radius: rho, norm: norm, isAdaptive: isAdaptive)
    base.step(&θ, oracle: sharp)
    sharp.read(gradient: g, probe: probe)
  }
}

/// Gradients from the worst place nearby.
final class SharpnessOracle<Scalar: Lane>: DerivedOracle<Scalar> {
  private struct Aim {
    var radius = Scalar.zero
    var norm = 1
    var isAdaptive = false
  }
  // Behind pointers for the same reason as the memory of `ObjectiveOracle`.
  private let target: UnsafeMutablePointer<Aim>
  private let g: UnsafeMutableBufferPointer<Scalar>
  private let probe: UnsafeMutableBufferPointer<Scalar>

  required init(over base: Oracle<Scalar>) {
    target = .allocate(capacity: 1)
    target.initialize(to: Aim())
    g = .allocate(capacity: base.dimension)
    g.initialize(repeating: .zero)
    probe = .allocate(capacity: base.dimension)
    probe.initialize(repeating: .zero)
    super.init(over: base)
  }

  deinit {
    target.deallocate()
    g.deallocate()
    probe.deallocate()
  }

  func aim(radius: Scalar, norm: Int, isAdaptive: Bool) {
    target.pointee = Aim(radius: radius, norm: norm, isAdaptive: isAdaptive)
  }

  func read(gradient: UnsafeMutableBufferPointer<Scalar>, probe: UnsafeMutableBufferPointer<Scalar>) {
    for i in g.indices {
      gradient[i] = g[i]
      probe[i] = self.probe[i]
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  override func gradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    worst(x)
    return base.gradient(at: probe.span, into: &gradient)
  }

  override func value(at x: borrowing Span<Scalar>) -> Scalar {
    worst(x)
    return base.value(at: probe.span)
  }

  /// Puts the probe at the worst place around `x`. Costs one gradient.
  @inline(never)
  private func worst(_ x: borrowing Span<Scalar>) {
    let (g, probe) = (self.g, self.probe)
    let (radius, norm, isAdaptive) = (target.pointee.radius, target.pointee.norm, target.pointee.isAdaptive)
    do {
      var target = g.mutableSpan
      base.gradient(at: x, into: &target)
    }
    // With T = |θ| the adaptive ball is ‖ε/T‖ ≤ ρ, so ε = T·(the plain answer for the gradient T g).
    var measure = Scalar.zero
    for i in g.indices {
      let slope = isAdaptive ? x[i].absolute * g[i] : g[i]
      switch norm {
      case 0: measure = Scalar.larger(measure, slope.absolute)
      case 1: measure += slope * slope
      default: break
      }
    }
    let length = norm == 1 ? measure.squareRoot() : measure
    var isTaken = Scalar.zero
    for i in g.indices {
      let stretch = isAdaptive ? x[i].absolute : .one
      let slope = stretch * g[i]
      var share: Scalar
      switch norm {
      case 0:
        let isFirst = Scalar.select(
          isTaken .== Scalar.zero, Scalar.select(slope.absolute .== length, .one, .zero), .zero)
        isTaken += isFirst
        share = isFirst * slope.signum
      case 1: share = slope / length
      default: share = slope.signum
      }
      share = Scalar.select(slope .== Scalar.zero, .zero, share)
      probe[i] = x[i] + radius * stretch * share
    }
  }
}
