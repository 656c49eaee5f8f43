/// The bicubic spline through values on a rectangular grid: the tensor product of cubic splines without an assumption about
/// the ends ("not-a-knot": the first two pieces are one polynomial, and the last two). It has two continuous derivatives.
///
/// The same as SciPy's `RectBivariateSpline(x, y, z, kx=3, ky=3, s=0)`. De Boor 2001, A Practical Guide to Splines, chapters
/// IV and XVII.
struct BicubicSpline: Sendable {
  /// A value with its first and second derivatives.
  struct Jet {
    var value: Double
    var x: Double
    var y: Double
    var xx: Double
    var xy: Double
    var yy: Double

    /// Where there are no data.
    static let none = Jet(value: .nan, x: .nan, y: .nan, xx: .nan, xy: .nan, yy: .nan)
  }

  private let x: [Double]
  private let y: [Double]
  /// At each point of the grid f, ∂f/∂x, ∂f/∂y, ∂²f/∂x∂y, from which a piece is Hermite's interpolant of its corners.
  private let nodes: [SIMD4<Double>]

  /// The spline of a table; nil where it would not be finite.
  init?(_ table: GridTable) {
    (x, y) = (table.x, table.y)
    let (width, height) = (x.count, y.count)
    let (across, up) = (NotAKnot(x), NotAKnot(y))
    var nodes = table.values.map { SIMD4($0, 0, 0, 0) }
    for row in 0..<height {
      let slopes = across.slopes { table.values[row * width + $0] }
      for column in 0..<width { nodes[row * width + column][1] = slopes[column] }
    }
    for column in 0..<width {
      for (of, to) in [(0, 2), (1, 3)] {
        let slopes = up.slopes { nodes[$0 * width + column][of] }
        for row in 0..<height { nodes[row * width + column][to] = slopes[row] }
      }
    }
    guard nodes.allSatisfy({ node in (0..<4).allSatisfy { node[$0].isFinite } }) else { return nil }
    self.nodes = nodes
  }

  /// The value and the derivatives at a point; not a number beyond the data.
  func jet(_ px: Double, _ py: Double) -> Jet {
    guard let i = Self.piece(of: px, in: x), let j = Self.piece(of: py, in: y) else { return .none }
    let across = Weights(px - x[i], x[i + 1] - x[i])
    let up = Weights(py - y[j], y[j + 1] - y[j])
    let corner = j * x.count + i
    let (lower, upper) = (
      across.rows(nodes[corner], nodes[corner + 1]),
      across.rows(nodes[corner + x.count], nodes[corner + x.count + 1])
    )
    func sum(_ weights: SIMD4<Double>, _ order: Int) -> Double {
      weights[0] * lower.value[order] + weights[2] * lower.slope[order]
        + (weights[1] * upper.value[order] + weights[3] * upper.slope[order])
    }
    return Jet(
      value: sum(up.value, 0), x: sum(up.value, 1), y: sum(up.slope, 0), xx: sum(up.value, 2),
      xy: sum(up.slope, 1), yy: sum(up.curvature, 0))
  }

  /// The piece in which a coordinate lies; nil beyond the data.
  private static func piece(of value: Double, in nodes: [Double]) -> Int? {
    guard value >= nodes[0], value <= nodes[nodes.count - 1] else { return nil }
    var (low, high) = (0, nodes.count - 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if nodes[middle] <= value { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// What the values and the slopes at both ends of an interval count at a place in it, for the cubic through them and for
  /// its derivatives: value, value, slope, slope.
  private struct Weights {
    let value: SIMD4<Double>
    let slope: SIMD4<Double>
    let curvature: SIMD4<Double>

    init(_ offset: Double, _ h: Double) {
      let t = offset / h
      let s = 1 - t
      value = SIMD4(s * s * (1 + 2 * t), t * t * (3 - 2 * t), h * (t * (s * s)), -h * (t * t * s))
      slope = SIMD4(-6 * t * s / h, 6 * t * s / h, s * (1 - 3 * t), t * (3 * t - 2))
      curvature = SIMD4((12 * t - 6) / (h * h), (6 - 12 * t) / (h * h), (6 * t - 4) / h, (6 * t - 2) / h)
    }

    /// Along an edge of a piece: f and ∂f/∂y, each with its first and second derivative along x.
    func rows(
      _ left: SIMD4<Double>, _ right: SIMD4<Double>
    ) -> (value: SIMD3<Double>, slope: SIMD3<Double>) {
      func along(_ f: Int, _ fx: Int) -> SIMD3<Double> {
        func sum(_ w: SIMD4<Double>) -> Double {
          w[0] * left[f] + w[2] * left[fx] + (w[1] * right[f] + w[3] * right[fx])
        }
        return SIMD3(sum(value), sum(slope), sum(curvature))
      }
      return (along(0, 1), along(2, 3))
    }
  }
}
