/// Small dense linear algebra on row-major memory, for the matrix methods. No allocation.
package enum DenseMatrix {
  /// What remains of a difference of equals is rounding: below this share of the minuend it is none.
  private static let noise = 0x1p-48

  /// Solves A x = b in place by elimination with partial pivoting: `b` becomes x, `a` is destroyed.
  ///
  /// Returns false, with nothing solved, where the matrix is singular: where a pivot is 0, or what rounding left of one.
  /// A pivot that is merely small, as of a matrix with the diagonal (1, 1e-20), is as good as any.
  static func solve(
    _ a: UnsafeMutableBufferPointer<Double>, _ b: UnsafeMutableBufferPointer<Double>, _ n: Int
  ) -> Bool {
    for column in 0..<n {
      var pivot = column
      for row in column + 1..<max(n, column + 1)
      where a[row * n + column].magnitude > a[pivot * n + column].magnitude { pivot = row }
      if pivot != column {
        for j in column..<n { a.swapAt(pivot * n + j, column * n + j) }
        b.swapAt(pivot, column)
      }
      let diagonal = a[column * n + column]
      if diagonal == 0 { return false }
      for row in column + 1..<max(n, column + 1) {
        let factor = a[row * n + column] / diagonal
        for j in column..<n {
          let minuend = a[row * n + j]
          let rest = minuend - factor * a[column * n + j]
          a[row * n + j] = rest.magnitude <= noise * minuend.magnitude ? 0 : rest
        }
        b[row] -= factor * b[column]
      }
    }
    for row in stride(from: n - 1, through: 0, by: -1) {
      var sum = b[row]
      for j in row + 1..<max(n, row + 1) { sum -= a[row * n + j] * b[j] }
      b[row] = sum / a[row * n + row]
    }
    return true
  }

  /// Makes b the shortest x of those with the least ‖A x − b‖, for a symmetric matrix of which it is known that it is
  /// singular; false, with nothing solved, where b has a part that A x never has. `a` is destroyed, `v` is n×n and `x`
  /// n numbers of scratch. With `areMagnitudes` the eigenvalues are replaced by their magnitudes; `shift` is added.
  static func solveSingular(
    _ a: UnsafeMutableBufferPointer<Double>, _ b: UnsafeMutableBufferPointer<Double>,
    _ v: UnsafeMutableBufferPointer<Double>, _ x: UnsafeMutableBufferPointer<Double>, _ n: Int,
    areMagnitudes: Bool, shift: Double
  ) -> Bool {
    diagonalise(a, v, n)
    var (sharpest, steepest) = (0.0, 0.0)
    for i in 0..<n {
      let curvature = (areMagnitudes ? a[i * n + i].magnitude : a[i * n + i]) + shift
      a[i * n + i] = curvature
      sharpest = max(sharpest, curvature.magnitude)
      steepest = max(steepest, b[i].magnitude)
      x[i] = 0
    }
    for k in 0..<n {
      var component = 0.0
      for i in 0..<n { component += v[i * n + k] * b[i] }
      let curvature = a[k * n + k]
      if curvature.magnitude <= 64 * noise * sharpest {
        if component.magnitude <= 1e-12 * steepest { continue }
        return false
      }
      for i in 0..<n { x[i] += v[i * n + k] * (component / curvature) }
    }
    for i in 0..<n { b[i] = x[i] }
    return true
  }

  /// The eigenvalues (on the diagonal of `a`) and eigenvectors (the columns of `v`) of a symmetric matrix, by Jacobi's
  /// rotations. With entries that are not finite the results are not finite either.
  static func diagonalise(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ n: Int
  ) {
    for i in 0..<n {
      for j in 0..<n { v[i * n + j] = i == j ? 1 : 0 }
    }
    // Convergence is quadratic, so a dozen sweeps are plenty; more would mean that there are NaNs.
    for _ in 0..<40 {
      var largest = 0.0
      var off = 0.0
      for i in 0..<n {
        largest = max(largest, a[i * n + i].magnitude)
        for j in 0..<n where j != i { off = max(off, a[i * n + j].magnitude) }
      }
      guard off > 1e-17 * largest, off > 0, off.isFinite, largest.isFinite else { return }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) { rotate(a, v, n, p, q) }
      }
    }
  }

  /// One rotation, which makes entry (p, q) zero.
  private static func rotate(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ n: Int, _ p: Int,
    _ q: Int
  ) {
    let apq = a[p * n + q]
    guard apq != 0 else { return }
    let θ = (a[q * n + q] - a[p * n + p]) / (2 * apq)
    let t = θ.magnitude > 1e150 ? 0.5 / θ : (θ < 0 ? -1 : 1) / (θ.magnitude + (θ * θ + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    let τ = s / (1 + c)
    a[p * n + p] -= t * apq
    a[q * n + q] += t * apq
    a[p * n + q] = 0
    a[q * n + p] = 0
    for k in 0..<n where k != p && k != q {
      let (kp, kq) = (a[k * n + p], a[k * n + q])
      a[k * n + p] = kp - s * (kq + τ * kp)
      a[k * n + q] = kq + s * (kp - τ * kq)
      a[p * n + k] = a[k * n + p]
      a[q * n + k] = a[k * n + q]
    }
    for k in 0..<n {
      let (kp, kq) = (v[k * n + p], v[k * n + q])
      v[k * n + p] = kp - s * (kq + τ * kp)
      v[k * n + q] = kq + s * (kp - τ * kq)
    }
  }

  /// Turns the columns of a tall matrix A (n×k, n ≥ k) until they are perpendicular, by Hestenes' one-sided rotations:
  /// A = U Σ Vᵀ becomes U Σ, and `v`, k×k, becomes V.
  ///
  /// Small singular values are found as exactly as large ones. With entries that are not finite the results are not
  /// either.
  static func turnColumns(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ n: Int, _ k: Int
  ) {
    for i in 0..<k {
      for j in 0..<k { v[i * k + j] = i == j ? 1 : 0 }
    }
    // Convergence is quadratic in the end; a dozen sweeps are plenty.
    for _ in 0..<60 {
      var hasTurned = false
      for p in 0..<k {
        for q in p + 1..<max(k, p + 1) where turn(a, v, n, k, p, q) { hasTurned = true }
      }
      if !hasTurned { break }
    }
  }

  /// Turns columns p and q until they are perpendicular; false if they are already.
  private static func turn(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ n: Int, _ k: Int,
    _ p: Int, _ q: Int
  ) -> Bool {
    var (pp, qq, pq) = (0.0, 0.0, 0.0)
    for i in 0..<n {
      pp += a[i * k + p] * a[i * k + p]
      qq += a[i * k + q] * a[i * k + q]
      pq += a[i * k + p] * a[i * k + q]
    }
    guard pq.magnitude > 1e-16 * (pp * qq).squareRoot(), pq.isFinite else { return false }
    let θ = (qq - pp) / (2 * pq)
    let t = θ.magnitude > 1e150 ? 0.5 / θ : (θ < 0 ? -1 : 1) / (θ.magnitude + (θ * θ + 1).squareRoot())
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

  /// Replaces a tall matrix A = U Σ Vᵀ (n×k, n ≥ k) by U Vᵀ, or by U f(Σ) Vᵀ; `v` is k×k of scratch.
  ///
  /// Directions whose singular value is 0 beside the largest stay zero.
  static func polar(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ n: Int, _ k: Int,
    _ value: (Double) -> Double = { _ in 1 }
  ) {
    turnColumns(a, v, n, k)
    var largest = 0.0
    for j in 0..<k { largest = max(largest, columnLength(a, n, k, j)) }
    for j in 0..<k {
      let length = columnLength(a, n, k, j)
      let image = value(length)
      for i in 0..<n { a[i * k + j] = length <= 1e-14 * largest ? 0 : a[i * k + j] / length * image }
    }
    // A = U now; one row at a time becomes a row of U Vᵀ.
    for i in 0..<n { multiplyRow(a, v, i, k) }
  }

  private static func columnLength(_ a: UnsafeMutableBufferPointer<Double>, _ n: Int, _ k: Int, _ j: Int)
    -> Double
  {
    var sum = 0.0
    for i in 0..<n { sum += a[i * k + j] * a[i * k + j] }
    return sum.squareRoot()
  }

  /// Row i of A Vᵀ in the place of row i of A.
  private static func multiplyRow(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ i: Int, _ k: Int
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: k) { row in
      for j in 0..<k {
        var sum = 0.0
        for l in 0..<k { sum += a[i * k + l] * v[j * k + l] }
        row.initializeElement(at: j, to: sum)
      }
      for j in 0..<k { a[i * k + j] = row[j] }
    }
  }

  // MARK: For looking at a step, where allocating does no harm

  /// U Vᵀ of a matrix U Σ Vᵀ, row-major; directions without a singular value stay zero.
  static func sign(_ matrix: [Double], rows: Int, columns: Int) -> [Double] {
    let isTall = rows >= columns
    let (n, k) = isTall ? (rows, columns) : (columns, rows)
    var (work, turns) = (Vector<Double>(n * k), Vector<Double>(k * k))
    let tall = work.writable()
    func place(_ i: Int, _ j: Int) -> Int { isTall ? i * columns + j : j * columns + i }
    for i in 0..<n {
      for j in 0..<k { tall[i * k + j] = matrix[place(i, j)] }
    }
    polar(tall, turns.writable(), n, k)
    var result = matrix
    for i in 0..<n {
      for j in 0..<k { result[place(i, j)] = tall[i * k + j] }
    }
    return result
  }

  /// A symmetric matrix with a function applied to its eigenvalues.
  static func applied(_ matrix: [Double], _ function: (Double) -> Double) -> [Double] {
    let (values, vectors) = eigen(matrix)
    let d = values.count
    let images = values.map(function)
    return (0..<d * d).map { place in
      let (i, j) = (place / d, place % d)
      return (0..<d).reduce(0) { $0 + vectors[i * d + $1] * images[$1] * vectors[j * d + $1] }
    }
  }

  /// The eigenvalues of a symmetric matrix, in no order, and its eigenvectors as the columns of a matrix.
  package static func eigen(_ matrix: [Double]) -> (values: [Double], vectors: [Double]) {
    var d = 0
    while d * d < matrix.count { d += 1 }
    var (work, vectors) = (Vector<Double>(d * d), Vector<Double>(d * d))
    let memory = work.writable()
    for i in matrix.indices { memory[i] = matrix[i] }
    diagonalise(memory, vectors.writable(), d)
    return ((0..<d).map { memory[$0 * d + $0] }, vectors.values)
  }

  /// Whether every eigenvalue is above 0, and far enough for a ball to be drawn.
  static func isPositiveDefinite(_ matrix: [Double]) -> Bool {
    guard matrix.allSatisfy(\.isFinite) else { return false }
    let values = eigen(matrix).values
    guard let least = values.min(), let most = values.max() else { return false }
    return least > 1e-15 * most
  }
}
