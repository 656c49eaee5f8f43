/// What the curves beside the picture show, by the name that scenes call it.
public enum CurveQuantity: String, CaseIterable, Sendable, Hashable {
  /// The loss; of a network that of all training rows.
  case loss
  /// The loss over the rows set aside.
  case testLoss = "test-loss"
  /// The share of training rows whose class is told.
  case trainAccuracy = "train-accuracy"
  /// The share of the rows set aside whose class is told.
  case testAccuracy = "test-accuracy"
  /// The length of the true gradient.
  case gradientNorm = "gradient-norm"
  /// The distance to the nearest known minimum.
  case distance
  /// The length of each step.
  case stepLength = "step-length"
  /// Step over gradient, a curve each coordinate of the selected entry.
  case effectiveRates = "effective-rates"
  /// The learning rate, with what a schedule will do.
  case learningRate = "learning-rate"
  /// What the points before the steps have lost more than a fixed point would have, a step.
  case regret
}
