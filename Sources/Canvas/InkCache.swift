/// The colours of lines and trails on the grounds met so far: finding one that stands out takes a search.
struct InkCache {
  let palette: Palette
  /// The characters that lines and trails are made of.
  let rung: GlyphSet
  private var inks: [UInt64: Colour] = [:]
  private var last: (key: UInt64, ink: Colour) = (.max, .terminal)
  private var trails: [TrailKey: Style] = [:]
  private var lastTrail: (key: TrailKey, style: Style)?

  private struct TrailKey: Hashable {
    var colour: Colour
    var ground: Colour
    var fade: UInt8
  }

  init(palette: Palette, rung: GlyphSet) {
    self.palette = palette
    self.rung = rung
  }

  // MARK: Trails

  /// The share of its colour that a faint trail keeps; more where that would be nearer to another entry's.
  private static let shares = [0.65, 0.8, 0.9]
  /// The contrast that a trail has to its ground at least: that of graphics in WCAG 2.
  private static let trailContrast = 3.0

  /// How a trail is drawn: its colour, mixed to the eye with what it lies on as it fades, and never too near to that.
  mutating func trail(_ colour: Colour, fade: UInt8, on ground: Colour) -> Style {
    let key = TrailKey(colour: colour, ground: ground, fade: fade)
    if let lastTrail, lastTrail.key == key { return lastTrail.style }
    let style = trails[key] ?? searchedTrail(key)
    trails[key] = style
    lastTrail = (key, style)
    return style
  }

  private func searchedTrail(_ key: TrailKey) -> Style {
    let (colour, ground) = (key.colour, key.ground)
    let isFresh = key.fade * 2 >= Plot.fades
    switch palette.depth {
    case .direct:
      let own = colour.standingOut(from: ground, by: InkCache.trailContrast)
      guard !isFresh else { return Style(own, on: ground) }
      // Beside a share of the ground that is this small it does not show that it is rounded: the trail keeps its colour
      // from cell to cell, and that is sent once.
      let faint = InkCache.shares.map {
        ground.rounded.blended(with: colour, amount: $0)
          .standingOut(from: ground, by: InkCache.trailContrast)
      }
      return Style(faint.first { isNearest($0, to: colour) } ?? faint[0], on: ground)
    case .indexed256:
      // The nearest of the hue: the table is coarse, and most mixtures are of another.
      let own = Colour.nearestOfHue(colour, from: ground, by: InkCache.trailContrast)
      guard !isFresh else { return Style(own, on: ground) }
      let faint = InkCache.shares.lazy.map {
        Colour.nearestOfHue(
          ground.blended(with: colour, amount: $0), from: ground, by: InkCache.trailContrast)
      }.first { isNearest($0, to: colour) }
      return Style(faint ?? own, on: ground)
    case .ansi16: return Style(isFresh ? colour : palette.faded(colour), on: ground)
    case .ansi8: return Style(colour, on: ground, isFresh ? .bold : [])
    case .none: return Style(.terminal, on: .terminal)
    }
  }

  /// Whether a colour is nearer to an entry's than to that of any other: whose a trail is comes before how old it is.
  private func isNearest(_ colour: Colour, to entry: Colour) -> Bool {
    let place = OKLab(colour)
    let own = place.distance(to: OKLab(entry))
    return palette.entries.allSatisfy { $0 == entry || place.distance(to: OKLab($0)) > own }
  }

  // MARK: Lines

  mutating func ink(_ colour: Colour, on ground: Colour) -> Colour {
    let key = UInt64(colour.bits) << 32 | UInt64(ground.bits)
    if key == last.key { return last.ink }
    let ink = inks[key] ?? search(colour, on: ground)
    inks[key] = ink
    last = (key, ink)
    return ink
  }

  /// A contour line: a tint of its ground, lighter in dark themes and darker in light ones.
  mutating func line(on ground: Colour) -> Colour { ink(.terminal, on: ground) }

  private func search(_ colour: Colour, on ground: Colour) -> Colour {
    switch palette.depth {
    case .none: return .terminal
    case .direct:
      return colour == .terminal
        ? OKLab(ground).lightened(by: tint).colour : colour.standingOut(from: ground, by: 3)
    case .indexed256:
      if colour == .terminal { return greyTint(of: ground) }
      let wish = colour.quantised(to: .indexed256)
      return wish.contrast(to: ground) >= 3 ? wish : Colour.nearestStandingOut(wish, from: ground, by: 3)
    case .ansi16, .ansi8:
      if colour != .terminal && colour != ground { return colour }
      let choices: [Colour] =
        palette.depth == .ansi16
        ? palette.theme.isDark ? [.ansi(8), .ansi(7)] : [.ansi(8), .ansi(0)] : [.ansi(7), .ansi(0)]
      return choices.first { $0 != ground && $0.contrast(to: ground) >= 1.5 } ?? .ansi(7)
    }
  }

  /// How much lighter a contour line is than its ground. Fine dots need more than what is as broad as a dot of a trail.
  private var tint: Double {
    let amount = rung.lineDots == .braille ? 0.24 : palette.theme.isDark ? 0.085 : 0.1
    return palette.theme.isDark ? amount : -amount
  }

  /// The grey of the table that is lighter, in light themes darker, than a ground.
  private func greyTint(of ground: Colour) -> Colour {
    let wish = OKLab(ground).lightened(by: tint)
    let greys = (232..<256).map(Colour.indexed)
    return greys.min {
      abs(OKLab($0).lightness - wish.lightness) < abs(OKLab($1).lightness - wish.lightness)
    } ?? .indexed(244)
  }
}

extension Colour {
  /// The middle of the eighth of each channel in which the colour lies.
  fileprivate var rounded: Colour { Colour(hex: hex & 0xe0e0e0 | 0x101010) }
}
