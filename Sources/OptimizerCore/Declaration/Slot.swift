/// How a piece of state is drawn.
public enum Drawing: Sendable, Hashable {
  /// A vector from the point, such as a momentum.
  case arrow
  /// Squared magnitudes a coordinate, such as a second moment.
  case squares
  /// A place on the landscape, such as slow weights.
  case point
  /// A d×d or block matrix, row-major.
  case matrix
  /// A single number.
  case scalar
}

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
