import Canvas
import Experiments
import Landscapes
import Scenes

/// From the landscape to the cells of the plot: columns from its left edge, rows from its top.
struct PlotScale {
  let window: PlotWindow
  let columns: Double
  let rows: Double
  /// The way from the landscape to what is drawn, where that is another space.
  let map: AffineMap?
  /// The part of the landscape that is seen, or what lies around it where that is no upright rectangle.
  private let seen: PlotWindow

  init(_ area: PlotArea, showing window: PlotWindow, through map: AffineMap? = nil) {
    self.map = map
    self.window = area.shown(window)
    columns = Double(area.plot.width)
    rows = Double(area.plot.height)
    seen = map?.source(of: self.window) ?? self.window
  }

  func x(_ value: Double) -> Double { (value - window.x.lowerBound) / window.width * columns }
  func y(_ value: Double) -> Double { (window.y.upperBound - value) / window.height * rows }
  /// The place of a point, in cells.
  func place(_ point: Point) -> SIMD2<Double> {
    let point = map?(point) ?? point
    return SIMD2(x(point.x), y(point.y))
  }

  /// The plot in heights of its rows; a column is half of that.
  var measure: Portrait.Measure { Portrait.Measure(window, size: SIMD2(columns / 2, rows)) }

  /// The point at a place in cells, of the landscape's own space.
  func point(_ place: SIMD2<Double>) -> Point {
    Point(
      x: window.x.lowerBound + place.x / columns * window.width,
      y: window.y.upperBound - place.y / rows * window.height)
  }

  /// The part of the straight way between two points that is seen, in cells; nil where it passes by the picture.
  ///
  /// It is cut before it is measured in cells: a point far outside is rounded by more cells than there are.
  func part(from a: Point, to b: Point) -> (from: SIMD2<Double>, to: SIMD2<Double>)? {
    seen.part(from: a, to: b).map { (place($0.from), place($0.to)) }
  }
}
