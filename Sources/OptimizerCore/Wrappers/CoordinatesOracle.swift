/// A loss in other coordinates: the last parameter by a power of its size, or by its logarithm.
///
/// Kronecker factors belong to layers of weights, so it offers none.
final class CoordinatesOracle<Scalar: Lane>: DerivedOracle<Scalar> {
  private struct Form {
    var coordinate = PowerCoordinate(power: Scalar.zero)
    var sign = Scalar.one
  }
  // Behind pointers for the same reason as the memory of `ObjectiveOracle`.
  private let form: UnsafeMutablePointer<Form>
  private let place: UnsafeMutableBufferPointer<Scalar>
  private let slopes: UnsafeMutableBufferPointer<Scalar>

  required init(over base: Oracle<Scalar>) {
    form = .allocate(capacity: 1)
    form.initialize(to: Form())
    place = .allocate(capacity: base.dimension)
    place.initialize(repeating: .zero)
    slopes = .allocate(capacity: base.dimension)
    slopes.initialize(repeating: .zero)
    super.init(over: base)
  }

  deinit {
    form.deallocate()
    place.deallocate()
    slopes.deallocate()
  }

  /// - Parameter sign: that of the last parameter.
  func begin(_ coordinate: PowerCoordinate<Scalar>, sign: Scalar) {
    form.pointee = Form(coordinate: coordinate, sign: sign)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  override func gradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    let slope = go(to: x)
    let value = base.gradient(at: place.span, into: &gradient)
    gradient[gradient.count - 1] *= slope
    return value
  }

  override func value(at x: borrowing Span<Scalar>) -> Scalar {
    _ = go(to: x)
    return base.value(at: place.span)
  }

  // Jᵀ H J, and the bend of the coordinate times the slope there, which costs a gradient.
  override func hessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    let slope = go(to: x)
    base.hessian(at: place.span, into: &hessian)
    scale(&hessian, by: slope)
    var target = slopes.mutableSpan
    base.gradient(at: place.span, into: &target)
    let last = place.count - 1
    hessian[hessian.count - 1] += slopes[last] * form.pointee.coordinate.bend(at: place[last])
  }

  override func gaussNewton(at x: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    let slope = go(to: x)
    base.gaussNewton(at: place.span, into: &matrix)
    scale(&matrix, by: slope)
  }

  override func fisher(
    at x: borrowing Span<Scalar>, isEmpirical: Bool, into matrix: inout MutableSpan<Scalar>
  ) {
    let slope = go(to: x)
    base.fisher(at: place.span, isEmpirical: isEmpirical, into: &matrix)
    scale(&matrix, by: slope)
  }

  override func kroneckerFactors(at x: borrowing Span<Scalar>, into factors: inout MutableSpan<Scalar>) {
    for i in 0..<factors.count { factors[i] = Scalar(repeating: .nan) }
  }

  /// Goes to the parameters of a point in the coordinates; returns dθ/dφ there.
  @inline(__always)
  private func go(to x: borrowing Span<Scalar>) -> Scalar {
    let last = x.count - 1
    for i in 0..<last { place[i] = x[i] }
    place[last] = form.pointee.sign * form.pointee.coordinate.size(at: x[last])
    return form.pointee.coordinate.slope(at: place[last])
  }

  /// Jᵀ M J: the last row and the last column by dθ/dφ.
  private func scale(_ matrix: inout MutableSpan<Scalar>, by slope: Scalar) {
    let d = place.count
    for i in 0..<d {
      matrix[i * d + d - 1] *= slope
      matrix[(d - 1) * d + i] *= slope
    }
  }
}
