/// Splits a formula into tokens; white space only separates.
package struct ExpressionLexer {
  private let spelling: ExpressionSpelling
  private let dialect: ExpressionDialect
  private let characters: [Character]
  private var position = 0
  /// How many brackets are open: within them a line may go on in the next.
  private var depth = 0

  /// The tokens of a text, the last of which is its end.
  package static func tokens(of text: String) throws(ExpressionError) -> [ExpressionToken] {
    try tokens(of: try ExpressionSpelling(text))
  }

  /// The tokens of a text that is spelled out, at the columns of what was written.
  package static func tokens(
    of spelling: ExpressionSpelling, as dialect: ExpressionDialect = .formula
  ) throws(ExpressionError) -> [ExpressionToken] {
    var lexer = ExpressionLexer(spelling: spelling, dialect: dialect)
    var tokens: [ExpressionToken] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens[tokens.count - 1].kind != .end
    return tokens
  }

  private init(spelling: ExpressionSpelling, dialect: ExpressionDialect) {
    self.spelling = spelling
    self.dialect = dialect
    characters = spelling.characters
  }

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
      if character.isNewline, dialect == .rule, depth == 0 { break }
      position += 1
    }
    let isSpaced = position > before
    let start = position
    func token(_ kind: ExpressionToken.Kind) -> ExpressionToken {
      ExpressionToken(
        kind: kind, text: String(characters[start..<position]), column: spelling.column(of: start),
        isSpaced: isSpaced)
    }
    guard let character = peek() else { return token(.end) }

    if Self.isDigit(character) || (character == "." && Self.isDigit(peek(1))) {
      if let complaint = hexadecimal() { throw ExpressionError(message: complaint, column: start + 1) }
      return token(.number(try number()))
    }
    if Self.isLetter(character) {
      while Self.isLetter(peek()) || Self.isDigit(peek()) || peek() == "_" { position += 1 }
      return token(.name)
    }
    let pair = peek(1).map { String([character, $0]) }
    if dialect == .rule, let length = ruleSign(character, pair) {
      position += length
      return token(.sign)
    }
    switch pair {
    case "<=", ">=", "==", "!=":
      position += 2
      return token(.sign)
    case "**":
      throw ExpressionError(message: "write ^ for a power, not **", column: spelling.column(of: start))
    case "<>":
      throw ExpressionError(message: "write != for 'not equal', not <>", column: spelling.column(of: start))
    case "=<", "=>":
      throw ExpressionError(
        message: "write \(pair == "=<" ? "<=" : ">="), not \(pair!)", column: spelling.column(of: start))
    case "&&", "||":
      throw ExpressionError(
        message: "there is no '\(pair!)': multiply conditions for 'and', use max(…, …) for 'or'",
        column: spelling.column(of: start))
    default: break
    }
    if "+-*/^(),<>=".contains(character) {
      position += 1
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return token(.sign)
    }
    throw ExpressionError(message: Self.complaint(about: character), column: spelling.column(of: start))
  }

  /// How long a sign is that only rules have, `:=`, `:`, `;`, `|` or the end of a line; nil for any other.
  private func ruleSign(_ character: Character, _ pair: String?) -> Int? {
    if pair == ":=" { return 2 }
    return character.isNewline || ":;|".contains(character) ? 1 : nil
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
    else {
      throw ExpressionError(
        message: "'\(Self.shown(text))' is not a number", column: spelling.column(of: start))
    }
    guard value.isFinite else {
      throw ExpressionError(
        message: "the number \(Self.shown(text)) is too large: 1.7976931348623157e308 is the limit",
        column: spelling.column(of: start))
    }
    return value
  }

  /// What is to be said of a number such as 0x10, which is neither that nor a product; nil where there is none.
  private func hexadecimal() -> String? {
    guard peek() == "0", peek(1) == "x" || peek(1) == "X" else { return nil }
    let digits = String(characters[(position + 2)...].prefix { $0.isASCII && $0.isHexDigit })
    let next = peek(2 + digits.count)
    guard !digits.isEmpty, !Self.isLetter(next), !Self.isDigit(next), next != "_" else { return nil }
    return "numbers are decimal here: "
      + (Int(digits, radix: 16).map { "write \($0), not 0x\(Self.shown(digits))" }
        ?? "write it in decimal digits")
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
    "½": "write 0.5", "‖": "write sqrt(…) of a sum of squares, or hypot(a, b)",
    "[": "write (", "]": "write )", "{": "write (", "}": "write )", "|": "write abs(…)",
    "%": "write mod(a, b)", "!": "there are no factorials; 'not equal' is !=", ";": "separate with a comma",
    ":": "a local name is given as 'where u = …'",
    "?": "write if(c, a, b)",
  ]

  private static func complaint(about character: Character) -> String {
    if ExpressionSpelling.isExponent(character) {
      return "a power of a power needs brackets: write (x^2)^3 or x^(2^3)"
    }
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
