/// g/(√s + ε), or g/√(s + ε) where ε is inside; 0 where g is 0, also with ε = 0.
@inline(__always)
func quotient<Scalar: Lane>(_ g: Scalar, _ s: Scalar, _ ε: Scalar, inside: Bool) -> Scalar {
  let root = inside ? (s + ε).squareRoot() : s.squareRoot() + ε
  return Scalar.select(g .== Scalar.zero, .zero, g / root)
}

/// What `quotient` multiplies its first argument by, times η, in each coordinate; nil before the first step, when there is
/// nothing to divide by.
func quotientRates<Scalar: Lane>(
  _ η: Scalar, _ squares: [Scalar], _ ε: Scalar, inside: Bool = false
) -> [Scalar]? {
  known(squares.map { η / (inside ? ($0 + ε).squareRoot() : $0.squareRoot() + ε) })
}

/// Rates, or nil if there are none or one of them is not a number.
func known<Scalar: Lane>(_ rates: [Scalar]) -> [Scalar]? {
  rates.isEmpty || rates.contains { !Scalar.all($0 .== $0) } ? nil : rates
}
