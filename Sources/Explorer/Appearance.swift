public import Canvas

/// How the picture is drawn: what the person chose and what the terminal can show.
public struct Appearance: Sendable, Hashable {
  public var theme: Theme
  public var glyphs: GlyphSet
  public var depth: ColourDepth
  /// Whether anything beyond ASCII can be shown at all.
  public var isUnicode: Bool

  public init(
    theme: Theme = .dark, glyphs: GlyphSet = .braille, depth: ColourDepth = .indexed256,
    isUnicode: Bool = true
  ) {
    self.theme = theme
    self.glyphs = isUnicode ? glyphs : .ascii
    self.depth = depth
    self.isUnicode = isUnicode
  }
}
