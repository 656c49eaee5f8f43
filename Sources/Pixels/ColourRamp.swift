public import Canvas

/// Colours for the numbers from 0 to 1, even to the eye.
public struct ColourRamp: Hashable, Sendable {
  private static let count = 1024
  private let pixels: [Pixel]
  private let none: Pixel

  /// A ramp through colours at equal distances, mixed in OKLab.
  ///
  /// - Parameter none: the colour of what is no number.
  public init(through stops: [Colour], none: Colour) {
    precondition(!stops.isEmpty, "a ramp has a colour")
    let places = stops.map { OKLab($0) }
    pixels = (0..<Self.count).map { number in
      let place = Double(number) / Double(Self.count - 1) * Double(places.count - 1)
      let index = min(Int(place), max(places.count - 2, 0))
      let next = places[min(index + 1, places.count - 1)]
      return Pixel(places[index].mixed(with: next, amount: place - Double(index)).colour)
    }
    self.none = Pixel(none)
  }

  /// The shading of a palette; what is no number is the page.
  public init(_ palette: Palette) {
    self.init(through: palette.tones.map(\.ground), none: palette.ground)
  }

  /// The colour of a shade.
  @inline(__always)
  func pixel(_ shade: Float) -> Pixel {
    // A comparison with what is no number fails.
    guard shade >= 0 else { return shade < 0 ? pixels[0] : none }
    return pixels[Int(min(shade, 1) * Float(Self.count - 1) + 0.5)]
  }
}
