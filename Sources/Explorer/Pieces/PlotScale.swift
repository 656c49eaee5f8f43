import Canvas
import Experiments
import Landscapes

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
