public import Canvas

/// How the picture is drawn: what the person chose and what the terminal can show.
public struct Appearance: Sendable, Hashable {
  /// Dark or light.
  public var theme: Theme
  /// The characters the picture is made of.
  public var glyphs: GlyphSet
  /// The colours to be had.
  public var depth: ColourDepth
  /// Whether anything beyond ASCII can be shown at all.
  public var isUnicode: Bool

  /// The colours of the picture. Pixels have all of them, whatever characters have.
  var palette: Palette {
    guard glyphs == .pixels else { return Palette(theme: theme, depth: depth) }
    // Of 256 colours the page is the nearest, in the picture and around it.
    return Palette(theme: theme, depth: .direct, groundDepth: depth == .indexed256 ? depth : nil)
  }

  /// An appearance; without Unicode the glyphs are ASCII whatever is asked for.
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
