/// A statement about the runs of a scene that can be checked, such as `momentum.steps_to(1e-3) < sgd.steps_to(1e-3)`.
///
/// Two are equal if they say the same, wherever they stand.
public struct Expectation: Sendable, Hashable, CustomStringConvertible {
  /// The statement as it was written.
  public let text: String
  /// The file it stands in, as it was named.
  public let file: String
  /// The line of its first character, from 1.
  public let line: Int
  /// The column of its first character, from 1.
  public let column: Int

  init(_ text: String, file: String, line: Int, column: Int) {
    self.text = text
    self.file = file
    self.line = line
    self.column = column
  }

  /// The statement.
  public var description: String { text }

  /// Whether two say the same.
  public static func == (a: Expectation, b: Expectation) -> Bool { a.text == b.text }

  /// The statement.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
