// The one file of this target that speaks to the C library: the elementary functions, for `Double`.
private import Glibc

/// The elementary functions of libm, under one name for every evaluator.
enum Elementary {
  static func sin(_ a: Double) -> Double { Glibc.sin(a) }
  static func cos(_ a: Double) -> Double { Glibc.cos(a) }
  static func tan(_ a: Double) -> Double { Glibc.tan(a) }
  static func asin(_ a: Double) -> Double { Glibc.asin(a) }
  static func acos(_ a: Double) -> Double { Glibc.acos(a) }
  static func atan(_ a: Double) -> Double { Glibc.atan(a) }
  static func atan2(_ a: Double, _ b: Double) -> Double { Glibc.atan2(a, b) }
  static func sinh(_ a: Double) -> Double { Glibc.sinh(a) }
  static func cosh(_ a: Double) -> Double { Glibc.cosh(a) }
  static func tanh(_ a: Double) -> Double { Glibc.tanh(a) }
  static func exp(_ a: Double) -> Double { Glibc.exp(a) }
  static func log(_ a: Double) -> Double { Glibc.log(a) }
  static func log10(_ a: Double) -> Double { Glibc.log10(a) }
  static func log1p(_ a: Double) -> Double { Glibc.log1p(a) }
  static func pow(_ a: Double, _ b: Double) -> Double { Glibc.pow(a, b) }
  static func hypot(_ a: Double, _ b: Double) -> Double { Glibc.hypot(a, b) }

  /// The remainder with the sign of the divisor: mod(−1, 3) = 2.
  static func mod(_ a: Double, _ b: Double) -> Double {
    let rest = Glibc.fmod(a, b)
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }

  /// 1 ⁄ (1 + e⁻ᵃ), without overflow at either end.
  static func sigmoid(_ a: Double) -> Double {
    guard a < 0 else { return 1 / (1 + Glibc.exp(-a)) }
    let power = Glibc.exp(a)
    return power / (1 + power)
  }

  /// log(1 + eᵃ), without overflow.
  static func softplus(_ a: Double) -> Double {
    a > 0 ? a + Glibc.log1p(Glibc.exp(-a)) : Glibc.log1p(Glibc.exp(a))
  }
}
