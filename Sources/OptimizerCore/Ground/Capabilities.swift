/// What a problem can answer beyond value and gradient, and so what an optimizer may need.
public struct Capabilities: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: Int
  /// A set from its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The exact Hessian matrix.
  public static let hessian = Capabilities(rawValue: 1 << 0)
  /// The Gauss-Newton matrix, for losses of a model's outputs.
  package static let gaussNewton = Capabilities(rawValue: 1 << 1)
  /// The Fisher matrix of a likelihood.
  package static let fisher = Capabilities(rawValue: 1 << 2)
  /// Kronecker factors of the Fisher matrix, a pair a layer.
  package static let kroneckerFactors = Capabilities(rawValue: 1 << 3)

  /// What is missing, in words for a message; empty if nothing is.
  public var names: [String] {
    var names: [String] = []
    if contains(.hessian) { names.append("a Hessian") }
    if contains(.gaussNewton) { names.append("a model's outputs") }
    if contains(.fisher) { names.append("a likelihood") }
    if contains(.kroneckerFactors) { names.append("layers") }
    return names
  }
}
