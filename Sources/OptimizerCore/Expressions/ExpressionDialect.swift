/// What kind of text is read in the language of expressions.
package enum ExpressionDialect: Sendable, Hashable {
  /// One value: a loss, a model.
  case formula
  /// The rule of an optimizer: assignments, with signs of their own, and functions that look at all parameters at once.
  case rule
}
