/// What a terminal reports.
public enum Event: Sendable, Equatable {
  /// A key was typed.
  case key(Key)
  /// The mouse did something.
  case mouse(Mouse)
  /// Text was pasted, as a whole; never to be read as keys. Not sanitised.
  case paste(String)
  /// The screen has this size now, in cells.
  case resize(width: Int, height: Int)
  /// The terminal turned out to draw this set of glyphs.
  case draws(GlyphSet)
  /// The terminal turned out to show pictures beside its text, or to be too slow for them.
  case showsPictures(Bool)
  /// The terminal came to the front, or left it.
  case focus(Bool)
}
