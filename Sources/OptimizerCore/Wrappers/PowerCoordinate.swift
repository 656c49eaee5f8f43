/// A power of a number's size as the coordinate in its place, or the logarithm, which is its limit at the power 0.
struct PowerCoordinate<Scalar: Lane> {
  /// The power p; 0 for the logarithm.
  let power: Scalar

  /// φ = |θ|^p, or ln |θ|.
  @inline(__always)
  func coordinate(of θ: Scalar) -> Scalar {
    let size = θ.absolute
    return Scalar.select(power .== Scalar.zero, size.map(Elementary.log), size.power(power))
  }

  /// |θ| = φ^(1/p), or e^φ.
  @inline(__always)
  func size(at φ: Scalar) -> Scalar {
    Scalar.select(power .== Scalar.zero, φ.map(Elementary.exp), φ.power(1.0 / power))
  }

  /// dθ/dφ = θ |θ|^(−p)/p, or θ.
  @inline(__always)
  func slope(at θ: Scalar) -> Scalar {
    Scalar.select(power .== Scalar.zero, θ, θ * θ.absolute.power(-power) / power)
  }

  /// d²θ/dφ² = (1 − p)/p² θ |θ|^(−2p), or θ.
  @inline(__always)
  func bend(at θ: Scalar) -> Scalar {
    let scale = θ.absolute.power(-power) / power
    return Scalar.select(power .== Scalar.zero, θ, (1.0 - power) * θ * scale * scale)
  }
}
