/// What a noise says about itself.
public struct NoiseDeclaration: Sendable, Hashable {
  /// The name in specs: `gaussian`.
  public let name: String
  /// The idea, in one line.
  public let summary: String
  /// Its arguments, in order.
  public let arguments: [ArgumentDeclaration]
  /// Where it comes from.
  public let citation: String
}
