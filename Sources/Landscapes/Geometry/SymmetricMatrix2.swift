internal import OptimizerCore

/// A symmetric 2×2 matrix, such as a Hessian.
public struct SymmetricMatrix2: Sendable, Hashable {
  /// The upper left entry.
  public var xx: Double
  /// Both entries off the diagonal.
  public var xy: Double
  /// The lower right entry.
  public var yy: Double

  /// A matrix by its entries.
  public init(xx: Double, xy: Double, yy: Double) {
    self.xx = xx
    self.xy = xy
    self.yy = yy
  }

  /// Both eigenvalues, the smaller first; NaN if an entry is.
  public var eigenvalues: (smaller: Double, larger: Double) {
    if xy == 0 { return xx <= yy ? (xx, yy) : (yy, xx) }
    let mean = 0.5 * xx + 0.5 * yy
    let radius = Elementary.hypot(0.5 * xx - 0.5 * yy, xy)
    return (mean - radius, mean + radius)
  }

  /// Unit eigenvectors, that of the smaller eigenvalue first; perpendicular to each other.
  public var eigenvectors: (smaller: Point, larger: Point) {
    if xy == 0 {
      return xx <= yy ? (Point(x: 1, y: 0), Point(x: 0, y: 1)) : (Point(x: 0, y: 1), Point(x: 1, y: 0))
    }
    let angle = 0.5 * Elementary.atan2(2 * xy, xx - yy)
    let (cosine, sine) = (Elementary.cos(angle), Elementary.sin(angle))
    return (Point(x: -sine, y: cosine), Point(x: cosine, y: sine))
  }

  /// The product of the eigenvalues.
  public var determinant: Double { xx * yy - xy * xy }
  /// The sum of the eigenvalues.
  public var trace: Double { xx + yy }
}
