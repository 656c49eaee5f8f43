import Canvas
import Experiments
import Landscapes
import Scenes

extension Explorer {
  /// The most recorded steps that a trail draws; what is older is drawn from every so many of them.
  private static let trailRows = 2048

  /// Paints the landscape from above with the paths, heads and marks on it.
  ///
  /// - Parameters:
  ///   - withPaths: whether the race is shown, its paths and heads.
  ///   - space: the map to another space, of two parameters, and what is shown of that.
  ///   - overlay: draws what a view adds, over the paths and under the heads.
  mutating func paintContour(
    on canvas: inout Canvas, _ area: PlotArea, _ look: Look, withPaths: Bool = true,
    through space: (map: AffineMap, window: PlotWindow)? = nil,
    overlay: (inout Plot, PlotScale) -> Void = { _, _ in }
  ) {
    guard area.plot.width > 0, area.plot.height > 0 else { return }
    let scale = PlotScale(area, showing: space?.window ?? window, through: space?.map)
    let landscape = race.landscape
    picture.refresh(
      PictureCache.Key(
        landscape: landscape, step: landscape.usesStep ? race.step : 0, asked: window,
        window: scale.window, columns: area.plot.width, rows: area.plot.height, appearance: appearance,
        map: space?.map))
    var plot = withPaths && space == nil ? fanPlot(on: landscape, scale, look) : picture.plot
    if withPaths { drawGhosts(on: &plot, scale, look) }

    // The selected entry comes last, over the others.
    let order = race.experiment.entries.indices.filter { withPaths && race.experiment.entries[$0].isOn }
      .sorted { ($0 == selectedEntry ? 1 : 0, $1) < ($1 == selectedEntry ? 1 : 0, $0) }
    for index in order where overlays.contains(.trail) {
      let entry = race.experiment.entries[index]
      let isDimmed = isSpotlit && index != selectedEntry
      let colour = isDimmed ? look.palette.ghost : look.palette.entry(entry.colour)
      for start in race.experiment.starts.indices {
        let places = trail(of: race.run(entry: index, start: start), on: landscape, scale)
        plot.trail(places, colour: colour, fade: isDimmed ? 1 : 24, sign: Explorer.sign(ofEntry: index))
      }
    }
    let mark = look.strong.on(.terminal)
    if overlays.contains(.minima) {
      for saddle in landscape.saddles { plot.marker("×", at: scale.place(saddle), style: mark) }
      for minimum in landscape.minima { plot.marker("+", at: scale.place(minimum), style: mark) }
    }
    let startMark: Glyph = appearance.glyphs == .ascii ? "S" : "◆"
    for start in race.experiment.starts {
      // A start is a point of the plane at the start, and a turned constant may have moved the plane since.
      let here = landscape.plane == nil ? start : landscape.project(race.experiment.startParameters(start))
      plot.marker(startMark, at: scale.place(here), style: mark)
    }
    overlay(&plot, scale)
    if withPaths { drawGhostHeads(on: &plot, scale, look) }
    for index in order {
      let entry = race.experiment.entries[index]
      let isDimmed = isSpotlit && index != selectedEntry
      for start in race.experiment.starts.indices where race.step > 0 || start == 0 {
        let run = race.run(entry: index, start: start)
        guard run.step > 0 else { continue }
        plot.head(
          Explorer.sign(ofEntry: index), at: scale.place(landscape.project(run.parameters)),
          colour: isDimmed ? look.palette.ghost : look.palette.entry(entry.colour))
      }
    }
    plot.paint(on: &canvas, at: area.plot)
    paintPlaneRemark(on: &canvas, area.plot, landscape, look)
    paintAxes(on: &canvas, area, scale, look)
  }

  /// The digit of an entry, counted from 0, as on its key.
  static func sign(ofEntry index: Int) -> Glyph { Glyph(Character("\(index + 1)")) }

  /// The places of a run up to the playhead, oldest first: the recent ones all, the older ones thinned.
  func trail(of run: Run, on landscape: Landscape, _ scale: PlotScale) -> [SIMD2<Double>] {
    guard let end = run.history.index(at: run.step) else { return [] }
    let recent = max(0, end - Explorer.trailRows)
    let stride = max(1, recent / Explorer.trailRows)
    var places: [SIMD2<Double>] = []
    places.reserveCapacity(end - recent + recent / stride + 2)
    func append(_ index: Int) {
      let point = landscape.project(run.history.parameters(at: index))
      places.append(scale.place(point))
    }
    for index in Swift.stride(from: 0, to: recent, by: stride) { append(index) }
    for index in recent...end { append(index) }
    return places
  }

  private func paintAxes(on canvas: inout Canvas, _ area: PlotArea, _ scale: PlotScale, _ look: Look) {
    if let axis = area.yAxis {
      let ticks = Ticks.round(in: scale.window.y, atMost: max(2, axis.height / 4))
      for value in ticks.values {
        let row = Int(scale.y(value))
        guard row >= 0, row < axis.height else { continue }
        let label = Ticks.label(value, step: ticks.step)
        canvas.text(
          rightAligned: Text.truncated(label, to: axis.width - 1), right: axis.right - 1, y: axis.y + row,
          style: look.muted)
        canvas.text("┤", x: axis.right - 1, y: axis.y + row, style: look.faint)
      }
    }
    guard let axis = area.xAxis else { return }
    let labels = axis.height >= 2 ? axis.y + 1 : axis.y
    if axis.height >= 2 { canvas.rule(x: axis.x, y: axis.y, width: axis.width, style: look.faint) }
    let ticks = Ticks.round(in: scale.window.x, atMost: max(2, axis.width / 10))
    var free = axis.x - 4
    var end = axis.right
    var remarks: [String] = []
    // x and y are what anyone expects; anything else is named.
    if race.landscape.plane != nil {
      remarks.append("x \(race.landscape.axes.x), y \(race.landscape.axes.y)")
    }
    if scale.map == nil, !ScreenLayout.isToScale(window) {
      // Said because angles and slopes on the picture are then not those of the landscape.
      let ratio =
        (scale.window.height / Double(2 * area.plot.height))
        / (scale.window.width / Double(area.plot.width))
      remarks.append(
        ratio >= 1
          ? "x stretched \(NumberText.brief(ratio, digits: 2)):1"
          : "y stretched \(NumberText.brief(1 / ratio, digits: 2)):1")
    }
    if !remarks.isEmpty, axis.width >= 40 {
      let remark = remarks.joined(separator: ", ")
      end -= Text.width(of: remark) + 2
      canvas.text(rightAligned: remark, right: axis.right, y: labels, style: look.faint)
    }
    for value in ticks.values {
      let column = Int(scale.x(value))
      guard column >= 0, column < axis.width else { continue }
      if axis.height >= 2 { canvas.text("┬", x: axis.x + column, y: axis.y, style: look.faint) }
      let label = Ticks.label(value, step: ticks.step)
      let width = Text.width(of: label)
      // The number stands under its tick, its sign to the left of that.
      let x = min(axis.x + column - (label.hasPrefix("−") ? 1 : 0) - (width - 1) / 2, axis.right - width)
      guard x > free, x >= 0, x + width <= end else { continue }
      canvas.text(label, x: x, y: labels, style: look.muted)
      free = x + width
    }
  }
}
