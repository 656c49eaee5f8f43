/// What the program has to say until the next key.
struct Status: Hashable {
  enum Kind: Hashable {
    case note
    case warning
  }

  var kind: Kind
  var text: String

  static func note(_ text: String) -> Status { Status(kind: .note, text: text) }
  static func warning(_ text: String) -> Status { Status(kind: .warning, text: text) }
}
