import Canvas
import Experiments
import Landscapes
import OptimizerCore

extension Explorer {
  /// Paints the curves with the playhead, which the mouse can take; the title shows the next quantity when clicked, the
  /// axis switches between steps and evaluations.
  func paintCurve(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    paintCurves(Curves(self, columns: (rect.width - 7) * 2), on: &canvas, rect, look)
  }

  /// Paints curves of the run with their axes and the playhead.
  func paintCurves(_ curves: Curves, on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    let area = rect.inset(left: 7, top: 1)
    let axis = "to \(Int(curves.right)) \(curveByEvaluations ? "evaluations" : "steps")"
    let remark = curves.obstacle == nil ? axis + (curves.isLogarithmic ? "" : ", linear") : ""
    let rule = rect.splitTop(1).top
    paintRule(curves.title, remark: remark, on: &canvas, rule, look)
    if curves.isQuantity { hits.add(rule, key: .character("C")) }
    hits.add(rule.splitRight(Text.width(of: remark)).right, key: .character("t"))
    guard area.width > 4, area.height > 1 else { return }
    if let obstacle = curves.obstacle {
      let lines = Text.wrapped(obstacle, to: rect.width - 2)
      for (row, line) in lines.enumerated() where row + 1 < rect.height {
        canvas.text(line, x: rect.x + 1, y: rect.y + 1 + row, style: look.muted)
      }
      return
    }
    guard !curves.isEmpty else { return }
    let (width, height) = (Double(area.width) - 0.51, Double(area.height) - 0.26)
    func place(_ point: SIMD2<Double>) -> SIMD2<Double> {
      let depth = (curves.high - max(point.y, curves.low)) / (curves.high - curves.low)
      return SIMD2(point.x / curves.right * width, (point.y.isNaN ? .nan : depth) * height + 0.125)
    }
    paintCurveAxis(curves, on: &canvas, area, row: { Int(place(SIMD2(0, $0)).y) }, look)

    // Under the curves: they are what is looked at.
    let head = area.x + min(area.width - 1, Int(place(SIMD2(curves.playhead, 0)).x))
    for row in area.y..<area.bottom { canvas.text("│", x: head, y: row, style: look.accent) }

    var future = DotGrid(appearance.glyphs.lineDots, width: area.width, height: area.height)
    var past = future
    for ghost in curves.guests.ghosts { past.polyline(ghost.map(place), look.palette.ghost) }
    past.polyline(curves.guests.median.map(place), look.palette.strong)
    // The selected entry comes last, over the others.
    for curve in curves.curves.sorted(by: {
      ($0.entry == selectedEntry ? 1 : 0) < ($1.entry == selectedEntry ? 1 : 0)
    }) {
      let isDimmed = isSpotlit && curve.entry != selectedEntry
      let own = curve.colour ?? look.palette.entry(race.experiment.entries[curve.entry].colour)
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
    paintBand(curves.guests.low.map(place), curves.guests.high.map(place), on: &canvas, area, look)
    paintLabels(of: curves, on: &canvas, area, place: place, look)
    hits.add(area) { explorer, mouse in
      guard mouse.kind == .press || mouse.kind == .drag else { return }
      explorer.movePlayhead(toColumn: mouse.x, in: area, of: curves)
      if mouse.kind == .press {
        explorer.held = { $0.movePlayhead(toColumn: $1.x, in: area, of: curves) }
      }
    }
  }

  /// The names of curves that share an entry, each behind its last point, or before it where there is no room.
  private func paintLabels(
    of curves: Curves, on canvas: inout Canvas, _ area: Rect, place: (SIMD2<Double>) -> SIMD2<Double>,
    _ look: Look
  ) {
    var taken: Set<Int> = []
    for curve in curves.curves where !curve.label.isEmpty {
      guard let last = curve.points.last(where: { $0.y.isFinite && $0.x < curve.end }) else { continue }
      let at = place(last)
      guard at.y.isFinite, at.x.isFinite else { continue }
      var row = area.y + min(max(Int(at.y), 0), area.height - 1)
      while taken.contains(row), row > area.y { row -= 1 }
      while taken.contains(row), row < area.bottom - 1 { row += 1 }
      taken.insert(row)
      let width = Text.width(of: curve.label) + 1
      let x = area.x + Int(at.x) + 1
      let colour = curve.colour ?? look.palette.entry(race.experiment.entries[curve.entry].colour)
      canvas.text(
        " \(curve.label)", x: min(x, area.right - width), y: row, style: look.strong.with(colour))
    }
  }

  /// Goes to the step that a column of the curves stands for.
  private mutating func movePlayhead(toColumn column: Int, in area: Rect, of curves: Curves) {
    isPlaying = false
    let share = (Double(column - area.x) + 0.5) / (Double(area.width) - 0.51)
    let asked = share * curves.right
    race.seek(to: curves.step(at: share, in: race, selected: selectedEntry))
    if !curveByEvaluations, asked > Double(race.lastStep) + 1 {
      status = .note("nothing was run beyond step \(race.lastStep): space and n go on")
    }
  }

  private func paintCurveAxis(
    _ curves: Curves, on canvas: inout Canvas, _ area: Rect, row: (Double) -> Int, _ look: Look
  ) {
    for row in area.y..<area.bottom { canvas.text("│", x: area.x - 1, y: row, style: look.faint) }
    for tick in curves.ticks(rows: area.height) {
      let row = row(tick.value)
      guard row >= 0, row < area.height else { continue }
      canvas.text("┤", x: area.x - 1, y: area.y + row, style: look.faint)
      // The ends have labels of their own.
      guard row > 1, row < area.height - 2 else { continue }
      canvas.text(
        rightAligned: Text.truncated(tick.label, to: 6), right: area.x - 1, y: area.y + row, style: look.muted
      )
    }
    canvas.text(rightAligned: curves.labels.top, right: area.x - 1, y: area.y, style: look.muted)
    canvas.text(rightAligned: curves.labels.bottom, right: area.x - 1, y: area.bottom - 1, style: look.muted)
  }

  /// `C`: the next quantity. Where there is no panel it first opens the curves under the picture, and after the last
  /// quantity closes them.
  mutating func nextCurve() {
    let layout = ScreenLayout(self)
    if let panel = layout.panel {
      let parts = PanelLayout(panel, of: self)
      guard parts.curve != nil else {
        status = .note(
          "the panel has no room for curves: H hides it, and C then shows them under the picture")
        return
      }
      curveQuantity = curveQuantity.next ?? .loss
    } else if !showsCurve {
      guard ScreenLayout.hasRoomForCurve(layout.stage) else {
        status = .note("curves need a screen of at least 10 rows and 20 columns")
        return
      }
      showsCurve = true
    } else if let next = curveQuantity.next {
      curveQuantity = next
    } else {
      curveQuantity = .loss
      showsCurve = false
      status = .note("curves closed; C shows them")
      return
    }
    status = .note("curve: \(curveQuantity.title.lowercased())")
  }
}
