/// An optimizer with knobs that follow schedules; everybody else sees the optimizer itself.
///
/// A knob speaks of its nominal value, which the schedule multiplies; `valueInForce(of:)` and `learningRate` of the one that
/// the last step used. A knob other than the learning rate never leaves its range: it is held at the end, and an event says
/// so.
struct Scheduled<Scalar: Lane>: Optimizer {
  /// A knob and what drives it.
  private struct Drive: Sendable {
    /// The key by which the driven optimizer knows the knob: `lr`, `base.lr`, `beta`; nil for a rate without one.
    let key: String?
    let knob: Knob?
    let isRate: Bool
    let plan: KnobSchedule
    /// The declaration by which the knob is set without being looked for again; nil where there is none.
    let hyperparameter: (any Sendable)?
    var nominal: Scalar

    /// The value in force: the one place that decides it.
    func value(at k: Int) -> Scalar {
      let product = nominal * plan.multiplier(at: k)
      guard !isRate, let numbers = knob?.numbers else { return product }
      return Scalar.larger(
        Scalar.smaller(product, Scalar(repeating: numbers.upperBound)), Scalar(repeating: numbers.lowerBound))
    }

    /// Whether the knob of the first lane is held at the end of its range.
    func isHeld(at k: Int) -> Bool {
      !isRate && value(at: k)[lane: 0] != nominal[lane: 0] * plan.multiplier(at: k)
    }
  }

  private var driven: any Optimizer<Scalar>
  private var drives: [Drive]
  private var k = 0
  /// By how many steps the schedules are late; early, if negative.
  private let delay: Int

  /// Drives knobs that an optimizer has, and its learning rate.
  init(_ driven: any Optimizer<Scalar>, by schedules: [KnobSchedule], late delay: Int = 0) {
    self.delay = delay
    self.driven = driven
    drives = schedules.map { Self.drive($0, of: driven) }
  }

  /// Plain SGD.
  init() { self.init(SGD<Scalar>(), by: []) }

  private static func drive<Rule: Optimizer<Scalar>>(_ plan: KnobSchedule, of rule: Rule) -> Drive {
    let isRate = plan.key == "lr"
    let key = isRate ? rateKey(of: rule) : plan.key
    return Drive(
      key: key, knob: rule.knobs.first { $0.key == key }, isRate: isRate, plan: plan,
      hyperparameter: Rule.hyperparameters.first { $0.knob.key == key },
      nominal: (isRate ? rule.learningRate : rule.value(of: plan.key)) ?? .one)
  }

  /// The key under which the driven optimizer's learning rate is known: `lr`, `base.lr`, …
  private static func rateKey(of optimizer: any Optimizer<Scalar>) -> String? {
    if let own = optimizer.knobs.first(where: { $0.key == "lr" }) { return own.key }
    return optimizer.wrapped.flatMap(rateKey).map(KnobKey.ofBase)
  }

  static var about: About {
    About(
      id: "scheduled", name: "Scheduled", group: .wrapper, rate: .none,
      summary: "knobs that follow schedules", watch: "the knobs move by themselves", citation: "")
  }
  static var hyperparameters: [Hyperparameter<Self>] { [] }
  static var recipe: [RecipeLine<Self>] { [] }

  var about: About { driven.about }
  var knobs: [Knob] { driven.knobs }
  var state: [SlotValue<Scalar>] { driven.state }
  func lines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>] { driven.lines(after: step) }
  var effectiveRates: [Scalar]? { driven.effectiveRates }
  var ball: UnitBall { driven.ball }
  var search: SearchRecord? { driven.search }
  var changesGradient: Bool { driven.changesGradient }
  var wrapped: (any Optimizer<Scalar>)? { driven.wrapped }
  var events: [String] { driven.events + drives.compactMap(held) }

  /// That a knob was held at the end of its range in the last step.
  private func held(_ drive: Drive) -> String? {
    guard k > 0, let knob = drive.knob, drive.isHeld(at: place(k - 1)) else { return nil }
    return StepEvent.held(knob, at: drive.value(at: place(k - 1))[lane: 0])
  }

  /// Where a schedule is at a step: k = t − 1, as late as it is.
  private func place(_ k: Int) -> Int { max(0, k - delay) }

  func value(of key: String) -> Scalar? {
    drives.first { $0.key == key }?.nominal ?? driven.value(of: key)
  }

  func valueInForce(of key: String) -> Scalar? { driven.valueInForce(of: key) }

  mutating func set(_ key: String, to value: Scalar) {
    guard let place = drives.firstIndex(where: { $0.key == key }) else { return driven.set(key, to: value) }
    drives[place].nominal = value
  }

  var learningRate: Scalar? {
    get { driven.learningRate }
    set { if let newValue { use(learningRate: newValue) } }
  }

  mutating func use(learningRate: Scalar) {
    guard let place = drives.firstIndex(where: \.isRate) else {
      return driven.use(learningRate: learningRate)
    }
    drives[place].nominal = learningRate
  }

  var stability: Stability { driven.stability }
  var optima: [Optimum] { driven.optima }

  func matrixNumbers(for layout: ParameterLayout) -> Double { driven.matrixNumbers(for: layout) }

  mutating func prepare(for layout: ParameterLayout) {
    k = 0
    driven.prepare(for: layout)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    for i in drives.indices {
      let value = drives[i].value(at: place(k))
      if drives[i].isRate {
        driven.use(learningRate: value)
      } else {
        Self.turn(&driven, drives[i], to: value)
      }
    }
    driven.step(&θ, oracle: oracle)
    k += 1
  }

  /// Opens the box of the driven optimizer, so that its own declaration can set the knob in place.
  private static func turn<Rule: Optimizer<Scalar>>(_ rule: inout Rule, _ drive: Drive, to value: Scalar) {
    guard let declared = drive.hyperparameter else {
      if let key = drive.key { rule.set(key, to: value) }
      return
    }
    guard let hyperparameter = declared as? Hyperparameter<Rule> else {
      preconditionFailure("a schedule drives the rule that it was made for")
    }
    hyperparameter.write(&rule, value)
  }
}
