public import OptimizerCore

/// Least squares over a matrix: L(W) = ½‖A W B − C‖²_F.
///
/// W is one block of the layout, row-major, so that Muon and Shampoo act on a real matrix. The gradient is AᵀRBᵀ with
/// R = A W B − C; the Hessian is (AᵀA) ⊗ (B Bᵀ), the same everywhere.
public struct MatrixProblem: Sendable, Hashable {
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

  /// The factor on the left.
  public let a: Matrix
  /// The factor on the right.
  public let b: Matrix
  /// What A W B should be.
  public let c: Matrix
  /// Where runs start unless asked otherwise, row-major.
  public let start: [Double]
  /// A minimiser, row-major: A⁺ C B⁺, which has the smallest norm if there are several.
  public let minimiser: [Double]
  /// AᵀA.
  let leftGram: [Double]
  /// B Bᵀ.
  let rightGram: [Double]
  /// The smallest eigenvalue of the Hessian.
  public let smallestCurvature: Double
  /// The largest eigenvalue of the Hessian.
  public let largestCurvature: Double
  /// Unit eigenvectors of the Hessian for both, row-major.
  let flattestDirection: [Double]
  let sharpestDirection: [Double]

  /// A problem; A W B must be of the shape of C for a W of the shape of `start`.
  ///
  /// - Parameter solution: a minimiser where one is known exactly; computed from A, B and C otherwise.
  public init(a: Matrix, b: Matrix, c: Matrix, start: Matrix, solution: Matrix? = nil) {
    precondition(
      a.columns == start.rows && start.columns == b.rows && a.rows == c.rows && b.columns == c.columns,
      "A W B has the shape of C")
    precondition(
      solution.map { $0.rows == start.rows && $0.columns == start.columns } ?? true,
      "a solution has the shape of W")
    self.a = a
    self.b = b
    self.c = c
    self.start = start.entries
    let (left, right) = (a.singularValues, b.singularValues)
    if let solution {
      minimiser = solution.entries
    } else {
      let inverseA = Matrix(rows: a.columns, columns: a.rows, entries: left.pseudoInverse)
      let inverseB = Matrix(rows: b.columns, columns: b.rows, entries: right.pseudoInverse)
      minimiser = (inverseA * c * inverseB).entries
    }
    leftGram = (a.transposed * a).entries
    rightGram = (b * b.transposed).entries
    // A wide A, or a tall B, leaves directions without curvature.
    let hasFlat = a.rows < a.columns || b.columns < b.rows
    let smallest = (left.values.last ?? 0) * (right.values.last ?? 0)
    let largest = (left.values.first ?? 0) * (right.values.first ?? 0)
    smallestCurvature = hasFlat ? 0 : smallest * smallest
    largestCurvature = largest * largest
    sharpestDirection = Self.outer(left.rightVector(0), right.leftVector(0))
    flattestDirection = Self.outer(
      left.rightVector(left.values.count - 1), right.leftVector(right.values.count - 1))
  }

  private static func outer(_ column: [Double], _ row: [Double]) -> [Double] {
    column.flatMap { x in row.map { x * $0 } }
  }

  /// The rows of W.
  public var rows: Int { a.columns }
  /// The columns of W.
  public var columns: Int { b.rows }

  /// The loss at W, row-major.
  public func value(at parameters: [Double]) -> Double {
    MatrixOracle(self).evaluateValue(at: parameters.span)
  }

  /// The exact gradient at W, row-major.
  public func gradient(at parameters: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: parameters.count)
    var span = gradient.mutableSpan
    _ = MatrixOracle(self).evaluateGradient(at: parameters.span, into: &span)
    return gradient
  }

  /// uᵀ H v for two directions, row-major: the product of what A · B makes of them.
  func curvature(_ u: [Double], _ v: [Double]) -> Double {
    func image(_ direction: [Double]) -> [Double] {
      (a * Matrix(rows: rows, columns: columns, entries: direction) * b).entries
    }
    return zip(image(u), image(v)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The names of the entries of W, row by row: `W11`, `W12`, …; with a point between them where a number has two digits.
  public var entryNames: [String] {
    let separator = max(rows, columns) > 9 ? "." : ""
    return (1...rows).flatMap { i in (1...columns).map { "W\(i)\(separator)\($0)" } }
  }
}

extension MatrixProblem: Objective {
  /// One matrix, W.
  public var layout: ParameterLayout { ParameterLayout([("W", rows, columns)]) }
  /// The exact Hessian.
  public var offers: Capabilities { .hessian }
  /// An oracle for one run, on one thread.
  public func makeOracle() -> ObjectiveOracle<Double> { MatrixOracle(self) }
  /// An oracle for eight runs side by side.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes>? { MatrixLanesOracle(self) }
}
