import Canvas
import Experiments
import Landscapes

/// Where everything stands, computed from the size of the screen and what is switched on.
///
/// From about 100 columns a panel stands beside the plot; below it folds into a strip above and one below. With fewer
/// rows go, in this order: the blank rows, the replay line, the strips, the axes, the hints. Below 20x6 only a notice
/// is left.
struct Layout {
  /// The smallest screen with a picture.
  static let smallest = (width: 20, height: 6)

  let screen: Rect
  /// One row: title, formula, step.
  var header = Rect(x: 0, y: 0, width: 0, height: 0)
  /// One row: the race, where there is no panel.
  var strip: Rect?
  /// All that is the view's beside the panel: for the contour view the plot with its axes.
  var stage = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The plot of the landscape from above, if the view has one, with its axes.
  var area = PlotArea.none
  /// The picture itself.
  var plot: Rect { area.plot }
  /// The race, the curves and the knobs.
  var panel: Rect?
  /// The curves under the stage, where there is no panel and they were asked for.
  var curve: Rect?
  /// One row: what the status line or the scene has to say.
  var caption = Rect(x: 0, y: 0, width: 0, height: 0)
  /// One row: the selected knob, where there is no panel.
  var knobStrip: Rect?
  /// One row: the replay line.
  var replay: Rect?
  /// One row: the keys.
  var hints: Rect?
  /// The inside of a dialog's frame.
  var dialogInside: Rect { dialog.inset(left: 2, top: 1, right: 2, bottom: 1) }
  /// Where a dialog stands.
  var dialog = Rect(x: 0, y: 0, width: 0, height: 0)

  var isTooSmall: Bool { screen.width < Layout.smallest.width || screen.height < Layout.smallest.height }

  init(_ explorer: Explorer) {
    let captionRows =
      explorer.lecture == nil ? 1 : max(1, explorer.lectureLines(width: explorer.width - 4).count)
    self.init(
      width: explorer.width, height: explorer.height, hidesPanels: explorer.hidesPanels,
      captionRows: captionRows)
    guard !isTooSmall else { return }
    if explorer.showsCurve, panel == nil, Layout.hasRoomForCurve(stage) {
      let split = stage.splitBottom(max(4, stage.height * 2 / 5))
      stage = split.rest
      curve = split.bottom
    }
    area =
      explorer.view.contour(in: stage, panel: panel).map { PlotArea($0, isShort: explorer.height < 20) }
      ?? .none
  }

  /// - Parameter captionRows: the rows that what is said to the class would take; it has a third of
  ///   the screen at most, half of a low one.
  init(width: Int, height: Int, hidesPanels: Bool, captionRows: Int = 1) {
    screen = Rect(x: 0, y: 0, width: width, height: height)
    guard width >= Layout.smallest.width, height >= Layout.smallest.height else { return }
    let margin = width >= 40 ? 1 : 0
    let inner = screen.inset(left: margin, right: margin)
    func row(_ y: Int) -> Rect { Rect(x: inner.x, y: y, width: inner.width, height: 1) }
    header = row(0)

    let hasPanel = width >= 100 && height >= 20 && !hidesPanels
    var bottom = height
    if height >= 10 {
      bottom -= 1
      hints = row(bottom)
    }
    if height >= 30 { bottom -= 1 }
    if height >= 14 {
      bottom -= 1
      replay = row(bottom)
    }
    if !hasPanel, height >= 18, !hidesPanels {
      bottom -= 1
      knobStrip = row(bottom)
    }
    let captionRows = max(1, min(captionRows, height < 18 ? height / 2 : height / 3))
    bottom -= captionRows
    caption = Rect(x: inner.x, y: bottom, width: inner.width, height: captionRows)

    var top = 1
    if !hasPanel, height >= 12 {
      strip = row(top)
      top += 1
    } else if height >= 24 {
      top += 1
    }

    var middle = Rect(x: inner.x, y: top, width: inner.width, height: bottom - top)
    if hasPanel {
      let columns = width >= 180 ? 60 : width >= 140 ? 50 : width >= 116 ? 44 : 40
      let split = middle.splitRight(columns)
      panel = split.right
      middle = split.rest.inset(right: 3)
    }
    stage = middle
    dialog = screen.centred(
      width: min(width - 2, 96), height: max(height - (height > 20 ? 6 : 2), min(height, 6)))
  }

  /// Whether curves fit under a stage.
  static func hasRoomForCurve(_ stage: Rect) -> Bool { stage.height >= 7 && stage.width >= 20 }

  /// Whether the plot shows a window with one scale for both axes: unless its sides differ by more than a factor of two.
  ///
  /// With one scale a right angle looks like one, and a gradient stands on its contour.
  static func isToScale(_ window: PlotWindow) -> Bool {
    let ratio = window.width / window.height
    return ratio >= 0.5 && ratio <= 2
  }
}

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
  /// - Parameter isShort: whether a single row below it must do.
  init(_ rect: Rect, isShort: Bool) {
    guard rect.height >= 8, rect.width >= 26 else {
      self.init(plot: rect, yAxis: nil, xAxis: nil)
      return
    }
    let below = rect.splitBottom(isShort ? 1 : 2)
    let columns = rect.width >= 50 ? 5 : 4
    let sides = below.rest.splitLeft(columns)
    self.init(plot: sides.rest, yAxis: sides.left, xAxis: below.bottom.inset(left: columns))
  }

  /// The window that the plot shows: the one asked for, widened so that both axes have one scale where they are to.
  func shown(_ window: PlotWindow) -> PlotWindow {
    guard plot.width > 0, plot.height > 0, Layout.isToScale(window) else { return window }
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

/// From the landscape to the cells of the plot: columns from its left edge, rows from its top.
struct PlotScale {
  let window: PlotWindow
  let columns: Double
  let rows: Double
  /// The way from the landscape to what is drawn, where that is another space.
  let map: AffineMap?

  init(_ area: PlotArea, showing window: PlotWindow, through map: AffineMap? = nil) {
    self.map = map
    self.window = area.shown(window)
    columns = Double(area.plot.width)
    rows = Double(area.plot.height)
  }

  func x(_ value: Double) -> Double { (value - window.x.lowerBound) / window.width * columns }
  func y(_ value: Double) -> Double { (window.y.upperBound - value) / window.height * rows }
  /// The place of a point, in cells.
  func place(_ point: Point) -> SIMD2<Double> {
    let point = map?(point) ?? point
    return SIMD2(x(point.x), y(point.y))
  }
}
