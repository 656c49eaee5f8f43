/// A ground of many tones, of which a cell shows two.
extension Plot {
  /// Shades by the number of one of at most 255 tones for each of a cell's `bandDots`; nil leaves a blank. The tones are in
  /// no order. Of each cell those two are kept, the page among them, that tell its parts apart best: edges and shades run
  /// through the cells.
  public mutating func shade(pairsOf tones: [Tone], _ number: (_ x: Int, _ y: Int) -> Int?) {
    precondition(tones.count <= 255, "a plot has at most 255 tones")
    shade(tones, by: bandDots, ordered: false) { x, y in
      guard let tone = number(x, y), tones.indices.contains(tone) else { return Plot.blank }
      return UInt8(tone)
    }
    let pairs = TonePairs(tones, page: palette.ground)
    let dots = shadingDots
    var parts: [UInt8] = []
    for row in 0..<rows {
      for column in 0..<columns {
        parts.removeAll(keepingCapacity: true)
        forEachPart(column, row) { _, tone in parts.append(tone) }
        guard pairs.reduce(&parts) else { continue }
        for (place, tone) in parts.enumerated() {
          let (x, y) = (column * dots.across + place % dots.across, row * dots.down + place / dots.across)
          shading[y * columns * dots.across + x] = tone
        }
      }
    }
  }

  /// The number that stands for no tone.
  static let blank: UInt8 = 255
}

/// Reduces the tones of a cell's parts to two: the two farthest apart attract the others, and each group takes the tone in
/// it that is nearest to all.
private struct TonePairs {
  /// Where each tone is in OKLab; the page last.
  private let places: [SIMD4<Double>]

  /// Below this distance nobody tells two tones apart.
  private static let alike = 0.012

  init(_ tones: [Tone], page: Colour) {
    places = (tones.map(\.ground) + [page]).map {
      let place = OKLab($0)
      return SIMD4(place.lightness, place.hue.x, place.hue.y, 0)
    }
  }

  private func distance(_ a: UInt8, _ b: UInt8) -> Double {
    let way = places[min(Int(a), places.count - 1)] - places[min(Int(b), places.count - 1)]
    return (way * way).sum().squareRoot()
  }

  /// Returns whether anything was changed.
  func reduce(_ parts: inout [UInt8]) -> Bool {
    guard let first = parts.first, parts.contains(where: { $0 != first }) else { return false }
    var (a, b, widest) = (first, first, 0.0)
    for (i, one) in parts.enumerated() {
      for other in parts[(i + 1)...] where distance(one, other) > widest {
        (a, b, widest) = (one, other, distance(one, other))
      }
    }
    let isNearA = parts.map { distance($0, a) <= distance($0, b) }
    let (ofA, ofB) =
      widest < TonePairs.alike && !parts.contains(Plot.blank)
      ? (middle(of: parts), middle(of: parts))
      : (
        middle(of: zip(parts, isNearA).filter(\.1).map(\.0)),
        middle(of: zip(parts, isNearA).filter { !$0.1 }.map(\.0))
      )
    for place in parts.indices { parts[place] = isNearA[place] ? ofA : ofB }
    return true
  }

  /// The tone with the least distance to all of a group, which has one.
  private func middle(of group: [UInt8]) -> UInt8 {
    func cost(_ tone: UInt8) -> Double { group.reduce(0) { $0 + distance(tone, $1) } }
    return group.min { cost($0) < cost($1) } ?? Plot.blank
  }
}
