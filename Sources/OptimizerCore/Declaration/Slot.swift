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
  /// How many numbers it stores, where these are not those that it shows.
  let storedCount: (@Sendable (Owner) -> Int)?

  /// Declares a slot.
  ///
  /// - Parameters:
  ///   - isKept: whether it is stored from step to step, where its role does not tell.
  ///   - storedCount: how many numbers it stores, where these are others than it shows: the means of rows and columns of a
  ///     matrix that is their product.
  public init(
    _ symbol: String, _ label: String, _ role: SlotRole, isKept: Bool? = nil,
    storedCount: (@Sendable (Owner) -> Int)? = nil,
    read: @escaping @Sendable (Owner) -> [Owner.Scalar]
  ) {
    self.symbol = symbol
    self.label = label
    self.role = role
    self.isKept = isKept ?? role.isUsuallyKept
    self.storedCount = storedCount
    self.read = read
  }
}

extension Slot {
  /// With its numbers, the owner's type forgotten.
  func value(in owner: Owner) -> SlotValue<Owner.Scalar> {
    let values = self.read(owner)
    return SlotValue(
      symbol: symbol, label: label, role: role, isKept: isKept,
      stored: isKept ? storedCount?(owner) ?? values.count : 0, values: values)
  }
}
