/// How well a model does on the rows it is trained on, and on others.
public struct DataReport: Sendable, Hashable {
  /// The loss over the training rows, without a penalty.
  public let trainLoss: Double
  /// The loss over the rows set aside.
  public let testLoss: Double?
  /// The share of training rows told right.
  public let trainAccuracy: Double?
  /// The share of the rows set aside that are told right.
  public let testAccuracy: Double?
}
