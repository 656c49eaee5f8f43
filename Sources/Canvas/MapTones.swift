/// The tones of maps, whose half cells each stand for a run.
package struct MapTones: Sendable {
  /// All of them, for `Plot.shade(tones:)`.
  package let tones: [Tone]
  private let scaleCount: Int
  private let shades: Int
  private let minima: Int

  /// The number of the tone for a run that did not arrive.
  package var unreached: Int { scaleCount }
  /// The number of the tone for a run that grew or diverged.
  package var gone: Int { scaleCount + 1 }

  /// The tones of a palette.
  ///
  /// - Parameter minima: so many minima have tones of their own; more than fit share them.
  package init(_ palette: Palette, minima: Int = 0) {
    let signs: [Glyph] = ["'", "-", "=", "%", "#"]
    var tones: [Tone] = palette.scale.enumerated().map { index, colour in
      Tone(colour, sign: signs[index * signs.count / palette.scale.count])
    }
    if palette.depth == .none { tones = signs.map { Tone(.terminal, sign: $0) } }
    scaleCount = tones.count
    tones.append(palette.unreachedTone)
    tones.append(palette.goneTone)
    shades =
      switch palette.depth {
      case .direct: 8
      case .indexed256: 4
      case .ansi16, .ansi8: 2
      case .none: 1
      }
    self.minima = min(max(minima, 0), (255 - tones.count) / shades)
    for minimum in 0..<self.minima {
      let colour = palette.minimum(minimum)
      let sign = Glyph(Character("\((minimum + 1) % 10)"))
      for shade in 0..<shades {
        switch palette.depth {
        case .direct:
          // The darkest still has its hue.
          let amount = 0.85 - 0.6 * Double(shade) / Double(shades - 1)
          tones.append(Tone(palette.ground.mixed(with: colour, amount: amount), sign: sign))
        case .indexed256:
          tones.append(Tone(colour.stepped(by: palette.theme.isDark ? -shade : shade), sign: sign))
        case .ansi16, .ansi8:
          tones.append(
            shade == 0
              ? Tone(colour, sign: sign)
              : Tone(colour, stipple: "▒", ink: palette.ground, sign: sign))
        case .none: tones.append(Tone(.terminal, sign: sign))
        }
      }
    }
    self.tones = tones
  }

  /// The number of the tone for a value between 0 (slow) and 1 (fast).
  package func mapped(_ value: Double) -> Int {
    Int(clamped: min(max(value.isNaN ? 0 : value, 0), 1) * Double(scaleCount - 1) + 0.5)
  }

  /// The number of the tone for a run that ended at a minimum, counted from 1; `speed` is 1 for the fastest, 0 for the
  /// slowest.
  package func minimum(_ number: Int, speed: Double) -> Int {
    guard minima > 0 else { return unreached }
    let shade = Int(clamped: (1 - min(max(speed.isNaN ? 0 : speed, 0), 1)) * Double(shades - 1) + 0.5)
    return scaleCount + 2 + (number - 1) % minima * shades + shade
  }
}

extension Colour {
  /// The entry of the cube of 256 whose red, green and blue lie so many levels higher, or lower, within 0...5: darker or
  /// lighter of the same hue, where the nearest entry to a mix would be a grey.
  fileprivate func stepped(by levels: Int) -> Colour {
    guard case .indexed(let number) = kind, (16..<232).contains(number) else { return self }
    func moved(_ level: Int) -> Int { min(max(0, level + levels), 5) }
    let n = number - 16
    return .indexed(16 + 36 * moved(n / 36) + 6 * moved(n / 6 % 6) + moved(n % 6))
  }
}
