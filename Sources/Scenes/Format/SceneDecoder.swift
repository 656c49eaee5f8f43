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
  private let isBundled: Bool

  init(file: String, isBundled: Bool = false) {
    self.file = file
    self.isBundled = isBundled
  }

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
    var reader = DocumentReader(file: file, text: text, isBundled: isBundled)
    var scene: Scene?
    if let root = root(of: text, &reader) { scene = SceneDecoder.scene(of: root, name: name, &reader) }
    guard reader.errors.isEmpty, let scene else {
      var errors = reader.errors.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
      if reader.isFull {
        errors.append(SceneError(file: file, message: "\(errors.count) faults are told; there may be more"))
      }
      throw SceneErrors(errors)
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
      reader.fail(sceneError(of: error, reader.lines))
      return nil
    }
  }

  /// Whether a tab stands at a place, counted from 1; the parser's place may be none of the document's.
  static func isTab(line: Int, column: Int, in lines: [[Unicode.Scalar]]) -> Bool {
    guard lines.indices.contains(line - 1) else { return false }
    return lines[line - 1].dropFirst(max(1, column) - 1).first == "\t"
  }

  /// A few names are enough to find the place.
  private static let namesTold = 3

  private static func complaint(ofRepeated names: [String]) -> String {
    // A few characters of each: the file may be some other one, through a link.
    let told = names.sorted().prefix(namesTold).map { "'\(Excerpt.printable($0, limit: 20))'" }
      .joined(separator: ", ")
    let rest = names.count - namesTold
    return rest > 0
      ? "\(told) and \(rest) more are given more than once"
      : "\(told) \(names.count == 1 ? "is" : "are") given more than once"
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

  private func sceneError(of error: any Error, _ lines: [[Unicode.Scalar]]) -> SceneError {
    guard let error = error as? YamlError else {
      return SceneError(file: file, message: "not YAML: \(error)")
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let isTooDeep = problem.hasPrefix("Maximum nesting level")
      let message =
        isTooDeep
        ? "nested too deeply"
        : SceneDecoder.isTab(line: mark.line, column: mark.column, in: lines)
          ? "a tab stands here; YAML indents with blanks" : "not YAML: \(problem)"
      return SceneError(file: file, line: mark.line, column: mark.column, message: message)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return SceneError(
        file: file, line: context.mark.line, column: context.mark.column,
        message: SceneDecoder.complaint(ofRepeated: duplicates.map { "\($0)" }))
    case .reader(let problem, let offset, _, _):
      return SceneError(
        file: file, message: "not YAML: \(problem)\(offset.map { " at byte \($0)" } ?? "")")
    default:
      return SceneError(file: file, message: "not YAML: \(error)")
    }
  }
}
