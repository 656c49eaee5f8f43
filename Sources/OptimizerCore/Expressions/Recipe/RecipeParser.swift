/// Reads a line's right side by recursive descent; nil where it is no arithmetic.
struct RecipeParser {
  let tokens: [RecipeToken]
  var place = 0
  /// Whether a ‖ closes a norm here; elsewhere it opens one.
  private var isInNorm = false

  init(tokens: [RecipeToken]) { self.tokens = tokens }

  var isAtEnd: Bool { place == tokens.count }
  var next: RecipeToken? { place < tokens.count ? tokens[place] : nil }

  mutating func take(_ text: String) -> Bool {
    guard next?.text == text, next?.kind == .sign else { return false }
    place += 1
    return true
  }

  mutating func sum() -> RecipeExpression? {
    var terms: [(isMinus: Bool, term: RecipeExpression)] = []
    var isMinus = take("−")
    while true {
      guard let term = product() else { return nil }
      terms.append((isMinus, term))
      if take("+") {
        isMinus = false
      } else if take("−") {
        isMinus = true
      } else {
        return terms.count == 1 && !terms[0].isMinus ? terms[0].term : .sum(terms)
      }
    }
  }

  mutating func product() -> RecipeExpression? {
    guard let first = primary() else { return nil }
    var factors: [(isDivision: Bool, factor: RecipeExpression)] = [(false, first)]
    while let token = next {
      if token.kind == .sign, ["+", "−", ")", ","].contains(token.text) || token.text == "‖" && isInNorm {
        break
      }
      let isDivision = take("/")
      if !isDivision { _ = take("·") }
      guard let factor = primary() else { return nil }
      factors.append((isDivision, factor))
    }
    return factors.count == 1 ? first : .product(factors)
  }

  mutating func primary() -> RecipeExpression? {
    guard let token = next else { return nil }
    place += 1
    switch token.kind {
    case .number:
      guard let value = Double(token.text) else { return nil }
      return powered(.number(value, text: token.text))
    case .symbol:
      if token.text.hasSuffix(RecipeExpression.prev) {
        return powered(.previous(String(token.text.dropLast(RecipeExpression.prev.count))))
      }
      return powered(.symbol(token.text))
    case .sign: break
    case .blank: return nil
    }
    switch token.text {
    case "(":
      guard let inside = sum(), take(")") else { return nil }
      return powered(inside)
    case "‖":
      isInNorm = true
      guard let inside = sum() else { return nil }
      isInNorm = false
      guard take("‖") else { return nil }
      return powered(.norm(inside))
    case "√": return primary().map { .root($0) }
    case "∇":
      guard next?.text == "f" else { return nil }
      place += 1
      guard take("("), let inside = sum(), take(")") else { return nil }
      return .gradient(inside)
    case let name where RecipeToken.functions.contains(name):
      guard take("(") else { return primary().map { .call(name, [$0]) } }
      var arguments: [RecipeExpression] = []
      repeat {
        guard let argument = sum() else { return nil }
        arguments.append(argument)
      } while take(",")
      guard take(")") else { return nil }
      return powered(.call(name, arguments))
    default: return nil
    }
  }

  mutating func powered(_ base: RecipeExpression) -> RecipeExpression {
    if take("²") { return .power(base, exponent: .number(2, text: "²")) }
    if take("ᵗ") { return .power(base, exponent: .symbol("t")) }
    return base
  }
}
