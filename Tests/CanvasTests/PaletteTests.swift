import Testing

@testable import Canvas

/// Palettes measured in OKLab (Ottosson 2020), as seen with each kind of colour vision (Machado, Oliveira and Fernandes
/// 2009, severity 1) and in grey.
@Suite struct PaletteTests {
  enum Eye: CaseIterable {
    case ordinary, protanopia, deuteranopia, tritanopia, grey

    var matrix: [Double] {
      switch self {
      case .ordinary: [1, 0, 0, 0, 1, 0, 0, 0, 1]
      case .protanopia:
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]
      case .deuteranopia:
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]
      case .tritanopia:
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]
      case .grey: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722]
      }
    }
  }

  private func multiply(_ m: [Double], _ v: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(
      m[0] * v.x + m[1] * v.y + m[2] * v.z, m[3] * v.x + m[4] * v.y + m[5] * v.z,
      m[6] * v.x + m[7] * v.y + m[8] * v.z)
  }

  private func cubeRoot(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    var root = 1.0
    for _ in 0..<60 { root = (2 * root + value / (root * root)) / 3 }
    return root
  }

  private func lab(_ colour: Colour, _ eye: Eye) -> SIMD3<Double> {
    let light = SIMD3(
      Colour.linear[Int(colour.red)], Colour.linear[Int(colour.green)], Colour.linear[Int(colour.blue)])
    let seen = multiply(eye.matrix, light).clamped(lowerBound: .zero, upperBound: .one)
    let cones = multiply(
      [
        0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619,
        0.2817188376, 0.6299787005,
      ],
      seen)
    return multiply(
      [
        0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371,
        0.7827717662, -0.8086757660,
      ],
      SIMD3(cubeRoot(cones.x), cubeRoot(cones.y), cubeRoot(cones.z)))
  }

  private func distance(_ a: Colour, _ b: Colour, _ eye: Eye) -> Double {
    let difference = lab(a, eye) - lab(b, eye)
    return (difference * difference).sum().squareRoot()
  }

  @Test func luminanceAgreesWithTheStandard() {
    #expect(abs(Colour(hex: 0xffffff).relativeLuminance - 1) < 1e-12)
    #expect(Colour(hex: 0).relativeLuminance == 0)
    #expect(abs(Colour(hex: 0x808080).relativeLuminance - 0.21586050011389926) < 1e-12)
    #expect(abs(Colour(hex: 0xff0000).contrast(to: Colour(hex: 0xffffff)) - 3.998476770568012) < 1e-9)
    #expect(abs(Colour(hex: 0).contrast(to: Colour(hex: 0xffffff)) - 21) < 1e-9)
  }

  @Test(arguments: Theme.allCases, [ColourDepth.direct, .indexed256])
  func entriesStayApart(theme: Theme, depth: ColourDepth) {
    let palette = Palette(theme: theme, depth: depth)
    let entries = palette.entries
    #expect(entries.count == 9)
    for eye in Eye.allCases {
      for i in 1..<entries.count {
        let apart = distance(entries[i - 1], entries[i], eye)
        #expect(
          apart >= (eye == .grey ? 0.05 : 0.12), "\(theme) \(depth): entries \(i) and \(i + 1) to \(eye)")
        guard eye != .grey else { continue }
        for j in 0..<i {
          #expect(
            distance(entries[i], entries[j], eye) >= (i < 4 ? 0.13 : 0.08),
            "\(theme) \(depth): entries \(j + 1) and \(i + 1) to \(eye)")
        }
      }
    }
    for (index, entry) in entries.enumerated() {
      for ground in palette.tones.map(\.ground) + [palette.ground] {
        #expect(entry.contrast(to: ground) >= 3, "\(theme) \(depth): entry \(index + 1) on \(ground.hex)")
      }
    }
  }

  /// "Watch the yellow one" holds whatever the theme, and whether the terminal has all colours or 256; in a dark one of sixteen
  /// or eight, too, as far as these have hues.
  @Test func anEntryHasOneHueInEveryTheme() {
    func angle(_ colour: Colour) -> SIMD2<Double> {
      let hue = OKLab(colour).hue
      return hue / (hue * hue).sum().squareRoot()
    }
    let usual = Palette(theme: .dark, depth: .direct).entries
    for (depth, count) in [(ColourDepth.direct, 9), (.indexed256, 9), (.ansi16, 6), (.ansi8, 5)] {
      for theme in Theme.allCases where theme.isDark || depth == .direct || depth == .indexed256 {
        let entries = Palette(theme: theme, depth: depth).entries
        // Within 60 degrees; the fifth is the one without a hue.
        for index in 0..<count where index != 4 {
          #expect(
            (angle(entries[index]) * angle(usual[index])).sum() > 0.5, "\(theme) \(depth): entry \(index + 1)"
          )
        }
        #expect((OKLab(entries[4]).hue * OKLab(entries[4]).hue).sum().squareRoot() < 0.05)
      }
    }
  }

  /// The playhead, the sliders and the signs of the interface are not to be taken for an entry.
  @Test(arguments: Theme.allCases)
  func theInterfaceIsNoEntry(theme: Theme) {
    let palette = Palette(theme: theme, depth: .direct)
    for colour in [palette.warning, palette.good, palette.bad] {
      for entry in palette.entries.prefix(4) { #expect(distance(colour, entry, .ordinary) >= 0.08) }
    }
    for entry in palette.entries.prefix(4) { #expect(distance(palette.accent, entry, .ordinary) >= 0.08) }
  }

  /// A curve of an eigenvalue is not to be taken for an entry's either, where there are colours enough.
  @Test(arguments: Theme.allCases, [ColourDepth.direct, .indexed256, .ansi16])
  func partsOfALossAreNoEntries(theme: Theme, depth: ColourDepth) {
    let palette = Palette(theme: theme, depth: depth)
    let parts = [palette.parts.whole, palette.parts.flat, palette.parts.sharp]
    for part in parts {
      #expect(part == part.quantised(to: depth))
      #expect(part.contrast(to: palette.ground) >= (depth == .ansi16 ? 1.9 : 3))
    }
    if depth == .ansi16 {
      #expect(Set(parts).count == 3)
      #expect(!parts.contains { palette.entries.contains($0) })
    } else {
      for part in parts.dropFirst() {
        for entry in palette.entries.prefix(4) { #expect(distance(part, entry, .ordinary) >= 0.065) }
      }
    }
  }

  @Test func fewColoursAreDistinctToo() {
    for theme in Theme.allCases {
      for depth in [ColourDepth.ansi16, .ansi8] {
        let palette = Palette(theme: theme, depth: depth)
        // As a common terminal shows them; a person may have set them to anything.
        for eye in Eye.allCases {
          for (here, next) in zip(palette.entries, palette.entries.dropFirst()) {
            #expect(distance(here, next, eye) >= (eye == .grey ? 0.05 : 0.12), "\(theme) \(depth) to \(eye)")
          }
        }
        #expect(palette.entries.count >= 6)
        #expect(Set(palette.entries).count == palette.entries.count)
        #expect(!palette.entries.contains(palette.ground))
      }
    }
  }

  @Test(arguments: Theme.allCases, ColourDepth.allCases)
  func everythingCanBeRead(theme: Theme, depth: ColourDepth) {
    let palette = Palette(theme: theme, depth: depth)
    guard depth != .none else {
      #expect(palette.style(.key).attributes.contains(.reverse))
      #expect(palette.head(3).attributes.contains(.reverse))
      #expect(TextRole.allCases.allSatisfy { palette.style($0).foreground == .terminal })
      return
    }
    for role in TextRole.allCases {
      let style = palette.style(role)
      #expect(style == style.quantised(to: depth), "\(role) is a colour of \(depth)")
      // Text is WCAG AA, in the theme for it AAA; lines are 3:1. Among few colours there is not always one.
      let hasMany = depth == .direct || depth == .indexed256
      let least =
        switch role {
        case .faint: theme == .contrast && hasMany ? 4.5 : 3
        case .text, .strong, .key: theme == .contrast ? 7.0 : 4.5
        default: !hasMany ? 3.5 : theme == .contrast ? 7 : 4.5
        }
      #expect(style.foreground.contrast(to: style.background) >= least, "\(role), \(theme), \(depth)")
    }
    for index in palette.entries.indices {
      let head = palette.head(index)
      #expect(
        head.foreground.contrast(to: head.background) >= 4.4,
        "the digit of entry \(index + 1), \(theme), \(depth)")
      let onPage = palette.entry(index).contrast(to: palette.ground)
      #expect(
        onPage >= (depth == .ansi8 && !theme.isDark ? 1.5 : 3),
        "entry \(index + 1) on the page, \(theme), \(depth)")
    }
  }

  @Test(arguments: Theme.allCases)
  func shadingGoesOneWay(theme: Theme) {
    let up = theme.isDark
    for depth in [ColourDepth.direct, .indexed256] {
      let palette = Palette(theme: theme, depth: depth)
      let lightness = palette.tones.map { lab($0.ground, .ordinary).x }
      for (here, next) in zip(lightness, lightness.dropFirst()) {
        // The table of 256 has no blue between 0 and 95: two of its steps differ in hue alone.
        #expect(up ? next > here - 0.03 : next < here + 0.03, "\(theme) \(depth)")
      }
      #expect(abs(lightness[lightness.count - 1] - lightness[0]) > (up ? 0.2 : 0.09))
      #expect(palette.shade(0) == palette.tones[0].ground)
      #expect(palette.shade(7) == palette.tones[palette.tones.count - 1].ground)
      #expect(palette.shade(.nan) == palette.ground)
    }
    let steps = Palette(theme: theme).tones.map { lab($0.ground, .ordinary) }
    #expect(Set(steps).count >= 30, "as many tones as bytes can tell apart")
    for (here, next) in zip(steps, steps.dropFirst()) {
      let step = ((next - here) * (next - here)).sum().squareRoot()
      #expect(step < 0.015, "none jumps")
    }
  }

  @Test func quantisedColoursAreTheNearest() {
    #expect(Colour(hex: 0x5fd7ff).quantised(to: .indexed256) == .indexed(81))
    #expect(Colour(hex: 0x080808).quantised(to: .indexed256) == .indexed(232))
    #expect(Colour(hex: 0xffffff).quantised(to: .indexed256) == .indexed(231))
    #expect(Colour(hex: 0xeeeeee).quantised(to: .indexed256) == .indexed(255))
    #expect(Colour(hex: 0xfe0102).quantised(to: .ansi16) == .ansi(9))
    #expect(Colour.ansi(9).quantised(to: .ansi8) == .ansi(1))
    #expect(Colour(hex: 0x123456).quantised(to: .none) == .terminal)
    // Exhaustively against the table: never further than a brute search finds, by the same measure.
    func measure(_ a: UInt32, _ b: UInt32) -> Int {
      var sum = 0
      for (shift, weight) in [(16, 3), (8, 6), (0, 2)] {
        let difference = Int(a >> UInt32(shift) & 255) - Int(b >> UInt32(shift) & 255)
        sum += weight * difference * difference
      }
      return sum
    }
    var hex: UInt32 = 0x1234
    for _ in 0..<300 {
      hex = hex &* 1_664_525 &+ 1_013_904_223
      let value = hex >> 8
      let found = Colour(hex: value).quantised(to: .indexed256)
      let best = (16..<256).map { measure(Colour.tableValue($0), value) }.min() ?? 0
      #expect(measure(found.hex, value) == best, "\(String(value, radix: 16))")
    }
  }

  @Test func standingOutReachesItsContrast() {
    var hex: UInt32 = 7
    for _ in 0..<200 {
      hex = hex &* 1_664_525 &+ 1_013_904_223
      let ground = Colour(hex: hex >> 8)
      let colour = Colour(hex: (hex &* 48_271) >> 8)
      #expect(colour.standingOut(from: ground, by: 3).contrast(to: ground) >= 3)
    }
    #expect(Colour.terminal.standingOut(from: .ansi(1)) == .terminal)
  }

  @Test func mixing() {
    let (a, b) = (Colour(0, 100, 200), Colour(200, 100, 0))
    #expect(a.mixed(with: b, amount: 0.5) == Colour(100, 100, 100))
    #expect(a.mixed(with: b, amount: -1) == a)
    #expect(a.mixed(with: b, amount: 9) == b)
    #expect(a.mixed(with: b, amount: .nan) == a)
    #expect(a.mixed(with: .terminal, amount: 0.4) == a)
  }
}
