import Canvas
import Experiments

/// A map on screen: a grid of half cells, each a run, with the axes of the map around it.
struct GridPicture {
  /// Where it stands.
  let area: PlotArea

  /// Runs across.
  var columns: Int { max(1, area.plot.width) }
  /// Runs upwards: two to a cell.
  var rows: Int { max(1, area.plot.height * 2) }

  /// The place of a run, or of anything between runs, in cells of the plot. Row 0 is the lowest.
  func place(column: Double, row: Double) -> SIMD2<Double> {
    SIMD2(column + 0.5, (Double(rows) - 0.5 - row) / 2)
  }

  /// The run at a cell of the screen: of its two the upper one.
  func run(atColumn x: Int, row y: Int) -> (column: Int, row: Int)? {
    guard area.plot.contains(x: x, y: y) else { return nil }
    return (x - area.plot.x, rows - 1 - 2 * (y - area.plot.y))
  }

  /// An empty plot for the grid. Without colours its tones are told apart by signs, which are ASCII.
  func plot(_ appearance: Appearance, _ palette: Palette) -> Plot {
    Plot(
      columns: area.plot.width, rows: area.plot.height,
      rung: appearance.depth == .none ? .ascii : appearance.glyphs, palette: palette)
  }

  /// The axes, with ticks at round values.
  func paintAxes(x: Axis, y: Axis, on canvas: inout Canvas, _ look: Look) {
    if let rect = area.yAxis {
      var used = Set<Int>()
      for tick in y.ticks(of: rows, atMost: max(2, rect.height / 3)) {
        let row = Int(place(column: 0, row: tick.position).y)
        guard row >= 0, row < rect.height, used.insert(row).inserted else { continue }
        canvas.text(
          rightAligned: Text.truncated(tick.label, to: rect.width - 1), right: rect.right - 1,
          y: rect.y + row,
          style: look.muted)
        canvas.text("┤", x: rect.right - 1, y: rect.y + row, style: look.faint)
      }
    }
    guard let rect = area.xAxis else { return }
    let labels = rect.height >= 2 ? rect.y + 1 : rect.y
    if rect.height >= 2 { canvas.rule(x: rect.x, y: rect.y, width: rect.width, style: look.faint) }
    let long = "→ \(x.name)   ↑ \(y.name)"
    let name = Text.width(of: long) * 3 <= rect.width ? long : "→ \(x.symbol)  ↑ \(y.symbol)"
    let end = rect.right
    var free = rect.x - 4
    var gap = (start: rect.x, end: rect.x)
    for tick in x.ticks(of: columns, atMost: max(2, rect.width / 9)) {
      let column = Int(place(column: tick.position, row: 0).x)
      guard column >= 0, column < rect.width else { continue }
      if rect.height >= 2 { canvas.text("┬", x: rect.x + column, y: rect.y, style: look.faint) }
      let width = Text.width(of: tick.label)
      let start = max(rect.x, min(rect.x + column - (width - 1) / 2, rect.right - width))
      guard start > free, start + width <= end else { continue }
      canvas.text(tick.label, x: start, y: labels, style: look.muted)
      if start - free > gap.end - gap.start { gap = (max(rect.x, free), start) }
      free = start + width
    }
    // The names stand where the ticks leave most room, the right end before others.
    if end - free >= min(gap.end - gap.start, Text.width(of: name) + 2) { gap = (free, end) }
    guard gap.end - gap.start >= Text.width(of: name) + 2 else { return }
    let x = gap.end == end ? end - Text.width(of: name) : (gap.start + gap.end - Text.width(of: name)) / 2
    canvas.text(name, x: x, y: labels, style: look.text)
  }
}
