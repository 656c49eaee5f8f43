import Canvas
import Experiments
import Glibc
import Landscapes
import OptimizerCore

/// The losses of the entries up to the playhead, ready to be drawn.
struct LossCurves {
  /// One curve: places on the axis and losses, as the scale counts them.
  struct Curve {
    let entry: Int
    let points: [SIMD2<Double>]
    /// Where on the axis the run diverged, infinity if it has not.
    let end: Double
  }

  /// The most powers of ten that a logarithmic curve spans.
  static let decades = 12.0

  private(set) var curves: [Curve] = []
  /// The ghosts, then the fan's lower edge, median and upper edge if there is one; none belongs to an entry.
  private(set) var guests: [Curve] = []
  private(set) var title = "Loss"
  private(set) var isLogarithmic: Bool
  /// The ends of the vertical axis, in powers of ten if it is logarithmic.
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  private(set) var labels: (top: String, bottom: String) = ("", "")
  /// The right end of the horizontal axis, in steps or evaluations.
  private(set) var right = 1.0

  /// - Parameter columns: about how many points a curve needs.
  init(_ explorer: Explorer, columns: Int) {
    let race = explorer.race
    let on = race.experiment.entries.indices.filter { race.experiment.entries[$0].isOn }
    isLogarithmic = explorer.curveIsLogarithmic
    var base = 0.0
    if isLogarithmic {
      // A logarithm needs losses above 0: they are measured from the lowest known minimum, or not logarithmic at all.
      let landscape = race.landscape
      if let lowest = landscape.minimisers.map({ landscape.value(at: $0, step: race.step) }).min(),
        lowest.isFinite
      {
        base = lowest
        if base != 0 { title = "Loss above the minimum" }
      } else if on.contains(where: { race.run(entry: $0).history.lowestLoss <= 0 }) {
        isLogarithmic = false
      }
    }
    for index in on {
      curves.append(curve(of: race.run(entry: index), index, explorer, columns: columns, base: base))
    }
    let behind = CurveGuests(explorer, columns: columns)
    for rows in behind.ghosts + [behind.band.low, behind.band.median, behind.band.high] {
      guests.append(guest(rows, explorer, base: base))
    }
    scale()
  }

  /// A curve that belongs to no entry, by the scale of those that do.
  private func guest(_ rows: [CurveGuests.Row], _ explorer: Explorer, base: Double) -> Curve {
    let points = rows.map { row in
      let loss = row.loss - base
      return SIMD2(
        explorer.curveByEvaluations ? row.evaluations : row.step,
        !isLogarithmic ? loss : loss > 0 ? log10(loss) : -.infinity)
    }
    return Curve(entry: -1, points: points, end: .infinity)
  }

  /// The losses of a run up to the playhead, at most a few points a column; on a log axis what is not above 0 is −∞.
  private func curve(of run: Run, _ entry: Int, _ explorer: Explorer, columns: Int, base: Double) -> Curve {
    let history = run.history
    func place(_ index: Int) -> Double {
      Double(explorer.curveByEvaluations ? history.evaluations(at: index) : history.steps[index])
    }
    var points: [SIMD2<Double>] = []
    func append(_ index: Int) {
      let loss = history.losses[index] - base
      points.append(SIMD2(place(index), !isLogarithmic ? loss : loss > 0 ? log10(loss) : -.infinity))
    }
    if let last = history.index(at: run.step) {
      let stride = max(1, (last + 1) / max(1, columns * 2))
      for index in Swift.stride(from: 0, to: last, by: stride) { append(index) }
      append(last)
    }
    let end = run.divergedAt.flatMap { history.index(at: $0) }.map(place) ?? .infinity
    return Curve(entry: entry, points: points, end: end)
  }

  /// The next number of 1, 2, 5, 10, … at or above: the axis grows by jumps, so that a step adds to the picture and does
  /// not shift all of it.
  private static func roundedUp(_ value: Double) -> Double {
    var unit = 10.0
    while true {
      for factor in [1.0, 2, 5] where unit * factor >= value { return unit * factor }
      unit *= 10
    }
  }

  private mutating func scale() {
    defer { right = LossCurves.roundedUp(right) }
    for curve in curves + guests {
      for point in curve.points {
        right = max(right, point.x)
        // Where a run has diverged its curve leaves the panel; the scale is for the others.
        guard point.y.isFinite, point.x < curve.end else { continue }
        low = min(low, point.y)
        high = max(high, point.y)
      }
    }
    guard low <= high else { return }
    if high - low < 1e-9 * max(1, abs(high)) {
      low -= 1
      high += 1
    }
    labels = (NumberText.brief(high, digits: 2), NumberText.brief(low, digits: 2))
    guard isLogarithmic else { return }
    high = high.rounded(.up)
    low = low.rounded(.down)
    labels = ("1e\(Int(high))", "1e\(Int(low))")
    // One run that lands on the minimum must not flatten all others: what lies deeper runs along the lower edge.
    low = max(low, high - LossCurves.decades)
    let isDeeper = curves.contains { curve in curve.points.contains { $0.y < low && $0.x < curve.end } }
    labels.bottom = (isDeeper ? "≤" : "") + "1e\(Int(low))"
  }
}

extension Explorer {
  func paintCurve(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    let area = rect.inset(left: 7, top: 1)
    let curves = LossCurves(self, columns: area.width * 2)
    let axis = "to \(Int(curves.right)) \(curveByEvaluations ? "evaluations" : "steps")"
    paintRule(
      curves.title, remark: axis + (curves.isLogarithmic ? "" : ", linear"), on: &canvas,
      rect.splitTop(1).top, look)
    guard area.width > 4, area.height > 1, curves.low <= curves.high else { return }
    canvas.text(rightAligned: curves.labels.top, right: area.x - 1, y: area.y, style: look.muted)
    canvas.text(rightAligned: curves.labels.bottom, right: area.x - 1, y: area.bottom - 1, style: look.muted)
    for row in area.y..<area.bottom { canvas.text("│", x: area.x - 1, y: row, style: look.faint) }
    var grid = DotGrid(appearance.glyphs.lineDots, width: area.width, height: area.height)
    let (width, height) = (Double(area.width) - 0.51, Double(area.height) - 0.26)
    func places(_ curve: LossCurves.Curve) -> [SIMD2<Double>] {
      curve.points.map { point in
        let depth = (curves.high - max(point.y, curves.low)) / (curves.high - curves.low)
        return SIMD2(point.x / curves.right * width, (point.y.isNaN ? .nan : depth) * height + 0.125)
      }
    }
    for (index, guest) in curves.guests.enumerated() where !guest.points.isEmpty {
      if index < curves.guests.count - 3 {
        grid.polyline(places(guest), look.palette.ghost)
      } else if index == curves.guests.count - 2 {
        grid.polyline(places(guest), look.palette.strong)
      }
    }
    // The selected entry comes last, over the others.
    for curve in curves.curves.sorted(by: {
      ($0.entry == selectedEntry ? 1 : 0) < ($1.entry == selectedEntry ? 1 : 0)
    }) {
      let isDimmed = isSpotlit && curve.entry != selectedEntry
      let colour =
        isDimmed ? look.palette.ghost : look.palette.entry(race.experiment.entries[curve.entry].colour)
      grid.polyline(places(curve), colour)
    }
    grid.paint(on: &canvas, x: area.x, y: area.y, background: look.palette.ground)
    if let low = curves.guests.dropLast(2).last, let high = curves.guests.last, !low.points.isEmpty {
      paintBand(places(low), places(high), on: &canvas, area, look)
    }
  }
}
