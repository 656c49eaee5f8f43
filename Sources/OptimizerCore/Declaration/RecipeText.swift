/// A line of an update rule with its numbers, the owner's type forgotten.
public struct RecipeText<Scalar: Lane>: Sendable, Hashable {
  /// The line.
  public let text: String
  /// What the line computes.
  public let symbol: String
  /// The name of that in words.
  public let label: String
  /// What it is in the rule.
  public let role: SlotRole
  /// The numbers that the line computed in the last step.
  public let values: [Scalar]

  /// How they are drawn: an arrow starts at the point before the step.
  public var drawing: Drawing { role.drawing }

  /// A line with its numbers.
  public init(text: String, symbol: String, label: String, role: SlotRole, values: [Scalar]) {
    self.text = text
    self.symbol = symbol
    self.label = label
    self.role = role
    self.values = values
  }
}
