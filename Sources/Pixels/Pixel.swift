public import Canvas

/// The colour of a pixel with how much of it covers what lies below: sRGB, already multiplied by its opacity.
public struct Pixel: Hashable, Sendable {
  /// Red, green, blue and opacity from the lowest byte to the highest, in memory in this order.
  public var bits: UInt32

  /// A pixel by its bytes; none of its colours is more than its opacity.
  @inlinable
  public init(bits: UInt32) { self.bits = bits }

  /// Nothing: what lies below shows.
  public static let clear = Pixel(bits: 0)

  /// A colour that covers what lies below; `.terminal` counts as mid grey.
  public init(_ colour: Colour) {
    bits = UInt32(colour.red) | UInt32(colour.green) << 8 | UInt32(colour.blue) << 16 | 0xff00_0000
  }

  /// How much it covers, 0 to 255.
  @inlinable
  public var opacity: UInt8 { UInt8(truncatingIfNeeded: bits >> 24) }

  /// Red, green and blue not multiplied by the opacity; black where there is none.
  public var straight: (red: UInt8, green: UInt8, blue: UInt8) {
    let alpha = bits >> 24
    let (r, g, b) = (bits & 255, bits >> 8 & 255, bits >> 16 & 255)
    if alpha == 255 { return (UInt8(r), UInt8(g), UInt8(b)) }
    guard alpha > 0 else { return (0, 0, 0) }
    func part(_ value: UInt32) -> UInt8 { UInt8(min(255, (value * 255 + alpha / 2) / alpha)) }
    return (part(r), part(g), part(b))
  }

  /// The pixel with a share of its opacity, 0 to 255.
  @inlinable
  public func scaled(by share: UInt32) -> Pixel {
    // Two bytes at a time; a product of two bytes over 255, rounded.
    var low = (bits & 0x00ff_00ff) &* share &+ 0x0080_0080
    low = ((low &+ (low >> 8 & 0x00ff_00ff)) >> 8) & 0x00ff_00ff
    var high = (bits >> 8 & 0x00ff_00ff) &* share &+ 0x0080_0080
    high = (high &+ (high >> 8 & 0x00ff_00ff)) & 0xff00_ff00
    return Pixel(bits: low | high)
  }

  /// This pixel laid over another.
  @inlinable
  public func over(_ below: Pixel) -> Pixel {
    Pixel(bits: bits &+ below.scaled(by: 255 &- (bits >> 24)).bits)
  }
}
