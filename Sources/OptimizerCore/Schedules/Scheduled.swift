/// An optimizer whose learning rate follows a schedule; everybody else sees the optimizer itself.
///
/// The knob `lr` speaks of the nominal rate, `learningRate` of the one that the last step used.
struct Scheduled<Scalar: Lane>: Optimizer {
  private var driven: any Optimizer<Scalar>
  private let schedule: Schedule
  private var nominal: Scalar
  private var k = 0
  private let rateKey: String?
  /// By how many steps the schedule is late; early, if negative.
  private let delay: Int

  /// Drives an optimizer that has a learning rate.
  init(_ driven: any Optimizer<Scalar>, by schedule: Schedule, late delay: Int = 0) {
    self.delay = delay
    self.driven = driven
    self.schedule = schedule
    nominal = driven.learningRate ?? .one
    rateKey = Self.rateKey(of: driven)
  }

  /// Plain SGD at a constant rate.
  init() {
    guard let constant = try? Schedule("constant()") else { preconditionFailure("constant() is a schedule") }
    self.init(SGD<Scalar>(), by: constant)
  }

  /// The key under which the driven optimizer's learning rate is known: `lr`, `base.lr`, …
  private static func rateKey(of optimizer: any Optimizer<Scalar>) -> String? {
    if let own = optimizer.knobs.first(where: { $0.key == "lr" }) { return own.key }
    return optimizer.wrapped.flatMap(rateKey).map(KnobKey.ofBase)
  }

  static var about: About {
    About(
      id: "scheduled", name: "Scheduled", group: .wrapper, rate: .none,
      summary: "a learning rate that follows a schedule", watch: "the lr knob moves by itself", citation: "")
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
  var events: [String] { driven.events }

  func value(of key: String) -> Scalar? { key == rateKey ? nominal : driven.value(of: key) }

  mutating func set(_ key: String, to value: Scalar) {
    if key == rateKey { nominal = value } else { driven.set(key, to: value) }
  }

  var learningRate: Scalar? {
    get { driven.learningRate }
    set { if let newValue { nominal = newValue } }
  }

  mutating func use(learningRate: Scalar) { nominal = learningRate }

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
    driven.use(learningRate: nominal * schedule.multiplier(at: max(0, k - delay)))
    driven.step(&θ, oracle: oracle)
    k += 1
  }
}
