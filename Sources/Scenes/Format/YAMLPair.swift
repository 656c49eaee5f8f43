/// A key with its value, as a document is written.
struct YAMLPair: Sendable, Hashable {
  let key: String
  let value: YAMLValue

  init(_ key: String, _ value: YAMLValue) {
    self.key = key
    self.value = value
  }

  /// The lines of a document that say so.
  var lines: [String] {
    switch value {
    case .inline(let text): ["\(key): \(text)"]
    case .lines(let lines): ["\(key):"] + lines.map { "  " + $0 }
    }
  }
}
