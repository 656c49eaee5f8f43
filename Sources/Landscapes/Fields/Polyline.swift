/// A line through points of the plane.
public struct Polyline: Sendable, Hashable {
  /// The corners, in order.
  public var points: [Point]
  /// Whether the last point is joined to the first.
  public var isClosed: Bool

  /// A line through points.
  public init(points: [Point], isClosed: Bool) {
    self.points = points
    self.isClosed = isClosed
  }
}
