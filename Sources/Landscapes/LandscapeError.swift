internal import OptimizerCore

/// Why a landscape cannot be made or changed that way.
public struct LandscapeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence: what is wrong and what would be right.
  public let message: String
  /// The column in the formula, from 1, if a formula is to blame.
  public let column: Int?

  /// A sentence, with the column in the formula if there is one.
  public init(_ message: String, column: Int? = nil) {
    self.message = message
    self.column = column
  }

  init(_ error: ExpressionError) { self.init(error.message, column: error.column) }

  /// The message, with the column if there is one.
  public var description: String { column.map { "\(message) (column \($0))" } ?? message }
}
