/// Why a text is not a formula, and where.
public struct ExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence: what is wrong and what would be right.
  public let message: String
  /// Where, counted from 1 in characters.
  public let column: Int

  /// An error at a column (from 1).
  public init(message: String, column: Int) {
    self.message = message
    self.column = column
  }

  /// `unknown function 'sine', did you mean 'sin'? (column 7)`
  public var description: String { "\(message) (column \(column))" }
}
