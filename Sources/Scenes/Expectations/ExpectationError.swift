/// Why an expectation cannot be read or evaluated, with the place in its text.
struct ExpectationError: Error, Sendable, Hashable {
  /// One sentence: what is wrong, the rule, and the way out.
  let message: String
  /// The character at which it is, from 0.
  let offset: Int

  init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}
