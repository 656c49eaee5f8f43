/// The colours of lines on the grounds met so far: finding one that stands out takes a search.
struct InkCache {
  let palette: Palette
  private var found: [UInt64: Colour] = [:]
  private var last: (key: UInt64, ink: Colour) = (.max, .terminal)

  /// The contrast that a line has to its ground at least.
  let contrast: Double

  init(palette: Palette, contrast: Double) {
    self.palette = palette
    self.contrast = contrast
  }

  mutating func ink(_ colour: Colour, on ground: Colour) -> Colour {
    let key = UInt64(colour.bits) << 32 | UInt64(ground.bits)
    if key == last.key { return last.ink }
    let ink: Colour
    if let known = found[key] {
      ink = known
    } else {
      ink = search(colour, on: ground)
      found[key] = ink
    }
    last = (key, ink)
    return ink
  }

  /// Whether lines are as broad as what is drawn over them.
  private var isBroad: Bool { contrast < 3 }

  /// A line a little brighter (in the light theme darker) than its ground.
  mutating func line(on ground: Colour) -> Colour { ink(.terminal, on: ground) }

  private func search(_ colour: Colour, on ground: Colour) -> Colour {
    if isBroad, colour == .terminal, palette.depth != .direct, let next = neighbour(of: ground) {
      return next
    }
    switch palette.depth {
    case .none: return .terminal
    case .direct:
      if colour == .terminal, let shared = sharedInk(on: ground) { return shared }
      return (colour == .terminal ? tint(of: ground) : colour).standingOut(from: ground, by: contrast)
    case .indexed256:
      let wish = (colour == .terminal ? tint(of: ground) : colour).quantised(to: .indexed256)
      if wish.contrast(to: ground) >= contrast { return wish }
      return Colour.nearestStandingOut(
        wish.standingOut(from: ground, by: contrast), from: ground, by: contrast)
    case .ansi16, .ansi8:
      if colour != .terminal && colour != ground { return colour }
      let choices: [Colour] =
        palette.depth == .ansi16 ? [.ansi(7), .ansi(0), .ansi(15)] : [.ansi(7), .ansi(0)]
      return choices.first { $0.contrast(to: ground) >= contrast } ?? .ansi(7)
    }
  }

  /// One ink for four neighbouring tones, if it stands out from each of them: a colour that stays costs no bytes.
  private func sharedInk(on ground: Colour) -> Colour? {
    guard let tone = palette.tones.firstIndex(where: { $0.ground == ground }) else { return nil }
    let first = tone / 4 * 4
    let grounds = palette.tones[first..<min(first + 4, palette.tones.count)].map(\.ground)
    return grounds.lazy.map { tint(of: $0).standingOut(from: $0, by: contrast) }
      .first { ink in grounds.allSatisfy { ink.contrast(to: $0) >= contrast } }
  }

  /// The next tone of the shading, or for the last the one before it. What else stands out a little from a tone is, among
  /// few colours, of another hue.
  private func neighbour(of ground: Colour) -> Colour? {
    guard let last = palette.tones.lastIndex(where: { $0.ground == ground }) else { return nil }
    if last + 1 < palette.tones.count { return palette.tones[last + 1].ground }
    return palette.tones.last { $0.ground != ground }?.ground
  }

  /// A shade of the ground itself: lighter on the dark grounds of the dark theme, darker on all others, where white
  /// dots would outshine the trails.
  private func tint(of ground: Colour) -> Colour {
    let lighter = palette.theme.isDark && ground.relativeLuminance < 0.13
    return ground.mixed(with: Colour(hex: lighter ? 0xffffff : 0x04121c), amount: isBroad ? 0.1 : 0.3)
  }
}
