internal import OptimizerCore

/// A point of the plane.
public struct Point: Sendable, Hashable {
  /// The coordinate to the right.
  public var x: Double
  /// The coordinate upwards.
  public var y: Double

  /// A point by its coordinates.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// A point as a pair.
  public init(_ x: Double, _ y: Double) { self.init(x: x, y: y) }

  /// The distance to another point.
  public func distance(to other: Point) -> Double { Elementary.hypot(x - other.x, y - other.y) }

  /// The distance from the origin.
  public var norm: Double { Elementary.hypot(x, y) }

  /// Whether both coordinates are finite.
  public var isFinite: Bool { x.isFinite && y.isFinite }
}
