import Canvas
import Experiments

/// The panel beside the plot: the race, the ghosts, the curves, the selected optimizer with its knobs.
struct RacePanel {
  let context: ViewContext

  func paint(on canvas: inout Canvas, _ panel: Rect) -> [HitRegion] {
    let look = context.look
    let recipe = context.recipe
    let spectrum = context.spectrum
    let parts = context.panelLayout(panel, recipe, spectrum)
    var table = context.raceTable(width: parts.race.width) {
      parts.rowsPerEntry == 2 || parts.selectedHasWords && $0 == context.selectedEntry
    }
    if !context.isBlind { table.following = context.ghosts.map { RunNumbers($0.run()) } }
    var hits = table.paint(on: &canvas, parts.race, look)
    // What a ghost was changed in tells what it is.
    if !context.isBlind {
      GhostList(
        ghosts: context.ghosts, race: context.race, hasWords: parts.rowsPerEntry == 2,
        columns: table.columns(in: parts.race)
      ).paint(on: &canvas, parts.ghosts, look)
    }
    if let curve = parts.curve {
      hits += context.curvePlot(width: curve.width).paint(on: &canvas, curve, look)
    }
    hits += context.optimizerPanel(recipe: parts.showsRecipe ? recipe : .none)
      .paint(on: &canvas, parts.optimizer, gaugeRows: parts.gaugeRows, look)
    if let rect = parts.spectrum {
      spectrum.paint(
        on: &canvas, rect, look.entry(context.entries[context.selectedEntry].colour),
        showsNumbers: context.race.step > 0, look)
    }
    return hits
  }
}
