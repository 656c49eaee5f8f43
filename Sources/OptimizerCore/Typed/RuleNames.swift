/// The names that mean the same in every rule.
package enum RuleNames {
  /// The parameters; also θ.
  package static let point = "x"
  /// The gradient where the step began.
  package static let gradient = "g"
  /// The loss there.
  package static let loss = "f"
  /// The number of the step, from 1.
  package static let step = "t"
  /// All of them, and the word for what a name stood for before the step.
  static let given = [point, gradient, loss, step, previous]
  /// What a name stood for at the end of the step before.
  static let previous = "previous"

  /// The name behind `previous(name)`, which no text can write.
  static func former(_ name: String) -> String { "→" + name }
}

extension ExpressionVocabulary {
  /// The words of rules, without any inputs.
  static let ofRules = ExpressionVocabulary([], invitation: "", dialect: .rule)
}
