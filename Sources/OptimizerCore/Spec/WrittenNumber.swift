// Numbers as people write them in options and scenes, with blanks around them.

extension FixedWidthInteger {
  /// A whole number in any notation: `1000`, `1e3`, `10.0`.
  package init?(written text: some StringProtocol) {
    let digits = text.withoutBlanks
    guard let value = Self(digits) ?? Double(digits).flatMap({ Self(exactly: $0) }) else { return nil }
    self = value
  }
}

extension Double {
  /// A finite number.
  package init?(written text: some StringProtocol) {
    guard let value = Double(text.withoutBlanks), value.isFinite else { return nil }
    self = value
  }
}

extension StringProtocol {
  /// The text without the blanks at its ends.
  package var withoutBlanks: String {
    var rest = String(self)[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
