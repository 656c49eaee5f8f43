// The one file of this target that speaks to the C library: the elementary functions, for `Double`. The import is public
// so that the functions can be inlined into kernels and formulas elsewhere.
public import Glibc

/// The elementary functions of libm, named so that every kernel and formula reads the same in one run and in eight.
public enum Elementary {
  /// eˣ.
  @inlinable public static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  /// eˣ − 1, exact near 0.
  @inlinable package static func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
  /// The natural logarithm.
  @inlinable public static func log(_ x: Double) -> Double { Glibc.log(x) }
  /// The logarithm to base 10.
  @inlinable public static func log10(_ x: Double) -> Double { Glibc.log10(x) }
  /// log(1 + x), exact near 0.
  @inlinable public static func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
  /// x to the power of y.
  @inlinable public static func pow(_ x: Double, _ y: Double) -> Double { Glibc.pow(x, y) }
  /// √(x² + y²), without overflow.
  @inlinable public static func hypot(_ x: Double, _ y: Double) -> Double { Glibc.hypot(x, y) }
  /// The sine of an angle in radians.
  @inlinable public static func sin(_ x: Double) -> Double { Glibc.sin(x) }
  /// The cosine of an angle in radians.
  @inlinable public static func cos(_ x: Double) -> Double { Glibc.cos(x) }
  /// The tangent of an angle in radians.
  @inlinable public static func tan(_ x: Double) -> Double { Glibc.tan(x) }
  /// The angle of a sine, in −π/2…π/2.
  @inlinable public static func asin(_ x: Double) -> Double { Glibc.asin(x) }
  /// The angle of a cosine, in 0…π.
  @inlinable public static func acos(_ x: Double) -> Double { Glibc.acos(x) }
  /// The angle of a tangent, in −π/2…π/2.
  @inlinable public static func atan(_ x: Double) -> Double { Glibc.atan(x) }
  /// The angle of the point (x, y), in −π…π.
  @inlinable public static func atan2(_ y: Double, _ x: Double) -> Double { Glibc.atan2(y, x) }
  /// The hyperbolic sine.
  @inlinable public static func sinh(_ x: Double) -> Double { Glibc.sinh(x) }
  /// The hyperbolic cosine.
  @inlinable public static func cosh(_ x: Double) -> Double { Glibc.cosh(x) }
  /// The hyperbolic tangent.
  @inlinable public static func tanh(_ x: Double) -> Double { Glibc.tanh(x) }

  /// The error function, 2/√π ∫₀ˣ exp(−s²) ds.
  @inlinable public static func erf(_ x: Double) -> Double { Glibc.erf(x) }
  /// 1 − erf(x), exact where that is small.
  @inlinable public static func erfc(_ x: Double) -> Double { Glibc.erfc(x) }

  /// log(eˣ + eʸ), without overflow.
  @inlinable public static func logSumExp(_ x: Double, _ y: Double) -> Double {
    // Not x + log 2 of the difference: two infinities have none.
    if x == y { return x + 0x1.62e42fefa39efp-1 }
    return x > y ? x + Glibc.log1p(Glibc.exp(y - x)) : y + Glibc.log1p(Glibc.exp(x - y))
  }

  /// The remainder with the sign of the divisor: mod(−1, 3) = 2.
  @inlinable public static func mod(_ x: Double, _ y: Double) -> Double {
    let rest = Glibc.fmod(x, y)
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest
  }

  /// 1 ⁄ (1 + e⁻ˣ), without overflow at either end.
  @inlinable public static func sigmoid(_ x: Double) -> Double {
    guard x < 0 else { return 1 / (1 + Glibc.exp(-x)) }
    let power = Glibc.exp(x)
    return power / (1 + power)
  }

  /// log(1 + eˣ), without overflow.
  @inlinable public static func softplus(_ x: Double) -> Double {
    x > 0 ? x + Glibc.log1p(Glibc.exp(-x)) : Glibc.log1p(Glibc.exp(x))
  }
}
