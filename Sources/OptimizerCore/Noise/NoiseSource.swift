/// A distribution of gradient noise, declared once like an optimizer.
protocol NoiseSource: Sendable {
  /// Name, texts and arguments.
  static var declaration: NoiseDeclaration { get }
  /// From checked arguments; throws where they do not go together.
  init(_ arguments: Arguments) throws(SpecError)
  /// The dimension that it is made for, or nil if it serves any.
  var dimension: Int? { get }
  /// The noise of a step, a number a coordinate, from a counter-based generator.
  func draw(into noise: inout [Double], generator: Philox, step: Int, stream: UInt32)
}
