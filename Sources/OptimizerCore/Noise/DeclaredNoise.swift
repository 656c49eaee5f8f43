/// What makes gradients noisy, declared once like an optimizer.
protocol DeclaredNoise: Sendable {
  /// Name, texts and arguments.
  static var declaration: NoiseDeclaration { get }
  /// From checked arguments; throws where they do not go together.
  init(_ arguments: Arguments) throws(SpecError)
}
