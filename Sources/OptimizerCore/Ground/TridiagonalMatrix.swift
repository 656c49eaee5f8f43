/// A symmetric tridiagonal matrix.
package struct TridiagonalMatrix: Sendable, Hashable {
  /// The diagonal, n numbers.
  package let diagonal: [Double]
  /// The entries beside it, n − 1 numbers.
  package let beside: [Double]

  /// A matrix by its two diagonals.
  package init(diagonal: [Double], beside: [Double]) {
    precondition(
      !diagonal.isEmpty && beside.count == diagonal.count - 1, "beside n entries there are n − 1 others")
    self.diagonal = diagonal
    self.beside = beside
  }

  /// The eigenvalues, in no order, and the eigenvectors as the columns of a matrix, row-major.
  ///
  /// By QL steps with implicit shifts: Bowdler, Martin, Reinsch & Wilkinson 1968, doi:10.1007/BF02165404. With entries that
  /// are not finite the results are not finite either.
  package var eigen: (values: [Double], vectors: [Double]) {
    let n = diagonal.count
    var (d, e) = (diagonal, beside + [0])
    // Rows are eigenvectors here, so that a rotation runs through memory in order.
    var rows = [Double](repeating: 0, count: n * n)
    for i in 0..<n { rows[i * n + i] = 1 }
    for first in 0..<n {
      // A few steps for an eigenvalue are usual; many more would mean that there are NaNs.
      for _ in 0..<60 {
        var last = first
        while last < n - 1, e[last].magnitude > .ulpOfOne * (d[last].magnitude + d[last + 1].magnitude) {
          last += 1
        }
        guard last > first else { break }
        Self.step(&d, &e, &rows, first, last)
      }
    }
    var columns = rows
    for i in 0..<n {
      for j in 0..<n { columns[i * n + j] = rows[j * n + i] }
    }
    return (d, columns)
  }

  /// One QL step on the part between two places.
  private static func step(
    _ d: inout [Double], _ e: inout [Double], _ rows: inout [Double], _ first: Int, _ last: Int
  ) {
    let n = d.count
    var g = (d[first + 1] - d[first]) / (2 * e[first])
    let root = Elementary.hypot(g, 1)
    g = d[last] - d[first] + e[first] / (g + (g < 0 ? -root : root))
    var (s, c, p) = (1.0, 1.0, 0.0)
    for i in stride(from: last - 1, through: first, by: -1) {
      let (f, b) = (s * e[i], c * e[i])
      let r = Elementary.hypot(f, g)
      e[i + 1] = r
      if r == 0 {
        // The matrix has fallen apart here.
        d[i + 1] -= p
        e[last] = 0
        return
      }
      (s, c) = (f / r, g / r)
      g = d[i + 1] - p
      let t = (d[i] - g) * s + 2 * c * b
      p = s * t
      d[i + 1] = g + p
      g = c * t - b
      for k in 0..<n {
        let above = rows[(i + 1) * n + k]
        rows[(i + 1) * n + k] = s * rows[i * n + k] + c * above
        rows[i * n + k] = c * rows[i * n + k] - s * above
      }
    }
    d[first] -= p
    e[first] = g
    e[last] = 0
  }
}
