/// How the lines of a rule are written: plainly, to be typed again, and as recipes have them on screen.
enum RuleDisplay {
  /// The tokens as they are typed, in the one form that equal lines share.
  static func plain(_ tokens: [ExpressionToken]) -> String {
    var text = ""
    var isExpectingOperand = true
    for token in tokens {
      switch token.kind {
      case .end: break
      case .number:
        text += token.text
        isExpectingOperand = false
      case .name:
        text += token.text == "where" ? " where " : token.text
        isExpectingOperand = token.text == "where"
      case .sign:
        switch token.text {
        case "*", "/", "^", "(", ")": text += token.text
        case ",": text += ", "
        case "+", "-": text += isExpectingOperand ? token.text : " \(token.text) "
        default: text += " \(token.text) "
        }
        isExpectingOperand = token.text != ")"
      }
    }
    return text
  }

  /// A line as a recipe has it: `v ← β v + g`.
  ///
  /// - Parameter symbols: what the screen has for a name.
  static func shown(_ tokens: [ExpressionToken], _ symbols: @escaping (String) -> String) -> String {
    var writer = Writer(tokens: tokens, symbols: symbols)
    return writer.text()
  }

  /// The letter for a name: `beta1` is β₁, `m_hat` is m̂.
  static func symbol(_ name: String) -> String {
    if name == RuleNames.point { return "θ" }
    let hat = "_hat"
    if name.hasSuffix(hat), name.count == hat.count + 1 { return "\(name.first!)\u{302}" }
    let digits = String(name.reversed().prefix { $0.isNumber }.reversed())
    let word = String(name.dropLast(digits.count))
    func greek(_ name: String) -> String { DisplayPart.greek.first { $0.name == name }?.letter ?? name }
    let letter = greek(word)
    guard letter.count == 1 else { return greek(name) }
    return letter + digits.map(lowered).joined()
  }

  /// A digit as an index.
  static func lowered(_ digit: Character) -> String {
    let indices = Array("₀₁₂₃₄₅₆₇₈₉")
    return digit.wholeNumberValue.map { String(indices[$0]) } ?? String(digit)
  }

  private struct Writer {
    let tokens: [ExpressionToken]
    let symbols: (String) -> String
    private var position = 0
    /// The depths at which a ‖ closes a norm.
    private var norms: [Int] = []
    private var depth = 0
    private var isExpectingOperand = true

    init(tokens: [ExpressionToken], symbols: @escaping (String) -> String) {
      self.tokens = tokens
      self.symbols = symbols
    }

    mutating func text() -> String {
      var text = ""
      while position < tokens.count {
        let token = tokens[position]
        let next = position + 1 < tokens.count ? tokens[position + 1] : token
        position += 1
        switch token.kind {
        case .end: break
        case .number:
          text += token.text
          isExpectingOperand = false
        case .name: text += name(token.text, isCall: next.isSign("("))
        case .sign: text += sign(token.text, next)
        }
      }
      return text
    }

    private mutating func name(_ name: String, isCall: Bool) -> String {
      isExpectingOperand = name == "where"
      if name == "where" { return " where " }
      guard isCall else { return symbols(name) }
      switch name {
      case "sqrt": return "√"
      case "grad": return "∇f"
      case "norm" where !norms.contains(depth):
        norms.append(depth)
        depth += 1
        position += 1
        isExpectingOperand = true
        return "‖"
      case RuleNames.previous:
        let former = position + 1 < tokens.count ? tokens[position + 1].text : ""
        position += 3
        return symbols(former) + RecipeExpression.prev
      default: return name
      }
    }

    private mutating func sign(_ sign: String, _ next: ExpressionToken) -> String {
      let isInFront = isExpectingOperand
      isExpectingOperand = sign != ")"
      switch sign {
      case "(": depth += 1
      case ")":
        depth -= 1
        if norms.last == depth {
          norms.removeLast()
          return "‖"
        }
      case "^":
        if let raised = next.text == "2" ? "²" : next.text == RuleNames.step ? "ᵗ" : nil,
          position + 1 >= tokens.count || !tokens[position + 1].isSign("^")
        {
          position += 1
          isExpectingOperand = false
          return raised
        }
      case "+": return isInFront ? "+" : " + "
      case "-": return isInFront ? "−" : " − "
      case "*":
        if case .number = next.kind { return "·" }
        return " "
      case ",": return ", "
      case "<=": return " ≤ "
      case ">=": return " ≥ "
      case "!=": return " ≠ "
      case "<", ">", "==": return " \(sign) "
      default: break
      }
      return sign
    }
  }
}
