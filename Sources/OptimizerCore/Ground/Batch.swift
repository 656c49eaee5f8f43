/// Some of the samples that a loss is a mean of: what one step sees of them.
public struct Batch: Sendable, Hashable {
  /// The places of its samples; one may be there several times.
  public let rows: [Int32]
  /// What each sample's loss is multiplied by before the mean is taken; nil where all count alike.
  public let weights: [Double]?

  /// A batch of at least one sample, with a weight for each or none.
  public init(rows: [Int32], weights: [Double]? = nil) {
    precondition(!rows.isEmpty, "a batch has a sample")
    precondition(weights.map { $0.count == rows.count } ?? true, "every sample of a batch has a weight")
    self.rows = rows
    self.weights = weights
  }

  /// How many samples there are.
  public var count: Int { rows.count }
}
