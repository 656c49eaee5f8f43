public import Canvas
public import Scenes

/// What is remembered from one session to the next: what a person chose about the looks, and nothing about a run.
public struct Settings: Sendable, Hashable {
  /// The colours.
  public var theme: Theme
  /// The characters; nil leaves them to the terminal.
  public var glyphs: GlyphSet?
  /// Whether the panels beside the plot are hidden.
  package var hidesPanels: Bool
  /// Whether curves go against gradient evaluations rather than steps.
  package var curveByEvaluations: Bool
  /// How the axes of curves count.
  package var curveAxes: CurveAxes

  /// Settings; those left out are as they are for someone who has none.
  public init(
    theme: Theme = .dark, glyphs: GlyphSet? = nil, hidesPanels: Bool = false,
    curveByEvaluations: Bool = false,
    curveAxes: CurveAxes = .log
  ) {
    self.theme = theme
    self.glyphs = glyphs
    self.hidesPanels = hidesPanels
    self.curveByEvaluations = curveByEvaluations
    self.curveAxes = curveAxes
  }
}
