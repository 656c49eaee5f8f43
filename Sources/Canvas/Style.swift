/// How a cell is drawn: two colours and attributes, packed into one word.
public struct Style: Hashable, Sendable {
  /// Foreground in bits 0 to 25, background in bits 26 to 51, attributes in bits 52 to 59.
  private var bits: UInt64

  /// A style of these colours and attributes.
  public init(
    _ foreground: Colour = .terminal, on background: Colour = .terminal, _ attributes: Attributes = []
  ) {
    bits = UInt64(foreground.bits) | UInt64(background.bits) << 26 | UInt64(attributes.rawValue) << 52
  }

  /// A style of these colours and attributes.
  public init(foreground: Colour, background: Colour, attributes: Attributes = []) {
    self.init(foreground, on: background, attributes)
  }

  /// The terminal's own colours, no attributes.
  public static let plain = Style()

  private static let mask: UInt64 = 1 << 26 - 1

  /// The colour of the glyph.
  public var foreground: Colour {
    get { Colour(bits: UInt32(truncatingIfNeeded: bits & Style.mask)) }
    set { bits = bits & ~Style.mask | UInt64(newValue.bits) }
  }

  /// The colour behind the glyph.
  public var background: Colour {
    get { Colour(bits: UInt32(truncatingIfNeeded: bits >> 26 & Style.mask)) }
    set { bits = bits & ~(Style.mask << 26) | UInt64(newValue.bits) << 26 }
  }

  /// Bold, dim, reverse, underline.
  public var attributes: Attributes {
    get { Attributes(rawValue: UInt8(truncatingIfNeeded: bits >> 52)) }
    set { bits = bits & (1 << 52 - 1) | UInt64(newValue.rawValue) << 52 }
  }

  /// This style over another ground.
  public func on(_ background: Colour) -> Style {
    var copy = self
    copy.background = background
    return copy
  }

  /// This style with another colour for the glyph.
  public func with(_ foreground: Colour) -> Style {
    var copy = self
    copy.foreground = foreground
    return copy
  }

  /// This style with attributes added.
  public func adding(_ attributes: Attributes) -> Style {
    var copy = self
    copy.attributes.formUnion(attributes)
    return copy
  }

  /// This style with attributes added: bold.
  public var bold: Style { adding(.bold) }

  /// The nearest style that a terminal of this depth can show.
  public func quantised(to depth: ColourDepth) -> Style {
    Style(foreground.quantised(to: depth), on: background.quantised(to: depth), attributes)
  }
}
