/// Texts of the user's as errors quote them.
package enum Excerpt {
  /// At most so many characters are quoted.
  package static let limit = 60

  /// The text, or of a longer one the part around a column (from 1; its beginning, if there is none), with … where
  /// something was left out.
  package static func of(
    _ text: some StringProtocol, around column: Int? = nil, limit: Int = limit
  ) -> String {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count > limit else { return String(text) }
    // A little more before the fault than after it: what led there explains it.
    let wanted = (column ?? 1) - 1 - limit * 2 / 3
    let start = min(max(0, wanted), scalars.count - limit)
    var part = String.UnicodeScalarView()
    if start > 0 { part.append("…") }
    part.append(contentsOf: scalars[start..<(start + limit)])
    if start + limit < scalars.count { part.append("…") }
    return String(part)
  }

  /// What a text must be that is to be a number within bounds, said of one that is not: `between 0 and 1`, and of one that
  /// is no number at all, `a number between 0 and 1`.
  package static func wanted(_ bounds: String, for text: some StringProtocol) -> String {
    let isNumber = Double(text.withoutBlanks).map { !$0.isNaN } ?? false
    return isNumber ? bounds : "a number \(bounds)"
  }

  /// The same without what a terminal would obey or not show: such characters are written as escapes, `\u{1B}`.
  package static func printable(_ text: some StringProtocol, limit: Int = limit) -> String {
    escaped(of(text, limit: limit))
  }

  /// The whole text, in one line, with escapes for what a terminal would obey or not show.
  package static func escaped(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
