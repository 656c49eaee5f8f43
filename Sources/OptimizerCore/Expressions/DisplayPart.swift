/// A piece of a loss as it is shown on screen.
public enum DisplayPart: Sendable, Hashable {
  /// As it stands.
  case text(String)
  /// A name that may have a symbol.
  case name(String)

  /// The Greek letters by their names. A list, as all small tables that the first frame asks: to make a type of dictionary
  /// takes longer than to go through it.
  static let greek: [(name: String, letter: String)] = [
    ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ε"), ("zeta", "ζ"),
    ("eta", "η"), ("theta", "θ"), ("kappa", "κ"), ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"),
    ("pi", "π"), ("rho", "ρ"), ("sigma", "σ"), ("tau", "τ"), ("phi", "φ"), ("chi", "χ"), ("psi", "ψ"),
    ("omega", "ω"),
  ]

  /// The Greek letter of a name.
  package static func greekLetter(named name: String) -> String? {
    greek.first { $0.name == name }?.letter
  }

  /// The raised digits.
  static let superscripts: [(digit: Character, raised: String)] = [
    ("0", "⁰"), ("1", "¹"), ("2", "²"), ("3", "³"), ("4", "⁴"), ("5", "⁵"), ("6", "⁶"), ("7", "⁷"),
    ("8", "⁸"),
    ("9", "⁹"),
  ]

  /// The pieces put together, with these symbols for names; names of Greek letters are those letters otherwise.
  public static func text(of parts: [DisplayPart], symbols: [String: String]) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .name(let name): text += symbols[name] ?? greekLetter(named: name) ?? name
      }
    }
    return text
  }

  /// The pieces of a formula that parsed without error.
  package static func parts(of tokens: [ExpressionToken]) -> [DisplayPart] {
    var parts: [DisplayPart] = []
    var position = 0
    /// Whether the token before leaves an operand open, so that a sign here is a sign in front.
    var isExpectingOperand = true
    while position < tokens.count, tokens[position].kind != .end {
      let token = tokens[position]
      switch token.kind {
      case .number:
        parts.append(.text(token.text))
        isExpectingOperand = false
      case .name:
        isExpectingOperand = false
        switch token.text {
        case "where":
          parts.append(.text(" where "))
          isExpectingOperand = true
        case "sqrt": parts.append(.text("√"))
        case let name where ExpressionFunction.named(name) != nil: parts.append(.text(name))
        default: parts.append(.name(token.text))
        }
      case .sign:
        if token.text == "^", let (raised, next) = superscript(tokens, after: position) {
          parts.append(.text(raised))
          position = next
          isExpectingOperand = false
          continue
        }
        parts.append(.text(shown(token.text, isInFront: isExpectingOperand)))
        isExpectingOperand = token.text != ")"
      case .end: break
      }
      position += 1
    }
    return parts
  }

  /// The digits of an integer exponent that nothing follows up, and the position after it.
  private static func superscript(_ tokens: [ExpressionToken], after position: Int) -> (String, Int)? {
    var next = position + 1
    var raised = ""
    if tokens[next].isSign("-") {
      raised = "⁻"
      next += 1
    }
    guard case .number = tokens[next].kind, !tokens[next + 1].isSign("^") else { return nil }
    for character in tokens[next].text {
      guard let digit = superscripts.first(where: { $0.digit == character }) else { return nil }
      raised += digit.raised
    }
    return (raised, next + 1)
  }

  private static func shown(_ sign: String, isInFront: Bool) -> String {
    switch sign {
    case "+": isInFront ? "+" : " + "
    case "-": isInFront ? "−" : " − "
    case "*": "·"
    case "<=": " ≤ "
    case ">=": " ≥ "
    case "!=": " ≠ "
    case "<", ">", "==", "=": " \(sign) "
    case ",": ", "
    default: sign
    }
  }
}
