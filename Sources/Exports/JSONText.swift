import Experiments

/// JSON written by hand: a few shapes need no library.
public enum JSONText {
  /// A string literal, without what a terminal would obey: controls and changes of the writing direction are escaped.
  public static func string(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      default:
        if isEscaped(scalar) {
          let digits = String(scalar.value, radix: 16)
          literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          literal.unicodeScalars.append(scalar)
        }
      }
    }
    return literal + "\""
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: scalar.value <= 0xffff
    default: false
    }
  }

  /// A number, or null where JSON has none for it.
  public static func number(_ value: Double) -> String { value.isFinite ? NumberText.exact(value) : "null" }

  /// An object on one line, of members that are JSON already.
  public static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(string($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// A list on one line, of elements that are JSON already.
  public static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ", ") + "]" }
}
