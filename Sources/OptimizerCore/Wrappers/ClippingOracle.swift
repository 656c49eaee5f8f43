/// Gradients of bounded length.
final class ClippingOracle<Scalar: Lane>: DerivedOracle<Scalar> {
  private var norm = Scalar.one
  private(set) var hasActed = false
  /// The length of the last gradient, before it was shortened.
  private(set) var length = Scalar.zero

  func begin(_ norm: Scalar) {
    self.norm = norm
    hasActed = false
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  override func gradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    let value = base.gradient(at: x, into: &gradient)
    shorten(&gradient)
    return value
  }

  @inline(never)
  private func shorten(_ gradient: inout MutableSpan<Scalar>) {
    // Scaled by the largest entry, so that squares neither overflow nor vanish.
    var largest = Scalar.zero
    for i in 0..<gradient.count { largest = Scalar.larger(largest, gradient[i].absolute) }
    let unit = Scalar.select(largest .== Scalar.zero, .one, largest)
    var sum = Scalar.zero
    for i in 0..<gradient.count {
      let share = gradient[i] / unit
      sum += share * share
    }
    let length = unit * sum.squareRoot()
    self.length = length
    let isLong = norm .< length
    guard Scalar.any(isLong) else { return }
    hasActed = true
    let scale = Scalar.select(isLong, norm / length, .one)
    for i in 0..<gradient.count { gradient[i] *= scale }
  }
}
