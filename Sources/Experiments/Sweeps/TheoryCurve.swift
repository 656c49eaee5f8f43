/// What the theory of quadratics says about a map, as a curve over it.
public struct TheoryCurve: Sendable, Hashable {
  /// What the curve shows.
  public enum Kind: Sendable, Hashable {
    /// Beyond it runs grow.
    case limit
    /// Along it runs are fastest.
    case optimum
  }

  /// What the curve shows.
  public let kind: Kind
  /// Whether it gives a value of x for each row, rather than one of y for each column.
  public let isAlongX: Bool
  /// The formula: `2(1+β)/L`.
  public let formula: String
  /// Whether the curvature is the same everywhere, so that it holds exactly.
  public let isExact: Bool
  /// A value of the axis for each row (or column); nil where there is none.
  public let values: [Double?]
}
