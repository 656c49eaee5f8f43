/// A word, number or sign of a formula, with its column from 1.
package struct ExpressionToken: Sendable {
  enum Kind: Equatable, Sendable {
    case number(Double)
    case name
    /// An operator, a bracket, a comma or `=`.
    case sign
    case end
  }
  let kind: Kind
  let text: String
  let column: Int
  /// Whether white space stands in front of it.
  let isSpaced: Bool

  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
}
