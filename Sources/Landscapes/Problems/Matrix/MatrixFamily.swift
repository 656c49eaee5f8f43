/// Matrix problems whose entries may depend on the constants of a landscape.
///
/// Matrices are written row by row, `"1 0; 0 sqrt(kappa)"`: blanks between entries, so none within one.
struct MatrixFamily: Sendable, Hashable {
  /// A matrix of expressions.
  private struct Grid: Sendable, Hashable {
    let rows: [[ConstantExpression]]

    init(_ text: String, constants: [String]) throws(LandscapeError) {
      var rows: [[ConstantExpression]] = []
      for line in text.split(separator: ";") {
        var row: [ConstantExpression] = []
        for entry in line.split(whereSeparator: { $0 == " " || $0.isNewline }) {
          row.append(try ConstantExpression(String(entry), constants: constants))
        }
        rows.append(row)
      }
      guard let first = rows.first, !first.isEmpty, rows.allSatisfy({ $0.count == first.count }) else {
        throw LandscapeError("the rows of a matrix are equally long, got '\(text)'")
      }
      self.rows = rows
    }

    func matrix(_ constants: [Double]) -> MatrixProblem.Matrix {
      MatrixProblem.Matrix(rows.map { $0.map { $0.value(constants) } })
    }
  }

  /// What A W B should become.
  enum Target: Sendable {
    /// This matrix.
    case matrix(String)
    /// What A W B is for this W, which is then a minimiser of loss 0.
    case solution(String)
  }

  private let a: Grid
  private let b: Grid
  private let target: Grid
  private let targetIsSolution: Bool
  private let start: Grid

  init(a: String, b: String, target: Target, start: String, constants: [String]) throws(LandscapeError) {
    self.a = try Grid(a, constants: constants)
    self.b = try Grid(b, constants: constants)
    self.start = try Grid(start, constants: constants)
    switch target {
    case .matrix(let text):
      self.target = try Grid(text, constants: constants)
      targetIsSolution = false
    case .solution(let text):
      self.target = try Grid(text, constants: constants)
      targetIsSolution = true
    }
  }

  /// The problem for the values of the constants.
  func problem(_ constants: [Double]) -> MatrixProblem {
    let (a, b, target) = (a.matrix(constants), b.matrix(constants), target.matrix(constants))
    return MatrixProblem(
      a: a, b: b, c: targetIsSolution ? a * target * b : target, start: start.matrix(constants),
      solution: targetIsSolution ? target : nil, family: self)
  }
}
