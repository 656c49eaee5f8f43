import Canvas
import Experiments
import Landscapes
import Scenes

/// A plot of the landscape from above, with its axes where there is room for them.
struct PlotArea: Hashable {
  /// The picture itself.
  let plot: Rect
  /// The labels left of the plot.
  let yAxis: Rect?
  /// A rule and the labels below the plot: one or two rows.
  let xAxis: Rect?

  /// No plot at all.
  static let none = PlotArea(plot: Rect(x: 0, y: 0, width: 0, height: 0), yAxis: nil, xAxis: nil)

  private init(plot: Rect, yAxis: Rect?, xAxis: Rect?) {
    self.plot = plot
    self.yAxis = yAxis
    self.xAxis = xAxis
  }

  /// A plot that fills a rectangle.
  ///
  /// - Parameters:
  ///   - isShort: whether a single row below it must do.
  ///   - labels: what is to stand left of the plot of an area; there are as many columns as it takes, up to two fifths.
  init(_ rect: Rect, isShort: Bool, labels: (PlotArea) -> [String] = { _ in [] }) {
    guard rect.height >= 8, rect.width >= 26 else {
      self.init(plot: rect, yAxis: nil, xAxis: nil)
      return
    }
    let usual = rect.width >= 50 ? 5 : 4
    self.init(rect, isShort: isShort, columns: usual)
    let needed = (labels(self).map { Text.width(of: $0) }.max() ?? 0) + 1
    if needed > usual { self.init(rect, isShort: isShort, columns: min(needed, rect.width * 2 / 5)) }
  }

  private init(_ rect: Rect, isShort: Bool, columns: Int) {
    let below = rect.splitBottom(isShort ? 1 : 2)
    let sides = below.rest.splitLeft(columns)
    self.init(plot: sides.rest, yAxis: sides.left, xAxis: below.bottom.inset(left: columns))
  }

  /// A plot of a window of the landscape that fills a rectangle.
  init(_ rect: Rect, isShort: Bool, showing window: PlotWindow) {
    self.init(rect, isShort: isShort) { area in area.yTicks(of: window).map(\.label) }
  }

  /// The ticks left of the plot of a window, if it has an axis there.
  func yTicks(of window: PlotWindow) -> [Portrait.Ruler.Tick] {
    guard let yAxis else { return [] }
    return Portrait.Ruler(window).up(shown(window).y, atMost: yAxis.height / 4)
  }

  /// The window that the plot shows: the one asked for, widened so that both axes have one scale where they are to.
  func shown(_ window: PlotWindow) -> PlotWindow {
    guard plot.width > 0, plot.height > 0, window.isToScale else { return window }
    let unit = max(window.width / Double(plot.width), window.height / Double(2 * plot.height))
    let halfWidth = unit * Double(plot.width) / 2
    let halfHeight = unit * Double(plot.height)
    return PlotWindow(
      x: (window.centre.x - halfWidth)...(window.centre.x + halfWidth),
      y: (window.centre.y - halfHeight)...(window.centre.y + halfHeight))
  }

  /// The point of the landscape in the middle of a cell.
  func point(atColumn column: Int, row: Int, in window: PlotWindow) -> Point {
    let shown = shown(window)
    return Point(
      x: shown.x.lowerBound + (Double(column - plot.x) + 0.5) / Double(max(1, plot.width)) * shown.width,
      y: shown.y.upperBound - (Double(row - plot.y) + 0.5) / Double(max(1, plot.height)) * shown.height)
  }
}
