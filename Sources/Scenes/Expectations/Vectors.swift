import OptimizerCore

/// Sums over the parameters.
enum Vectors {
  /// The angle between two vectors in degrees; NaN if one is 0.
  static func angle(_ a: [Double], _ b: [Double]) -> Double {
    let (p, q) = (a.euclideanNorm, b.euclideanNorm)
    guard p > 0, q > 0 else { return .nan }
    // By the half-angle, which is exact for small angles, where the cosine is not.
    let difference = zip(a, b).map { $0 / p - $1 / q }.euclideanNorm
    let sum = zip(a, b).map { $0 / p + $1 / q }.euclideanNorm
    return 2 * Elementary.atan2(difference, sum) * 180 / .pi
  }
}
