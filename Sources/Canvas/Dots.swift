/// How many dots a cell is divided into, and the characters that show them.
public enum Dots: Sendable, CaseIterable {
  /// 1×1: a sign that follows the direction of the line.
  case single
  /// 1×2 half-blocks.
  case half
  /// 2×2 quadrants.
  case quadrant
  /// 2×3 sextants.
  case sextant
  /// 2×4 octants.
  case octant
  /// 2×4 braille dots.
  case braille

  /// Dots across a cell.
  public var across: Int { self == .single || self == .half ? 1 : 2 }

  /// Dots down a cell.
  public var down: Int {
    switch self {
    case .single: 1
    case .half, .quadrant: 2
    case .sextant: 3
    case .octant, .braille: 4
    }
  }

  /// The bits of a cell that is full.
  var full: UInt8 { UInt8(truncatingIfNeeded: 1 << (across * down) - 1) }

  /// The bit of a dot within its cell.
  @inline(__always)
  func bit(_ x: Int, _ y: Int) -> UInt8 {
    // Braille numbers its dots down the left column, then the right, and the fourth row last (Unicode 2800 block).
    if self == .braille { return y == 3 ? 0x40 << x : 1 << (y + 3 * x) }
    return 1 << (y * across + x)
  }

  /// The glyph that shows a set of dots.
  public func glyph(_ bits: UInt8) -> Glyph {
    switch self {
    case .single:
      return Dots.signs[Int(min(bits, 5))]
    case .half:
      return Dots.quadrants[Int(bits & 1) * 3 + Int(bits >> 1 & 1) * 12]
    case .quadrant:
      return Dots.quadrants[Int(bits & 15)]
    case .sextant:
      switch bits & 63 {
      case 0: return .space
      case 0x15: return Glyph(block: 0x258c)
      case 0x2a: return Glyph(block: 0x2590)
      case 0x3f: return Glyph(block: 0x2588)
      // The block leaves out the four that exist elsewhere.
      case let set: return Glyph(block: 0x1faff + UInt32(set) - (set > 0x15 ? 1 : 0) - (set > 0x2a ? 1 : 0))
      }
    case .octant:
      return Dots.octants[Int(bits)]
    case .braille:
      return bits == 0 ? .space : Glyph(block: 0x2800 + UInt32(bits))
    }
  }

  static let signs: [Glyph] = [" ", "-", "|", "/", "\\", "*"]

  /// The sign for a line that goes this way, dots down being positive: its index in `signs`. A cell is about twice as high
  /// as wide, so a slope of one cell a cell is steep.
  static func sign(dx: Double, dy: Double) -> UInt8 {
    let (across, down) = (abs(dx), abs(dy) * 2)
    if down <= across * 0.6 { return 1 }
    if across <= down * 0.3 { return 2 }
    return dx * dy < 0 ? 3 : 4
  }

  /// Quadrants by top left 1, top right 2, bottom left 4, bottom right 8.
  static let quadrants: [Glyph] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]

  /// Octants by their dots, row by row from the top left. Unicode 16 has 230 of them from U+1CD00 on, in rising order; the
  /// other 26 are characters that were there before, or stand elsewhere.
  static let octants: [Glyph] = {
    var table = [Glyph?](repeating: nil, count: 256)
    for (set, quadrant) in quadrants.enumerated() {
      // Each quadrant is two octants high.
      var bits = 0
      for (corner, octants) in [0b0000_0101, 0b0000_1010, 0b0101_0000, 0b1010_0000].enumerated()
      where set >> corner & 1 == 1 { bits |= octants }
      table[bits] = quadrant
    }
    for (bits, value) in [
      0x01: 0x1cea8, 0x02: 0x1ceab, 0x40: 0x1cea3, 0x80: 0x1cea0, 0x14: 0x1fbe6, 0x28: 0x1fbe7, 0x03: 0x1fb82,
      0x3f: 0x1fb85, 0xc0: 0x2582, 0xfc: 0x2586,
    ] as [Int: UInt32] { table[bits] = Glyph(block: value) }
    var next: UInt32 = 0x1cd00
    return table.map { glyph in
      if let glyph { return glyph }
      defer { next += 1 }
      return Glyph(block: next)
    }
  }()
}
