import Canvas
import Experiments

/// JSON written by hand: a few shapes need no library.
package enum JSONText {
  /// A string literal, without what a terminal would obey or what would hide itself: such scalars are escaped.
  package static func string(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      default:
        if Text.isShown(scalar) {
          literal.unicodeScalars.append(scalar)
        } else {
          // Two halves for what lies beyond the first plane.
          for unit in Character(scalar).utf16 {
            let digits = String(unit, radix: 16)
            literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        }
      }
    }
    return literal + "\""
  }

  /// A number, or null where JSON has none for it.
  package static func number(_ value: Double) -> String { value.isFinite ? NumberText.exact(value) : "null" }

  /// An object on one line, of members that are JSON already.
  package static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(string($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// A list on one line, of elements that are JSON already.
  package static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ", ") + "]" }
}
