extension Colour {
  /// The luminance of the entries of the 256-colour table from 16 on.
  private static let tableLuminance: [Double] = (16..<256).map { Colour.indexed($0).relativeLuminance }

  /// The entry of the 256-colour table nearest to a colour among those that have this contrast to a ground; if there is
  /// none, the nearest of all.
  static func nearestStandingOut(_ target: Colour, from ground: Colour, by contrast: Double) -> Colour {
    let own = ground.relativeLuminance + 0.05
    var best: (entry: Int, distance: Int)?
    for entry in 16..<256 {
      let other = tableLuminance[entry - 16] + 0.05
      guard max(own, other) >= min(own, other) * contrast else { continue }
      let distance = distance(tableValue(entry), target.hex)
      if distance < best?.distance ?? .max { best = (entry, distance) }
    }
    return best.map { .indexed($0.entry) } ?? target.quantised(to: .indexed256)
  }

  /// The entries of the 256-colour table from 16 on, as the eye sees them.
  private static let tablePlaces: [OKLab] = (16..<256).map { OKLab(Colour.indexed($0)) }

  /// The entry of the 256-colour table that looks most like a colour, hue before lightness, among those that have this
  /// contrast to a ground; if there is none, the nearest of all.
  static func nearestOfHue(_ target: Colour, from ground: Colour, by contrast: Double) -> Colour {
    let own = ground.relativeLuminance + 0.05
    let place = OKLab(target)
    var best: (entry: Int, distance: Double)?
    for entry in 16..<256 {
      let other = tableLuminance[entry - 16] + 0.05
      guard max(own, other) >= min(own, other) * contrast else { continue }
      let there = tablePlaces[entry - 16]
      let (lightness, hue) = (there.lightness - place.lightness, there.hue - place.hue)
      let distance = lightness * lightness + 9 * (hue * hue).sum()
      if distance < best?.distance ?? .infinity { best = (entry, distance) }
    }
    return best.map { .indexed($0.entry) } ?? target.quantised(to: .indexed256)
  }
}
