import Canvas
import Experiments
import OptimizerCore
import Scenes

/// Curves with their axes, the entries at their ends, and the playhead, which the mouse can take. A click on the title shows the next quantity, one on
/// the remark switches between steps and evaluations.
struct CurvePlot {
  let curves: Curves
  /// The colour of each entry, by its number.
  let colours: [Int]
  /// The name of each entry.
  let names: [String]
  let selectedEntry: Int
  /// Whether the curves of other entries are dimmed.
  let isSpotlit: Bool

  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> [HitRegion] {
    let area = rect.inset(left: axisColumns, top: 1)
    var hits = paintTitle(on: &canvas, rect.splitTop(1).top, look)
    guard area.width > 4, area.height > 1 else { return hits }
    if let obstacle = curves.obstacle {
      let lines = Text.wrapped(obstacle, to: rect.width - 2)
      for (row, line) in lines.enumerated() where row + 1 < rect.height {
        canvas.text(line, x: rect.x + 1, y: rect.y + 1 + row, style: look.muted)
      }
      return hits
    }
    guard !curves.isEmpty else { return hits }
    let (width, height) = (CurveAxis.width(area.width), Double(area.height) - 0.26)
    let axis = CurveAxis(
      columns: area.x..<area.right, right: curves.right, countsEvaluations: curves.countsEvaluations,
      isLogarithmic: curves.isLogLog)
    func place(_ point: SIMD2<Double>) -> SIMD2<Double> {
      let depth = (curves.high - max(point.y, curves.low)) / (curves.high - curves.low)
      let isThere = !point.y.isNaN && axis.holds(point.x)
      return SIMD2(axis.share(of: point.x) * width, (isThere ? depth : .nan) * height + 0.125)
    }
    paintAxis(on: &canvas, area, row: { place(SIMD2(curves.right, $0)).y }, look)

    // Under the curves: they are what is looked at. Where they end, their ends say where it is.
    if !curves.isAtEnd {
      let head = area.x + min(area.width - 1, Int(clamped: place(SIMD2(curves.playhead, 0)).x))
      for row in area.y..<area.bottom { canvas.text("│", x: head, y: row, style: look.accent) }
    }
    paintLines(on: &canvas, area, place: place, look)
    if colours.indices.contains(selectedEntry) {
      CurveBand(
        low: curves.backdrop.low.map(place), high: curves.backdrop.high.map(place),
        colour: look.palette.entry(colours[selectedEntry])
      ).paint(on: &canvas, area, look)
    }
    CurveEnds(plot: self).paint(on: &canvas, area, place: place, look)
    hits.append(HitRegion(area, .playhead(axis), holding: true))
    return hits
  }

  /// The columns of the axis: no label is cut.
  private var axisColumns: Int {
    max(7, max(Text.width(of: curves.labels.top), Text.width(of: curves.labels.bottom)) + 1)
  }

  private func paintTitle(on canvas: inout Canvas, _ rule: Rect, _ look: Look) -> [HitRegion] {
    let axis = "to \(Int(clamped: curves.right)) \(curves.countsEvaluations ? "evaluations" : "steps")"
    let remark =
      curves.obstacle == nil
      ? [axis, curves.isLogLog ? CurveAxes.logLog.rawValue : curves.scale.remark].compactMap(\.self).joined(
        separator: ", ") : ""
    canvas.rule(titled: curves.title, remark: remark, in: rule, look)
    return (curves.isQuantity ? [HitRegion(rule, .key(.character("C")))] : []) + [
      HitRegion(rule.splitRight(Text.width(of: remark)).right, .key(.character("t")))
    ]
  }

  private func paintLines(
    on canvas: inout Canvas, _ area: Rect, place: (SIMD2<Double>) -> SIMD2<Double>, _ look: Look
  ) {
    var future = DotGrid(look.glyphs, palette: look.palette, width: area.width, height: area.height)
    var past = future
    for tick in curves.ticks(rows: area.height) where !tick.label.isEmpty {
      future.rule(at: place(SIMD2(curves.right, tick.value)).y, look.fainter(look.palette.faint))
    }
    for ghost in curves.backdrop.ghosts { past.polyline(ghost.map(place), look.palette.ghost) }
    past.polyline(curves.backdrop.median.map(place), look.palette.strong)
    // The selected entry comes last, over the others.
    for curve in curves.curves.sorted(by: {
      ($0.entry == selectedEntry ? 1 : 0) < ($1.entry == selectedEntry ? 1 : 0)
    }) {
      let isDimmed = isSpotlit && curve.entry != selectedEntry
      let own = curve.colour ?? look.palette.entry(colours[curve.entry])
      let colour = isDimmed ? look.palette.ghost : own
      let faint = look.fainter(colour)
      past.polyline(curve.points.prefix(curve.past).map(place), colour)
      future.polyline(curve.points.dropFirst(max(0, curve.past - 1)).map(place), faint)
      future.polyline(curve.planned.map(place), faint)
    }
    let isPlain = look.palette.depth == .none || look.palette.depth == .ansi8
    future.paint(
      on: &canvas, x: area.x, y: area.y, background: look.palette.ground, attributes: isPlain ? .dim : [])
    past.paint(on: &canvas, x: area.x, y: area.y, background: look.palette.ground)
  }

  private func paintAxis(on canvas: inout Canvas, _ area: Rect, row: (Double) -> Double, _ look: Look) {
    for row in area.y..<area.bottom { canvas.text("│", x: area.x - 1, y: row, style: look.faint) }
    // Lines in ASCII would look like curves.
    let grid =
      look.glyphs == .ascii || look.glyphs == .pixels
      ? nil : look.faint.with(look.fainter(look.palette.faint))
    let ticks = curves.ticks(rows: area.height).map { tick in
      let place = row(tick.value)
      if let grid, !tick.label.isEmpty, place >= 0, place < Double(area.height) {
        for x in area.x..<area.right { canvas.text("┈", x: x, y: area.y + Int(clamped: place), style: grid) }
      }
      // The ends have labels of their own.
      let hasLabel = place >= 2 && Int(clamped: place) < area.height - 2
      return Axes.Tick(at: place, hasLabel ? tick.label : "")
    }
    Axes.paintVertical(
      ticks, on: &canvas, Rect(x: area.x - axisColumns, y: area.y, width: axisColumns, height: area.height),
      look)
    canvas.text(rightAligned: curves.labels.top, right: area.x - 1, y: area.y, style: look.muted)
    canvas.text(rightAligned: curves.labels.bottom, right: area.x - 1, y: area.bottom - 1, style: look.muted)
  }
}
