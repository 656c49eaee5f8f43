/// Splits a formula into tokens; white space only separates.
package struct ExpressionLexer {
  private let characters: [Character]
  private var position = 0

  /// The tokens of a text, the last of which is its end.
  package static func tokens(of text: String) throws(ExpressionError) -> [ExpressionToken] {
    // The bytes are bounded too, because one character may be made of any number of scalars.
    guard text.utf8.count <= 8 * ExpressionLimits.length, text.count <= ExpressionLimits.length else {
      throw ExpressionError(
        message: "the formula is too long: \(ExpressionLimits.length) characters are the limit",
        column: ExpressionLimits.length + 1)
    }
    var lexer = ExpressionLexer(characters: Array(text))
    var tokens: [ExpressionToken] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens[tokens.count - 1].kind != .end
    return tokens
  }

  private init(characters: [Character]) { self.characters = characters }

  private func peek(_ distance: Int = 0) -> Character? {
    position + distance < characters.count ? characters[position + distance] : nil
  }

  private static func isDigit(_ character: Character?) -> Bool {
    guard let character else { return false }
    return character >= "0" && character <= "9" && character.isASCII
  }

  private static func isLetter(_ character: Character?) -> Bool {
    guard let character, character.isASCII else { return false }
    return (character >= "a" && character <= "z") || (character >= "A" && character <= "Z")
  }

  private mutating func next() throws(ExpressionError) -> ExpressionToken {
    let before = position
    while let character = peek(), character == " " || character == "\t" || character.isNewline {
      position += 1
    }
    let isSpaced = position > before
    let start = position
    func token(_ kind: ExpressionToken.Kind) -> ExpressionToken {
      ExpressionToken(
        kind: kind, text: String(characters[start..<position]), column: start + 1, isSpaced: isSpaced)
    }
    guard let character = peek() else { return token(.end) }

    if Self.isDigit(character) || (character == "." && Self.isDigit(peek(1))) {
      return token(.number(try number()))
    }
    if Self.isLetter(character) {
      while Self.isLetter(peek()) || Self.isDigit(peek()) || peek() == "_" { position += 1 }
      return token(.name)
    }
    let pair = peek(1).map { String([character, $0]) }
    switch pair {
    case "<=", ">=", "==", "!=":
      position += 2
      return token(.sign)
    case "**": throw ExpressionError(message: "write ^ for a power, not **", column: start + 1)
    case "=<", "=>":
      throw ExpressionError(
        message: "write \(pair == "=<" ? "<=" : ">="), not \(pair!)", column: start + 1)
    case "&&", "||":
      throw ExpressionError(
        message: "there is no '\(pair!)': multiply conditions for 'and', use max(…, …) for 'or'",
        column: start + 1)
    default: break
    }
    if "+-*/^(),<>=".contains(character) {
      position += 1
      return token(.sign)
    }
    throw ExpressionError(message: Self.complaint(about: character), column: start + 1)
  }

  private mutating func number() throws(ExpressionError) -> Double {
    let start = position
    while Self.isDigit(peek()) || peek() == "." { position += 1 }
    if peek() == "e" || peek() == "E" {
      let isSigned = peek(1) == "+" || peek(1) == "-"
      if Self.isDigit(peek(isSigned ? 2 : 1)) {
        position += isSigned ? 3 : 2
        while Self.isDigit(peek()) { position += 1 }
      }
    }
    let text = String(characters[start..<position])
    guard text.count(where: { $0 == "." }) <= 1,
      let value = Double(text.hasSuffix(".") ? text + "0" : text)
        ?? Double(text.replacing(".e", with: ".0e").replacing(".E", with: ".0E"))
    else { throw ExpressionError(message: "'\(Self.shown(text))' is not a number", column: start + 1) }
    guard value.isFinite else {
      throw ExpressionError(
        message: "the number \(Self.shown(text)) is too large: 1.7976931348623157e308 is the limit",
        column: start + 1)
    }
    return value
  }

  /// Whether a text is a name: ASCII letters, digits and `_` after a letter, at most 40.
  package static func isName(_ text: String) -> Bool {
    let characters = Array(text)
    return isLetter(characters.first) && characters.count <= 40
      && characters.allSatisfy { isLetter($0) || isDigit($0) || $0 == "_" }
  }

  /// A piece of a text, shortened for a message.
  package static func shown(_ text: String) -> String {
    text.count > 40 ? String(text.prefix(37)) + "…" : text
  }

  private static let hints: [Character: String] = [
    "×": "write *", "·": "write *", "⋅": "write *", "−": "write - (the minus of the keyboard)",
    "–": "write - (the minus of the keyboard)", "÷": "write /", "²": "write ^2", "³": "write ^3",
    "⁴": "write ^4",
    "√": "write sqrt(…)", "π": "write pi", "≤": "write <=", "≥": "write >=", "≠": "write !=",
    "½": "write 0.5",
    "[": "write (", "]": "write )", "{": "write (", "}": "write )", "|": "write abs(…)",
    "%": "write mod(a, b)", "!": "there are no factorials; 'not equal' is !=", ";": "separate with a comma",
    ":": "a local name is given as 'where u = …'", "κ": "write kappa", "θ": "write theta", "α": "write alpha",
    "β": "write beta", "γ": "write gamma", "λ": "write lambda", "μ": "write mu", "σ": "write sigma",
    "ε": "write epsilon", "δ": "write delta", "ω": "write omega", "φ": "write phi", "ρ": "write rho",
    "η": "write eta",
    "?": "write if(c, a, b)",
  ]

  private static func complaint(about character: Character) -> String {
    if let hint = hints[character] { return "unexpected character '\(character)': \(hint)" }
    // Only what surely occupies one cell and runs from the left is echoed; anything else could be a control sequence.
    let scalars = character.unicodeScalars
    if scalars.count == 1, let scalar = scalars.first,
      (0x21...0x7e).contains(scalar.value)
        || (scalar.properties.isAlphabetic && (0xa1...0x52f).contains(scalar.value))
    {
      return "unexpected character '\(character)'"
    }
    let culprit = scalars.first { !(0x21...0x7e).contains($0.value) } ?? scalars.first!
    let code = String(culprit.value, radix: 16, uppercase: true)
    return "unexpected character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)"
  }
}
