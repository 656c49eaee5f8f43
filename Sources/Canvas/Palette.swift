/// The colours of a theme as a terminal of some depth can show them, each part of the picture by its role. With 256
/// colours, with 16, with 8 and with none they are chosen for that number, not derived from the full ones.
public struct Palette: Sendable, Equatable {
  /// Dark or light.
  public let theme: Theme
  /// The colours to be had.
  public let depth: ColourDepth

  /// The page behind everything.
  public let ground: Colour
  /// Ordinary text.
  public let text: Colour
  /// Names and numbers that matter.
  public let strong: Colour
  /// Remarks.
  public let muted: Colour
  /// Rules, axes, ticks.
  public let faint: Colour
  /// What is selected.
  public let accent: Colour
  /// What is said to the audience.
  public let caption: Colour
  /// Something went well.
  public let good: Colour
  /// Something needs care.
  public let warning: Colour
  /// Something went wrong.
  public let bad: Colour
  /// A key in the hints: its letters.
  public let keyText: Colour
  /// A key in the hints: its ground.
  public let keyGround: Colour
  /// What is kept from an earlier run.
  public let ghost: Colour
  /// The colours of the entries, in order.
  public let entries: [Colour]
  /// What is written on an entry's colour.
  public let onEntry: Colour
  /// The shading, from the lowest loss to the highest. With full colours a scale without visible steps; with fewer the
  /// tones are few enough that steps show, and belong where contour lines are: `Plot.shade(bands:)`.
  public let tones: [Tone]
  /// A perceptually even scale for maps, dark (slow) to bright (fast), from 0 to 1.
  public let scale: [Colour]

  /// The palette of a theme at a depth.
  ///
  /// - Parameter groundDepth: the depth of the ground, if another: pictures of all colours lie on a page of cells that has few.
  public init(theme: Theme = .dark, depth: ColourDepth = .direct, groundDepth: ColourDepth? = nil) {
    self.theme = theme
    self.depth = depth
    let colours = ThemeColours.of(theme)
    ground = colours.ground.colour(at: groundDepth ?? depth)
    text = colours.text.colour(at: depth)
    strong = colours.strong.colour(at: depth)
    muted = colours.muted.colour(at: depth)
    faint = colours.faint.colour(at: depth)
    accent = colours.accent.colour(at: depth)
    caption = colours.caption.colour(at: depth)
    good = colours.good.colour(at: depth)
    warning = colours.warning.colour(at: depth)
    bad = colours.bad.colour(at: depth)
    keyText = colours.keyText.colour(at: depth)
    keyGround = colours.keyGround.colour(at: depth)
    ghost = colours.ghost.colour(at: depth)
    onEntry = colours.onEntry.colour(at: depth)
    entries = Palette.entries(theme, depth: depth)
    tones = Palette.tones(theme, depth: depth)
    scale = Palette.mapScale(depth: depth)
  }

  /// The colour of an entry of the race, counted from 0; they repeat after the last.
  public func entry(_ index: Int) -> Colour {
    let n = entries.count
    return entries[((index % n) + n) % n]
  }

  /// The colour of an entry's old trail, where there are too few colours to mix it with the ground.
  func faded(_ colour: Colour) -> Colour {
    if depth == .ansi16, case .ansi(let number) = colour.kind, number > 8 { return .ansi(number - 8) }
    return colour
  }

  /// The number of the tone for a level between 0 (lowest) and 1; nil where the level is not a number.
  public func tone(_ level: Double) -> Int? {
    guard !level.isNaN else { return nil }
    return Int(clamped: min(max(level, 0), 1) * Double(tones.count - 1) + 0.5)
  }

  /// The ground for a level between 0 (lowest) and 1. Not a number gives the page.
  public func shade(_ level: Double) -> Colour { tone(level).map { tones[$0].ground } ?? ground }

  /// The colour of a map for a value between 0 and 1. Not a number gives the page.
  public func mapped(_ value: Double) -> Colour {
    guard !value.isNaN else { return ground }
    return scale[Int(clamped: min(max(value, 0), 1) * Double(scale.count - 1) + 0.5)]
  }

