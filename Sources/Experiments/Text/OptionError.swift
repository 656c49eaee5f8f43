/// Why a value is none of its option: one sentence that names the value, the rule and the way out.
public struct OptionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence, without a full stop.
  public let message: String
  /// Where in the value, from 1 in characters; nil where the whole is meant.
  public let column: Int?
  /// Whether what was given is bad data, a formula, rather than bad usage.
  public let isData: Bool

  /// An error with its place.
  public init(_ message: String, column: Int? = nil, isData: Bool = false) {
    self.message = message
    self.column = column
    self.isData = isData
  }

  /// The sentence.
  public var description: String { message }
}
