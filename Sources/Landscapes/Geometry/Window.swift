internal import OptimizerCore

/// The part of the plane that is looked at. Both sides have a positive, finite length.
public struct Window: Sendable, Hashable {
  /// The narrowest and widest a side may become by zooming, as a length.
  static let lengths = 1e-12...1e12

  /// From the left edge to the right.
  public let x: ClosedRange<Double>
  /// From the bottom edge to the top.
  public let y: ClosedRange<Double>

  /// Both ranges must be finite and longer than 0.
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>) {
    precondition(
      x.lowerBound < x.upperBound && y.lowerBound < y.upperBound && (x.upperBound - x.lowerBound).isFinite
        && (y.upperBound - y.lowerBound).isFinite, "a window has finite sides longer than 0")
    self.x = x
    self.y = y
  }

  /// The length of the lower edge.
  public var width: Double { x.upperBound - x.lowerBound }
  /// The length of the left edge.
  public var height: Double { y.upperBound - y.lowerBound }
  /// The distance between opposite corners.
  public var diagonal: Double { Elementary.hypot(width, height) }
  /// The middle.
  public var centre: Point { Point(x: x.lowerBound + width / 2, y: y.lowerBound + height / 2) }

  /// Whether a picture shows it with one scale for both axes: unless its sides differ by more than a factor of two.
  ///
  /// With one scale a right angle looks like one, and a gradient stands on its contour.
  package var isToScale: Bool { (0.5...2).contains(width / height) }

  /// Whether a point lies inside or on the edge.
  public func contains(_ point: Point) -> Bool { x.contains(point.x) && y.contains(point.y) }

  /// The window magnified: a factor of 2 shows half of each side; `point` stays where it is on the screen.
  ///
  /// Returns the same window where a side would become too short to tell its numbers apart, or longer than 1e12.
  public func zoomed(by factor: Double, around point: Point? = nil) -> Window {
    let fixed = point ?? centre
    guard factor.isFinite, factor > 0, fixed.isFinite else { return self }
    return Window.checked(
      x.lowerBound + (fixed.x - x.lowerBound) * (1 - 1 / factor), width / factor,
      y.lowerBound + (fixed.y - y.lowerBound) * (1 - 1 / factor), height / factor) ?? self
  }

  /// The window moved by fractions of its sides: `panned(x: 0.1, y: 0)` looks a tenth further to the right.
  public func panned(x dx: Double, y dy: Double) -> Window {
    Window.checked(x.lowerBound + dx * width, width, y.lowerBound + dy * height, height) ?? self
  }

  /// The smallest window around this one and some points, with a margin of a fraction of the sides where it had to grow.
  package func including(_ points: [Point], margin: Double = 0.1) -> Window {
    var (left, right, bottom, top) = (x.lowerBound, x.upperBound, y.lowerBound, y.upperBound)
    for point in points where point.isFinite {
      left = min(left, point.x)
      right = max(right, point.x)
      bottom = min(bottom, point.y)
      top = max(top, point.y)
    }
    let (wide, high) = (margin * (right - left), margin * (top - bottom))
    if left < x.lowerBound { left -= wide }
    if right > x.upperBound { right += wide }
    if bottom < y.lowerBound { bottom -= high }
    if top > y.upperBound { top += high }
    return Window.checked(left, right - left, bottom, top - bottom) ?? self
  }

  static func checked(_ left: Double, _ width: Double, _ bottom: Double, _ height: Double) -> Window? {
    let right = left + width
    let top = bottom + height
    guard left.isFinite, right.isFinite, bottom.isFinite, top.isFinite,
      lengths.contains(width), lengths.contains(height),
      width > 1e-12 * max(left.magnitude, right.magnitude),
      height > 1e-12 * max(bottom.magnitude, top.magnitude)
    else { return nil }
    return Window(x: left...right, y: bottom...top)
  }
}
