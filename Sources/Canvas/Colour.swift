/// A colour as the canvas stores it: the terminal's own, one of the sixteen ANSI colours, an entry of the
/// 256-colour table, or 24-bit sRGB. Packed into one word, so that comparing two costs one comparison.
public struct Colour: Hashable, Sendable {
  /// Bits 24 and 25 hold the kind (0 terminal, 1 ANSI, 2 indexed, 3 sRGB), bits 0 to 23 the value.
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  /// The terminal's own foreground or background, whatever the user set it to.
  public static let terminal = Colour(bits: 0)

  /// One of the sixteen ANSI colours, 0 to 7 plain and 8 to 15 bright. Other numbers wrap around.
  public static func ansi(_ number: Int) -> Colour {
    Colour(bits: 1 << 24 | UInt32(truncatingIfNeeded: number & 15))
  }

  /// An entry of the 256-colour table: 0 to 15 ANSI, 16 to 231 a 6×6×6 cube, 232 to 255 greys.
  public static func indexed(_ number: Int) -> Colour {
    number & 255 < 16 ? .ansi(number & 15) : Colour(bits: 2 << 24 | UInt32(truncatingIfNeeded: number & 255))
  }

  /// An sRGB colour.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    bits = 3 << 24 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
  }

  /// An sRGB colour written `0xRRGGBB`.
  public init(hex: UInt32) { bits = 3 << 24 | hex & 0xff_ffff }

  /// How a colour is named to a terminal.
  public enum Kind: Equatable, Sendable {
    /// The terminal's own colour.
    case terminal
    /// An ANSI colour, 0 to 15.
    case ansi(Int)
    /// An entry of the 256-colour table, 16 to 255.
    case indexed(Int)
    /// 24-bit sRGB.
    case direct
  }

  /// How this colour is named to a terminal.
  public var kind: Kind {
    switch bits >> 24 {
    case 0: .terminal
    case 1: .ansi(Int(bits & 15))
    case 2: .indexed(Int(bits & 255))
    default: .direct
    }
  }

  /// The sRGB value `0xRRGGBB`; for ANSI colours that of a common terminal, for `.terminal` mid grey.
  public var hex: UInt32 {
    switch kind {
    case .terminal: 0x80_8080
    case .ansi(let number): Colour.ansiValues[number]
    case .indexed(let number): Colour.tableValue(number)
    case .direct: bits & 0xff_ffff
    }
  }

  /// The red part, 0 to 255.
  package var red: UInt8 { UInt8(hex >> 16) }
  /// The green part, 0 to 255.
  package var green: UInt8 { UInt8(hex >> 8 & 255) }
  /// The blue part, 0 to 255.
  package var blue: UInt8 { UInt8(hex & 255) }

  /// The colour that lies `amount` of the way to another, 0 to 1, mixed in sRGB. `.terminal` has no value of its own
  /// and mixes as a whole: the nearer of the two is returned.
  public func mixed(with other: Colour, amount: Double) -> Colour {
    let t = amount.isNaN ? 0 : min(max(amount, 0), 1)
    if self == other || t == 0 { return self }
    if t == 1 { return other }
    if self == .terminal || other == .terminal { return t < 0.5 ? self : other }
    let (a, b) = (hex, other.hex)
    let parts: (UInt32) -> UInt32 = { shift in
      let (u, v) = (Double(a >> shift & 255), Double(b >> shift & 255))
      return UInt32(u + (v - u) * t + 0.5) << shift
    }
    return Colour(hex: parts(16) | parts(8) | parts(0))
  }

  /// The relative luminance of WCAG 2, 0 for black to 1 for white.
  package var relativeLuminance: Double {
    let value = hex
    return Colour.linear.withUnsafeBufferPointer {
      0.2126 * $0[Int(value >> 16 & 255)] + 0.7152 * $0[Int(value >> 8 & 255)] + 0.0722 * $0[Int(value & 255)]
    }
  }

  /// The contrast ratio of WCAG 2, 1 for equal to 21 for black on white.
  package func contrast(to other: Colour) -> Double {
    let (a, b) = (relativeLuminance, other.relativeLuminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// This colour, lightened or darkened just enough to stand out from `ground` by `ratio` to 1. The direction is
  /// away from the ground where that suffices, else the other one.
  public func standingOut(from ground: Colour, by ratio: Double = 3) -> Colour {
    if self == .terminal || ground == .terminal || contrast(to: ground) >= ratio { return self }
    let lighter = relativeLuminance >= ground.relativeLuminance
    let white = Colour(hex: 0xff_ffff)
    let black = Colour(hex: 0)
    for end in lighter ? [white, black] : [black, white] where end.contrast(to: ground) >= ratio {
      // The contrast along the way to black or white grows once it has passed the ground: bisect from the far end.
      var low = 0.0
      var high = 1.0
      for _ in 0..<8 {
        let middle = (low + high) / 2
        if mixed(with: end, amount: middle).contrast(to: ground) >= ratio {
          high = middle
        } else {
          low = middle
        }
      }
      return mixed(with: end, amount: high)
    }
    return white.contrast(to: ground) >= black.contrast(to: ground) ? white : black
  }

  /// The nearest colour that a terminal of this depth can show.
  public func quantised(to depth: ColourDepth) -> Colour {
    switch (depth, kind) {
    case (.none, _): .terminal
    case (_, .terminal), (.direct, _), (.ansi16, .ansi), (.indexed256, .ansi), (.indexed256, .indexed): self
    case (.indexed256, .direct): Colour.indexed(Colour.nearestTableEntry(hex))
    case (.ansi16, _): .ansi(Colour.nearestAnsi(hex, among: 16))
    case (.ansi8, .ansi(let number)): .ansi(number & 7)
    case (.ansi8, _): .ansi(Colour.nearestAnsi(hex, among: 8))
    }
  }

  // MARK: Tables

  /// The sixteen ANSI colours as xterm shows them.
  static let ansiValues: [UInt32] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
  ]

  /// sRGB byte to linear light: ((s + 0.055) / 1.055)^2.4 above 0.04045 (IEC 61966-2-1).
  static let linear: [Double] = (0..<256).map { byte in
    let s = Double(byte) / 255
    if s <= 0.04045 { return s / 12.92 }
    let base = (s + 0.055) / 1.055
    // base^2.4 = base² · fifth root of base²; Newton on y⁵ = base² keeps the canvas free of libm.
    let square = base * base
    var root = 1.0
    for _ in 0..<40 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }

  static func tableValue(_ number: Int) -> UInt32 {
    if number < 16 { return ansiValues[number] }
    if number >= 232 {
      let grey = UInt32(8 + 10 * (number - 232))
      return grey << 16 | grey << 8 | grey
    }
    let level: (Int) -> UInt32 = { $0 == 0 ? 0 : UInt32(55 + 40 * $0) }
    let n = number - 16
    return level(n / 36) << 16 | level(n / 6 % 6) << 8 | level(n % 6)
  }

  /// Nearest of entries 16 to 255 by weighted squared distance: the nearest cube corner against the nearest grey.
  static func nearestTableEntry(_ hex: UInt32) -> Int {
    let (r, g, b) = (Int(hex >> 16 & 255), Int(hex >> 8 & 255), Int(hex & 255))
    let step: (Int) -> Int = { $0 < 48 ? 0 : $0 < 115 ? 1 : ($0 - 35) / 40 }
    let cube = 16 + 36 * step(r) + 6 * step(g) + step(b)
    // The grey that is nearest by the weights of `distance`.
    let grey = 232 + min(max(((3 * r + 6 * g + 2 * b) / 11 - 3) / 10, 0), 23)
    return distance(tableValue(cube), hex) <= distance(tableValue(grey), hex) ? cube : grey
  }

  static func nearestAnsi(_ hex: UInt32, among count: Int) -> Int {
    (0..<count).min { distance(ansiValues[$0], hex) < distance(ansiValues[$1], hex) } ?? 7
  }

  /// Squared distance weighted by how much each part adds to what the eye sees.
  package static func distance(_ a: UInt32, _ b: UInt32) -> Int {
    let dr = Int(a >> 16 & 255) - Int(b >> 16 & 255)
    let dg = Int(a >> 8 & 255) - Int(b >> 8 & 255)
    let db = Int(a & 255) - Int(b & 255)
    return 3 * dr * dr + 6 * dg * dg + 2 * db * db
  }
}
