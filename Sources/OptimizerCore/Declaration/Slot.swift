/// A piece of an optimizer's state that is worth drawing.
public struct Slot<Owner: Optimizer>: Sendable {
  /// The letter in the recipe: `m`.
  public let symbol: String
  /// The name in words.
  public let label: String
  /// What it is in the rule.
  public let role: SlotRole
  /// Its numbers now; empty before the first step.
  public let read: @Sendable (Owner) -> [Owner.Scalar]

  /// Declares a slot.
  public init(
    _ symbol: String, _ label: String, _ role: SlotRole, read: @escaping @Sendable (Owner) -> [Owner.Scalar]
  ) {
    self.symbol = symbol
    self.label = label
    self.role = role
    self.read = read
  }
}