  /// How a part of the picture is drawn on the page: its colours, and where there are none its attributes.
  public func style(_ role: TextRole) -> Style {
    var attributes: Attributes = []
    let colour: Colour
    var behind = ground
    // Where colours say little, or little of them arrives, weight says it.
    let isPlain = depth == .none || depth == .ansi8
    let isBold = theme == .contrast || theme == .projector
    switch role {
    case .text: colour = text
    case .strong: (colour, attributes) = (strong, isPlain || isBold ? .bold : [])
    case .muted: colour = muted
    case .faint:
      (colour, attributes) = (faint, depth == .none || depth == .ansi8 && faint == text ? .dim : [])
    case .accent: (colour, attributes) = (accent, .bold)
    case .caption: colour = caption
    case .good: colour = good
    case .warning: (colour, attributes) = (warning, depth == .none ? .bold : [])
    case .bad: (colour, attributes) = (bad, depth == .none ? .bold : [])
    case .key: (colour, behind, attributes) = (keyText, keyGround, depth == .none ? .reverse : [])
    case .ghost: (colour, attributes) = (ghost, depth == .none ? .dim : [])
    }
    return Style(colour, on: behind, attributes)
  }

  /// The colour of an entry where it stands back behind its own trail: mixed with the page, of the same hue.
  public func pale(_ colour: Colour) -> Colour {
    switch depth {
    case .direct: ground.mixed(with: colour, amount: 0.6)
    case .indexed256: Colour.nearestOfHue(ground.blended(with: colour, amount: 0.6), from: ground, by: 2.2)
    case .ansi16: faded(colour)
    case .ansi8, .none: colour
    }
  }

  /// How the head of an entry, or the key that switches it, is drawn.
  public func head(_ index: Int) -> Style { head(entry(index)) }

  /// How a head of this colour is drawn.
  public func head(_ colour: Colour) -> Style {
    switch depth {
    case .none: return Style(.terminal, on: .terminal, [.reverse, .bold])
    case .direct, .indexed256:
      return Style(onEntry.contrast(to: colour) >= 4.5 ? onEntry : strong, on: colour)
    case .ansi16, .ansi8:
      // Among so few colours some are too near to the usual ink.
      let ink =
        onEntry.contrast(to: colour) >= 4.5
        ? onEntry : [.ansi(0), .ansi(7)].max { $0.contrast(to: colour) < $1.contrast(to: colour) }
      return Style(ink ?? onEntry, on: colour)
    }
  }

  /// How a number in a contour line is written, on the ground there: a tint of it that can be read.
  public func lineLabel(on ground: Colour) -> Style {
    let colour: Colour =
      switch depth {
      case .direct: OKLab(ground).lightened(by: theme.isDark ? 0.32 : -0.38).colour
      case .indexed256: theme.isDark ? .indexed(247) : .indexed(241)
      default: muted
      }
    return Style(colour, on: .terminal)
  }

  // MARK: The numbers

  /// Amber, rose, azure, violet, silver, orange, green, magenta, teal: the hue of an entry is the same in every theme.
  ///
  /// Found by search, on the grounds of the shading: each has 3:1 to all of them, and the smallest distance, 100 times that
  /// in OKLab, to ordinary, protan, deutan and tritan eyes is large between the first four, then the first five, then
  /// neighbours, then all.
  private static func entries(_ theme: Theme, depth: ColourDepth) -> [Colour] {
    switch depth {
    case .direct:
      let table: [UInt32] =
        theme.isDark
        // First four 17.5, five 11.2, neighbours 14.5, all 8.1.
        ? [0xf5d240, 0xf87584, 0x80e5fd, 0xad8dfd, 0xffffe8, 0xe8a840, 0xb0ffa0, 0xc888c0, 0xa8d8c0]
        // 19.0, 19.0, 16.2, 10.9.
        : [0xa07800, 0x700848, 0x2088b0, 0x4000b8, 0x000000, 0x805000, 0x003000, 0xd000f8, 0x386868]
      return table.map(Colour.init(hex:))
    case .indexed256:
      let table: [UInt32] =
        theme.isDark
        // 16.9, 13.6, 13.9, 8.1.
        ? [0xd7d700, 0xff5f5f, 0x5fd7ff, 0x8787ff, 0xd7ffff, 0xd7af00, 0x87ff87, 0xaf87af, 0xafd7af]
        // 13.0, 13.0, 13.1, 9.2.
        : [0x5f5f00, 0xd700af, 0x00005f, 0x5f5fff, 0x000000, 0x5f0000, 0x5f8700, 0x5f0087, 0x005f5f]
      return table.map { Colour(hex: $0).quantised(to: .indexed256) }
    // On a dark page the first six keep their hues. Few of these colours can be read on a light one, where the order is that in
    // which neighbours are furthest apart, searched in the same way.
    case .ansi16:
      return (theme.isDark ? [11, 9, 6, 12, 15, 3, 13, 10] : [1, 13, 8, 4, 9, 0, 5]).map(Colour.ansi)
    case .ansi8: return (theme.isDark ? [3, 1, 6, 5, 7, 2] : [1, 0, 5, 2, 4, 6]).map(Colour.ansi)
    case .none: return [.terminal]
    }
  }

