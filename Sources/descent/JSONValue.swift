/// A JSON document as a value: as much of a reader as the description of the commands needs.
enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Reads a document; nil where it is none.
  init?(_ text: String) {
    var reader = Reader(rest: Array(text.unicodeScalars)[...])
    guard let value = reader.value() else { return nil }
    reader.skipBlanks()
    guard reader.rest.isEmpty else { return nil }
    self = value
  }

  /// A member of an object.
  subscript(key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }

  /// The text of a string.
  var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The elements of a list; none of anything else.
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  private struct Reader {
    var rest: ArraySlice<Unicode.Scalar>

    mutating func skipBlanks() {
      while let scalar = rest.first, scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" {
        rest.removeFirst()
      }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard rest.first == scalar else { return false }
      rest.removeFirst()
      return true
    }

    private mutating func take(word: String) -> Bool {
      guard rest.starts(with: word.unicodeScalars) else { return false }
      rest.removeFirst(word.unicodeScalars.count)
      return true
    }

    mutating func value() -> JSONValue? {
      skipBlanks()
      guard let first = rest.first else { return nil }
      switch first {
      case "{": return object()
      case "[": return array()
      case "\"": return string().map(JSONValue.string)
      case "t": return take(word: "true") ? .bool(true) : nil
      case "f": return take(word: "false") ? .bool(false) : nil
      case "n": return take(word: "null") ? .null : nil
      default:
        var text = ""
        while let scalar = rest.first, "+-.eE0123456789".unicodeScalars.contains(scalar) {
          text.unicodeScalars.append(scalar)
          rest.removeFirst()
        }
        return Double(text) == nil ? nil : .number(text)
      }
    }

    private mutating func object() -> JSONValue? {
      guard take("{") else { return nil }
      var members: [String: JSONValue] = [:]
      if take("}") { return .object(members) }
      repeat {
        skipBlanks()
        guard let key = string(), take(":"), let value = value() else { return nil }
        members[key] = value
      } while take(",")
      return take("}") ? .object(members) : nil
    }

    private mutating func array() -> JSONValue? {
      guard take("[") else { return nil }
      var elements: [JSONValue] = []
      if take("]") { return .array(elements) }
      repeat {
        guard let value = value() else { return nil }
        elements.append(value)
      } while take(",")
      return take("]") ? .array(elements) : nil
    }

    private mutating func string() -> String? {
      guard take("\"") else { return nil }
      var text = String.UnicodeScalarView()
      while let scalar = rest.popFirst() {
        switch scalar {
        case "\"": return String(text)
        case "\\":
          guard let escape = rest.popFirst(), let meant = escaped(escape) else { return nil }
          text.append(meant)
        default: text.append(scalar)
        }
      }
      return nil
    }

    private mutating func escaped(_ escape: Unicode.Scalar) -> Unicode.Scalar? {
      switch escape {
      case "n": return "\n"
      case "t": return "\t"
      case "r": return "\r"
      case "b": return "\u{8}"
      case "f": return "\u{c}"
      case "u":
        guard let unit = codeUnit() else { return nil }
        guard unit >= 0xd800, unit <= 0xdbff else { return Unicode.Scalar(unit) }
        // The second half of a scalar beyond the first plane.
        guard take(word: "\\u"), let low = codeUnit(), low >= 0xdc00, low <= 0xdfff else { return nil }
        return Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00))
      default: return escape
      }
    }

    private mutating func codeUnit() -> UInt32? {
      guard rest.count >= 4 else { return nil }
      let digits = String(String.UnicodeScalarView(rest.prefix(4)))
      rest.removeFirst(4)
      return UInt32(digits, radix: 16)
    }
  }
}
