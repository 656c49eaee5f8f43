internal import OptimizerCore

extension MatrixProblem {
  /// A matrix as numbers, row-major.
  public struct Matrix: Sendable, Hashable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// The entries, row by row.
    public let entries: [Double]

    /// A matrix of `rows`·`columns` entries.
    public init(rows: Int, columns: Int, entries: [Double]) {
      precondition(
        rows >= 1 && columns >= 1 && entries.count == rows * columns, "a matrix has rows × columns entries")
      self.rows = rows
      self.columns = columns
      self.entries = entries
    }

    /// A matrix from its rows, which are equally long.
    public init(_ rows: [[Double]]) {
      self.init(rows: rows.count, columns: rows.first?.count ?? 0, entries: rows.flatMap { $0 })
    }

    /// The product of two matrices that fit.
    static func * (a: Matrix, b: Matrix) -> Matrix {
      precondition(a.columns == b.rows, "the factors of a product fit")
      var entries = [Double](repeating: 0, count: a.rows * b.columns)
      for i in 0..<a.rows {
        for j in 0..<b.columns {
          var sum = 0.0
          for k in 0..<a.columns { sum += a.entries[i * a.columns + k] * b.entries[k * b.columns + j] }
          entries[i * b.columns + j] = sum
        }
      }
      return Matrix(rows: a.rows, columns: b.columns, entries: entries)
    }

    /// Rows and columns exchanged.
    var transposed: Matrix {
      var entries: [Double] = []
      for j in 0..<columns { for i in 0..<rows { entries.append(self.entries[i * columns + j]) } }
      return Matrix(rows: columns, columns: rows, entries: entries)
    }

    /// The decomposition A = U Σ Vᵀ.
    var singularValues: SingularValueDecomposition {
      SingularValueDecomposition(entries, rows: rows, columns: columns)
    }
  }
}
