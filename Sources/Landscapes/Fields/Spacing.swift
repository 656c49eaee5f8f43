/// How contour levels and shades divide the range of a loss.
public enum Spacing: String, Sendable, Hashable, CaseIterable {
  /// Evenly in the loss.
  case linear
  /// Evenly in the logarithm of the height above the lowest value.
  case log
  /// So that equal areas lie between neighbours.
  case quantile
}
