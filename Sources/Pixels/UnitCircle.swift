/// The circle around the origin with radius 1, by halving angles: no function of the C library is asked.
enum UnitCircle {
  private static let corners = [SIMD2<Double>(1, 0), SIMD2(0, 1), SIMD2(-1, 0), SIMD2(0, -1)]

  /// The place at an angle in degrees from the first axis towards the second.
  static func place(at degrees: Double) -> SIMD2<Double> {
    guard degrees.magnitude < 1e9 else { return corners[0] }
    let quarter = (degrees / 90).rounded(.down)
    let first = ((Int(quarter) % 4) + 4) % 4
    var (a, b) = (corners[first], corners[(first + 1) % 4])
    var (low, high) = (quarter * 90, quarter * 90 + 90)
    // Until the halves are as near as numbers are.
    for _ in 0..<48 {
      let middle = between(a, b)
      if degrees < (low + high) / 2 {
        (b, high) = (middle, (low + high) / 2)
      } else {
        (a, low) = (middle, (low + high) / 2)
      }
    }
    return a
  }

  /// The place in the middle of the shorter way between two.
  static func between(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    let sum = a + b
    return sum / (sum * sum).sum().squareRoot()
  }
}
