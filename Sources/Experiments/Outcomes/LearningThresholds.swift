/// The numbers by which it is judged what a network is doing.
enum LearningThresholds {
  /// Below it, with every training row told right, a loss counts as interpolation.
  static let loss = 0.1
  /// The share of the loss of a constant answer below which a number counts as interpolated.
  static let remainder = 1e-3
  /// A loss that in so many steps has changed by no more than this share of itself is on a plateau.
  static let plateau = (steps: 50, share: 1e-3)
  /// How near the largest curvature is to its limit at the edge of stability, as a share of the limit.
  static let edge = 0.85...1.15
  /// In so many steps the loss has risen at least once there.
  static let edgeSteps = 16
}
