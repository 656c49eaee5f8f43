/// Why a text is no table of numbers: what is wrong, and where.
public struct DataError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence: what is wrong and what would be right.
  public let message: String
  /// The line in the text, from 1; nil where no line is to blame.
  public let line: Int?

  package init(_ message: String, line: Int? = nil) {
    self.message = message
    self.line = line
  }

  /// The message, with the line if there is one.
  public var description: String { line.map { "line \($0): \(message)" } ?? message }
}
