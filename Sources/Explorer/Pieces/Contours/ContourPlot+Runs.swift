import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The runs of the race on the plot.
extension ContourPlot {
  /// How a trail is drawn.
  private func pen(of runner: Portrait.Runner, _ look: Look) -> TrailPen {
    let colour = look.palette.colour(of: runner)
    guard runner.entry != nil else { return TrailPen(colour, sign: Glyph(sign: runner.sign)) }
    return TrailPen(
      colour, sign: Glyph(sign: runner.sign), rank: UInt8(runner.rank),
      // Where it becomes faint it becomes narrow, too: a step changes one segment there, not two.
      fade: runner.isDimmed ? 1 : 16, broad: runner.isDimmed ? 0 : 10, marksPlaces: runner.hasDots)
  }

  func drawTrails(_ portrait: Portrait, on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    for runner in portrait.ghosts + portrait.runners {
      plot.trail(scale.trail(through: runner.way.points), pen(of: runner, look))
    }
  }

  /// Draws the heads, and at the edge the marks of those that are outside.
  ///
  /// - Parameter isTaken: whether something is to be painted over a cell of the plot.
  func drawHeads(
    _ portrait: Portrait, on plot: inout Plot, _ scale: PlotScale, _ look: Look,
    isTaken: (_ x: Int, _ y: Int) -> Bool
  ) {
    func heads(of runners: [Portrait.Runner]) -> [RunHeads.Head] {
      runners.compactMap { RunHeads.Head($0, look, scale.place) }
    }
    let ghosts = heads(of: portrait.ghosts)
    for head in ghosts { plot.head(head.glyph, at: head.place, colour: head.colour) }
    let inside = heads(of: portrait.heads)
    RunHeads(heads: inside).draw(on: &plot)
    var marks = EdgeMarks(of: plot)
    for head in inside.sorted(by: { $0.glyph.base < $1.glyph.base }) + ghosts
    where plot.cell(at: head.place) == nil { marks.add(head.glyph, at: head.place, colour: head.colour) }
    marks.draw(on: &plot, look) { [plot] in plot.hasMarker(x: $0, y: $1) || isTaken($0, $1) }
  }

  /// Says where a run stayed for long.
  func drawRests(_ portrait: Portrait, on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    // What is near in another space need not be near.
    guard space == nil else { return }
    // A row is two columns.
    for rest in portrait.rests(measure: { scale.place($0) * SIMD2(1, 2) }) {
      let colour = look.palette.colour(of: rest.runner)
      let place = scale.place(rest.point)
      plot.marker(
        look.glyphs == .ascii ? "O" : "○", at: place, style: Style(colour, on: .terminal, .bold))
      plot.place(Text.sanitised(rest.words), near: place, within: 3, style: Style(colour, on: .terminal))
    }
  }
}
