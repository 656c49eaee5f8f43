/// The value of a knob that contracts a quadratic fastest, as a function of its smallest and largest curvature.
public struct Optimum: Sendable {
  /// The knob's key.
  public let key: String
  /// The formula, with μ the smallest curvature, L the largest and κ = L/μ: `2/(L+μ)`.
  public let formula: String
  /// The value for a smallest curvature μ > 0 and a largest L.
  public let value: @Sendable (_ smallest: Double, _ largest: Double) -> Double

  /// A knob's optimum.
  public init(
    _ key: String, _ formula: String,
    value: @escaping @Sendable (_ smallest: Double, _ largest: Double) -> Double
  ) {
    self.key = key
    self.formula = formula
    self.value = value
  }
}
