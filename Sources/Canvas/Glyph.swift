/// What one cell shows: a base scalar and up to two combining marks, packed into one word. m̂ is one glyph.
///
/// A glyph is one column wide, or two for East Asian wide scalars; the canvas keeps the two halves of a wide glyph
/// together. Only scalars that are safe to print get into a glyph.
public struct Glyph: Hashable, Sendable, ExpressibleByUnicodeScalarLiteral {
  /// Base scalar in bits 0 to 20, marks in bits 21 to 41 and 42 to 62, wide in bit 63. All zero is the right half of a
  /// wide glyph.
  let bits: UInt64

  private init(bits: UInt64) { self.bits = bits }

  /// A blank.
  public static let space = Glyph(bits: 0x20)
  /// The right half of the wide glyph to its left.
  public static let continuation = Glyph(bits: 0)

  /// The glyph of one scalar. A scalar that is not safe to print, or has no width of its own, becomes `?`.
  public init(_ scalar: Unicode.Scalar) {
    switch Text.columns(of: scalar) {
    case 1: bits = UInt64(scalar.value)
    case 2: bits = UInt64(scalar.value) | 1 << 63
    default: bits = UInt64(Unicode.Scalar("?").value)
    }
  }

  /// The glyph of a character; marks after the second are dropped, an unsafe base becomes `?`.
  public init(_ character: Character) {
    var scalars = character.unicodeScalars.makeIterator()
    var glyph = Glyph(scalars.next() ?? " ")
    while let mark = scalars.next(), Text.isCombining(mark) { glyph = glyph.joined(by: mark) }
    self = glyph
  }

  /// The glyph of one scalar.
  public init(unicodeScalarLiteral scalar: Unicode.Scalar) { self.init(scalar) }

  /// Whether it is a letter, a digit or another sign of text, rather than a blank, a line, a block or dots.
  package var isText: Bool {
    let value = base
    if bits == 0 || value == 0x20 { return false }
    let isDrawn =
      (0x2500...0x259f).contains(value) || (0x2800...0x28ff).contains(value)
      || (0x1cd00...0x1ceaf).contains(value) || (0x1fb00...0x1fbff).contains(value)
    return !isDrawn
  }

  /// A glyph known to be one column wide: block elements, braille, sextants.
  init(block value: UInt32) { bits = UInt64(value) }

  /// A scalar that a terminal puts a part of a picture in place of, with the marks that say which part.
  package init(placeholder: Unicode.Scalar, _ first: Unicode.Scalar, _ second: Unicode.Scalar) {
    self = Glyph(bits: UInt64(placeholder.value)).joined(by: first).joined(by: second)
  }

  /// This glyph with a combining mark; a third mark is dropped.
  func joined(by mark: Unicode.Scalar) -> Glyph {
    if bits >> 21 & 0x1f_ffff == 0 { return Glyph(bits: bits | UInt64(mark.value) << 21) }
    if bits >> 42 & 0x1f_ffff == 0 { return Glyph(bits: bits | UInt64(mark.value) << 42) }
    return self
  }

  /// The columns it takes: 1, 2 for a wide glyph, 0 for the right half of one.
  public var columns: Int { bits == 0 ? 0 : bits >> 63 == 1 ? 2 : 1 }

  /// The value of the base scalar; 0 for the right half of a wide glyph.
  public var base: UInt32 { UInt32(truncatingIfNeeded: bits & 0x1f_ffff) }

  /// The values of the two combining marks, 0 for none.
  public var combining: (UInt32, UInt32) {
    (UInt32(truncatingIfNeeded: bits >> 21 & 0x1f_ffff), UInt32(truncatingIfNeeded: bits >> 42 & 0x1f_ffff))
  }

  /// The scalars, base first; none for the right half of a wide glyph.
  public var scalars: [Unicode.Scalar] {
    [bits & 0x1f_ffff, bits >> 21 & 0x1f_ffff, bits >> 42 & 0x1f_ffff]
      .filter { $0 != 0 }.compactMap { Unicode.Scalar(UInt32($0)) }
  }

  /// Appends the text of the glyph.
  func write(to text: inout String.UnicodeScalarView) {
    var rest = bits & ~(1 << 63)
    while rest != 0 {
      if let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: rest & 0x1f_ffff)) { text.append(scalar) }
      rest >>= 21
    }
  }
}

extension Glyph {
  /// ▀, what shading is made of.
  public static let upperHalf = Glyph(block: 0x2580)
  /// ▄.
  public static let lowerHalf = Glyph(block: 0x2584)
  /// ▌.
  public static let leftHalf = Glyph(block: 0x258c)
  /// ▐.
  public static let rightHalf = Glyph(block: 0x2590)
  /// █.
  public static let fullBlock = Glyph(block: 0x2588)
}
