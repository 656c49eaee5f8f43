/// Two points: a fast one that the base moves, and a slow one that follows it every k steps.
///
///     θ ← the base's step
///     after steps k, 2k, …:  φ ← φ + α (θ − φ),  θ ← φ
///
/// The base's state is kept across a synchronisation. Equals Optax's and pytorch-optimizer's Lookahead.
///
/// Watch: the fast point runs ahead and is pulled back; with a rate just past the limit and an odd k the slow point still
/// goes down.
///
/// Zhang, Lucas, Hinton & Ba 2019, arXiv:1907.08610.
struct Lookahead<Scalar: Lane>: Wrapper {
  var base: any Optimizer<Scalar>
  var k = Scalar(repeating: 5)
  var alpha = Scalar(repeating: 0.5)
  // The slow point, and where the base's last step ended.
  private var points = State<Scalar>()
  private var sinceSync = Scalar.zero
  private var hasStarted = false
  private var hasSynchronised = false

  init(base: any Optimizer<Scalar>) { self.base = base }

  static var about: About {
    About(
      id: "lookahead", name: "Lookahead", group: .wrapper, rate: .none,
      summary: "a fast point that the base moves, and a slow one that follows it every k steps",
      watch:
        "the fast point runs ahead and is pulled back; just past the limit an odd k still goes down, an even k does not",
      citation: "Zhang, Lucas, Hinton & Ba 2019, arXiv:1907.08610")
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "lookahead",
        [
          .init(.base), .init("sync_period", .knob("k")), .init("slow_step_size", .knob("alpha")),
        ])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .integer(
        "k", "k", "synchronisation period", role: .other, default: 5, in: 1...1000, scale: .log, \.k),
      .real("alpha", "α", "slow step size", role: .other, default: 0.5, in: 0...1, \.alpha),
    ]
  }

  static var slots: [Slot<Self>] { [Slot("φ", "slow point", .place) { $0.slow }] }

  static var rule: RuleLines? {
    RuleLines(
      """
      slow := x
      since := 0
      base
      since = since + 1
      due = k <= since
      moved = x + (1 - alpha)*(slow - x)
      slow = if(due, moved, slow)
      x = if(due, moved, x)
      since = if(due, 0, since)
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("every k steps: φ ← φ + α (θ − φ), θ ← φ", of: "φ")
    ]
  }

  var events: [String] { base.events + (hasSynchronised ? [StepEvent.synchronised] : []) }

  var slow: [Scalar] { points[0] }
  var baseEnd: [Scalar]? { points[1] }

  static var changesGradient: Bool { false }

  var stability: Stability { .unknown("every k-th step mixes an older point in") }

  mutating func prepare(for layout: ParameterLayout) {
    base.prepare(for: layout)
    points = State(2, of: layout.count)
    sinceSync = .zero
    hasStarted = false
    hasSynchronised = false
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    kernel(&θ, oracle)
  }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = points.writable()
    let (slow, fast) = (rows[0], rows[1])
    if !hasStarted {
      for i in slow.indices { slow[i] = θ[i] }
      hasStarted = true
    }
    base.step(&θ, oracle: oracle)
    for i in fast.indices { fast[i] = θ[i] }
    sinceSync += .one
    let due = k .<= sinceSync
    hasSynchronised = Scalar.any(due)
    guard hasSynchronised else { return }
    for i in slow.indices {
      // Written from θ, so that α = 1 leaves θ as it is, to the bit.
      let moved = θ[i] + (1.0 - alpha) * (slow[i] - θ[i])
      slow[i] = Scalar.select(due, moved, slow[i])
      θ[i] = Scalar.select(due, moved, θ[i])
    }
    sinceSync = Scalar.select(due, .zero, sinceSync)
  }
}
