import Canvas
import Scenes

/// What is remembered of the looks.
extension Explorer {
  /// What of the present look is to be remembered.
  public var settings: Settings {
    Settings(
      theme: appearance.theme, glyphs: chosenGlyphs, hidesPanels: hidesPanels,
      curveByEvaluations: curveByEvaluations, curveAxes: curveAxes)
  }

  /// Takes up settings.
  ///
  /// - Parameter remembered: what was read from the last session, where something else was asked for this once.
  public mutating func apply(_ settings: Settings, over remembered: Settings? = nil) {
    rememberedSettings = remembered ?? settings
    appearance.theme = settings.theme
    if let glyphs = settings.glyphs {
      chosenGlyphs = glyphs
      updateGlyphs()
    }
    hidesPanels = settings.hidesPanels
    // What a scene says of its curves, it says for a reason.
    guard (lecture?.stage.curve ?? scene.curve) == nil else { return }
    curveByEvaluations = settings.curveByEvaluations
    curveAxes = settings.curveAxes
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
    if now.curveAxes != before.curveAxes { rememberedSettings.curveAxes = now.curveAxes }
    return .remember(rememberedSettings)
  }
}
