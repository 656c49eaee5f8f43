/// The singular value decomposition A = U Σ Vᵀ of a small matrix, by Hestenes' one-sided rotations.
///
/// Columns are turned until they are perpendicular, which finds small singular values as exactly as large ones. A wide
/// matrix is decomposed through its transpose. With entries that are not finite the values are NaN.
package struct SingularValueDecomposition: Sendable, Hashable {
  /// The singular values, largest first: as many as the shorter side has entries.
  package let values: [Double]
  /// The number of rows of A.
  package let rows: Int
  /// The number of columns of A.
  package let columns: Int
  /// U, rows × `values.count`, row-major; a column is 0 where the singular value is.
  let left: [Double]
  /// V, columns × `values.count`, row-major.
  let right: [Double]

  /// Decomposes a matrix of `rows`·`columns` numbers, row-major.
  package init(_ matrix: [Double], rows: Int, columns: Int) {
    precondition(
      rows >= 1 && columns >= 1 && matrix.count == rows * columns, "a matrix has rows × columns entries")
    self.rows = rows
    self.columns = columns
    let isTall = rows >= columns
    let (n, k) = isTall ? (rows, columns) : (columns, rows)
    guard matrix.allSatisfy(\.isFinite) else {
      values = [Double](repeating: .nan, count: k)
      left = [Double](repeating: .nan, count: rows * k)
      right = [Double](repeating: .nan, count: columns * k)
      return
    }
    // Scaled by a power of two, so that no square overflows or vanishes.
    let largest = matrix.reduce(0) { max($0, $1.magnitude) }
    let scale = largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    var a = [Double](repeating: 0, count: n * k)
    for i in 0..<n {
      for j in 0..<k { a[i * k + j] = matrix[isTall ? i * columns + j : j * columns + i] / scale }
    }
    var v = [Double](repeating: 0, count: k * k)
    for i in 0..<k { v[i * k + i] = 1 }
    // Convergence is quadratic in the end; a dozen sweeps are plenty for the sizes of a lecture.
    for _ in 0..<60 {
      var hasTurned = false
      for p in 0..<k {
        for q in p + 1..<max(k, p + 1) where Self.turn(&a, &v, n, k, p, q) { hasTurned = true }
      }
      if !hasTurned { break }
    }
    var lengths = [Double](repeating: 0, count: k)
    for j in 0..<k {
      var sum = 0.0
      for i in 0..<n { sum += a[i * k + j] * a[i * k + j] }
      lengths[j] = sum.squareRoot()
    }
    let order = (0..<k).sorted { lengths[$0] > lengths[$1] }
    var u = [Double](repeating: 0, count: n * k)
    var w = [Double](repeating: 0, count: k * k)
    for (place, j) in order.enumerated() {
      for i in 0..<n where lengths[j] > 0 { u[i * k + place] = a[i * k + j] / lengths[j] }
      for i in 0..<k { w[i * k + place] = v[i * k + j] }
    }
    values = order.map { lengths[$0] * scale }
    left = isTall ? u : w
    right = isTall ? w : u
  }

  /// Turns columns p and q until they are perpendicular; false if they are already.
  private static func turn(
    _ a: inout [Double], _ v: inout [Double], _ n: Int, _ k: Int, _ p: Int, _ q: Int
  ) -> Bool {
    var (pp, qq, pq) = (0.0, 0.0, 0.0)
    for i in 0..<n {
      pp += a[i * k + p] * a[i * k + p]
      qq += a[i * k + q] * a[i * k + q]
      pq += a[i * k + p] * a[i * k + q]
    }
    guard pq.magnitude > 1e-16 * (pp * qq).squareRoot() else { return false }
    let ζ = (qq - pp) / (2 * pq)
    let t = ζ.magnitude > 1e150 ? 0.5 / ζ : (ζ < 0 ? -1 : 1) / (ζ.magnitude + (ζ * ζ + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for i in 0..<n {
      let (ip, iq) = (a[i * k + p], a[i * k + q])
      a[i * k + p] = c * ip - s * iq
      a[i * k + q] = s * ip + c * iq
    }
    for i in 0..<k {
      let (ip, iq) = (v[i * k + p], v[i * k + q])
      v[i * k + p] = c * ip - s * iq
      v[i * k + q] = s * ip + c * iq
    }
    return true
  }

  /// The number of singular values that stand above the rounding of the largest.
  var rank: Int {
    values.count { $0 > Double(max(rows, columns)) * Double.ulpOfOne * (values.first ?? 0) }
  }

  /// A⁺ = V Σ⁺ Uᵀ, columns × rows, row-major: what solves least squares with the smallest norm.
  var pseudoInverse: [Double] {
    var inverse = [Double](repeating: 0, count: columns * rows)
    let k = values.count
    for place in 0..<rank {
      for i in 0..<columns {
        for j in 0..<rows {
          inverse[i * rows + j] += right[i * k + place] * left[j * k + place] / values[place]
        }
      }
    }
    return inverse
  }

  /// The column of V for a singular value, `columns` numbers.
  func rightVector(_ place: Int) -> [Double] {
    (0..<columns).map { right[$0 * values.count + place] }
  }

  /// The column of U for a singular value, `rows` numbers.
  func leftVector(_ place: Int) -> [Double] { (0..<rows).map { left[$0 * values.count + place] } }
}
