extension Palette {
  /// The colour of a minimum, by its number from 0: that of an entry; beyond those, the same hues paler.
  package func minimum(_ index: Int) -> Colour {
    let colour = entry(index)
    guard index >= entries.count, depth == .direct || depth == .indexed256 else { return colour }
    return colour.mixed(with: theme.isDark ? strong : ground, amount: 0.5).quantised(to: depth)
  }

  /// A run that did not arrive within its budget.
  var unreachedTone: Tone {
    let ground: Colour =
      switch depth {
      case .direct: Colour(hex: theme.isDark ? 0x262a33 : 0xdfe2e8)
      case .indexed256: .indexed(theme.isDark ? 236 : 254)
      case .ansi16: .ansi(theme.isDark ? 8 : 7)
      case .ansi8: .ansi(theme.isDark ? 0 : 7)
      case .none: .terminal
      }
    return Tone(ground, sign: ".")
  }

  /// A run that grew or diverged.
  var goneTone: Tone {
    let ground: Colour =
      switch depth {
      case .direct: Colour(hex: theme.isDark ? 0x5c151d : 0xe39a9a)
      case .indexed256: .indexed(theme.isDark ? 52 : 217)
      case .ansi16, .ansi8: .ansi(1)
      case .none: .terminal
      }
    return Tone(ground, sign: "x")
  }
}
