/// Draws of samples, of which a step sees no others.
protocol BatchSource: DeclaredNoise {
  /// How many samples a batch has, but where a pass ends.
  var size: Int { get }
  /// Whether the problem must say how steep samples are.
  var needsImportance: Bool { get }
  /// The batch of a step: a function of its arguments and of nothing else.
  func batch(of count: Int, importance: [Double]?, generator: Philox, step: Int, stream: UInt32) -> Batch
}
