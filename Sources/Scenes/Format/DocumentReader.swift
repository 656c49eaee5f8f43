import Experiments
import Landscapes
import OptimizerCore
import Yams

/// Reads the nodes of a document strictly and gathers everything that is wrong, with its place.
struct DocumentReader {
  let file: String
  /// The lines of the document, for places within a text.
  var lines: [[Unicode.Scalar]] { text.all }
  private let text: TextLines
  /// The names that stood behind keys given a second time, by the key that stands for them.
  var duplicates: [String: String] = [:]
  /// The typed rules that specs may name.
  var rules: [TypedRule] = []
  /// Whether the document is one of the program's own, whose expectations are read when somebody asks for them.
  let isBundled: Bool
  private(set) var errors: [SceneError] = []

  init(file: String, text: String, isBundled: Bool = false) {
    self.file = file
    self.isBundled = isBundled
    self.text = TextLines(text)
  }

  // MARK: Faults

  /// The most faults that are told of; a file with more is some other file.
  static let faultLimit = 200
  /// Whether there are so many that the rest of a list need not be looked at.
  var isFull: Bool { errors.count >= DocumentReader.faultLimit }

  mutating func fail(_ error: SceneError) { if !isFull { errors.append(error) } }

  mutating func fail(_ node: Node?, _ message: String) {
    fail(SceneError(file: file, line: node?.mark?.line, column: node?.mark?.column, message: message))
  }

  static func got(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): ", got '\(Excerpt.printable(scalar.string))'"
    case .mapping: ", got a mapping"
    case .sequence: ", got a list"
    default: ""
    }
  }

  func unknown(_ key: String, of what: String, keys: [String]) -> String {
    let all = "; the keys of \(what) are \(keys.joined(separator: ", "))"
    // A few characters: what was opened as a scene may be some other file, through a link, and a line of it a secret.
    return
      "unknown key '\(Excerpt.printable(key, limit: 20))'\(Spelling.suggestion(for: key, in: keys, otherwise: all))"
  }

  /// The place of the character at an offset of a scalar's text, as far as its style tells: that of its first character
  /// in a block.
  func place(of node: Node, offset: Int) -> (line: Int?, column: Int?) {
    guard case .scalar(let scalar) = node, let mark = scalar.mark else {
      return (node.mark?.line, node.mark?.column)
    }
    guard var place = SourcePlace(mark, in: lines, style: scalar.style) else {
      return (mark.line, mark.column)
    }
    for _ in 0..<offset { place.advance() }
    return (place.line, place.column)
  }

  // MARK: Mappings

  /// The pairs of a mapping, in order, with keys that are words; a key given a second time is an error.
  mutating func pairs(of mapping: Node.Mapping) -> [(name: String, key: Node, value: Node)] {
    var pairs: [(name: String, key: Node, value: Node)] = []
    for (key, value) in mapping where !isFull {
      guard let name = key.scalar?.string else {
        fail(key, "a key must be a word")
        continue
      }
      if let original = duplicates[name] {
        fail(key, "'\(Excerpt.printable(original))' is given more than once")
        continue
      }
      pairs.append((name, key, value))
    }
    return pairs
  }

  /// Reads a mapping by a table: unknown keys are errors, known ones are read in the table's order.
  ///
  /// Returns whether it was a mapping.
  @discardableResult
  mutating func read<Draft, Whole>(
    _ node: Node, as what: String, by keys: [FormatKey<Draft, Whole>], into draft: inout Draft
  ) -> Bool {
    let names = keys.map(\.name)
    guard case .mapping(let mapping) = node else {
      fail(node, "\(what) must be a mapping with keys such as '\(names.prefix(2).joined(separator: "', '"))'")
      return false
    }
    let pairs = pairs(of: mapping)
    for pair in pairs where !names.contains(pair.name) && !isFull {
      fail(pair.key, unknown(pair.name, of: what, keys: names))
    }
    for key in keys {
      guard let pair = pairs.first(where: { $0.name == key.name }) else { continue }
      if pair.value.isNothing {
        fail(pair.key, "\(key.name) has no value; give it one, or leave the key out")
      } else {
        key.read(&self, pair.value, &draft)
      }
    }
    return true
  }

  /// The items of a list, or nil and an error that says what the list must be.
  mutating func items(_ node: Node, _ rule: String) -> [Node]? {
    guard case .sequence(let items) = node else {
      fail(node, rule + DocumentReader.got(node))
      return nil
    }
    return Array(items)
  }

  // MARK: Values

  mutating func text(_ node: Node, _ what: String) -> String? {
    guard case .scalar(let scalar) = node else {
      fail(node, "\(what) must be text")
      return nil
    }
    return scalar.string
  }

  mutating func number(_ node: Node, _ what: String) -> Double? {
    guard case .scalar(let scalar) = node, let value = Double(scalar.string), value.isFinite else {
      fail(node, "\(what) must be a number\(DocumentReader.got(node))")
      return nil
    }
    return value
  }

  mutating func count(_ node: Node, _ what: String) -> Int? {
    guard case .scalar(let scalar) = node, let value = Int(written: scalar.string), value >= 0 else {
      fail(node, "\(what) must be a whole number, at least 0\(DocumentReader.got(node))")
      return nil
    }
    return value
  }

  mutating func toggle(_ node: Node, _ what: String) -> Bool? {
    switch node.scalar?.string {
    case "true", "True", "TRUE", "on": return true
    case "false", "False", "FALSE", "off": return false
    default:
      fail(node, "\(what) must be true or false\(DocumentReader.got(node))")
      return nil
    }
  }

  /// One of the words of a type that has a name for each of its values.
  mutating func word<Value: RawRepresentable<String> & CaseIterable>(
    _ node: Node, _ what: String, as: Value.Type
  ) -> Value? {
    let words = Value.allCases.map(\.rawValue)
    let all = words.joined(separator: ", ")
    guard case .scalar(let scalar) = node else {
      fail(node, "\(what) must be one of \(all)\(DocumentReader.got(node))")
      return nil
    }
    if let value = Value(rawValue: scalar.string) { return value }
    let suggestion = Spelling.suggestion(for: scalar.string, in: words)
    fail(node, "\(what) must be one of \(all), got '\(Excerpt.printable(scalar.string))'\(suggestion)")
    return nil
  }

  mutating func range(_ node: Node, _ what: String) -> ClosedRange<Double>? {
    guard case .sequence(let items) = node, items.count == 2 else {
      fail(node, "\(what) must be two numbers such as [-2, 2]")
      return nil
    }
    let low = number(items[0], what)
    let high = number(items[1], what)
    guard let low, let high else { return nil }
    guard low < high else {
      fail(node, "\(what) must go up, got [\(NumberText.exact(low)), \(NumberText.exact(high))]")
      return nil
    }
    return low...high
  }

  mutating func side(_ node: Node, _ what: String) -> ClosedRange<Double>? {
    guard let range = range(node, what) else { return nil }
    guard Window.isSide(range) else {
      fail(node, "\(what) must be \(Window.sideRule)")
      return nil
    }
    return range
  }

  mutating func point(_ node: Node, _ what: String) -> Point? {
    guard case .sequence(let items) = node else {
      fail(node, "\(what) must be two numbers such as [1, 10]\(DocumentReader.got(node))")
      return nil
    }
    guard items.count == 2 else {
      fail(node, "\(what) must be two numbers such as [1, 10], got a list of \(items.count)")
      return nil
    }
    let x = number(items[0], what)
    let y = number(items[1], what)
    guard let x, let y else { return nil }
    return Point(x: x, y: y)
  }

  mutating func points(_ node: Node, _ what: String) -> [Point]? {
    guard case .sequence(let items) = node else {
      fail(node, "\(what) must be a list of points such as [[1, 10], [2, 3]]")
      return nil
    }
    var points: [Point] = []
    for item in items where !isFull { if let point = point(item, what) { points.append(point) } }
    return points
  }
}

