import Yams

/// A key of a mapping in a scene document: what it is called, what its value looks like, and how it is read.
struct FormatKey<Draft>: Sendable {
  /// The key.
  let name: String
  /// What its value looks like, by an example.
  let form: String
  /// What it is for, in a few words.
  let meaning: String
  /// Reads its value into what is being made, or says what is wrong.
  let read: @Sendable (inout DocumentReader, Node, inout Draft) -> Void

  init(
    _ name: String, _ form: String, _ meaning: String,
    read: @escaping @Sendable (inout DocumentReader, Node, inout Draft) -> Void
  ) {
    self.name = name
    self.form = form
    self.meaning = meaning
    self.read = read
  }
}
