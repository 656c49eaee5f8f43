/// A piece of an optimizer's state that is worth drawing.
public struct Slot<Owner: Optimizer>: Sendable {
  /// The letter in the recurrence: `m`.
  public let symbol: String
  /// The name in words.
  public let label: String
  /// How to draw it.
  public let drawing: Drawing
  /// Its numbers now; empty before the first step.
  public let read: @Sendable (Owner) -> [Owner.Scalar]

  /// Declares a slot.
  public init(
    _ symbol: String, _ label: String, _ drawing: Drawing, read: @escaping @Sendable (Owner) -> [Owner.Scalar]
  ) {
    self.symbol = symbol
    self.label = label
    self.drawing = drawing
    self.read = read
  }
}
