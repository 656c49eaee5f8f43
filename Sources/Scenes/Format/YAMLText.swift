/// Texts as YAML writes them.
enum YAMLText {
  /// As it is where that reads back as the same text, else in quotes.
  static func scalar(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, last != " ",
      first.properties.isAlphabetic || ("0"..."9").contains(first),
      Double(text) == nil, !words.contains(text.lowercased()),
      !text.contains(": "), !text.contains(" #"), last != ":",
      scalars.allSatisfy({ $0.value >= 0x20 && !mustBeEscaped($0) })
    else { return quoted(text) }
    return text
  }

  /// What other readers take for something else than text.
  private static let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]

  /// In double quotes.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        if scalar.value >= 0x20, !mustBeEscaped(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          quoted += escape(scalar)
        }
      }
    }
    return quoted + "\""
  }

  /// Whether a character may not stand in a document, ends a line in one, or would mislead its reader.
  static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    func padded(_ count: Int) -> String { String(repeating: "0", count: count - digits.count) + digits }
    if scalar.value <= 0xff { return "\\x" + padded(2) }
    return scalar.value <= 0xffff ? "\\u" + padded(4) : "\\U" + padded(8)
  }
}
