/// A piece of an optimizer's state that is worth drawing.
public struct Slot<Owner: Optimizer>: Sendable {
  /// The letter in the recipe: `m`.
  public let symbol: String
  /// The name in words.
  public let label: String
  /// What it is in the rule.
  public let role: SlotRole
  /// Whether it is stored from step to step, and no more than a reading of what is.
  public let isKept: Bool
  /// Its numbers now; empty before the first step.
  public let read: @Sendable (Owner) -> [Owner.Scalar]

  /// Declares a slot.
  ///
  /// - Parameter isKept: whether it is stored from step to step, where its role does not tell.
  public init(
    _ symbol: String, _ label: String, _ role: SlotRole, isKept: Bool? = nil,
    read: @escaping @Sendable (Owner) -> [Owner.Scalar]
  ) {
    self.symbol = symbol
    self.label = label
    self.role = role
    self.isKept = isKept ?? role.isUsuallyKept
    self.read = read
  }
}
