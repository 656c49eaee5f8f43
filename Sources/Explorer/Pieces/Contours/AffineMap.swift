import Experiments
import Landscapes
import OptimizerCore

/// A straight map of the plane onto another: x̃ = A (x − c), with its inverse.
struct AffineMap: Hashable {
  /// What becomes (0, 0).
  let centre: Point
  /// A, row by row.
  private let rows: (x: Point, y: Point)
  /// The inverse of A, column by column: where a step to the right and a step upwards come from.
  let across: Point
  let up: Point

  /// A map by the rows of its matrix; nil if it cannot be inverted.
  init?(centre: Point, _ x: Point, _ y: Point) {
    let determinant = x.x * y.y - x.y * y.x
    guard centre.isFinite, determinant != 0, determinant.isFinite else { return nil }
    self.centre = centre
    rows = (x, y)
    across = Point(x: y.y / determinant, y: -y.x / determinant)
    up = Point(x: -x.y / determinant, y: x.x / determinant)
    guard across.isFinite, up.isFinite else { return nil }
  }

  static func == (a: AffineMap, b: AffineMap) -> Bool {
    a.centre == b.centre && a.rows.x == b.rows.x && a.rows.y == b.rows.y
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(centre)
    hasher.combine(rows.x)
    hasher.combine(rows.y)
  }

  /// Where a point goes.
  func callAsFunction(_ point: Point) -> Point {
    let (dx, dy) = (point.x - centre.x, point.y - centre.y)
    return Point(x: rows.x.x * dx + rows.x.y * dy, y: rows.y.x * dx + rows.y.y * dy)
  }

  /// Where a direction goes.
  func turned(_ way: Point) -> Point {
    Point(x: rows.x.x * way.x + rows.x.y * way.y, y: rows.y.x * way.x + rows.y.y * way.y)
  }

  /// Where a point of the other plane comes from.
  func inverse(_ point: Point) -> Point {
    Point(
      x: centre.x + across.x * point.x + up.x * point.y, y: centre.y + across.y * point.x + up.y * point.y)
  }

  /// An upright window that holds all that a window of the other plane comes from; nil where that is too large for one.
  func source(of window: PlotWindow) -> PlotWindow? {
    let corners = [window.x.lowerBound, window.x.upperBound].flatMap { x in
      [window.y.lowerBound, window.y.upperBound].map { inverse(Point(x: x, y: $0)) }
    }
    guard let left = corners.map(\.x).min(), let right = corners.map(\.x).max(),
      let bottom = corners.map(\.y).min(), let top = corners.map(\.y).max(), left < right, bottom < top,
      (right - left).isFinite, (top - bottom).isFinite
    else { return nil }
    return PlotWindow(x: left...right, y: bottom...top)
  }

  /// What becomes of a Hessian: A⁻ᵀ H A⁻¹.
  func hessian(_ h: SymmetricMatrix2) -> SymmetricMatrix2 {
    func form(_ a: Point, _ b: Point) -> Double {
      a.x * (h.xx * b.x + h.xy * b.y) + a.y * (h.xy * b.x + h.yy * b.y)
    }
    return SymmetricMatrix2(xx: form(across, across), xy: form(across, up), yy: form(up, up))
  }
}
