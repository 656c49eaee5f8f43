import OptimizerCore
import Yams

/// Reads a scene document strictly: an unknown key, a wrong type and a value out of range are errors with their place.
///
/// What may stand in a document is declared in `SceneFormat`. All errors of a document are gathered before it is refused.
struct SceneDecoder {
  /// The largest document, in bytes.
  static let sizeLimit = 1 << 20
  /// The most aliases (`*name`) of a document. A few can already stand for more nodes than there is memory.
  static let aliasLimit = 32

  private let file: String

  init(file: String) { self.file = file }

  /// Decodes a document.
  func decode(_ text: String, name: String) throws(SceneErrors) -> Scene {
    guard text.utf8.count <= SceneDecoder.sizeLimit else {
      throw SceneErrors([
        SceneError(
          file: file,
          message: "a scene is at most \(SceneDecoder.sizeLimit) bytes, this has \(text.utf8.count)")
      ])
    }
    // A byte order mark would count as the indentation of the first line.
    let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
    var reader = DocumentReader(file: file, text: text)
    var scene: Scene?
    if let root = root(of: text, &reader) { scene = SceneDecoder.scene(of: root, name: name, &reader) }
    guard reader.errors.isEmpty, let scene else {
      throw SceneErrors(
        reader.errors.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
    }
    return scene
  }

  private static func scene(of root: Node, name: String, _ reader: inout DocumentReader) -> Scene? {
    var draft = SceneDraft()
    guard reader.read(root, as: "a scene", by: SceneFormat.scene, into: &draft) else { return nil }
    return draft.scene(name: name, root: root, &reader)
  }

  // MARK: YAML

  private func root(of text: String, _ reader: inout DocumentReader) -> Node? {
    if let line = SceneDecoder.lineOfExcess(of: text) {
      reader.fail(
        SceneError(
          file: file, line: line, message: "a scene has at most \(SceneDecoder.aliasLimit) aliases (*name)"))
      return nil
    }
    var duplicates = DuplicateKeys(text)
    do {
      let documents = try duplicates.documents()
      reader.duplicates = duplicates.names
      guard let root = documents.first else {
        reader.fail(
          SceneError(
            file: file, line: 1,
            message: "the file is empty; a scene has at least 'landscape' and 'optimizers'"))
        return nil
      }
      if documents.count > 1 {
        reader.fail(documents[1], "a file holds one document, and a second begins here")
      }
      return root
    } catch {
      reader.fail(sceneError(of: error))
      return nil
    }
  }

  /// The line of the first alias too many, judged before parsing, which would already do what they ask.
  private static func lineOfExcess(of text: String) -> Int? {
    var line = 1
    var aliases = 0
    // The last scalar that was no space, nil where a line begins.
    var last: Unicode.Scalar?
    var mayBeAlias = false
    for scalar in text.unicodeScalars {
      if mayBeAlias, scalar != " ", scalar != "\n" {
        aliases += 1
        if aliases > aliasLimit { return line }
      }
      // An alias stands where a value or a key may begin.
      mayBeAlias = scalar == "*" && (last.map { "-?:,[{".unicodeScalars.contains($0) } ?? true)
      switch scalar {
      case "\n":
        line += 1
        last = nil
      case " ", "\t", "\r": break
      default: last = scalar
      }
    }
    return nil
  }

  private func sceneError(of error: any Error) -> SceneError {
    guard let error = error as? YamlError else {
      return SceneError(file: file, message: "not YAML: \(error)")
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let isTooDeep = problem.hasPrefix("Maximum nesting level")
      return SceneError(
        file: file, line: mark.line, column: mark.column,
        message: isTooDeep ? "nested too deeply" : "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\(Excerpt.printable("\($0)"))'" }.sorted().joined(separator: ", ")
      return SceneError(
        file: file, line: context.mark.line, column: context.mark.column,
        message: "\(names) is given more than once")
    case .reader(let problem, let offset, _, _):
      return SceneError(
        file: file, message: "not YAML: \(problem)\(offset.map { " at byte \($0)" } ?? "")")
    default:
      return SceneError(file: file, message: "not YAML: \(error)")
    }
  }
}

/// Parses a text in which a key may stand twice in a mapping, which the parser refuses as a whole, naming only the first.
///
/// A key given again is exchanged for one of the same length that nobody writes, so that everything else keeps its place
/// and the rest of the document can be read. Which of the like words in the text it is, is found by trying: the parser
/// then has nothing left to say about it.
private struct DuplicateKeys {
  /// The keys that were given again, by what stands for them now.
  private(set) var names: [String: String] = [:]
  private var text: [Unicode.Scalar]
  private var attempts = 0

