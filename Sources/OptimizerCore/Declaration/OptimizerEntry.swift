/// One optimizer as everybody else sees it: its texts, its knobs, and how to make one.
public struct OptimizerEntry: Sendable {
  /// Who it is.
  public let about: About
  /// The update rule, as the lines of its recipe say it: `v ← β v + (1 − β) g; θ ← θ − η v`.
  public var recurrence: String { madeRecurrence.value }
  /// The update rule in the language in which rules are typed; nil where the language cannot say it.
  public var rule: RuleLines? { madeRule.value }
  /// How other frameworks write it.
  var phrases: [Phrase] { madePhrases.value }
  /// Its own knobs, without those of a base.
  public var knobs: [Knob] { madeKnobs.value }
  /// Whether it wraps another optimizer.
  public let isWrapper: Bool
  /// Whether it has a learning rate of its own or, as a wrapper, hands on its base's.
  public var hasLearningRate: Bool { findsLearningRate.value }
  /// One with default hyperparameters, for one run; a wrapper's base is then plain SGD.
  public let makeScalar: @Sendable () -> any Optimizer<Double>
  /// The same for eight runs side by side; nil where the rule exists for single runs alone.
  public let makeLanes: (@Sendable () -> any Optimizer<Lanes>)?

  /// One with knobs set, for one run. What its type declares is looked up once, not for each that is made.
  let makeScalarWith: @Sendable ([(key: String, value: Double)]) -> any Optimizer<Double>

  // What only the rule itself knows. Each is asked for when it is needed: the language's runtime searches all types of the
  // program for what it is asked, and to open a race of four that took a third of the time.
  private let madeRecurrence: Deferred<String>
  private let madeKnobs: Deferred<[Knob]>
  private let findsLearningRate: Deferred<Bool>
  private let madeRule: Deferred<RuleLines?>
  private let madePhrases: Deferred<[Phrase]>

  let wrapScalar: (@Sendable (any Optimizer<Double>) -> any Optimizer<Double>)?
  let wrapLanes: (@Sendable (any Optimizer<Lanes>) -> any Optimizer<Lanes>)?

  /// An optimizer that no type declares.
  init(
    about: About, recurrence: String, knobs: [Knob], hasLearningRate: Bool,
    makeScalar: @escaping @Sendable () -> any Optimizer<Double>,
    makeLanes: (@Sendable () -> any Optimizer<Lanes>)?
  ) {
    self.about = about
    isWrapper = false
    self.makeScalar = makeScalar
    self.makeLanes = makeLanes
    makeScalarWith = { settings in
      var made = makeScalar()
      for setting in settings { made.set(setting.key, to: setting.value) }
      return made
    }
    madeRecurrence = Deferred { recurrence }
    madeKnobs = Deferred { knobs }
    findsLearningRate = Deferred { hasLearningRate }
    madeRule = Deferred { nil }
    madePhrases = Deferred { [] }
    (wrapScalar, wrapLanes) = (nil, nil)
  }

  /// An optimizer for one run and for eight.
  static func optimizer<One: Optimizer<Double>, Eight: Optimizer<Lanes>>(
    _ one: One.Type, _ eight: Eight.Type
  ) -> OptimizerEntry {
    OptimizerEntry(one, makeLanes: { Eight() }, hasLearningRate: One().learningRate != nil)
  }

  /// An optimizer that runs one at a time.
  static func optimizer<One: Optimizer<Double>>(_ one: One.Type) -> OptimizerEntry {
    OptimizerEntry(one, makeLanes: nil, hasLearningRate: One().learningRate != nil)
  }

  /// A wrapper.
  static func wrapper<One: Wrapper<Double>, Eight: Wrapper<Lanes>>(
    _ one: One.Type, _ eight: Eight.Type
  ) -> OptimizerEntry {
    OptimizerEntry(
      one, makeLanes: { Eight() }, hasLearningRate: true, wrapScalar: { One(base: $0) },
      wrapLanes: { Eight(base: $0) })
  }

  /// A run recorded elsewhere.
  static func recorded(_ trajectory: Trajectory) -> OptimizerEntry {
    OptimizerEntry(
      about: Recorded(trajectory).about, recurrence: recurrence(of: Recorded.self), knobs: [],
      hasLearningRate: false, makeScalar: { Recorded(trajectory) }, makeLanes: nil)
  }

  private init<One: Optimizer<Double>>(
    _ one: One.Type, makeLanes: (@Sendable () -> any Optimizer<Lanes>)?,
    hasLearningRate: @autoclosure @escaping @Sendable () -> Bool,
    wrapScalar: (@Sendable (any Optimizer<Double>) -> any Optimizer<Double>)? = nil,
    wrapLanes: (@Sendable (any Optimizer<Lanes>) -> any Optimizer<Lanes>)? = nil
  ) {
    about = one.about
    isWrapper = wrapScalar != nil
    let declared = Deferred { one.hyperparameters }
    makeScalar = { One() }
    makeScalarWith = { settings in
      var made = One()
      for setting in settings { made.set(setting.key, to: setting.value, among: declared.value) }
      return made
    }
    self.makeLanes = makeLanes
    self.wrapScalar = wrapScalar
    self.wrapLanes = wrapLanes
    madeRecurrence = Deferred { Self.recurrence(of: one) }
    madeKnobs = Deferred { declared.value.map(\.knob) }
    findsLearningRate = Deferred(hasLearningRate)
    madeRule = Deferred { one.rule }
    madePhrases = Deferred { one.phrases }
  }

  /// The lines of a recipe in one, without the plain gradient that nearly all begin with.
  private static func recurrence<Rule: Optimizer>(of rule: Rule.Type) -> String {
    let lines = rule.recipe.map(\.text).filter { $0 != RecipeLine<Rule>.plainGradient }
    let note = rule.about.note.isEmpty ? [] : [rule.about.note]
    return (lines + note).joined(separator: "; ").replacing("  ", with: " ")
  }
}
