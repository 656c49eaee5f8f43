/// How long and how deep a text may be, so that none can exhaust the machine.
package enum ExpressionLimits {
  /// The longest text, in characters.
  package static let length = 4000
  /// The deepest nesting of brackets, calls, signs and powers.
  package static let depth = 64
  /// The most local names of a text.
  package static let names = 64
  /// The most operations after sharing equal subexpressions.
  package static let operations = 4000
}
