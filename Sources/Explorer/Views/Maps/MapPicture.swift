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

  /// So many runs long is a dash of a curve that is broken: colours alone do not tell two curves apart on every ground.
  private static let dash = 3

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
        if curve.kind == .optimum, index % (2 * MapPicture.dash) >= MapPicture.dash {
          places.append(SIMD2(.nan, .nan))
          continue
        }
        places.append(
          curve.isAlongX
            ? picture.place(column: position, row: Double(index))
            : picture.place(column: Double(index), row: position))
      }
      plot.line(places, colour: look.palette.strong)
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

  /// A part of the legend: a colour in so many cells, or words.
  private enum LegendPart {
    case swatch(Int, columns: Int)
    case words(String, isTitle: Bool)

    var columns: Int {
      switch self {
      case .swatch(_, let columns): columns
      case .words(let text, _): Text.width(of: text)
      }
    }
  }

  /// One row: what the colours tell, in the words in which the panel counts the runs.
  func paintLegend(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let hasProgress = !snapshot.isFinished && row.width >= 40
    if hasProgress { canvas.progress(snapshot.progress, x: row.right - 12, y: row.y, width: 12, look) }
    let tones = tones(look)
    var room = hasProgress ? row.width - 13 : row.width
    let parts = Wording.allCases.map { legend(tones, $0) }
    var x = row.x
    for part in parts.first(where: { $0.reduce(0) { $0 + $1.columns } <= room }) ?? parts[parts.count - 1] {
      // Half a word would be another one.
      guard part.columns <= room else { break }
      switch part {
      case .swatch(let tone, let columns):
        canvas.swatch(tones.tones[tone], x: x, y: row.y, columns: columns, look)
      case .words(let text, let isTitle):
        canvas.text(text, x: x, y: row.y, style: isTitle ? look.text : look.muted)
      }
      x += part.columns
      room -= part.columns
    }
  }

  /// How much the legend says.
  private enum Wording: CaseIterable {
    case long, short, shortest
  }

  private func legend(_ tones: MapTones, _ wording: Wording) -> [LegendPart] {
    let isLong = wording == .long
    let target = NumberText.brief(sweep.target, digits: 3)
    let title =
      switch measure {
      case .steps: isLong ? "steps to loss < \(target)" : "steps to \(target)"
      case .evaluations: isLong ? "evals to loss < \(target)" : "evals to \(target)"
      case .loss: "final loss"
      case .minimum: "minimum"
      }
    var parts = [LegendPart.words(title + "  ", isTitle: true)]
    if measure == .minimum {
      for minimum in 0..<min(sweep.experiment.landscape.minima.count, 9) {
        parts.append(.swatch(tones.minimum(minimum + 1, speed: 1), columns: 2))
        parts.append(.words("\(minimum + 1) ", isTitle: false))
      }
    } else {
      let scale = MapScale(grid, measure: measure)
      let steps = isLong ? 10 : 6
      parts.append(.words("\(scale.lowLabel) ", isTitle: false))
      for step in 0..<steps {
        parts.append(.swatch(tones.mapped(1 - Double(step) / Double(steps - 1)), columns: 1))
      }
      parts.append(.words(" \(scale.highLabel)  ", isTitle: false))
    }
    let unreached = measure == .loss ? "unknown" : measure == .minimum ? "at none" : "not in time"
    return parts + [
      .swatch(tones.unreached, columns: 2), .words(" \(unreached)  ", isTitle: false),
      .swatch(tones.gone, columns: 2),
      .words(wording == .shortest ? " gone" : " grew or diverged", isTitle: false),
    ]
  }

  /// One row: the curves and the best run.
  func paintTheory(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    var x = row.x
    for curve in theory {
      let name = curve.kind == .limit ? "── limit" : "╌╌ optimum"
      let text = "\(name) \(curve.formula)\(curve.isExact ? "" : " near the minimum")   "
      guard x + Text.width(of: text) <= row.right else { break }
      x += canvas.text(text, x: x, y: row.y, style: look.strong)
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
