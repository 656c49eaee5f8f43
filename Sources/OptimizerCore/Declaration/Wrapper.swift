/// An optimizer around another one: it changes what its base sees, or what becomes of its base's steps.
public protocol Wrapper<Scalar>: Optimizer {
  /// The optimizer inside.
  var base: any Optimizer<Scalar> { get set }
  /// With default hyperparameters around a base.
  init(base: any Optimizer<Scalar>)
  /// Whether it acts on the gradients that its base gets, before the base does; otherwise on the point, after it. The
  /// recipe's lines stand in that order.
  static var changesGradient: Bool { get }
  /// Where the base's last step ended, if the wrapper moved the point after it; nil if not.
  var baseEnd: [Scalar]? { get }
}

extension Wrapper {
  /// Around plain SGD.
  public init() { self.init(base: SGD<Scalar>()) }

  /// Whether it or its base does.
  public var changesGradient: Bool { Self.changesGradient || base.changesGradient }

  /// Makes room for the base's state.
  public mutating func prepare(for layout: ParameterLayout) { base.prepare(for: layout) }

  /// The base's learning rate.
  public var learningRate: Scalar? {
    get { base.learningRate }
    set { base.learningRate = newValue }
  }

  /// Sets the base's learning rate.
  public mutating func use(learningRate: Scalar) { base.use(learningRate: learningRate) }

  /// The base.
  public var wrapped: (any Optimizer<Scalar>)? { base }

  /// Its own knobs, then the base's as `base.lr`.
  public var knobs: [Knob] { ownKnobs + baseKnobs }

  var ownKnobs: [Knob] { Self.hyperparameters.map(\.knob) }

  var baseKnobs: [Knob] {
    base.knobs.map {
      var knob = $0
      knob.key = KnobKey.ofBase(knob.key)
      return knob
    }
  }

  /// The value of a knob of its own or, by `base.`, of the base.
  public func value(of key: String) -> Scalar? {
    if let inner = KnobKey.inBase(key) { return base.value(of: inner) }
    return Self.hyperparameters.first { $0.knob.key == key }?.read(self)
  }

  /// The same as the last step used it.
  public func valueInForce(of key: String) -> Scalar? {
    KnobKey.inBase(key).map { base.valueInForce(of: $0) } ?? value(of: key)
  }

  /// Sets a knob of its own or, by `base.`, of the base.
  public mutating func set(_ key: String, to value: Scalar) {
    if let inner = KnobKey.inBase(key) { return base.set(inner, to: value) }
    guard let found = Self.hyperparameters.first(where: { $0.knob.key == key }) else {
      preconditionFailure("\(Self.about.id) has no knob '\(key)'")
    }
    found.write(&self, value)
  }

  /// Its own slots, then the base's.
  public var state: [SlotValue<Scalar>] { ownState + base.state }

  var ownState: [SlotValue<Scalar>] {
    Self.slots.map { $0.value(in: self) }
  }

  /// Its own lines and the base's, in the order in which they act.
  public func lines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>] {
    let own = ownLines(after: step)
    let inner = base.lines(
      after: StepRecord(before: step.before, after: baseEnd ?? step.after, gradient: step.gradient))
    return Self.changesGradient ? own + inner : inner + own
  }

  /// The base's.
  public var effectiveRates: [Scalar]? { base.effectiveRates }

  /// The base's.
  public var ball: UnitBall { base.ball }

  /// The base's.
  public var search: SearchRecord? { base.search }

  /// Where the base's step ended, the same as the whole step's end.
  public var baseEnd: [Scalar]? { nil }

  /// What happened in the base.
  public var events: [String] { base.events }
}
