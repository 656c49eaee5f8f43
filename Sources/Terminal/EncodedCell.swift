internal import Canvas

/// A cell as it goes to ncurses: glyph, attributes, and the numbers of its colours there, -1 for the terminal's own.
struct EncodedCell: Equatable {
  var glyph: Glyph
  var foreground: Int32
  var background: Int32
  var attributes: Attributes
}
