/// The unit ball of the norm in which an optimizer measures its steps.
///
/// A rule that is steepest descent in some norm goes, from a gradient g, against the point of that norm's unit ball that
/// lies furthest along g; the ball is the shape of the rule's prejudice. Its size means nothing, its shape everything. For
/// a rule with momentum the same holds of the averaged gradient in the place of g. Boyd & Vandenberghe 2004, section 9.4.
public enum UnitBall: Sendable, Hashable {
  /// Σ (xᵢ/aᵢ)² ≤ 1 with half-axes aᵢ > 0 along the coordinates, a number each: the step goes along aᵢ² gᵢ. A circle where
  /// all are equal.
  case ellipse(halfAxes: [Double])
  /// xᵀ P⁻¹ x ≤ 1 with a symmetric positive definite P (d·d numbers, row-major): the step goes along P g.
  case rotatedEllipse(preconditioner: [Double])
  /// max |xᵢ|/aᵢ ≤ 1 with half-sides aᵢ ≥ 0, a number each: the step goes along aᵢ sign gᵢ. A square where all are equal.
  case box(halfSides: [Double])
  /// Block by block a matrix whose largest singular value is at most 1: the step goes along msign G. Of a vector that is
  /// the circle. The shapes are those of the blocks, one after the other in the flat vector.
  case spectral(blocks: [Block])
  /// There is none, and why.
  case undefined(String)

  /// The shape of a matrix.
  public struct Block: Sendable, Hashable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
  }

  /// The shape in words.
  public var name: String {
    switch self {
    case .ellipse(let axes): UnitBall.areEqual(axes) ? "circle" : "ellipse"
    case .rotatedEllipse: "rotated ellipse"
    case .box(let sides): UnitBall.areEqual(sides) ? "square" : "box"
    case .spectral: "ball of the largest singular value"
    case .undefined: "none"
    }
  }

  /// The number of coordinates; nil if there is no ball.
  public var dimension: Int? {
    switch self {
    case .ellipse(let numbers), .box(let numbers): return numbers.count
    case .rotatedEllipse(let matrix):
      var d = 0
      while d * d < matrix.count { d += 1 }
      return d
    case .spectral(let blocks): return blocks.reduce(0) { $0 + $1.rows * $1.columns }
    case .undefined: return nil
    }
  }

  /// Why there is no ball; nil if there is one.
  public var reason: String? { if case .undefined(let reason) = self { reason } else { nil } }

  /// The point of the ball that lies furthest along `g` (a number for each coordinate): steepest descent goes against it.
  /// The origin for g = 0; nil if there is no ball, or `g` is not finite.
  public func furthest(along g: [Double]) -> [Double]? {
    guard g.allSatisfy(\.isFinite) else { return nil }
    if let dimension { precondition(g.count == dimension, "a ball and a gradient have as many dimensions") }
    switch self {
    case .ellipse(let axes):
      return UnitBall.scaled(zip(axes, g).map { $0 * $0 * $1 }, along: g)
    case .rotatedEllipse(let matrix):
      let d = g.count
      return UnitBall.scaled(
        g.indices.map { i in g.indices.reduce(0) { $0 + matrix[i * d + $1] * g[$1] } }, along: g)
    case .box(let sides): return zip(sides, g).map { $0 * $1.signum }
    case .spectral(let blocks): return UnitBall.sign(g, blocks)
    case .undefined: return nil
    }
  }

  /// P g divided by √(gᵀ P g), which lies on the edge.
  private static func scaled(_ step: [Double], along g: [Double]) -> [Double]? {
    let square = zip(step, g).reduce(0) { $0 + $1.0 * $1.1 }
    guard square > 0, square.isFinite else { return step.allSatisfy { $0 == 0 } ? step : nil }
    return step.map { $0 / square.squareRoot() }
  }

  private static func sign(_ g: [Double], _ blocks: [Block]) -> [Double] {
    var result: [Double] = []
    for block in blocks {
      let part = Array(g[result.count..<(result.count + block.rows * block.columns)])
      result += DenseMatrix.sign(part, rows: block.rows, columns: block.columns)
    }
    return result
  }

  private static func areEqual(_ numbers: [Double]) -> Bool {
    guard let least = numbers.min(), let most = numbers.max() else { return true }
    return most - least <= 1e-12 * most
  }
}

extension UnitBall {
  /// The ball of a diagonal preconditioner, from the rate that multiplies each coordinate's gradient.
  static func diagonal(_ rates: [Double]) -> UnitBall {
    guard rates.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return .undefined("a coordinate's rate is not a positive number")
    }
    return .ellipse(halfAxes: rates.map { $0.squareRoot() })
  }

  /// The most parameters for which eigenvalues are computed for a picture.
  private static let mostDrawn = 32

  /// The ball of a symmetric matrix (d·d numbers, of which the first lane counts) that divides the gradient, with a number
  /// added to its diagonal.
  static func inverse<Scalar: Lane>(
    of d: Int, shift: Double, _ what: String, _ matrix: () -> [Scalar]
  ) -> UnitBall {
    preconditioner(of: d, what) { DenseMatrix.applied(matrix().map { $0[lane: 0] }) { 1 / ($0 + shift) } }
  }

  /// The ball of a matrix that multiplies the gradient of `d` parameters, if that is positive definite; `what` names it
  /// otherwise. Of many parameters the matrix is not even made.
  static func preconditioner(of d: Int, _ what: String, _ matrix: () -> [Double]) -> UnitBall {
    guard d <= mostDrawn else { return .undefined("of more than \(mostDrawn) parameters no ball is drawn") }
    let matrix = matrix()
    return DenseMatrix.isPositiveDefinite(matrix)
      ? .rotatedEllipse(preconditioner: matrix)
      : .undefined("\(what) is not positive definite: no descent")
  }
}
