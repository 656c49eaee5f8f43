public import Experiments

/// The two axes of a map: what is varied, and between which values.
public struct MapAxes: Sendable, Hashable {
  /// What is varied from left to right.
  public var x: Axis
  /// What is varied from bottom to top.
  public var y: Axis

  /// Two axes.
  public init(x: Axis, y: Axis) {
    self.x = x
    self.y = y
  }
}
