/// What a text may name besides numbers and functions, and how it is spoken of in messages.
package struct ExpressionVocabulary: Sendable, Hashable {
  /// The inputs, in the order in which values are passed.
  package let inputs: [ExpressionInput]
  /// What an empty text is told to do: `write one in x and y, such as x^2 + 5*y^2`.
  let invitation: String
  /// What kind of text it is for.
  let dialect: ExpressionDialect

  /// A vocabulary; the names of inputs differ, and none has a meaning in every text.
  package init(
    _ inputs: [ExpressionInput], invitation: String, dialect: ExpressionDialect = .formula
  ) {
    self.dialect = dialect
    precondition(
      Set(inputs.map(\.name)).count == inputs.count
        && inputs.allSatisfy { !Self.languageNames.contains($0.name) },
      "inputs have names of their own")
    self.inputs = inputs
    self.invitation = invitation
  }

  /// The names that mean something in every text.
  package static let languageNames = ["pi", "e", "where", "if"] + ExpressionFunction.names

  /// The functions that a text may call.
  var functionNames: [String] {
    ExpressionFunction.names + (dialect == .rule ? ExpressionFunction.ofRules.map(\.name) : [])
  }

  /// The function of a name.
  func function(_ name: String) -> ExpressionFunction? {
    ExpressionFunction.named(name)
      ?? (dialect == .rule ? ExpressionFunction.ofRules.first { $0.name == name } : nil)
  }

  /// Whether a name means something in these texts whatever their inputs are.
  func isOfLanguage(_ name: String) -> Bool {
    Self.languageNames.contains(name) || function(name) != nil
  }

  /// The signs that compare.
  package static let comparisons = ["<", "<=", ">", ">=", "==", "!="]

  /// Whether a name is the program's own, of which nobody is told: it has `__` in it, or an arrow that no text can write.
  package static func isInner(_ name: String) -> Bool { name.contains("__") || name.hasPrefix("→") }

  /// The names of the inputs of a role that a text may use.
  func names(_ role: ExpressionInput.Role) -> [String] {
    inputs.filter { $0.role == role }.map(\.name).filter { !Self.isInner($0) }
  }

  /// The place of an input, by its name.
  package func index(of name: String) -> Int? { inputs.firstIndex { $0.name == name } }
}
