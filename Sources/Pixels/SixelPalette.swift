public import Canvas

/// The colours that a terminal with sixels is given for a picture, and which of them each colour becomes.
public struct SixelPalette: Sendable {
  /// The most colours there are.
  public static let limit = 256

  /// The colours, by their number.
  public let colours: [Colour]
  /// Colours found before, by a hash: the colour with a mark in its highest byte, and its number.
  private var known: [(colour: UInt32, number: UInt8)]

  /// A palette of colours; those beyond the limit are left out.
  public init(_ colours: [Colour]) {
    var seen: Set<UInt32> = []
    self.colours = Array(colours.filter { seen.insert($0.hex).inserted }.prefix(SixelPalette.limit))
    precondition(!self.colours.isEmpty, "a palette has a colour")
    known = Array(repeating: (0, 0), count: 1 << 14)
  }

  /// A palette for a picture: as many tones of its ground as there is room for beside the inks, each of them with mixtures for
  /// smooth edges.
  ///
  /// - Parameters:
  ///   - grounds: what the picture's ground is made of, what there is most of first; nil for the shading of a landscape.
  ///   - inks: the colours of what is drawn beside the entries.
  public init(_ palette: Palette, entries: Int, grounds own: [Colour]? = nil, inks others: [Colour] = []) {
    let inks = [palette.strong, palette.text] + (0..<max(0, min(entries, 9))).map(palette.entry)
    let grounds = own ?? palette.tones.map(\.ground)
    let beneath =
      grounds.isEmpty
      ? [palette.ground]
      : [grounds[0], grounds[grounds.count / 2], grounds[grounds.count - 1], palette.ground]
    var colours = [palette.ground] + inks + others
    for ink in inks {
      for ground in beneath {
        for amount in [0.25, 0.5, 0.75] { colours.append(ink.mixed(with: ground, amount: amount)) }
      }
    }
    let room = max(SixelPalette.limit - Set(colours.map(\.hex)).count, 0)
    let count = min(room, grounds.count)
    let tones =
      own.map { Array($0.prefix(count)) }
      ?? (0..<count).map { grounds[count < 2 ? 0 : $0 * (grounds.count - 1) / (count - 1)] }
    self.init(tones + colours)
  }

  /// The number of the colour that is nearest to that of a pixel, which covers what lies below.
  mutating func number(of pixel: Pixel) -> UInt8 {
    let bits = pixel.bits | 0xff00_0000
    let slot = Int((bits &* 0x9e37_79b1) >> 18)
    if known[slot].colour == bits { return known[slot].number }
    let hex = (bits & 255) << 16 | bits & 0xff00 | bits >> 16 & 255
    var best = (number: 0, distance: Int.max)
    for (number, colour) in colours.enumerated() {
      let distance = Colour.distance(colour.hex, hex)
      if distance < best.distance { best = (number, distance) }
    }
    known[slot] = (bits, UInt8(best.number))
    return UInt8(best.number)
  }
}
