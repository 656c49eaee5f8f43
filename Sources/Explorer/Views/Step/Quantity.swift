import Canvas
import OptimizerCore

/// What a letter of an update rule stands for: that decides its colour, which is the same in the equation, on the landscape
/// and in the tables.
enum Quantity: Hashable, CaseIterable {
  /// A gradient.
  case gradient
  /// A velocity, or an average of gradients.
  case moment
  /// Squares of gradients, remembered.
  case squares
  /// The point, and the way to it.
  case step
  /// What the step goes along, or is put together from.
  case direction
  /// The part of a step that pulls towards the origin.
  case decay
  /// A place besides the point: a probe, a slow point, an average.
  case place
  /// A number or a matrix.
  case other

  /// What a slot or the result of a line is, by what the rule declares it to be.
  init(_ role: SlotRole) {
    switch role {
    case .gradient: self = .gradient
    case .average: self = .moment
    case .averageOfSquares, .squares: self = .squares
    case .direction: self = .direction
    case .decay: self = .decay
    case .place, .probe: self = .place
    case .point: self = .step
    case .number, .matrix: self = .other
    }
  }

  /// Its colour. They stand out from the shading of their theme; where there are few colours some share one, and the
  /// letters tell them apart.
  func colour(in palette: Palette) -> Colour {
    let isDark = palette.theme.isDark
    let (hex, sixteen, eight): (UInt32, Int, Int) =
      switch self {
      case .gradient: isDark ? (0xff9f43, 11, 3) : (0xb34700, 1, 1)
      case .moment: isDark ? (0x6dffb3, 10, 2) : (0x00703a, 2, 2)
      case .squares: isDark ? (0xc9a7ff, 13, 5) : (0x6a35b8, 5, 5)
      case .step: isDark ? (0xffffff, 15, 7) : (0x000000, 0, 0)
      case .direction: isDark ? (0x8fe3ff, 14, 6) : (0x005f9e, 4, 4)
      case .decay: isDark ? (0xff6fd8, 9, 1) : (0xa8007f, 5, 5)
      case .place: isDark ? (0xfff3a8, 11, 3) : (0x6b4e00, 8, 1)
      case .other: isDark ? (0xd5d9e0, 7, 7) : (0x23262d, 0, 0)
      }
    return switch palette.depth {
    case .direct, .indexed256: Colour(hex: hex).quantised(to: palette.depth)
    case .ansi16: .ansi(sixteen)
    case .ansi8: .ansi(eight)
    case .none: .terminal
    }
  }

  /// The one letter by which an arrow or a point is known on the landscape.
  static func letter(of symbol: String) -> Glyph {
    if symbol.hasPrefix("∇") { return "∇" }
    let letters = symbol.filter(\.isLetter)
    return Glyph(
      symbol.count > 1 && symbol.contains(where: { "+)".contains($0) })
        ? letters.last ?? "·" : letters.first ?? symbol.first ?? "·")
  }
}
