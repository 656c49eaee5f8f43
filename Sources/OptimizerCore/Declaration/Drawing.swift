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
