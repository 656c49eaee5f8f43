/// One optimizer as everybody else sees it: its texts, its knobs, and how to make one.
public struct OptimizerEntry: Sendable {
  /// Who it is.
  public let about: About
  /// The update rule, as the lines of its recipe say it: `v ← β v + (1 − β) g; θ ← θ − η v`.
  public let recurrence: String
  /// Its own knobs, without those of a base.
  public let knobs: [Knob]
  /// Whether it wraps another optimizer.
  public let isWrapper: Bool
  /// Whether it has a learning rate of its own or, as a wrapper, hands on its base's.
  public let hasLearningRate: Bool
  /// One with default hyperparameters, for one run; a wrapper's base is then plain SGD.
  public let makeScalar: @Sendable () -> any Optimizer<Double>
  /// The same for eight runs side by side; nil where the rule exists for single runs alone.
  public let makeLanes: (@Sendable () -> any Optimizer<Lanes>)?

  let wrapScalar: (@Sendable (any Optimizer<Double>) -> any Optimizer<Double>)?
  let wrapLanes: (@Sendable (any Optimizer<Lanes>) -> any Optimizer<Lanes>)?

  /// An optimizer for one run and for eight.
  static func optimizer<One: Optimizer<Double>, Eight: Optimizer<Lanes>>(
    _ one: One.Type, _ eight: Eight.Type
  ) -> OptimizerEntry {
    OptimizerEntry(
      about: One.about, recurrence: recurrence(of: One.self), knobs: One.hyperparameters.map(\.knob),
      isWrapper: false,
      hasLearningRate: One().learningRate != nil, makeScalar: { One() }, makeLanes: { Eight() },
      wrapScalar: nil,
      wrapLanes: nil)
  }

  /// An optimizer that runs one at a time.
  static func optimizer<One: Optimizer<Double>>(_ one: One.Type) -> OptimizerEntry {
    OptimizerEntry(
      about: One.about, recurrence: recurrence(of: One.self), knobs: One.hyperparameters.map(\.knob),
      isWrapper: false,
      hasLearningRate: One().learningRate != nil, makeScalar: { One() }, makeLanes: nil, wrapScalar: nil,
      wrapLanes: nil)
  }

  /// A wrapper.
  static func wrapper<One: Wrapper<Double>, Eight: Wrapper<Lanes>>(
    _ one: One.Type, _ eight: Eight.Type
  ) -> OptimizerEntry {
    OptimizerEntry(
      about: One.about, recurrence: recurrence(of: One.self), knobs: One.hyperparameters.map(\.knob),
      isWrapper: true, hasLearningRate: true,
      makeScalar: { One() }, makeLanes: { Eight() }, wrapScalar: { One(base: $0) },
      wrapLanes: { Eight(base: $0) })
  }

  /// The lines of a recipe in one, without the plain gradient that nearly all begin with.
  private static func recurrence<Rule: Optimizer>(of rule: Rule.Type) -> String {
    let lines = rule.recipe.map(\.text).filter { $0 != RecipeLine<Rule>.plainGradient }
    let note = rule.about.note.isEmpty ? [] : [rule.about.note]
    return (lines + note).joined(separator: "; ").replacing("  ", with: " ")
  }
}
