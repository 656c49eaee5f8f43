import Landscapes
import OptimizerCore

/// A value of a JSON text and the line where it begins. The words NaN and Infinity, which Python writes, are numbers.
struct JSONValue {
  /// What it is.
  enum Content {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object(Members)
  }

  /// The members of an object; the last of a name counts.
  struct Members {
    fileprivate(set) var keys: [String] = []
    fileprivate(set) var values: [String: JSONValue] = [:]

    fileprivate mutating func set(_ key: String, _ value: JSONValue) {
      if values.updateValue(value, forKey: key) == nil { keys.append(key) }
    }
  }

  let content: Content
  let line: Int

  /// Arrays and objects inside each other.
  private static let deepest = 32

  /// Reads a text.
  init(_ bytes: [UInt8]) throws(DataError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw DataError("it is no text in UTF-8") }
    var reader = Reader(bytes: bytes)
    self = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.isAtEnd else { throw reader.error("the text goes on behind its end") }
  }

  private init(_ content: Content, _ line: Int) {
    self.content = content
    self.line = line
  }

  /// The number, not a number for null; nil for anything else.
  var number: Double? {
    switch content {
    case .number(let number): number
    case .null: .nan
    default: nil
    }
  }

  /// The elements of an array.
  var array: [JSONValue]? { if case .array(let elements) = content { elements } else { nil } }

  /// The numbers of an array that holds nothing else.
  var numbers: [Double]? {
    guard let array else { return nil }
    let numbers = array.compactMap(\.number)
    return numbers.count == array.count ? numbers : nil
  }

  /// A member of an object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.values[key]
  }

  /// The names of an object's members, each once.
  var keys: [String] {
    if case .object(let members) = content { members.keys } else { [] }
  }

  private struct Reader {
    let bytes: [UInt8]
    private var place = 0
    private var line = 1

    init(bytes: [UInt8]) {
      self.bytes = bytes
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    var isAtEnd: Bool { place >= bytes.count }

    func error(_ message: String) -> DataError { DataError("no JSON: \(message)", line: line) }

    mutating func skipBlanks() {
      while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) {
        if bytes[place] == 0x0A { line += 1 }
        place += 1
      }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }

    mutating func value(depth: Int) throws(DataError) -> JSONValue {
      guard depth < JSONValue.deepest else {
        throw error("more than \(JSONValue.deepest) brackets inside each other")
      }
      skipBlanks()
      let start = line
      if take("[") { return JSONValue(.array(try elements(depth)), start) }
      if take("{") { return JSONValue(.object(try members(depth)), start) }
      if take("\"") { return JSONValue(.text(try text()), start) }
      let first = place
      while place < bytes.count, !Array(" \t\r\n,]}:\"[{".utf8).contains(bytes[place]) { place += 1 }
      let word = String(decoding: bytes[first..<place], as: UTF8.self)
      switch word {
      case "null": return JSONValue(.null, start)
      case "true": return JSONValue(.bool(true), start)
      case "false": return JSONValue(.bool(false), start)
      case "NaN": return JSONValue(.number(.nan), start)
      case "Infinity": return JSONValue(.number(.infinity), start)
      case "-Infinity": return JSONValue(.number(-.infinity), start)
      default:
        guard let number = Double(word) else {
          throw error(word.isEmpty ? "a value is missing" : "'\(Excerpt.of(word))' is no value")
        }
        return JSONValue(.number(number), start)
      }
    }

    private mutating func elements(_ depth: Int) throws(DataError) -> [JSONValue] {
      if take("]") { return [] }
      var elements: [JSONValue] = []
      repeat { elements.append(try value(depth: depth + 1)) } while take(",")
      guard take("]") else { throw error("an array is not closed") }
      return elements
    }

    private mutating func members(_ depth: Int) throws(DataError) -> Members {
      var members = Members()
      if take("}") { return members }
      repeat {
        guard take("\"") else { throw error("a name in quotes is wanted") }
        let key = try text()
        guard take(":") else { throw error("a colon is wanted behind '\(Excerpt.of(key))'") }
        members.set(key, try value(depth: depth + 1))
      } while take(",")
      guard take("}") else { throw error("an object is not closed") }
      return members
    }

    /// The rest of a text, whose escapes are left as they are: no name or number that matters here has any.
    private mutating func text() throws(DataError) -> String {
      let first = place
      while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
        place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard place < bytes.count else { throw error("a quote is opened and never closed") }
      defer { place += 1 }
      return String(decoding: bytes[first..<place], as: UTF8.self)
    }
  }
}
