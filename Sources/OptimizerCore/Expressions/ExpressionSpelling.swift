/// A text in the characters of a keyboard: `0.5·(κ·x² + y²)`, as the screen and books have it, is `0.5*(kappa*x^2 + y^2)`.
///
/// A superscript is an integer exponent. Greek letters are their names; a symbol of a constant is the constant.
package struct ExpressionSpelling: Sendable, Hashable {
  /// The text, of ASCII as far as there is a spelling for what it holds.
  package let text: String
  /// The characters of the text.
  let characters: [Character]
  /// Where each of them was written, from 1; nil where all stand as they were.
  private let columns: [Int]?

  /// Spells out what was written.
  ///
  /// - Parameter symbols: the names of constants by the symbols that the screen has for them.
  /// - Throws: where it is too long.
  package init(_ written: String, symbols: [Character: String] = [:]) throws(ExpressionError) {
    // The bytes are bounded too, because one character may be made of any number of scalars.
    guard written.utf8.count <= 8 * ExpressionLimits.length, written.count <= ExpressionLimits.length else {
      throw Self.tooLong
    }
    guard !written.utf8.allSatisfy({ $0 < 0x80 }) else {
      (text, characters, columns) = (written, Array(written), nil)
      return
    }
    var writer = Writer(Array(written), symbols: symbols)
    writer.write()
    guard writer.characters.count <= ExpressionLimits.length else { throw Self.tooLong }
    (text, characters, columns) = (String(writer.characters), writer.characters, writer.columns)
  }

  /// The column of a character, from 1, in what was written; also of the end.
  func column(of index: Int) -> Int {
    guard let columns else { return index + 1 }
    return columns.indices.contains(index) ? columns[index] : (columns.last ?? 0) + 1
  }

  private static let tooLong = ExpressionError(
    message: "the formula is too long: \(ExpressionLimits.length) characters are the limit",
    column: ExpressionLimits.length + 1)

  // MARK: The table

  /// Words, which are kept apart from letters and digits beside them.
  private static let words: [Character: String] = {
    var words: [Character: String] = ["√": "sqrt", "ϵ": "epsilon", "ϕ": "phi", "ϑ": "theta"]
    for (name, letter) in DisplayPart.greek { words[Character(letter)] = name }
    return words
  }()

  private static let signs: [Character: String] = [
    "·": "*", "⋅": "*", "×": "*", "∙": "*", "•": "*", "∗": "*", "÷": "/", "∕": "/", "⁄": "/", "−": "-",
    "–": "-",
    "‒": "-", "—": "-", "≤": "<=", "≥": ">=", "≠": "!=", "\u{a0}": " ", "\u{2009}": " ", "\u{202f}": " ",
  ]

  /// The characters of an integer exponent.
  private static let exponents: [Character: Character] = {
    var exponents: [Character: Character] = ["⁻": "-", "⁺": "+"]
    for (digit, raised) in DisplayPart.superscripts { exponents[Character(raised)] = digit }
    return exponents
  }()

  static func isExponent(_ character: Character) -> Bool { exponents[character] != nil }

  // MARK: Writing

  private struct Writer {
    let written: [Character]
    let symbols: [Character: String]
    var characters: [Character] = []
    var columns: [Int] = []
    private var position = 0

    init(_ written: [Character], symbols: [Character: String]) {
      self.written = written
      self.symbols = symbols
    }

    mutating func write() {
      while position < written.count {
        let character = written[position]
        if let word = symbols[character] ?? words[character] {
          append(word, isWord: true)
        } else if let sign = signs[character] {
          append(sign, isWord: false)
        } else if let end = endOfExponent() {
          put("^", position + 1)
          while position < end { append(String(exponents[written[position]]!), isWord: position + 1 == end) }
        } else {
          append(String(character), isWord: false)
        }
      }
    }

    /// Where an exponent ends that begins here. One that another power follows is none: which is meant first is not plain.
    private func endOfExponent() -> Int? {
      var end = position
      while end < written.count, exponents[written[end]] != nil { end += 1 }
      let next = written[end...].first { $0 != " " }
      return end == position || next == "^" ? nil : end
    }

    /// Writes what stands for the character here, and goes on to the next.
    ///
    /// - Parameter isWord: whether it must not run into what comes next, nor what came before into it.
    private mutating func append(_ text: String, isWord: Bool) {
      let column = position + 1
      func isPart(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." } ?? false
      }
      if isWord, exponents[written[position]] == nil, isPart(characters.last) { put(" ", column) }
      for character in text { put(character, column) }
      position += 1
      guard isWord, position < written.count else { return }
      let next = written[position]
      if isPart(next), exponents[next] == nil { put(" ", column) }
    }

    private mutating func put(_ character: Character, _ column: Int) {
      characters.append(character)
      columns.append(column)
    }
  }
}
