/// The colours of curves that are parts of one entry's loss.
extension Palette {
  /// The loss itself, and what the flat and the sharp direction have of it: a colour each that is no entry's, as far as
  /// there are so many.
  package var parts: (whole: Colour, flat: Colour, sharp: Colour) {
    switch depth {
    case .ansi16: theme.isDark ? (.ansi(7), .ansi(8), .ansi(14)) : (.ansi(12), .ansi(2), .ansi(6))
    case .ansi8: (strong, accent, warning)
    default: (strong, muted, good)
    }
  }
}
