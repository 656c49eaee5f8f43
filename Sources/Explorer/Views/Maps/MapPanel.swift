import Canvas
import Experiments

/// What is known of a map, and of the run under its cursor: lines of a name and a value.
struct MapPanel {
  let map: MapPicture

  /// The rows that it takes.
  static let rows = 13

  private var sweep: Sweep { map.sweep }
  private var grid: SweepGrid { map.snapshot.grid }

  private struct Line {
    let name: String
    let value: String
    let style: Style

    init(_ name: String, _ value: String, _ style: Style) {
      self.name = name
      self.value = value
      self.style = style
    }
  }

  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    var y = rect.y
    func paint(_ lines: [Line]) {
      for line in lines where y < rect.bottom {
        canvas.text(Text.truncated(line.name, to: 8), x: rect.x, y: y, style: look.muted)
        canvas.text(Text.truncated(line.value, to: rect.width - 9), x: rect.x + 9, y: y, style: line.style)
        y += 1
      }
    }
    paint(cursorLines(look))
    y += 1
    canvas.rule(titled: "Map", in: Rect(x: rect.x, y: y, width: rect.width, height: 1), look)
    y += 1
    paint(mapLines(look))
    let snapshot = map.snapshot
    if !snapshot.isFinished, y < rect.bottom {
      paint([Line("", "\(Int(clamped: snapshot.progress * 100)) %", look.accent)])
      canvas.progress(snapshot.progress, x: rect.x + 15, y: y - 1, width: rect.width - 15, look)
    }
  }

  /// The run under the cursor.
  private func cursorLines(_ look: Look) -> [Line] {
    var lines: [Line] = []
    if let values = map.values {
      lines.append(Line(sweep.x.symbol, "\(sweep.x.brief(values.x))  \(sweep.x.label)", look.strong))
      lines.append(Line(sweep.y.symbol, "\(sweep.y.brief(values.y))  \(sweep.y.label)", look.strong))
    }
    guard let cursor = map.cursor else { return lines }
    guard let cell = grid[cursor.column, cursor.row] else {
      return lines + [Line("ends", "computing …", look.muted), Line("cost", "", look.muted)]
    }
    let style =
      cell.outcome == .reached ? look.good : cell.outcome == .notReached ? look.text : look.warning
    let minimum = cell.minimum.map { ", at minimum \($0)" } ?? ""
    return lines + [
      Line("ends", cell.words, style),
      Line("cost", "\(NumberText.count(cell.evaluations)) evaluations\(minimum)", look.text),
    ]
  }

  /// The best run, the target, and how many runs did what.
  private func mapLines(_ look: Look) -> [Line] {
    let target = NumberText.brief(sweep.target, digits: 3)
    return [
      bestLine(look), Line("target", "loss < \(target) in \(sweep.experiment.budget.words)", look.text),
      Line(
        "runs",
        "\(NumberText.count(grid.count(.reached))) reached it, \(NumberText.count(grid.count(.notReached))) not in time",
        look.text),
      Line(
        "",
        "\(NumberText.count(grid.count(.growing))) grew, \(NumberText.count(grid.count(.diverged))) diverged",
        look.text),
    ]
  }

  private func bestLine(_ look: Look) -> Line {
    guard let best = grid.best, let cell = grid[best.column, best.row] else {
      return Line("* best", "none got there yet", look.muted)
    }
    let values = sweep.values(column: best.column, row: best.row)
    let place =
      "\(sweep.x.symbol) \(sweep.x.brief(values.x))  \(sweep.y.symbol) \(sweep.y.brief(values.y))"
    let cost =
      cell.outcome == .reached ? "\(NumberText.count(cell.steps)) steps" : NumberText.brief(cell.loss)
    let isAtEdge =
      best.column == 0 || best.column == grid.columns - 1 || best.row == 0 || best.row == grid.rows - 1
    return Line("* best", "\(place): \(cost)\(isAtEdge ? " (edge)" : "")", look.warning)
  }
}
