/// The symmetric α-stable law with the characteristic function exp(−|k|^α): α = 2 is normal with variance 2, α = 1 Cauchy.
enum StableLaw {
  /// A draw, by the method of Chambers, Mallows & Stuck 1976, doi:10.1080/01621459.1976.10480344.
  ///
  /// - Parameters:
  ///   - alpha: above 0, at most 2.
  ///   - angle: uniform between −π/2 and π/2.
  ///   - waiting: exponential with mean 1, of which it is independent.
  static func draw(alpha: Double, angle: Double, waiting: Double) -> Double {
    let tail = Elementary.pow(Elementary.cos((1 - alpha) * angle) / waiting, (1 - alpha) / alpha)
    return Elementary.sin(alpha * angle) / Elementary.pow(Elementary.cos(angle), 1 / alpha) * tail
  }

  /// A draw from two independent standard normal numbers: their direction is the angle, their length the waiting.
  static func draw(alpha: Double, normals a: Double, _ b: Double) -> Double {
    draw(alpha: alpha, angle: Elementary.atan2(b, a) / 2, waiting: (a * a + b * b) / 2)
  }
}
