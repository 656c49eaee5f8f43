/// The right side of a recipe's line as arithmetic, as far as it is some: to put the numbers in, and to check that they
/// give what the line says they do.
package indirect enum RecipeExpression: Sendable {
  case number(Double, text: String)
  case symbol(String)
  /// `u_prev`: what the letter stood for before the step.
  case previous(String)
  /// `∇f(p)`: the true gradient at a place.
  case gradient(RecipeExpression)
  case norm(RecipeExpression)
  case sum([(isMinus: Bool, term: RecipeExpression)])
  case product([(isDivision: Bool, factor: RecipeExpression)])
  case power(RecipeExpression, exponent: RecipeExpression)
  case root(RecipeExpression)
  case call(String, [RecipeExpression])

  /// The word that follows a letter for what it stood for before the step.
  package static let prev = "_prev"

  /// The expression that a text is, or nil if it is none.
  package init?(_ text: String, knowing symbols: RecipeAlphabet) {
    var parser = RecipeParser(
      tokens: RecipeToken.tokens(of: text, knowing: symbols).filter { $0.kind != .blank })
    guard let expression = parser.sum(), parser.isAtEnd else { return nil }
    self = expression
  }
}
