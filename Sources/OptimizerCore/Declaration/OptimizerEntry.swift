/// One optimizer as everybody else sees it: its texts, its knobs, and how to make one.
public struct OptimizerEntry: Sendable {
  /// Who it is.
  public let about: About
  /// The update rule, as the lines of its recipe say it: `v ← β v + (1 − β) g; θ ← θ − η v`.
  public var recurrence: String { traits.value.recurrence }
  /// The update rule in the language in which rules are typed; nil where the language cannot say it.
  public var rule: RuleLines? { traits.value.rule }
  /// How other frameworks write it.
  var phrases: [Phrase] { traits.value.phrases }
  /// Its own knobs, without those of a base.
  public var knobs: [Knob] { traits.value.knobs }
  /// Whether it wraps another optimizer.
  public let isWrapper: Bool
  /// Whether it has a learning rate of its own or, as a wrapper, hands on its base's.
  public var hasLearningRate: Bool { traits.value.hasLearningRate }
  /// One with default hyperparameters, for one run; a wrapper's base is then plain SGD.
  public let makeScalar: @Sendable () -> any Optimizer<Double>
  /// The same for eight runs side by side; nil where the rule exists for single runs alone.
  public let makeLanes: (@Sendable () -> any Optimizer<Lanes>)?

  /// What only the rule itself knows. Asked for when it is needed: the language's runtime searches all types of the program
  /// for each rule that is asked, and to open a race of four that took a third of the time.
  private let traits: Deferred<Traits>

  private struct Traits {
    var recurrence: String
    var knobs: [Knob]
    var hasLearningRate: Bool
    var rule: RuleLines?
    var phrases: [Phrase] = []
  }

  let wrapScalar: (@Sendable (any Optimizer<Double>) -> any Optimizer<Double>)?
  let wrapLanes: (@Sendable (any Optimizer<Lanes>) -> any Optimizer<Lanes>)?

  /// An optimizer that no type declares.
  init(
    about: About, recurrence: String, knobs: [Knob], hasLearningRate: Bool,
    makeScalar: @escaping @Sendable () -> any Optimizer<Double>,
    makeLanes: @escaping @Sendable () -> any Optimizer<Lanes>
  ) {
    self.about = about
    isWrapper = false
    self.makeScalar = makeScalar
    self.makeLanes = makeLanes
    traits = Deferred {
      Traits(recurrence: recurrence, knobs: knobs, hasLearningRate: hasLearningRate, rule: nil)
    }
    (wrapScalar, wrapLanes) = (nil, nil)
  }

  private init(
    about: About, isWrapper: Bool, makeScalar: @escaping @Sendable () -> any Optimizer<Double>,
    makeLanes: (@Sendable () -> any Optimizer<Lanes>)?, traits: Deferred<Traits>,
    wrapScalar: (@Sendable (any Optimizer<Double>) -> any Optimizer<Double>)?,
    wrapLanes: (@Sendable (any Optimizer<Lanes>) -> any Optimizer<Lanes>)?
  ) {
    self.about = about
    self.isWrapper = isWrapper
    self.makeScalar = makeScalar
    self.makeLanes = makeLanes
    self.traits = traits
    self.wrapScalar = wrapScalar
    self.wrapLanes = wrapLanes
  }

  /// An optimizer for one run and for eight.
  static func optimizer<One: Optimizer<Double>, Eight: Optimizer<Lanes>>(
    _ one: One.Type, _ eight: Eight.Type
  ) -> OptimizerEntry {
    OptimizerEntry(
      about: One.about, isWrapper: false, makeScalar: { One() }, makeLanes: { Eight() },
      traits: traits(of: One.self, hasLearningRate: One().learningRate != nil), wrapScalar: nil,
      wrapLanes: nil)
  }

  /// An optimizer that runs one at a time.
  static func optimizer<One: Optimizer<Double>>(_ one: One.Type) -> OptimizerEntry {
    OptimizerEntry(
      about: One.about, isWrapper: false, makeScalar: { One() }, makeLanes: nil,
      traits: traits(of: One.self, hasLearningRate: One().learningRate != nil), wrapScalar: nil,
      wrapLanes: nil)
  }

  /// A wrapper.
  static func wrapper<One: Wrapper<Double>, Eight: Wrapper<Lanes>>(
    _ one: One.Type, _ eight: Eight.Type
  ) -> OptimizerEntry {
    OptimizerEntry(
      about: One.about, isWrapper: true, makeScalar: { One() }, makeLanes: { Eight() },
      traits: traits(of: One.self, hasLearningRate: true), wrapScalar: { One(base: $0) },
      wrapLanes: { Eight(base: $0) })
  }

  /// A run recorded elsewhere.
  static func recorded(_ trajectory: Trajectory) -> OptimizerEntry {
    OptimizerEntry(
      about: Recorded(trajectory).about, isWrapper: false, makeScalar: { Recorded(trajectory) },
      makeLanes: nil,
      traits: traits(of: Recorded.self, hasLearningRate: false), wrapScalar: nil, wrapLanes: nil)
  }

  private static func traits<One: Optimizer<Double>>(
    of one: One.Type, hasLearningRate: @autoclosure @escaping @Sendable () -> Bool
  ) -> Deferred<Traits> {
    Deferred {
      Traits(
        recurrence: recurrence(of: one), knobs: one.hyperparameters.map(\.knob),
        hasLearningRate: hasLearningRate(), rule: one.rule, phrases: one.phrases)
    }
  }

  /// The lines of a recipe in one, without the plain gradient that nearly all begin with.
  private static func recurrence<Rule: Optimizer>(of rule: Rule.Type) -> String {
    let lines = rule.recipe.map(\.text).filter { $0 != RecipeLine<Rule>.plainGradient }
    let note = rule.about.note.isEmpty ? [] : [rule.about.note]
    return (lines + note).joined(separator: "; ").replacing("  ", with: " ")
  }
}
