/// Takes the gradient where the loss is worst nearby.
///
///     ε̂ ← argmax ⟨ε, g⟩ over ‖ε‖_p ≤ ρ,  g ← ∇f(θ)
///     the base steps with ∇f(θ + ε̂)
///
/// ε̂ = ρ sign(g) |g|^(q−1)/(Σ|g|^q)^(1/p) with 1/p + 1/q = 1, for every p from 1 on. p = 2: ρ g/‖g‖; p = inf: ρ sign g;
/// p = 1: ρ along the steepest coordinate, the first of equals. At a zero gradient ε̂ = 0. With `adaptive` the ball is
/// stretched by |θ|, as in ASAM. Equals Optax's and pytorch-optimizer's SAM. Two evaluations a step.
///
/// Watch: the probe sits on a circle around the point, uphill; in a sharp valley it sees the far wall.
///
/// Foret et al. 2021, arXiv:2010.01412; adaptive: Kwon et al. 2021, arXiv:2102.11600.
struct SAM<Scalar: Lane>: Wrapper {
  var base: any Optimizer<Scalar>
  var rho = Scalar(repeating: 0.05)
  var norm = 2.0
  var isAdaptive = false
  var g = Vector<Scalar>()
  var probe = Vector<Scalar>()

  init(base: any Optimizer<Scalar>) { self.base = base }

  static var about: About {
    About(
      id: "sam", name: "SAM", group: .wrapper, rate: .none,
      summary: "takes the gradient where the loss is worst nearby",
      watch: "the probe sits on a circle around the point, uphill; in a sharp valley it sees the far wall",
      citation: "Foret et al. 2021, arXiv:2010.01412")
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "contrib.sam",
        [
          .init(.base),
          .init(
            .call(
              "optax.chain",
              [.init(.call("optax.contrib.normalize", [])), .init(.call("optax.sgd", [.init(.knob("rho"))]))])
          ),
          .init("sync_period", .literal("2")), .init("opaque_mode", .literal("True")),
        ], fixed: ["p": "2", "adaptive": "off"])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .real("rho", "ρ", "radius", role: .other, default: 0.05, in: 0...10, scale: .log, floor: 1e-6, \.rho),
      // All lanes share it.
      Hyperparameter(
        knobOfNorm, read: { Scalar(repeating: $0.norm) }, write: { $0.norm = knobOfNorm.clamped($1[lane: 0]) }
      ),
      .toggle("adaptive", "|θ|ε", "stretch the ball by the weights", default: false, \.isAdaptive),
    ]
  }

  /// What stands for infinity.
  private static var endOfNorms: Double { 1000 }

  private static var knobOfNorm: Knob {
    Knob(
      key: "p", symbol: "p", label: "norm of the ball", defaultValue: 2, range: 1...endOfNorms, scale: .log,
      variesByLane: false, endWord: "inf")
  }

  static var slots: [Slot<Self>] {
    [
      Slot("∇f(θ)", "gradient at the point", .gradient) { $0.g.values },
      Slot("θ+ε̂", "where the base's gradient was taken", .probe) { $0.probe.values },
    ]
  }

  static var rule: RuleLines? {
    RuleLines(
      """
      slope = if(adaptive, abs(x)*g, g)
      share = abs(slope)/largest(abs(slope))
      power = 1/(p - 1)
      total = sum(share^(1 + power))^(1/p)
      uphill = if(p == 2, slope/norm(slope), if(p == 1000, sign(slope), sign(slope)*share^power/total))
      g = grad(x + radius*if(adaptive, abs(x), 1)*if(slope == 0, 0, uphill))
      base
      """, renaming: ["rho": "radius"])
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("∇f(θ)"),
      .slot("ε̂ ← ρ ∇f(θ)/‖∇f(θ)‖, the base sees ∇f(θ+ε̂)", of: "θ+ε̂", label: "probe"),
    ]
  }

  static var changesGradient: Bool { true }

  var stability: Stability { .unknown("its base gets the gradient of another point") }

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
    sharp.aim(
      radius: rho, norm: norm < Self.endOfNorms ? norm : .infinity, isAdaptive: isAdaptive)
    base.step(&θ, oracle: sharp)
    sharp.read(gradient: g, probe: probe)
  }
}
