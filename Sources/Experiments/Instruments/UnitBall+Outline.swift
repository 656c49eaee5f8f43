public import Landscapes
public import OptimizerCore

extension UnitBall {
  /// The ball as a closed line on the picture, around (0, 0), its furthest point at the distance 1; nil if there is no ball.
  ///
  /// Of more than two parameters it is the ball's shadow on the plane that the picture shows.
  public func outline(on landscape: Landscape, points count: Int = 72) -> [Point]? {
    precondition(count >= 4, "a closed line needs a few points")
    let d = landscape.dimension
    let (u, v) = landscape.axisDirections
    let angles = (0..<count).map { 2 * Double.pi * Double($0) / Double(count) }
    var points: [Point]
    switch self {
    case .ellipse(let axes):
      points = UnitBall.ellipse(
        UnitBall.shadow(u, v) { i, j in i == j ? axes[i] * axes[i] : 0 }, angles)
    case .rotatedEllipse(let matrix):
      points = UnitBall.ellipse(UnitBall.shadow(u, v) { i, j in matrix[i * d + j] }, angles)
    case .box, .spectral:
      points = angles.compactMap { angle in
        let (c, s) = (Elementary.cos(angle), Elementary.sin(angle))
        return furthest(along: u.indices.map { c * u[$0] + s * v[$0] }).map {
          Point(x: UnitBall.dot($0, u), y: UnitBall.dot($0, v))
        }
      }
    case .undefined: return nil
    }
    let reach = points.map(\.norm).max() ?? 0
    guard reach > 0, reach.isFinite, points.count == count else { return nil }
    for i in points.indices { points[i] = Point(x: points[i].x / reach, y: points[i].y / reach) }
    return points
  }

  /// The matrix of a shadow: (u v)ᵀ P (u v).
  private static func shadow(
    _ u: [Double], _ v: [Double], _ entry: (Int, Int) -> Double
  ) -> SymmetricMatrix2 {
    var matrix = SymmetricMatrix2(xx: 0, xy: 0, yy: 0)
    for i in u.indices {
      for j in u.indices {
        let p = entry(i, j)
        if p == 0 { continue }
        matrix.xx += u[i] * p * u[j]
        matrix.xy += u[i] * p * v[j]
        matrix.yy += v[i] * p * v[j]
      }
    }
    return matrix
  }

  private static func ellipse(_ matrix: SymmetricMatrix2, _ angles: [Double]) -> [Point] {
    let (values, axes) = (matrix.eigenvalues, matrix.eigenvectors)
    let (a, b) = (max(values.smaller, 0).squareRoot(), max(values.larger, 0).squareRoot())
    return angles.map { angle in
      let (c, s) = (a * Elementary.sin(angle), b * Elementary.cos(angle))
      return Point(x: s * axes.larger.x + c * axes.smaller.x, y: s * axes.larger.y + c * axes.smaller.y)
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
