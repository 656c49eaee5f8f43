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
  package let left: [Double]
  /// V, columns × `values.count`, row-major.
  package let right: [Double]

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
    a.withUnsafeMutableBufferPointer { a in
      v.withUnsafeMutableBufferPointer { v in DenseMatrix.turnColumns(a, v, n, k) }
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

  /// The number of singular values that stand above the rounding of the largest.
  package var rank: Int {
    values.count { $0 > Double(max(rows, columns)) * Double.ulpOfOne * (values.first ?? 0) }
  }

  /// A⁺ = V Σ⁺ Uᵀ, columns × rows, row-major: what solves least squares with the smallest norm.
  package var pseudoInverse: [Double] {
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
  package func rightVector(_ place: Int) -> [Double] {
    (0..<columns).map { right[$0 * values.count + place] }
  }

  /// The column of U for a singular value, `rows` numbers.
  package func leftVector(_ place: Int) -> [Double] { (0..<rows).map { left[$0 * values.count + place] } }
}
