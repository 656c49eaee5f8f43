import Yams

/// Parses a text in which a key may stand twice in a mapping, which the parser refuses as a whole, naming the keys but only
/// the place of the first.
///
/// Keys given again are exchanged for words of the same length that are in no text, so that everything else keeps its place
/// and the rest of the document can be read. They are found by one pass over what follows the first; the parser then says
/// whether they were all.
struct DuplicateKeys {
  /// The keys that were given again, by what stands for them now.
  private(set) var names: [String: String] = [:]
  private let text: String
  /// Empty until a key is found that is there twice: the parser has the text itself.
  private var lines: [[Unicode.Scalar]] = []

  /// The most mappings that are mended; what is wrong beyond them is told once they are put right.
  private static let mappingLimit = 3
  /// The most keys given again that are told of.
  private static let nameLimit = 1000
  /// Characters of the private use area, of which nobody types words.
  private static let firstStandIn: UInt32 = 0xf0000

  init(_ text: String) { self.text = text }

  /// The first documents of the text, at most two.
  mutating func documents() throws -> [Node] {
    for _ in 0..<DuplicateKeys.mappingLimit {
      do {
        return try parsed()
      } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
        guard exchange(Set(duplicates), after: context.mark) else {
          throw YamlError.duplicatedKeysInMapping(duplicates: duplicates, context: context)
        }
      }
    }
    return try parsed()
  }

  private func parsed() throws -> [Node] {
    var rest = try Yams.compose_all(yaml: mended, .basic, .default, .utf8)
    var documents: [Node] = []
    while documents.count < 2, let document = rest.next() { documents.append(document) }
    // The sequence ends at an error and keeps it.
    if let error = rest.error { throw error }
    return documents
  }

  /// The text with what was exchanged.
  private var mended: String {
    guard !lines.isEmpty else { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: lines.joined(separator: CollectionOfOne<Unicode.Scalar>("\n")))
    return String(scalars)
  }

  // MARK: Places

  /// A key in the text, without its quotes.
  private struct Place {
    let line: Int
    let columns: Range<Int>
  }

  /// Exchanges the keys of some names that a mapping has again, after the first at a mark; false if there is none to be found.
  private mutating func exchange(_ wanted: Set<String>, after mark: Mark) -> Bool {
    let (line, column) = (mark.line - 1, mark.column - 1)
    if lines.isEmpty { lines = TextLines.split(text) }
    guard lines.indices.contains(line), column <= lines[line].count else { return false }
    var keys = siblings(of: wanted, fromLine: line, column: column)
    if keys.isEmpty { keys = flowSiblings(of: wanted, fromLine: line, column: column) }
    var seen: Set<String> = []
    var isMended = false
    for (name, place) in keys where !seen.insert(name).inserted && names.count < DuplicateKeys.nameLimit {
      guard let scalar = Unicode.Scalar(DuplicateKeys.firstStandIn + UInt32(names.count)) else { break }
      let standIn = [Unicode.Scalar](repeating: scalar, count: place.columns.count)
      lines[place.line].replaceSubrange(place.columns, with: standIn)
      names[String(String.UnicodeScalarView(standIn))] = name
      isMended = true
    }
    return isMended
  }

  /// The keys of a mapping with a key a line: those at the column of the first, until a line stands further out.
  private func siblings(
    of wanted: Set<String>, fromLine first: Int, column: Int
  ) -> [(name: String, place: Place)] {
    guard lines[first][..<column].allSatisfy({ " -?".unicodeScalars.contains($0) }) else { return [] }
    var keys: [(name: String, place: Place)] = []
    for line in first..<lines.count {
      let scalars = lines[line]
      guard let start = line == first ? column : scalars.firstIndex(where: { $0 != " " }),
        start < scalars.count, scalars[start] != "#", scalars[start] != "\r"
      else { continue }
      if start < column { break }
      if start == column, let key = key(at: start, in: line, among: wanted) { keys.append(key) }
    }
    return keys.count > 1 ? keys : []
  }

  /// The keys of a mapping in braces, up to the brace that ends it.
  private func flowSiblings(
    of wanted: Set<String>, fromLine first: Int, column: Int
  ) -> [(name: String, place: Place)] {
    var keys: [(name: String, place: Place)] = []
    var depth = 0
    var quote: Unicode.Scalar?
    // Whether a key may begin here: after a brace or a comma of this mapping.
    var mayBegin = true
    for line in first..<lines.count {
      var place = line == first ? column : 0
      while place < lines[line].count {
        let scalar = lines[line][place]
        defer { place += 1 }
        if let open = quote {
          if scalar == "\\", open == "\"" { place += 1 } else if scalar == open { quote = nil }
          continue
        }
        if mayBegin, depth == 0, scalar != " ", let key = key(at: place, in: line, among: wanted) {
          keys.append(key)
          place = key.place.columns.upperBound
          mayBegin = false
          continue
        }
        switch scalar {
        case "[", "{": depth += 1
        case "]", "}":
          depth -= 1
          if depth < 0 { return keys }
        case ",": mayBegin = true
        case "\"", "'":
          // Within a word it is no quote.
          let last = lines[line][..<place].last ?? " "
          if " :,[{".unicodeScalars.contains(last) { quote = scalar }
          if depth == 0 { mayBegin = false }
        case " ", "\t", "\r": break
        default: if depth == 0 { mayBegin = false }
        }
      }
    }
    return keys
  }

  /// The key at a place, if it is one of those wanted and a colon follows.
  private func key(
    at start: Int, in line: Int, among wanted: Set<String>
  ) -> (name: String, place: Place)? {
    let scalars = lines[line]
    let quote = scalars[start] == "\"" || scalars[start] == "'" ? scalars[start] : nil
    let begin = quote == nil ? start : start + 1
    var end = begin
    while end < scalars.count, quote == nil ? scalars[end] != ":" : scalars[end] != quote {
      // What is longer than a line of text is no key.
      guard end - begin < 1024 else { return nil }
      end += 1
    }
    var colon = quote == nil ? end : end + 1
    while colon < scalars.count, scalars[colon] == " " { colon += 1 }
    guard colon < scalars.count, scalars[colon] == ":" else { return nil }
    if quote == nil { while end > begin, scalars[end - 1] == " " { end -= 1 } }
    var name = String.UnicodeScalarView()
    name.append(contentsOf: scalars[begin..<end])
    guard end > begin, wanted.contains(String(name)) else { return nil }
    return (String(name), Place(line: line, columns: begin..<end))
  }
}
