/// The Euclidean norm, of which no square over- or underflows.
package enum Norm {
  /// Below it a sum of squares may have lost an addend that mattered.
  private static let least = 0x1p-900
  /// Above it a sum of squares may be infinite although no number is.
  private static let greatest = 0x1p1000

  /// √Σaᵢ² for numbers of which the sum of squares is known: its root where that can be trusted, which is nearly
  /// always, else with the numbers scaled by the largest. The same bits in one lane and in eight.
  ///
  /// - Parameter component: the number at a place, from 0 to `count`.
  @inline(__always)
  package static func of<Scalar: Lane>(
    squares: Scalar, count: Int, _ component: (Int) -> Scalar
  ) -> Scalar {
    let (least, greatest) = (Scalar(repeating: least), Scalar(repeating: greatest))
    let isTrusted = Scalar.select(least .<= squares, Scalar.select(squares .<= greatest, .one, .zero), .zero)
    let root = squares.squareRoot()
    guard Scalar.any(isTrusted .== Scalar.zero) else { return root }
    var largest = Scalar.zero
    for i in 0..<count { largest = Scalar.larger(largest, component(i).absolute) }
    let unit = Scalar.select(largest .== Scalar.zero, .one, largest)
    var sum = Scalar.zero
    for i in 0..<count {
      let share = component(i) / unit
      sum += share * share
    }
    // Of infinite numbers the shares are not known, but the norm is.
    let isInfinite = largest .== Scalar(repeating: .infinity)
    let scaled = Scalar.select(isInfinite, largest, unit * sum.squareRoot())
    return Scalar.select(isTrusted .== Scalar.zero, scaled, root)
  }
}
