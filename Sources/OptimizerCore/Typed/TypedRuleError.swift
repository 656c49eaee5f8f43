/// Why a text is no rule, and where.
public struct TypedRuleError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence: what is wrong and what would be right.
  public let message: String
  /// The line, from 1.
  public let line: Int
  /// The place in that line, from 1 in characters.
  public let column: Int

  /// An error at a place of the whole text, counted from 1 in characters.
  init(_ message: String, at place: Int, in text: String) {
    var (line, column) = (1, 1)
    for character in text.prefix(max(0, place - 1)) {
      if character.isNewline { (line, column) = (line + 1, 0) }
      column += 1
    }
    self.message = Excerpt.escaped(message)
    self.line = line
    self.column = column
  }

  /// `unknown name 'betta', did you mean 'beta'? (line 2, column 7)`
  public var description: String { "\(message) (line \(line), column \(column))" }
}
