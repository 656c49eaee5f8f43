/// What is said where a text is no expression.
extension ExpressionParser {
  mutating func close(_ bracket: ExpressionToken) throws(ExpressionError) {
    if token.isSign(")") {
      position += 1
      return
    }
    if token.kind == .end || token.text == "where" {
      throw fail("this '(' is never closed", at: bracket)
    }
    throw unexpected()
  }

  /// After a complete operand: a number, name or bracket here means that an operator is missing.
  func rejectMissingOperator() throws(ExpressionError) {
    let next = token
    let startsOperand =
      switch next.kind {
      case .number: true
      case .name: next.text != "where"
      case .sign: next.text == "("
      case .end: false
      }
    guard startsOperand else { return }
    if let complaint = logic(next) { throw complaint }
    let previous = tokens[position - 1]
    let (left, right) = (ExpressionLexer.shown(previous.text), ExpressionLexer.shown(next.text))
    if next.text == "(", previous.kind != .sign, left.count <= 8 {
      throw fail("write \(left)*(…), not \(left)(…)", at: next)
    }
    if left.count > 8 || right.count > 8 || previous.kind == .sign || next.kind == .sign {
      throw fail("an operator is missing before '\(right)': for a product write *", at: next)
    }
    let written = left + (next.isSpaced ? " " : "") + right
    throw fail("write \(left)*\(right), not \(written)", at: next)
  }

  /// What is said of a word of logic, which the language has not; nil for any other token.
  func logic(_ word: ExpressionToken) -> ExpressionError? {
    guard word.kind == .name, !isKnown(word.text) else { return nil }
    switch word.text.lowercased() {
    case "and", "or":
      return fail(
        "there is no '\(word.text)': multiply conditions for 'and', use max(…, …) for 'or'", at: word)
    case "not": return fail("there is no 'not': 1 - c is the opposite of a condition c", at: word)
    default: return nil
    }
  }

  /// A function without brackets: `sin x`, or with a power where none can stand, `sin^2(x)`.
  func missingBrackets(of function: ExpressionFunction, at name: ExpressionToken) -> ExpressionError {
    let rest = tokens[(position + 1)...].prefix(3)
    var example = function.example
    if rest.count == 3, rest[position + 1].isSign("^"), case .number = rest[position + 2].kind,
      rest[position + 3].isSign("(")
    {
      example += "^\(ExpressionLexer.shown(rest[position + 2].text))"
    }
    return fail("the function '\(name.text)' needs brackets: write \(example)", at: name)
  }

  func missingOperand() -> ExpressionError {
    let what = "a number, a name or '('"
    let previous = position > 0 ? tokens[position - 1] : nil
    let isAtStart = previous == nil || previous?.text == "where"
    if token.kind == .end || token.text == "where" {
      guard let previous, !isAtStart else { return fail("expected \(what)", at: token) }
      return fail("\(what) is missing after '\(ExpressionLexer.shown(previous.text))'", at: token)
    }
    if token.text == ")", let previous, previous.isSign("(") {
      return fail("nothing stands in these brackets", at: token)
    }
    return fail("expected \(what), got '\(token.text)'", at: token)
  }

  func unexpected() -> ExpressionError {
    switch token.text {
    case ")": return fail("this ')' closes nothing", at: token)
    case ",":
      return fail("a comma separates the arguments of a function; the decimal mark is a point", at: token)
    case "=": return fail("compare with ==; local names go after 'where'", at: token)
    case "where": return fail("'where' stands after the whole formula", at: token)
    default: return fail("unexpected '\(ExpressionLexer.shown(token.text))'", at: token)
    }
  }
}
