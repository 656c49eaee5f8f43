/// The lines of a text, told apart when they are first asked for: a scene without faults asks for none.
final class TextLines {
  private let text: String
  private(set) lazy var all: [[Unicode.Scalar]] = TextLines.split(text)

  init(_ text: String) { self.text = text }

  /// A text in lines, without their ends.
  static func split(_ text: String) -> [[Unicode.Scalar]] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
  }
}
