/// A line of an update rule with its numbers, the owner's type forgotten.
public struct RecipeText<Scalar: Lane>: Sendable, Hashable {
  /// The line.
  public let text: String
  /// What the line computes.
  public let symbol: String
  /// The name of that in words.
  public let label: String
  /// The numbers that the line computed in the last step.
  public let values: [Scalar]
  /// How they are drawn: an arrow starts at the point before the step; nil if only the numbers tell.
  public let drawing: Drawing?

  /// A line with its numbers.
  public init(text: String, symbol: String, label: String, values: [Scalar], drawing: Drawing? = nil) {
    self.text = text
    self.symbol = symbol
    self.label = label
    self.values = values
    self.drawing = drawing
  }
}