extension Node {
  /// Whether it is what stands behind a key without a value, as YAML writes it.
  fileprivate var isNothing: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }
}

/// Where the characters of a scalar's text stand in the document.
private struct SourcePlace {
  private(set) var line: Int
  private(set) var column: Int
  private let lines: [[Unicode.Scalar]]
  private let style: Node.Scalar.Style

  /// Nil for a block, whose lines are indented by rules of their own.
  init?(_ mark: Mark, in lines: [[Unicode.Scalar]], style: Node.Scalar.Style) {
    line = mark.line
    column = mark.column
    self.lines = lines
    self.style = style
    switch style {
    case .literal, .folded: return nil
    case .singleQuoted, .doubleQuoted: column += 1
    case .any, .plain: break
    }
  }

  private var scalar: Unicode.Scalar? {
    guard lines.indices.contains(line - 1), lines[line - 1].indices.contains(column - 1) else { return nil }
    return lines[line - 1][column - 1]
  }

  /// Goes on by one character of the text: an escape is one, and so is a line end with the indentation after it.
  mutating func advance() {
    switch (style, scalar) {
    case (.singleQuoted, "'"): column += 2
    case (.doubleQuoted, "\\"):
      column += 1
      switch scalar {
      case "x": column += 3
      case "u": column += 5
      case "U": column += 9
      default: column += 1
      }
    default: column += 1
    }
    guard lines.indices.contains(line - 1) else { return }
    let rest = lines[line - 1].dropFirst(column - 1)
    // Only spaces up to the end: the text goes on in the next line, and all of that was one space.
    guard rest.allSatisfy({ $0 == " " || $0 == "\r" }), lines.indices.contains(line),
      !lines[line].allSatisfy({ $0 == " " })
    else { return }
    if isAtFold {
      isAtFold = false
      line += 1
      column = 1
      while scalar == " " { column += 1 }
    } else {
      isAtFold = true
    }
  }

  /// Whether the next character is the space that a line end stands for.
  private var isAtFold = false
}
