/// An optimizer whose learning rate follows a schedule; everybody else sees the optimizer itself.
///
/// The knob `lr` speaks of the nominal rate, `learningRate` of the one that the last step used.
public struct Scheduled<Scalar: Lane>: Optimizer {
  private var driven: any Optimizer<Scalar>
  private let schedule: Schedule
  private var nominal: Scalar
  private var k = 0
  private let rateKey: String?

  /// Drives an optimizer that has a learning rate.
  public init(_ driven: any Optimizer<Scalar>, by schedule: Schedule) {
    self.driven = driven
    self.schedule = schedule
    nominal = driven.learningRate ?? .one
    rateKey = Self.rateKey(of: driven)
  }

  /// Plain SGD at a constant rate.
  public init() {
    guard let constant = try? Schedule("constant()") else { preconditionFailure("constant() is a schedule") }
    self.init(SGD<Scalar>(), by: constant)
  }

  /// The key under which the driven optimizer's learning rate is known: `lr`, `base.lr`, …
  private static func rateKey(of optimizer: any Optimizer<Scalar>) -> String? {
    var key = ""
    var innermost = optimizer
    while true {
      if innermost.knobs.contains(where: { $0.key == "lr" }) { return key + "lr" }
      guard let base = innermost.wrapped else { return nil }
      key += "base."
      innermost = base
    }
  }

  public static var about: About {
    About(
      id: "scheduled", name: "Scheduled", group: .wrapper, summary: "a learning rate that follows a schedule",
      recurrence: "η ← η₀ · s(k), k = t − 1", watch: "the lr knob moves by itself", citation: "")
  }
  public static var hyperparameters: [Hyperparameter<Self>] { [] }

  public var about: About { driven.about }
  public var knobs: [Knob] { driven.knobs }
  public var state: [SlotValue<Scalar>] { driven.state }
  public func lines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>] { driven.lines(after: step) }
  public var wrapped: (any Optimizer<Scalar>)? { driven.wrapped }
  public var events: [String] { driven.events }

  public func value(of key: String) -> Scalar? { key == rateKey ? nominal : driven.value(of: key) }

  public mutating func set(_ key: String, to value: Scalar) {
    if key == rateKey { nominal = value } else { driven.set(key, to: value) }
  }

  public var learningRate: Scalar? {
    get { driven.learningRate }
    set { if let newValue { nominal = newValue } }
  }

  public mutating func prepare(for layout: ParameterLayout) {
    k = 0
    driven.prepare(for: layout)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  public mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) {
    driven.learningRate = nominal * schedule.multiplier(at: k)
    driven.step(&θ, oracle: oracle)
    k += 1
  }
}
