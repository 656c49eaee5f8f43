import Canvas

extension Glyph {
  /// The digit of an entry, counted from 0, as on its key.
  static func digit(ofEntry index: Int) -> Glyph { Glyph(Character("\(index + 1)")) }
}
