import Yams

/// A key of a mapping in a scene document: what it is called, what its value looks like, how it is read into what is being
/// made (`Draft`), and how it is written of what there is (`Whole`).
struct FormatKey<Draft, Whole>: Sendable {
  /// The key.
  let name: String
  /// What its value looks like, by an example.
  let form: String
  /// What it is for, in a few words.
  let meaning: String
  /// Reads its value into what is being made, or says what is wrong.
  let read: @Sendable (inout DocumentReader, Node, inout Draft) -> Void
  /// Its value as a document has it; nil where leaving the key out says the same.
  let write: @Sendable (Whole) -> YAMLValue?

  init(
    _ name: String, _ form: String, _ meaning: String,
    read: @escaping @Sendable (inout DocumentReader, Node, inout Draft) -> Void,
    write: @escaping @Sendable (Whole) -> YAMLValue?
  ) {
    self.name = name
    self.form = form
    self.meaning = meaning
    self.read = read
    self.write = write
  }

  /// The keys and values of a whole, in the order of a table.
  static func pairs(of whole: Whole, by keys: [FormatKey]) -> [YAMLPair] {
    keys.compactMap { key in key.write(whole).map { YAMLPair(key.name, $0) } }
  }
}
