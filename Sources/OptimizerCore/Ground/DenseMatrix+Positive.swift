import CLanes

/// Systems with a symmetric positive definite matrix.
extension DenseMatrix {
  /// What is left of a diagonal entry below this share of it is rounding: the matrix is singular.
  private static let singular = 0x1p-44

  /// Solves A x = b in place for a symmetric positive definite A, row-major: `b` becomes x, `a` is destroyed. Returns
  /// false, with nothing solved, where it is not positive definite or too nearly singular for a digit to be right.
  package static func solvePositive(
    _ a: UnsafeMutableBufferPointer<Double>, _ b: UnsafeMutableBufferPointer<Double>, _ n: Int
  ) -> Bool {
    guard factorPositive(a, n) else { return false }
    solveFactored(a, b, n)
    return true
  }

  /// Solves (A + shift·I) δ = g in one lane, by the arithmetic of a single run, so that the two agree to the bit; where `g` is 0
  /// there is nothing to solve, and δ is 0. Returns false, with δ NaN, where there is no solution.
  ///
  /// - Parameters:
  ///   - work: d·d numbers of scratch.
  ///   - right: d numbers of scratch.
  @inline(__always)
  static func solvePositive<Scalar: Lane>(
    _ a: UnsafeMutableBufferPointer<Scalar>, shift: Double, _ g: UnsafeMutableBufferPointer<Scalar>,
    into δ: UnsafeMutableBufferPointer<Scalar>, lane: Int, work: UnsafeMutableBufferPointer<Double>,
    right: UnsafeMutableBufferPointer<Double>
  ) -> Bool {
    let d = g.count
    var isAtRest = true
    for i in 0..<d {
      right[i] = g[i][lane: lane]
      if right[i] != 0 { isAtRest = false }
    }
    for i in 0..<d * d { work[i] = a[i][lane: lane] }
    for i in 0..<d { work[i * d + i] += shift }
    let isSolved = isAtRest || solvePositive(work, right, d)
    for i in 0..<d { δ[i][lane: lane] = isSolved ? right[i] : .nan }
    return isSolved
  }

  /// Cholesky's factor L of a symmetric positive definite matrix A = L Lᵀ, in its lower triangle; false where there is none.
  ///
  /// Row by row, so that the inner sum runs through memory in order.
  static func factorPositive(_ a: UnsafeMutableBufferPointer<Double>, _ n: Int) -> Bool {
    guard n > 0, let memory = a.baseAddress else { return true }
    for i in 0..<n {
      let row = memory + i * n
      for j in 0..<i {
        row[j] = (row[j] - dot(row, memory + j * n, j)) / memory[j * n + j]
      }
      let diagonal = row[i]
      let rest = diagonal - dot(row, row, i)
      guard rest > singular * diagonal, diagonal > 0, rest.isFinite else { return false }
      row[i] = rest.squareRoot()
    }
    return true
  }

  /// Solves L Lᵀ x = b in place, with L from `factorPositive`.
  static func solveFactored(
    _ l: UnsafeMutableBufferPointer<Double>, _ b: UnsafeMutableBufferPointer<Double>, _ n: Int
  ) {
    guard n > 0, let memory = l.baseAddress, let x = b.baseAddress else { return }
    for i in 0..<n { x[i] = (x[i] - dot(memory + i * n, x, i)) / memory[i * n + i] }
    for i in stride(from: n - 1, through: 0, by: -1) {
      x[i] /= memory[i * n + i]
      let (row, known) = (memory + i * n, x[i])
      for k in 0..<i { x[k] -= row[k] * known }
    }
  }

  /// The product of two rows of n numbers.
  @inline(__always)
  private static func dot(
    _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ n: Int
  ) -> Double { clanes_dot(a, b, n) }
}
