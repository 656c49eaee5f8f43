public import OptimizerCore

/// A problem in words.
public struct ProblemWords: Sendable, Hashable {
  /// The loss as text: a formula as it was written, or the rule of the problem.
  public let text: String
  /// The loss for the screen; names of constants are shown by their symbols.
  public let display: [DisplayPart]
  /// What the parameters are called.
  public let parameters: ParameterNames

  /// A problem in words.
  public init(text: String, display: [DisplayPart], parameters: ParameterNames) {
    self.text = text
    self.display = display
    self.parameters = parameters
  }
}
