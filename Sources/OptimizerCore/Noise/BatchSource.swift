/// Draws of samples, of which a step sees no others.
protocol BatchSource: DeclaredNoise {
  /// How many samples a batch has, but where a pass ends.
  var size: Int { get }
  /// Every how many steps the loss of all samples is taken.
  var lookInterval: Int { get }
  /// Whether the problem must say how steep samples are.
  var needsImportance: Bool { get }
  /// Whether the problem must make new samples.
  var isFresh: Bool { get }
  /// The batch of a step: a function of its arguments and of nothing else. The memory makes it faster, no other.
  func batch(
    of count: Int, importance: [Double]?, seed: UInt64, step: Int, stream: UInt32, memory: BatchMemory
  ) -> Batch
  /// The covariance in symbols: `Σ/b`.
  var covarianceFormula: String { get }
  /// What batches are like in the mean: see `Noise.covariance`.
  func spread(of vectors: [[Double]], importance: [Double]?) -> [(weight: Double, deviation: [Double])]
}
