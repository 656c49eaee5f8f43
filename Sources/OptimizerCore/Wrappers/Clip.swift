/// Shortens gradients that are longer than a limit.
///
///     g ← g · min(1, norm/‖g‖)
///
/// Equals torch's clip_grad_norm_, without its 1e-6. Never silent: it says so whenever it acts.
///
/// Watch: at a cliff the step stays bounded, and the path goes on.
///
/// Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063.
struct Clip<Scalar: Lane>: Wrapper {
  var base: any Optimizer<Scalar>
  var norm = Scalar.one
  private var length = Scalar.zero
  private var hasActed = false

  init(base: any Optimizer<Scalar>) { self.base = base }

  static var about: About {
    About(
      id: "clip", name: "Clip", group: .wrapper, rate: .none,
      summary: "shortens gradients that are longer than a limit",
      watch: "at a cliff the step stays bounded, and the path goes on",
      citation: "Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063")
  }

  static var phrases: [Phrase] {
    [
      .optaxChain([.call("optax.clip_by_global_norm", [.init(.knob("norm"))]), .base]),
      .argument(.keras, "global_clipnorm"),
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [.real("norm", "c", "longest gradient", role: .other, default: 1, in: 1e-6...1e6, scale: .log, \.norm)]
  }

  static var slots: [Slot<Self>] { [Slot("‖g‖", "length before clipping", .number) { [$0.length] }] }

  static var rule: RuleLines? {
    RuleLines(
      """
      g = g*min(1, longest/norm(g))
      base
      """, renaming: ["norm": "longest"])
  }

  static var recipe: [RecipeLine<Self>] {
    [.slot("g ← g · min(1, c/‖g‖)", of: "‖g‖")]
  }

  static var changesGradient: Bool { true }

  var events: [String] { (hasActed ? [StepEvent.clipped] : []) + base.events }

  var stability: Stability {
    hasActed
      ? .none("the last gradient was clipped, so the step did not grow with the curvature")
      : base.stability.provided("unclipped")
  }

  mutating func prepare(for layout: ParameterLayout) {
    base.prepare(for: layout)
    length = .zero
    hasActed = false
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let clipping = oracle.derived(ClippingOracle<Scalar>.self)
    clipping.begin(norm)
    base.step(&θ, oracle: clipping)
    hasActed = clipping.hasActed
    length = clipping.length
  }
}