  /// The most parses of a document.
  private static let attemptLimit = 64
  /// Nobody types characters of the private use area.
  private static let firstStandIn: UInt32 = 0xe000

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  /// The first documents of the text, at most two.
  mutating func documents() throws -> [Node] {
    while true {
      do {
        return try DuplicateKeys.documents(of: text)
      } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
        guard let name = duplicates.first, standIn(for: name, after: context.mark) else {
          throw YamlError.duplicatedKeysInMapping(duplicates: duplicates, context: context)
        }
      }
    }
  }

  private static func documents(of text: [Unicode.Scalar]) throws -> [Node] {
    var string = String.UnicodeScalarView()
    string.append(contentsOf: text)
    var rest = try Yams.compose_all(yaml: String(string), .basic, .default, .utf8)
    var documents: [Node] = []
    while documents.count < 2, let document = rest.next() { documents.append(document) }
    // The sequence ends at an error and keeps it.
    if let error = rest.error { throw error }
    return documents
  }

  /// Exchanges a key of a name that was given before, at a mark; false if it is not found.
  private mutating func standIn(for name: String, after mark: Mark) -> Bool {
    let word = Array(name.unicodeScalars)
    guard !word.isEmpty, let first = offset(of: mark) else { return false }
    guard let place = secondOfTwo(word, first, mark) ?? secondOfMany(word, first) else { return false }
    names[exchange(word, at: place)] = name
    return true
  }

  /// Puts what nobody writes for the word at an offset.
  private mutating func exchange(_ word: [Unicode.Scalar], at place: Int) -> String {
    let code = DuplicateKeys.firstStandIn + UInt32(names.count)
    let standIn = [Unicode.Scalar](repeating: Unicode.Scalar(code) ?? "?", count: word.count)
    text.replaceSubrange(place..<(place + word.count), with: standIn)
    var key = String.UnicodeScalarView()
    key.append(contentsOf: standIn)
    return String(key)
  }

  /// The offset of the one word without which the parser has nothing left to say about the key at a mark.
  private mutating func secondOfTwo(_ word: [Unicode.Scalar], _ first: Int, _ mark: Mark) -> Int? {
    let before = text
    defer { text = before }
    for next in (first + word.count)..<max(first + word.count, text.count - word.count + 1) {
      guard attempts < DuplicateKeys.attemptLimit else { return nil }
      guard text[next] == word[0], text[next..<(next + word.count)].elementsEqual(word) else { continue }
      let end = text[(next + word.count)...].first { !"\"' \t".unicodeScalars.contains($0) }
      guard end == ":" else { continue }
      _ = exchange(word, at: next)
      let complaint = markOfComplaint()
      if complaint?.line != mark.line || complaint?.column != mark.column { return next }
      text = before
    }
    return nil
  }

  /// Of three or more: without the first, the parser names the second.
  private mutating func secondOfMany(_ word: [Unicode.Scalar], _ first: Int) -> Int? {
    let before = text
    defer { text = before }
    _ = exchange(word, at: first)
    guard let second = markOfComplaint().flatMap(offset), second > first,
      second + word.count <= text.count, text[second..<(second + word.count)].elementsEqual(word)
    else { return nil }
    return second
  }

  /// Where the parser sees a key that is given again; nil if nowhere.
  private mutating func markOfComplaint() -> Mark? {
    attempts += 1
    do {
      _ = try DuplicateKeys.documents(of: text)
      return nil
    } catch YamlError.duplicatedKeysInMapping(_, let context) {
      return context.mark
    } catch {
      return nil
    }
  }

  private func offset(of mark: Mark) -> Int? {
    var line = 1
    var offset = 0
    while line < mark.line {
      guard let end = text[offset...].firstIndex(of: "\n") else { return nil }
      offset = end + 1
      line += 1
    }
    offset += mark.column - 1
    return text.indices.contains(offset) ? offset : nil
  }
}
