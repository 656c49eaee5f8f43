package import Landscapes
import OptimizerCore

extension Portrait {
  /// A surface that shows a window: places from its upper left corner, in heights of a line of text.
  package struct Measure {
    private let window: Window
    /// Its width and its height.
    package let size: SIMD2<Double>

    /// A surface of a size in lines of text.
    package init(_ window: Window, size: SIMD2<Double>) { (self.window, self.size) = (window, size) }

    /// Where a point is.
    package func place(_ point: Point) -> SIMD2<Double> {
      way(Point(x: point.x - window.x.lowerBound, y: point.y - window.y.upperBound))
    }

    /// A way on the surface, to the right and down.
    package func way(_ vector: Point) -> SIMD2<Double> {
      SIMD2(vector.x / window.width * size.x, -vector.y / window.height * size.y)
    }

    /// How long a way is.
    package func length(of vector: Point) -> Double {
      let way = way(vector)
      return Point(x: way.x, y: way.y).norm
    }
  }
}
