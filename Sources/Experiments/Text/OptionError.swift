/// Why a value is none of its option: one sentence that names the value, the rule and the way out.
package struct OptionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence, without a full stop.
  package let message: String
  /// Where in the value, from 1 in characters; nil where the whole is meant.
  package let column: Int?
  /// Whether what was given is bad data, a formula, rather than bad usage.
  package let isData: Bool

  /// An error with its place.
  package init(_ message: String, column: Int? = nil, isData: Bool = false) {
    self.message = message
    self.column = column
    self.isData = isData
  }

  /// The sentence.
  package var description: String { message }
}
