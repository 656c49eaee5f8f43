/// What a loss is known to be as a function of its parameters and of the step.
public struct ProblemStructure: Sendable, Hashable {
  /// The most parameters for which a Hessian is written out as a matrix, and its eigenvalues are all computed.
  package static let denseLimit = 32

  /// Whether it is a polynomial of degree 2 or less in its parameters.
  public let isQuadratic: Bool
  /// Whether it changes with the step `t`.
  public let usesStep: Bool

  /// What is known.
  public init(isQuadratic: Bool, usesStep: Bool) {
    self.isQuadratic = isQuadratic
    self.usesStep = usesStep
  }
}
