/// g/(√s + ε), or g/√(s + ε) where ε is inside; 0 where g is 0, also with ε = 0.
@inline(__always)
func quotient<Scalar: Lane>(_ g: Scalar, _ s: Scalar, _ ε: Scalar, inside: Bool) -> Scalar {
  let root = inside ? (s + ε).squareRoot() : s.squareRoot() + ε
  return Scalar.select(g .== Scalar.zero, .zero, g / root)
}
