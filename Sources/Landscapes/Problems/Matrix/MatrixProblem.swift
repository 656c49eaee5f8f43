package import OptimizerCore

/// Least squares over a matrix: L(W) = ½‖A W B − C‖²_F.
///
/// W is one block of the layout, row-major, so that Muon and Shampoo act on a real matrix. The gradient is AᵀRBᵀ with
/// R = A W B − C; the Hessian is (AᵀA) ⊗ (B Bᵀ), the same everywhere.
package struct MatrixProblem: Problem {
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
  /// What it was made of, if of a family that has constants.
  private let family: MatrixFamily?

  /// A problem; A W B must be of the shape of C for a W of the shape of `start`.
  ///
  /// - Parameter solution: a minimiser where one is known exactly; computed from A, B and C otherwise.
  public init(a: Matrix, b: Matrix, c: Matrix, start: Matrix, solution: Matrix? = nil) {
    self.init(a: a, b: b, c: c, start: start, solution: solution, family: nil)
  }

  init(a: Matrix, b: Matrix, c: Matrix, start: Matrix, solution: Matrix?, family: MatrixFamily?) {
    precondition(
      a.columns == start.rows && start.columns == b.rows && a.rows == c.rows && b.columns == c.columns,
      "A W B has the shape of C")
    precondition(
      solution.map { $0.rows == start.rows && $0.columns == start.columns } ?? true,
      "a solution has the shape of W")
    self.family = family
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

  /// The names of the entries of W, row by row: `W11`, `W12`, …; with a point between them where a number has two digits.
  var entryNames: [String] {
    let separator = max(rows, columns) > 9 ? "." : ""
    return (1...rows).flatMap { i in (1...columns).map { "W\(i)\(separator)\($0)" } }
  }

  /// One matrix, W.
  public var layout: ParameterLayout { ParameterLayout([("W", rows, columns)]) }
  /// The exact Hessian, which is the Gauss-Newton and the Fisher matrix of this linear model as well, and its factors.
  public var offers: Capabilities { [.hessian, .gaussNewton, .fisher, .kroneckerFactors] }
  /// A quadratic that never changes.
  public var structure: ProblemStructure { ProblemStructure(isQuadratic: true, usesStep: false) }
  /// The rule, and the entries of W.
  public var words: ProblemWords {
    ProblemWords(
      text: "0.5*||A*W*B - C||^2", display: [.text("½‖A·W·B − C‖²")],
      parameters: ParameterNames(entryNames))
  }
  /// The start.
  public var defaultStart: [Double]? { start }
  /// The one minimiser that is known.
  public var minimisers: [[Double]] { [minimiser] }
  /// None: the loss is convex.
  public var saddles: [[Double]] { [] }
  /// The directions of every problem with a known minimiser.
  public var directions: [NamedDirection] { NamedDirection.standard }
  /// The three matrices.
  public var facts: [ProblemFact] {
    [("A", a), ("B", b), ("C", c)].map { name, matrix in
      ProblemFact(
        name, .matrix(rows: matrix.rows, columns: matrix.columns, entries: matrix.entries))
    }
  }

  /// An oracle for one run.
  public func makeOracle() -> ObjectiveOracle<Double> { MatrixOracle(self) }
  /// An oracle for eight runs side by side.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes>? { MatrixLanesOracle(self) }
  /// None: another κ makes other matrices.
  public func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }

  /// Other matrices of the same family; the same problem where it is of none.
  public func setting(_ constants: [Double]) -> MatrixProblem { family?.problem(constants) ?? self }

  // The Hessian is the same everywhere, and its factors tell all that is asked of it.

  /// The product of what A · B makes of both directions.
  public func curvature(_ u: [Double], _ v: [Double], at parameters: [Double], step: Int) -> Double {
    func image(_ direction: [Double]) -> [Double] {
      (a * Matrix(rows: rows, columns: columns, entries: direction) * b).entries
    }
    return zip(image(u), image(v)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// AᵀA V B Bᵀ.
  public func hessianProduct(_ direction: [Double], at parameters: [Double], step: Int) -> [Double] {
    let v = Matrix(rows: rows, columns: columns, entries: direction)
    let (left, right) = (
      Matrix(rows: rows, columns: rows, entries: leftGram),
      Matrix(rows: columns, columns: columns, entries: rightGram)
    )
    return (left * v * right).entries
  }

  /// From the singular values of both factors.
  public func curvatures(at parameters: [Double], step: Int) -> (smaller: Double, larger: Double) {
    (smallestCurvature, largestCurvature)
  }

  /// From the singular vectors of both factors.
  public func principalDirections(
    at parameters: [Double], step: Int
  ) -> (flattest: [Double], sharpest: [Double]) {
    (flattestDirection, sharpestDirection)
  }
}
