extension Palette {
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