  private static func tones(_ theme: Theme, depth: ColourDepth) -> [Tone] {
    // Not `.`, `+`, `x`, `o`, letters or digits: those are trails and markers.
    let signs: [Glyph] = [" ", "'", "-", "=", "%", "#"]
    let sign: (Int, Int) -> Glyph = { index, count in signs[index * signs.count / count] }
    switch depth {
    case .direct:
      // The ground is a mood, and leaves the hues to the entries: OKLab lightness from 0.16 to 0.39, from 1 to 0.90.
      let stops: [UInt32] =
        switch theme {
        case .dark: [0x050825, 0x051935, 0x052a42, 0x093c4a, 0x18494c, 0x2a554d]
        case .contrast: [0x03060c, 0x0a1420, 0x12202c, 0x1a2c36, 0x23373e, 0x2c4246]
        case .light, .projector: [0xffffff, 0xf4f8fc, 0xeaf2f8, 0xe1ecf3, 0xd8e6ef, 0xd0e2ec]
        }
      // As few as do not show: pairs of colours are never freed, and every change of tone within a row costs bytes.
      let count = 64
      let places = stops.map { OKLab(Colour(hex: $0)) }
      return (0..<count).map { number in
        let place = Double(number) / Double(count - 1) * Double(places.count - 1)
        let index = min(Int(clamped: place), places.count - 2)
        let mixed = places[index].mixed(with: places[index + 1], amount: place - Double(index))
        return Tone(mixed.colour, sign: sign(number, count))
      }
    case .indexed256:
      // Greys, so that all hues are the entries'.
      let table =
        switch theme {
        case .dark: Array(233...238)
        case .contrast: [16] + Array(233...237)
        case .light, .projector: [231, 255, 254, 253]
        }
      return table.enumerated().map { Tone(.indexed($1), sign: sign($0, table.count)) }
    case .ansi16, .ansi8:
      // Two grounds, and between them the one strewn over the other, twice. Of sixteen the greys, and of eight a colour that is
      // no entry's: all other hues are theirs.
      let (low, high): (Colour, Colour) =
        switch (depth, theme.isDark) {
        case (.ansi16, true): (.ansi(0), .ansi(8))
        case (.ansi16, false): (.ansi(15), .ansi(7))
        case (_, true): (.ansi(0), .ansi(4))
        case (_, false): (.ansi(7), .ansi(3))
        }
      var tones = [
        Tone(low), Tone(low, stipple: "░", ink: high), Tone(low, stipple: "▒", ink: high), Tone(high),
      ]
      for index in tones.indices { tones[index].sign = sign(index, tones.count) }
      return tones
    case .none:
      return signs.map { Tone(.terminal, sign: $0) }
    }
  }

  /// Viridis by its own stops; where colours are few, a handful of it.
  private static func mapScale(depth: ColourDepth) -> [Colour] {
    switch depth {
    case .direct:
      let stops: [UInt32] = [
        0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26,
        0xfde725,
      ]
      return (0..<64).map { interpolate(stops, Double($0) / 63) }
    case .indexed256: return [53, 54, 60, 61, 24, 30, 36, 35, 71, 77, 113, 149, 190, 227].map(Colour.indexed)
    case .ansi16: return [5, 4, 6, 2, 10, 11].map(Colour.ansi)
    case .ansi8: return [5, 4, 6, 2, 3].map(Colour.ansi)
    case .none: return [.terminal]
    }
  }

  private static func interpolate(_ stops: [UInt32], _ t: Double) -> Colour {
    let place = t * Double(stops.count - 1)
    let index = min(Int(clamped: place), stops.count - 2)
    return Colour(hex: stops[index]).mixed(with: Colour(hex: stops[index + 1]), amount: place - Double(index))
  }
}
