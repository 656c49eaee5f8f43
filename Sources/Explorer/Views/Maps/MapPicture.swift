import Canvas
import Experiments
import Landscapes

/// A map as far as it is known: the grid of runs with its axes, and what its colours tell.
struct MapPicture {
  let sweep: Sweep
  let snapshot: SweepJob.Snapshot
  let measure: MapMeasure
  /// What the theory says of the runs, as curves over the grid.
  let theory: [TheoryCurve]
  /// The run that is pointed at, and its values.
  let cursor: (column: Int, row: Int)?
  let values: (x: Double, y: Double)?
  /// The grid on the screen.
  let picture: GridPicture

  private var grid: SweepGrid { snapshot.grid }

  private func tones(_ look: Look) -> MapTones {
    MapTones(look.palette, minima: measure == .minimum ? sweep.experiment.landscape.minima.count : 0)
  }

  func paint(on canvas: inout Canvas, _ look: Look) {
    var plot = picture.plot(look)
    let tones = tones(look)
    let scale = MapScale(grid, measure: measure)
    plot.shade(tones: tones.tones) { x, y in
      guard let cell = grid.shown(x, picture.rows - 1 - y) else { return nil }
      return scale.tone(of: cell, tones)
    }
    for curve in theory {
      var places: [SIMD2<Double>] = []
      for (index, value) in curve.values.enumerated() {
        let axis = curve.isAlongX ? sweep.x : sweep.y
        let count = curve.isAlongX ? picture.columns : picture.rows
        guard let value, let position = axis.position(of: value, of: count) else { continue }
        places.append(
          curve.isAlongX
            ? picture.place(column: position, row: Double(index))
            : picture.place(column: Double(index), row: position))
      }
      plot.line(places, colour: curve.kind == .limit ? look.palette.strong : look.palette.accent)
    }
    if let best = grid.best, measure != .minimum {
      plot.marker(
        "*", at: picture.place(column: Double(best.column), row: Double(best.row)),
        style: Style(look.palette.onEntry, on: look.palette.warning, [.bold]))
    }
    if let cursor {
      plot.marker(
        look.cursor.mark, at: picture.place(column: Double(cursor.column), row: Double(cursor.row)),
        style: look.cursor.style)
    }
    plot.paint(on: &canvas, at: picture.area.plot)
    picture.paintAxes(x: sweep.x, y: sweep.y, on: &canvas, look)
  }

  // MARK: Words

  /// One row: what the colours tell.
  func paintLegend(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let tones = tones(look)
    var x = row.x
    if !snapshot.isFinished, row.width >= 40 {
      canvas.progress(snapshot.progress, x: row.right - 12, y: row.y, width: 12, look)
    }
    let right = !snapshot.isFinished && row.width >= 40 ? row.right - 13 : row.right
    func text(_ text: String, _ style: Style) {
      x += canvas.text(Text.truncated(text, to: max(0, right - x)), x: x, y: row.y, style: style)
    }
    func swatch(_ tone: Int, _ columns: Int = 1) {
      let columns = min(columns, max(0, right - x))
      canvas.swatch(tones.tones[tone], x: x, y: row.y, columns: columns, look)
      x += columns
    }
    let target = NumberText.brief(sweep.target, digits: 3)
    switch measure {
    case .steps, .evaluations:
      let unit = measure == .steps ? "steps" : "evals"
      text(row.width >= 60 ? "\(unit) to loss < \(target)  " : "\(unit) to \(target) ", look.text)
    case .loss: text("final loss  ", look.text)
    case .minimum: text("minimum  ", look.text)
    }
    if measure == .minimum {
      for minimum in 0..<min(sweep.experiment.landscape.minima.count, 9) {
        swatch(tones.minimum(minimum + 1, speed: 1), 2)
        text("\(minimum + 1) ", look.muted)
      }
    } else {
      let scale = MapScale(grid, measure: measure)
      text("\(scale.lowLabel) ", look.muted)
      let columns = row.width >= 60 ? 10 : 6
      for index in 0..<columns { swatch(tones.mapped(1 - Double(index) / Double(columns - 1))) }
      text(" \(scale.highLabel)  ", look.muted)
    }
    swatch(tones.unreached, 2)
    text(measure == .loss ? " unknown  " : measure == .minimum ? " at none  " : " not in time  ", look.muted)
    swatch(tones.gone, 2)
    text(row.width >= 90 ? " grew or diverged" : " diverged", look.muted)
  }

  /// One row: the curves and the best run.
  func paintTheory(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    var x = row.x
    for curve in theory {
      let style = look.text.with(curve.kind == .limit ? look.palette.strong : look.palette.accent)
      let name = curve.kind == .limit ? "limit" : "optimum"
      let text = "── \(name) \(curve.formula)\(curve.isExact ? "" : " near the minimum")   "
      guard x + Text.width(of: text) <= row.right else { break }
      x += canvas.text(text, x: x, y: row.y, style: style)
    }
    let text = "* best"
    if x + 6 <= row.right { canvas.text(text, x: x, y: row.y, style: look.warning) }
  }

  /// The run under the cursor, in one row.
  var cursorWords: String {
    guard let cursor, let values else { return "" }
    let place = "\(sweep.x.symbol) \(sweep.x.brief(values.x))  \(sweep.y.symbol) \(sweep.y.brief(values.y))"
    guard let cell = grid[cursor.column, cursor.row] else { return "\(place): computing" }
    return "\(place): \(cell.words)"
  }
}
