/// A slot with its numbers, the owner's type forgotten.
public struct SlotValue<Scalar: Lane>: Sendable, Hashable {
  /// The letter in the recipe.
  public let symbol: String
  /// The name in words.
  public let label: String
  /// What it is in the rule.
  public let role: SlotRole
  /// Whether it is stored from step to step.
  public let isKept: Bool
  /// How many numbers are stored from step to step.
  public let stored: Int
  /// The numbers; empty before the first step.
  public let values: [Scalar]

  /// How it is drawn.
  public var drawing: Drawing { role.drawing }

  /// A slot's numbers.
  ///
  /// - Parameter stored: how many are stored, where it is not all of them or none.
  public init(
    symbol: String, label: String, role: SlotRole, isKept: Bool? = nil, stored: Int? = nil, values: [Scalar]
  ) {
    self.symbol = symbol
    self.label = label
    self.role = role
    self.isKept = isKept ?? role.isUsuallyKept
    self.stored = stored ?? (self.isKept ? values.count : 0)
    self.values = values
  }
}
