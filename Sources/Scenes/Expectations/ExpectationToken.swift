/// A word, a number or a sign of an expectation, with its place.
struct ExpectationToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case name(String)
    case number(Double)
    case text(String)
    case sign(String)
    case end
  }

  let kind: Kind
  /// Where it begins, in characters from 0.
  let offset: Int
  /// Where it ends.
  let end: Int
}
