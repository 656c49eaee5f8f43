/// Reads texts of the spec grammar character by character, never recursing.
struct TextScanner {
  let characters: [Character]
  var position: Int
  /// What to add to a position for its column in the whole text that the user wrote.
  let offset: Int

  init(_ text: some StringProtocol, offset: Int = 0) {
    characters = Array(text)
    position = 0
    self.offset = offset
  }

  var column: Int { position + 1 + offset }
  var isAtEnd: Bool { position >= characters.count }
  var next: Character? { isAtEnd ? nil : characters[position] }

  mutating func skipSpaces() {
    while let c = next, c.isWhitespace { position += 1 }
  }

  mutating func take(_ character: Character) -> Bool {
    skipSpaces()
    guard next == character else { return false }
    position += 1
    return true
  }

  /// A run of characters up to one of the stops at this depth of parentheses, without the spaces around it.
  mutating func takeText(until stops: [Character]) -> (text: String, column: Int) {
    skipSpaces()
    let start = column
    var text: [Character] = []
    var depth = 0
    while let c = next {
      if depth == 0, stops.contains(c) { break }
      if c == "(" { depth += 1 }
      if c == ")" { depth -= 1 }
      text.append(c)
      position += 1
    }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return (String(text), start)
  }

  /// A name: letters, digits, `-`, `_` and `.`.
  mutating func takeName() -> (name: String, column: Int) {
    skipSpaces()
    let start = column
    var name = ""
    while let c = next, c.isLetter || c.isNumber || c == "-" || c == "_" || c == "." {
      name.append(c)
      position += 1
    }
    return (name, start)
  }

  /// Refuses a name that is none of those there are; `kind` names it in errors ("schedule", "noise").
  static func check(_ name: String, _ kind: String, among names: [String], column: Int) throws(SpecError) {
    guard !names.contains(name) else { return }
    let list = ", the \(kind)s are \(names.joined(separator: ", "))"
    throw SpecError(
      "unknown \(kind) '\(Excerpt.of(name))'\(Spelling.suggestion(for: name, in: names, otherwise: list))",
      column: column)
  }

  /// A call of one of some names with its arguments.
  mutating func takeCall(_ kind: String, among names: [String]) throws(SpecError) -> CallText {
    let (name, start) = takeName()
    guard !name.isEmpty else {
      throw SpecError("a \(kind) is written name(arguments)" + found, column: column)
    }
    try Self.check(name, kind, among: names, column: start)
    guard take("(") else {
      throw SpecError("\(name) needs its arguments in parentheses, as in \(name)(…)", column: column)
    }
    var call = CallText(name: name, arguments: [], column: start)
    if take(")") { return call }
    while true {
      let (text, at) = takeText(until: [",", ")"])
      guard !text.isEmpty else { throw SpecError("an argument of \(name) is empty", column: at) }
      if let equals = text.firstIndex(of: "=") {
        let key = text[..<equals].filter { !$0.isWhitespace }
        let value = text[text.index(after: equals)...].drop { $0.isWhitespace }
        call.arguments.append(CallText.Argument(key: String(key), text: String(value), column: at))
      } else {
        call.arguments.append(CallText.Argument(key: nil, text: text, column: at))
      }
      if take(")") { return call }
      guard take(",") else { throw SpecError("\(name) lacks its closing parenthesis", column: column) }
    }
  }

  /// What stands here, for the end of an error sentence.
  var found: String { next.map { ", got '\($0)'" } ?? ", but the text ends" }
}
