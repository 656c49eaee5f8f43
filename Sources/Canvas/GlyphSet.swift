/// The rungs of the glyph ladder: which characters a plot is made of.
public enum GlyphSet: String, CaseIterable, Sendable {
  /// Whatever the terminal is known to show.
  case auto
  /// Half-block shading, braille contour lines, quadrant trails and curves.
  case braille
  /// Half-blocks for all of it.
  case half
  /// Half-block shading, quadrant lines, trails and curves.
  case quadrant
  /// Half-block shading, sextant lines, trails and curves.
  case sextant
  /// Half-block shading, octant lines, trails and curves.
  case octant
  /// Letters and signs of ASCII alone.
  case ascii
  /// Pixels in place of characters, where the terminal shows pictures; octants wherever it does not.
  case pixels

  /// The next rung, for a key that goes through them; `auto` is skipped.
  public var next: GlyphSet {
    switch self {
    case .auto, .ascii: .braille
    case .braille: .half
    case .half: .quadrant
    case .quadrant: .sextant
    case .sextant: .octant
    case .octant: .pixels
    case .pixels: .ascii
    }
  }

  /// The dots of contour lines, which are no more than a tint.
  public var lineDots: Dots {
    switch self {
    case .auto, .braille: .braille
    case .half: .half
    case .quadrant: .quadrant
    case .sextant: .sextant
    case .octant, .pixels: .octant
    case .ascii: .single
    }
  }

  /// The dots of trails and curves: broad enough to be seen from afar.
  package var trailDots: Dots {
    switch self {
    case .auto, .braille, .quadrant: .quadrant
    case .half: .half
    case .sextant: .sextant
    case .octant, .pixels: .octant
    case .ascii: .single
    }
  }
}

extension Glyph {
  /// The nearest glyph in ASCII; itself if it is one. Blocks become `#`, lines `-` and `|`, Greek letters a Latin one
  /// that formulas do not need for something else, ← becomes `=` and … becomes `~`, anything without a likeness `?`.
  public var ascii: Glyph {
    let value = base
    if bits == 0 { return self }
    if value < 0x7f { return Glyph(Unicode.Scalar(value) ?? "?") }
    switch value {
    case 0x2800: return .space
    case 0x2801...0x28ff: return "."
    case 0x2591: return "."
    case 0x2592: return ":"
    case 0x2580...0x259f, 0x1cd00...0x1ceaf, 0x1fb00...0x1fbe7: return "#"
    case 0x2500...0x257f: return Glyph.asciiBox(value)
    case 0x2070...0x2079: return Glyph(Unicode.Scalar(UInt8(0x30 + value - 0x2070)))
    case 0x2080...0x2089: return Glyph(Unicode.Scalar(UInt8(0x30 + value - 0x2080)))
    default: return Glyph.likeness[value] ?? "?"
    }
  }

  private static func asciiBox(_ value: UInt32) -> Glyph {
    switch value {
    case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254c, 0x254d, 0x2550, 0x2574, 0x2576, 0x2578,
      0x257a:
      "-"
    case 0x2502, 0x2503, 0x2506, 0x2507, 0x250a, 0x250b, 0x254e, 0x254f, 0x2551, 0x2575, 0x2577, 0x2579,
      0x257b:
      "|"
    case 0x2571: "/"
    case 0x2572: "\\"
    default: "+"
    }
  }

  private static let likeness: [UInt32: Glyph] = {
    // One cell each, so that nothing moves; and no two that formulas need apart are alike. f, g, m, t, x and y are names
    // of their own there, l and 0 look like numbers, and < would compare what ← assigns.
    let pairs: [(String, String)] = [
      ("αβγδεζηθικλμνξοπρστυφχψω", "abcdeznwikLuvXoprsTUFCYW"),
      ("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", "ABGAEZHQIKLMNXOPRSTUFCYO"),
      ("∇∂√∑∏∞±×÷·−∓≤≥≠≈≡∈∫", "DdVSPo~x/.-~<>!~=eS"),
      ("←→↑↓↔↕⇐⇒↖↗↘↙↩↵⏎⟵⟶", "=>^v-|=>\\/\\/====>"),
      ("▶▷▸▹►◀◁◂◃◄▲△▴▵▼▽▾▿", ">>>>><<<<<^^^^vvvv"),
      ("●○◉◎◌•∙◦■□▪▫◆◇◈★☆✓✔✗✘✕", "ooooo...##..****+vvxxx"),
      ("…‥‘’“”‚„‹›«»–—‐‑¦¬°½¼¾", "~~''\"\",\"<><>----|!ohq/"),
      ("⁺⁻⁼⁽⁾ⁿᵀᵗᵃ₊₋₌₍₎ₜᵢⱼₖ²³¹", "+-=()nTta+-=()tijk231"),
      ("⏸⏵⏴⏹⏺⏮⏭", "=><##<>"), ("ℓ‖∥⊙⊗∘⟨⟩⌊⌋⌈⌉", "l||ox.()[][]"),
      ("àáâãäåèéêëìíîïòóôõöøùúûüýÿçñ", "aaaaaaeeeeiiiioooooouuuuyycn"),
      ("ÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝÇÑ", "AAAAAAEEEEIIIIOOOOOOUUUUYCN"),
      ("ẋẍṁŝ", "xxms"),
    ]
    var table: [UInt32: Glyph] = [0xa0: .space, 0x2033: "\"", 0x2032: "'"]
    for (from, to) in pairs {
      for (a, b) in zip(from.unicodeScalars, to.unicodeScalars) { table[a.value] = Glyph(b) }
    }
    return table
  }()
}
