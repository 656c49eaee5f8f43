/// A colour by its lightness and two axes of hue, even to the eye (OKLab, Ottosson 2020).
package struct OKLab: Hashable, Sendable {
  /// Lightness, 0 for black to 1 for white.
  package var lightness: Double
  /// From green to red, and from blue to yellow.
  package var hue: SIMD2<Double>

  /// A place in the space.
  package init(lightness: Double, hue: SIMD2<Double>) {
    self.lightness = lightness
    self.hue = hue
  }

  /// The place of a colour; `.terminal` counts as mid grey.
  package init(_ colour: Colour) {
    let (r, g, b) = (
      Colour.linear[Int(colour.red)], Colour.linear[Int(colour.green)], Colour.linear[Int(colour.blue)]
    )
    let l = OKLab.cubeRoot(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = OKLab.cubeRoot(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = OKLab.cubeRoot(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    hue = SIMD2(
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
  }

  /// The nearest sRGB colour; what lies outside is clipped, part by part.
  package var colour: Colour {
    let l = lightness + 0.3963377774 * hue.x + 0.2158037573 * hue.y
    let m = lightness - 0.1055613458 * hue.x - 0.0638541728 * hue.y
    let s = lightness - 0.0894841775 * hue.x - 1.2914855480 * hue.y
    let (l3, m3, s3) = (l * l * l, m * m * m, s * s * s)
    return Colour(
      OKLab.byte(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3),
      OKLab.byte(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3),
      OKLab.byte(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3))
  }

  /// The place that lies `amount` of the way to another.
  package func mixed(with other: OKLab, amount: Double) -> OKLab {
    OKLab(
      lightness: lightness + (other.lightness - lightness) * amount, hue: hue + (other.hue - hue) * amount)
  }

  /// How far apart two places are to the eye.
  func distance(to other: OKLab) -> Double {
    let (lightness, hue) = (lightness - other.lightness, hue - other.hue)
    return (lightness * lightness + (hue * hue).sum()).squareRoot()
  }

  /// Lighter by so much, darker where it is negative, within black and white.
  package func lightened(by amount: Double) -> OKLab {
    OKLab(lightness: min(max(lightness + amount, 0), 1), hue: hue)
  }

  /// The byte whose light is nearest.
  private static func byte(_ light: Double) -> UInt8 {
    var (low, high) = (0, 255)
    while low < high {
      let middle = (low + high) / 2
      if (Colour.linear[middle] + Colour.linear[middle + 1]) / 2 < light {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return UInt8(low)
  }

  /// The cube root of a number from 0 to about 1, by Newton's iteration.
  private static func cubeRoot(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    // Within a factor of two of the root wherever a byte of sRGB can lead.
    var root = value > 0.125 ? 0.8 : value > 0.002 ? 0.3 : 0.08
    for _ in 0..<8 { root = (2 * root + value / (root * root)) / 3 }
    return root
  }
}

extension Colour {
  /// The colour that lies `amount` of the way to another to the eye, mixed in OKLab. `.terminal` has no value of its own:
  /// the nearer of the two is returned.
  package func blended(with other: Colour, amount: Double) -> Colour {
    let t = amount.isNaN ? 0 : min(max(amount, 0), 1)
    if self == other || t == 0 { return self }
    if t == 1 { return other }
    if self == .terminal || other == .terminal { return t < 0.5 ? self : other }
    return OKLab(self).mixed(with: OKLab(other), amount: t).colour
  }
}
