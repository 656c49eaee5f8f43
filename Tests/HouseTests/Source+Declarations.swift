extension Source {
  /// A word or a sign of the code, with its line and the depth of braces it stands in.
  struct Token {
    let text: Substring
    let line: Int
    let depth: Int

    var isName: Bool { text.utf8.first.map(Source.isOfWord) ?? false }
  }

  /// Whether a byte belongs to a word: a letter, a digit, an underscore, or a part of anything beyond ASCII.
  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// The words and signs of the code in their order. An operator's signs come one by one.
  var tokens: [Token] {
    var tokens: [Token] = []
    var line = 1
    var depth = 0
    var rest = code.utf8[...]
    while let first = rest.first {
      if first == UInt8(ascii: "\n") { line += 1 }
      if first == UInt8(ascii: "}") { depth -= 1 }
      let word = rest.prefix(while: Self.isOfWord)
      let text = word.isEmpty ? rest.prefix(1) : word
      if first > UInt8(ascii: " ") {
        tokens.append(Token(text: Substring(text), line: line, depth: depth))
      }
      if first == UInt8(ascii: "{") { depth += 1 }
      rest = rest[text.endIndex...]
    }
    return tokens
  }

  /// The types that the file declares at its top, without those that are private to it.
  static func types(in tokens: [Token]) -> [String] {
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor"]
    var types: [String] = []
    for i in tokens.indices.dropLast()
    where tokens[i].depth == 0 && kinds.contains(tokens[i].text) && tokens[i + 1].isName {
      // The modifiers stand before the kind in its line; `import struct A.B` declares nothing.
      let modifiers = tokens[..<i].reversed().prefix { $0.line == tokens[i].line }.map(\.text)
      guard Set(modifiers).isDisjoint(with: ["private", "fileprivate", "import"]) else { continue }
      types.append(String(tokens[i + 1].text))
    }
    return types
  }

  /// A function, initialiser or computed property with a body.
  struct Body: Equatable {
    let name: String
    /// From the line of the name to that of the closing brace.
    let lineCount: Int
  }

  /// All bodies that have a name, those inside others too.
  static func bodies(in tokens: [Token]) -> [Body] {
    var bodies: [Body] = []
    for i in tokens.indices.dropLast() {
      let word = tokens[i].text
      guard ["func", "init", "subscript", "var"].contains(word) else { continue }
      // `self.init(` calls, it declares nothing.
      if word == "init", i > 0, tokens[i - 1].text == "." { continue }
      let name = ["func", "var"].contains(word) ? tokens[i + 1].text : word
      guard let open = opening(after: i, in: tokens, isProperty: word == "var") else { continue }
      guard
        let close = tokens[open...].first(where: { $0.text == "}" && $0.depth == tokens[open].depth })
      else { continue }
      bodies.append(Body(name: String(name), lineCount: close.line - tokens[i].line + 1))
    }
    return bodies
  }

  /// Where the body of a declaration opens; nothing if it has none, as a requirement or a stored property.
  private static func opening(after start: Int, in tokens: [Token], isProperty: Bool) -> Int? {
    let signature: Set<Substring> = ["throws", "async", "rethrows", "where", "-", "{", "(", "<", "&"]
    var parentheses = 0
    var hasParameters = isProperty
    for i in tokens.indices.dropFirst(start + 1) {
      let token = tokens[i]
      switch token.text {
      case "(": parentheses += 1
      case ")":
        parentheses -= 1
        if parentheses == 0 { hasParameters = true }
        continue
      case "=" where parentheses == 0 && isProperty: return nil
      case "{" where parentheses == 0: return hasParameters ? i : nil
      case "}" where parentheses == 0: return nil
      default: break
      }
      // A line that does not go on with the signature begins the next declaration.
      let isFirstOfLine = token.line != tokens[i - 1].line
      if hasParameters, parentheses == 0, isFirstOfLine, !signature.contains(token.text),
        ![",", "&", ">", "-", ":", "where"].contains(tokens[i - 1].text)
      {
        return nil
      }
    }
    return nil
  }
}
