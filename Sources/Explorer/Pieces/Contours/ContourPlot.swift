import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// A landscape from above with the paths of a race on it, their heads, and marks.
struct ContourPlot {
  /// A space that the landscape's two parameters are mapped to.
  struct Space {
    let map: AffineMap
    /// What is shown of it.
    let window: PlotWindow
  }

  /// The race at its playhead.
  let race: Race
  /// The landscape in force there.
  let landscape: Landscape
  /// The part of the landscape that is shown.
  let window: PlotWindow
  /// The entry that is drawn over the others.
  var selectedEntry = 0
  /// Whether the others are dimmed.
  var isSpotlit = false
  /// What of the paths and marks is drawn; what else it names is drawn by its own pieces.
  var overlays = Overlay.usual
  /// Runs in grey, under the paths.
  var ghosts: [Ghost] = []
  /// Many draws of the noise for the selected entry, under the paths.
  var fan: Fan?
  /// Whether the race is shown, its paths and heads, with ghosts and fan.
  var hasPaths = true
  /// The space that is drawn in place of the landscape's own.
  var space: Space?
  /// What the runs are called, by the numbers of their entries; nil where the heads stand without names.
  var names: [String]?

  /// Paints it with its axes.
  ///
  /// - Parameters:
  ///   - picture: what was drawn of the landscape for the last frame.
  ///   - overlay: draws more, over the paths and under the heads.
  func paint(
    on canvas: inout Canvas, _ area: PlotArea, _ look: Look, keeping picture: inout PictureCache,
    overlay: (inout Plot, PlotScale) -> Void = { _, _ in }
  ) {
    guard area.plot.width > 0, area.plot.height > 0 else { return }
    let scale = PlotScale(area, showing: space?.window ?? window, through: space?.map)
    picture.refresh(
      PictureCache.Key(
        landscape: landscape, step: landscape.usesStep ? race.step : 0, asked: window,
        window: scale.window, columns: area.plot.width, rows: area.plot.height, appearance: look.appearance,
        map: space?.map))
    var plot = ground(scale, look, &picture)
    if hasPaths { drawGhosts(on: &plot, scale, look) }
    if overlays.contains(.trail) { drawTrails(on: &plot, scale, look) }
    let remarks = planeRemarks(area.plot)
    let firstRemark = plot.rows - remarks.count
    for (row, remark) in remarks.enumerated() {
      plot.reserve(x: 0, y: firstRemark + row, width: Text.width(of: remark))
    }
    drawMarks(on: &plot, scale, look)
    overlay(&plot, scale)
    if overlays.contains(.trail) { drawStalls(on: &plot, scale, look) }
    if hasPaths { drawGhostHeads(on: &plot, scale, look) }
    drawHeads(on: &plot, scale, look) { x, y in
      let row = y - firstRemark
      return row >= 0 && x < Text.width(of: remarks[row])
    }
    if overlays.contains(.trail) { drawNumbers(on: &plot, scale, look) }
    picture.labels.draw(on: &plot)
    plot.paint(on: &canvas, at: area.plot)
    for (row, remark) in remarks.enumerated() {
      canvas.text(
        remark, x: area.plot.x, y: area.plot.bottom - remarks.count + row, style: look.muted)
    }
    paintAxes(on: &canvas, area, scale, picture, look)
  }

  /// The landscape, with the fan on it if there is one.
  private func ground(_ scale: PlotScale, _ look: Look, _ picture: inout PictureCache) -> Plot {
    guard hasPaths, space == nil, let fan else { return picture.plot }
    let colour = fanColour(look)
    return picture.plot(with: fan, until: race.step, on: landscape, scale) { places, plot in
      // Without colours lines would pass for contour lines.
      if look.palette.depth == .none {
        plot.trail(places, TrailPen(colour, sign: .digit(ofEntry: selectedEntry))) { _ in 0 }
      } else {
        plot.line(places, colour: colour)
      }
    }
  }

  /// The colour of the fan: the entry's, fainter where a mixture keeps its hue, so that its own path is seen among them.
  private func fanColour(_ look: Look) -> Colour {
    let colour = look.palette.entry(race.experiment.entries[selectedEntry].colour)
    return look.palette.pale(colour)
  }

  // MARK: Ghosts

  var ghostsAtHome: [Ghost] { ghosts.filter { $0.isAtHome(on: race.experiment.landscape) } }

  private func drawGhosts(on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    for ghost in ghostsAtHome {
      for start in ghost.frozen.experiment.starts.indices {
        plot.trail(
          scale.trail(of: ghost.run(start: start), on: landscape),
          TrailPen(look.palette.ghost, sign: Glyph(ghost.frozen.letter)))
      }
    }
  }

  private func drawGhostHeads(on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    for ghost in ghostsAtHome {
      for start in ghost.frozen.experiment.starts.indices {
        let run = ghost.run(start: start)
        guard run.step > 0 else { continue }
        plot.head(
          Glyph(ghost.frozen.letter), at: scale.place(landscape.project(run.parameters)),
          colour: look.palette.ghost)
      }
    }
  }

  // MARK: Marks

  /// Known points and starts.
  private func drawMarks(on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    let mark = look.strong.on(.terminal)
    if overlays.contains(.minima) {
      for saddle in landscape.saddles { plot.marker("×", at: scale.place(saddle), style: mark) }
      for minimum in landscape.minima { plot.marker("+", at: scale.place(minimum), style: mark) }
    }
    for start in race.experiment.starts {
      // A start is a point of the plane at the start, and a turned constant may have moved the plane since.
      let here = landscape.plane == nil ? start : landscape.project(race.experiment.startParameters(start))
      plot.marker(look.startMark, at: scale.place(here), style: mark)
    }
  }
}
