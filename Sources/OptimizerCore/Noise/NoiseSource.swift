/// A distribution of what is added to a gradient.
protocol NoiseSource: DeclaredNoise {
  /// The dimension that it is made for, or nil if it serves any.
  var dimension: Int? { get }
  /// The noise of a step, a number a coordinate, from a counter-based generator.
  func draw(into noise: inout [Double], generator: Philox, step: Int, stream: UInt32)
}
