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

  /// What is shown of a race.
  var subject: Portrait.Subject
  /// The space that is drawn in place of the landscape's own.
  var space: Space?

  var race: Race { subject.race }
  var landscape: Landscape { subject.landscape }
  var window: PlotWindow { subject.window }

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
    var subject = subject
    subject.levelCount = look.palette.levelCount
    let portrait = Portrait(of: subject, keeping: &picture.ground)
    picture.refresh(
      PictureCache.Key(
        ground: subject.ground, window: scale.window, columns: area.plot.width, rows: area.plot.height,
        appearance: look.appearance, map: space?.map), portrait.ground)
    var plot = ground(portrait, scale, look, &picture)
    drawTrails(portrait, on: &plot, scale, look)
    let remarks = planeRemarks(area.plot)
    let firstRemark = plot.rows - remarks.count
    for (row, remark) in remarks.enumerated() {
      plot.reserve(x: 0, y: firstRemark + row, width: Text.width(of: remark))
    }
    let mark = look.strong.on(.terminal)
    for known in portrait.marks {
      plot.marker(look.glyph(of: known.kind), at: scale.place(known.point), style: mark)
    }
    overlay(&plot, scale)
    // No words where a head will stand.
    for runner in portrait.heads {
      guard let place = runner.head.map(scale.place), let cell = plot.cell(at: place) else { continue }
      plot.reserve(x: cell.x - 1, y: cell.y, width: 3)
    }
    drawRests(portrait, on: &plot, scale, look)
    drawHeads(portrait, on: &plot, scale, look) { x, y in
      let row = y - firstRemark
      return row >= 0 && x < Text.width(of: remarks[row])
    }
    for number in portrait.numbers {
      plot.place(
        String(number.step), near: scale.place(number.point), within: 2,
        style: Style(look.palette.colour(of: number.runner), on: .terminal))
    }
    picture.labels.draw(on: &plot)
    plot.paint(on: &canvas, at: area.plot)
    for (row, remark) in remarks.enumerated() {
      canvas.text(
        remark, x: area.plot.x, y: area.plot.bottom - remarks.count + row, style: look.muted)
    }
    paintAxes(
      on: &canvas, area, scale, look,
      remarks: [portrait.ground.words, expectedWords(portrait.ground, look), picture.sketchWords].compactMap(
        \.self)
        + self.remarks(scale))
  }

  /// What the lines of the expected loss are; without colours they look like the others.
  private func expectedWords(_ ground: Portrait.Ground, _ look: Look) -> String? {
    look.palette.depth == .none
      ? ground.expectedWords.map { _ in "and those of the expected loss" } : ground.expectedWords
  }

  /// The landscape, with the fan on it if there is one.
  private func ground(
    _ portrait: Portrait, _ scale: PlotScale, _ look: Look, _ picture: inout PictureCache
  ) -> Plot {
    // The other space changes with the step, and the fan would be drawn anew with each.
    guard space == nil, let crowd = portrait.crowd else { return picture.plot }
    // Fainter where a mixture keeps its hue, so that the entry's own path is seen among them.
    let colour = look.palette.pale(look.palette.entry(crowd.colour))
    return picture.plot(with: crowd, scale) { places, plot in
      // Without colours lines would pass for contour lines.
      if look.palette.depth == .none {
        plot.trail(places, TrailPen(colour, sign: Glyph(sign: crowd.sign))) { _ in 0 }
      } else {
        plot.line(places, colour: colour)
      }
    }
  }
}
