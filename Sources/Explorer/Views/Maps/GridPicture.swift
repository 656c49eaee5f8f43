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
  func plot(_ look: Look) -> Plot {
    Plot(
      columns: area.plot.width, rows: area.plot.height,
      rung: look.palette.depth == .none ? .ascii : look.glyphs, palette: look.palette)
  }

  /// The ticks of the axis upwards, one to a cell at most.
  func ticks(upwards axis: Axis) -> [Axes.Tick] {
    guard let rect = area.yAxis else { return [] }
    var used = Set<Int>()
    return axis.ticks(of: rows, atMost: max(2, rect.height / 3))
      .map { Axes.Tick(at: place(column: 0, row: $0.position).y, $0.label) }
      .filter { used.insert($0.cell).inserted }
  }

  /// The axes, with ticks at round values.
  func paintAxes(x: Axis, y: Axis, on canvas: inout Canvas, _ look: Look) {
    if let rect = area.yAxis {
      Axes.paintVertical(ticks(upwards: y), on: &canvas, rect, look)
    }
    guard let rect = area.xAxis else { return }
    let ticks = x.ticks(of: columns, atMost: max(2, rect.width / 9))
      .map { Axes.Tick(at: place(column: $0.position, row: 0).x, $0.label) }
    let taken = Axes.paintHorizontal(ticks, on: &canvas, rect, Axes.Labels(), look)
    // The names stand where the ticks leave most room, the right end before others.
    var free = rect.x - 4
    var gap = rect.x..<rect.x
    for label in taken {
      if label.lowerBound - free > gap.count { gap = max(rect.x, free)..<label.lowerBound }
      free = label.upperBound
    }
    let long = "→ \(x.name)   ↑ \(y.name)"
    let name = Text.width(of: long) * 3 <= rect.width ? long : "→ \(x.symbol)  ↑ \(y.symbol)"
    let width = Text.width(of: name)
    if rect.right - free >= min(gap.count, width + 2) { gap = free..<rect.right }
    guard gap.count >= width + 2 else { return }
    let start =
      gap.upperBound == rect.right ? rect.right - width : (gap.lowerBound + gap.upperBound - width) / 2
    canvas.text(name, x: start, y: rect.height >= 2 ? rect.y + 1 : rect.y, style: look.text)
  }
}
