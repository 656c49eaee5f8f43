extension Palette {
  /// The colours of letters that stand for things, in formulas and on pictures, by their numbers from 0 to 7; others have the
  /// last. They stand out from the shading of their theme; where there are few colours some share one, and the letters tell
  /// them apart.
  public func letter(_ number: Int) -> Colour {
    let colours = Palette.letters[min(max(number, 0), Palette.letters.count - 1)]
    let (hex, sixteen, eight) = theme.isDark ? colours.dark : colours.light
    return switch depth {
    case .direct, .indexed256: Colour(hex: hex).quantised(to: depth)
    case .ansi16: .ansi(sixteen)
    case .ansi8: .ansi(eight)
    case .none: .terminal
    }
  }

  private typealias Shades = (hex: UInt32, sixteen: Int, eight: Int)

  private static let letters: [(dark: Shades, light: Shades)] = [
    ((0xff9f43, 11, 3), (0xb34700, 1, 1)),
    ((0x6dffb3, 10, 2), (0x00703a, 2, 2)),
    ((0xc9a7ff, 13, 5), (0x6a35b8, 5, 5)),
    ((0xffffff, 15, 7), (0x000000, 0, 0)),
    ((0x8fe3ff, 14, 6), (0x005f9e, 4, 4)),
    ((0xff6fd8, 9, 1), (0xa8007f, 5, 5)),
    ((0xfff3a8, 11, 3), (0x6b4e00, 8, 1)),
    ((0xd5d9e0, 7, 7), (0x23262d, 0, 0)),
  ]
}
