/// A slot with its numbers, the owner's type forgotten.
public struct SlotValue<Scalar: Lane>: Sendable, Hashable {
  /// The letter in the recurrence.
  public let symbol: String
  /// The name in words.
  public let label: String
  /// How to draw it.
  public let drawing: Drawing
  /// The numbers; empty before the first step.
  public let values: [Scalar]

  /// A slot's numbers.
  public init(symbol: String, label: String, drawing: Drawing, values: [Scalar]) {
    self.symbol = symbol
    self.label = label
    self.drawing = drawing
    self.values = values
  }
}
