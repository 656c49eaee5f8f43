/// What a unit of a network makes of the sum that enters it.
public enum Activation: String, Sendable, Hashable, CaseIterable {
  /// max(x, 0), with the derivative 0 at 0.
  case relu
  /// The hyperbolic tangent.
  case tanh
  /// 1 ⁄ (1 + e⁻ˣ).
  case sigmoid
  /// x.
  case identity
}
