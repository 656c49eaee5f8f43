/// Something that an optimizer asked in a step, and where: a line search's trials, a look ahead, a probe.
public struct OracleQuery: Sendable, Hashable {
  /// What was asked for.
  public enum Kind: Sendable, Hashable {
    /// The gradient, which brings the value.
    case gradient
    /// The value alone.
    case value
    /// The Hessian.
    case hessian
  }

  /// What was asked for.
  public let kind: Kind
  /// Where, as parameters.
  public let parameters: [Double]
}
