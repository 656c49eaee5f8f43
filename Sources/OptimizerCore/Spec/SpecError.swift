/// Why a text is no optimizer, schedule or noise: one sentence that names the value, the rule and the way out.
public struct SpecError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence, without a full stop.
  public let message: String
  /// Where in the text, counted from 1 in characters, or nil where the whole is meant.
  public let column: Int?

  /// An error with its place; what it quotes becomes one line that can be shown.
  public init(_ message: String, column: Int? = nil) {
    self.message = Excerpt.escaped(message)
    self.column = column
  }

  /// The sentence, and the column if there is one.
  public var description: String { column.map { "\(message) (column \($0))" } ?? message }
}
