import Canvas
import Experiments
import Landscapes
import Scenes

/// Where the selected entry's next step would lead from places all over the picture, with the state it has: directions alone.
struct StepField {
  private let run: Run
  private let landscape: Landscape

  /// Columns and rows from arrow to arrow.
  private static let spacing = SIMD2(6.0, 3.0)

  /// The field of a run on the landscape that its next step will see.
  init(of run: Run, on landscape: Landscape) { (self.run, self.landscape) = (run, landscape) }

  /// Draws it and returns what is to be said about it.
  func draw(on plot: inout Plot, _ scale: PlotScale, _ look: Look) -> [[(String, Style)]] {
    let style = look.text.with(look.palette.caption)
    let places = stride(from: StepField.spacing.y / 2, to: scale.rows, by: StepField.spacing.y).flatMap {
      row in
      stride(from: StepField.spacing.x / 2, to: scale.columns, by: StepField.spacing.x).map { SIMD2($0, row) }
    }
    let steps = run.nextSteps(from: places.map(scale.point), on: landscape)
    for (place, step) in zip(places, steps) where step.isFinite {
      let way = SIMD2(
        step.x / scale.window.width * scale.columns, -step.y / scale.window.height * scale.rows)
      let glyph: Glyph = way == SIMD2(0, 0) ? "·" : Arrow(way).glyph(look)
      plot.marker(glyph, at: place, style: style.on(.terminal))
    }
    return [[("→ ", style), ("the next step, direction only", look.muted)]]
  }
}
