internal import Canvas

/// Characters of the private use area that ncurses is given for those whose width the system does not know, or gets wrong:
/// it would not print them, or push the rest of their row aside. On the way out the true ones take their place.
struct StandIns {
  /// The characters that have one, in the order in which they got it.
  private(set) var originals: [UInt32] = []
  /// What ncurses is given for a character.
  private var bases: [UInt32: UInt32] = [:]

  /// The stand-ins: all that UTF-8 begins with one byte, 0xEE.
  static let range: ClosedRange<UInt32> = 0xe000...0xefff

  /// What ncurses is to be given for the base of a glyph; a question mark where there is no way to show it in the columns
  /// that it takes on the canvas.
  mutating func base(for glyph: Glyph, columns: (UInt32) -> Int) -> UInt32 {
    let base = glyph.base
    if base < 0x7f { return base }
    if let known = bases[base] { return known }
    var given = base
    if columns(base) != glyph.columns {
      given = 0x3f
      let next = StandIns.range.lowerBound + UInt32(originals.count)
      if glyph.columns == 1, StandIns.range.contains(next), columns(next) == 1 {
        given = next
        originals.append(base)
      }
    }
    bases[base] = given
    return given
  }

  /// The true character of the stand-in whose three bytes begin here, in UTF-8; nil if there is none.
  func original(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    guard bytes.count >= 3, bytes.first == 0xee else { return nil }
    let tail = Array(bytes.prefix(3).dropFirst())
    let index = Int(tail[0] & 0x3f) << 6 | Int(tail[1] & 0x3f)
    guard originals.indices.contains(index), let scalar = Unicode.Scalar(originals[index]) else { return nil }
    return Array(String(scalar).utf8)
  }
}
