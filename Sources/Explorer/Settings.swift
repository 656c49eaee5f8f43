public import Canvas

/// What is remembered from one session to the next: what a person chose about the looks, and nothing about a run.
public struct Settings: Sendable, Hashable {
  /// The colours.
  public var theme: Theme
  /// The characters; nil leaves them to the terminal.
  public var glyphs: GlyphSet?
  /// Whether the panels beside the plot are hidden.
  public var hidesPanels: Bool
  /// Whether curves go against gradient evaluations rather than steps.
  public var curveByEvaluations: Bool
  /// Whether curves are logarithmic.
  public var curveIsLogarithmic: Bool

  /// Settings; those left out are as they are for someone who has none.
  public init(
    theme: Theme = .dark, glyphs: GlyphSet? = nil, hidesPanels: Bool = false,
    curveByEvaluations: Bool = false,
    curveIsLogarithmic: Bool = true
  ) {
    self.theme = theme
    self.glyphs = glyphs
    self.hidesPanels = hidesPanels
    self.curveByEvaluations = curveByEvaluations
    self.curveIsLogarithmic = curveIsLogarithmic
  }
}

extension Explorer {
  /// What of the present look is to be remembered.
  public var settings: Settings {
    Settings(
      theme: appearance.theme, glyphs: chosenGlyphs, hidesPanels: hidesPanels,
      curveByEvaluations: curveByEvaluations, curveIsLogarithmic: curveIsLogarithmic)
  }

  /// Takes up settings.
  ///
  /// - Parameter remembered: what was read from the last session, where something else was asked for this once.
  public mutating func apply(_ settings: Settings, over remembered: Settings? = nil) {
    rememberedSettings = remembered ?? settings
    appearance.theme = settings.theme
    if let glyphs = settings.glyphs {
      chosenGlyphs = glyphs
      if appearance.isUnicode { appearance.glyphs = glyphs }
    }
    hidesPanels = settings.hidesPanels
    curveByEvaluations = settings.curveByEvaluations
    curveIsLogarithmic = settings.curveIsLogarithmic
  }

  /// Asks for what was changed since to be remembered. What was asked for this once, and not changed, is not.
  mutating func remembered(since before: Settings) -> Effect? {
    let now = settings
    guard now != before else { return nil }
    if now.theme != before.theme { rememberedSettings.theme = now.theme }
    if now.glyphs != before.glyphs { rememberedSettings.glyphs = now.glyphs }
    if now.hidesPanels != before.hidesPanels { rememberedSettings.hidesPanels = now.hidesPanels }
    if now.curveByEvaluations != before.curveByEvaluations {
      rememberedSettings.curveByEvaluations = now.curveByEvaluations
    }
    if now.curveIsLogarithmic != before.curveIsLogarithmic {
      rememberedSettings.curveIsLogarithmic = now.curveIsLogarithmic
    }
    return .remember(rememberedSettings)
  }
}
