import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// A landscape as a block of relief over its window, in units of the world: the longer side of the window goes from −1 to
/// 1, heights from 0 to `Relief.top`.
///
/// Heights are the loss on the spacing of the landscape's contour levels: as it is, its logarithm above the lowest
/// value, or its rank. That scale is the one that shades the landscape from above.
struct Relief {
  /// The height of the highest loss of the window.
  static let top = 0.6
  /// Samples along each side.
  static let samples = 144

  /// What is shown from above.
  let ground: Portrait.Ground
  var window: PlotWindow { ground.subject.window }
  /// Half the sides of the window, in units of the world; the longer is 1.
  let half: SIMD2<Double>
  /// The heights, row by row from the top of the window; NaN where the loss is none.
  private let heights: [Double]
  /// The contour lines, as points of the world.
  private(set) var contours: [[SIMD3<Double>]] = []
  /// Two families of lines along the axes, which show the shape where there is no shading.
  private(set) var wires: [[SIMD3<Double>]] = []

  init(_ ground: Portrait.Ground) {
    self.ground = ground
    let window = ground.subject.window
    let longer = max(window.width, window.height)
    half =
      window.isToScale
      ? SIMD2(window.width / longer, window.height / longer) : SIMD2(repeating: 1)
    let n = Relief.samples
    let field = ground.field(columns: n, rows: n, in: window)
    heights = field.values.map { ground.shade(of: $0).map { $0 * Relief.top } ?? .nan }
    for (level, lines) in ground.lines(in: field) {
      let height = (ground.shade(of: level.value) ?? 0) * Relief.top
      for line in lines {
        var points = line.points.map { point in
          let place = place(of: point)
          return SIMD3(place.x, place.y, height)
        }
        if line.isClosed, let first = points.first { points.append(first) }
        contours.append(points)
      }
    }
    let (count, pieces) = (16, 96)
    for i in 0...count {
      let fixed = Double(i) / Double(count) * 2 - 1
      let along = (0...pieces).map { Double($0) / Double(pieces) * 2 - 1 }
      wires.append(along.map { lifted(SIMD2($0, fixed) * half) })
      wires.append(along.map { lifted(SIMD2(fixed, $0) * half) })
    }
    valley = valleyOfHeights
  }

  /// Where a point of the landscape stands in the world, seen from above.
  func place(of point: Point) -> SIMD2<Double> {
    let (window, centre) = (window, window.centre)
    return SIMD2(
      (point.x - centre.x) / window.width * 2 * half.x, (point.y - centre.y) / window.height * 2 * half.y)
  }

  /// The height of the relief at a place of the world; NaN beyond the window and where the loss is none.
  @inline(__always)
  func height(at place: SIMD2<Double>) -> Double { interpolated(heights, at: place) }

  /// What lies between the samples of something at a place of the world; NaN beyond the window.
  @inline(__always)
  func interpolated(_ values: [Double], at place: SIMD2<Double>) -> Double {
    guard abs(place.x) <= half.x * 1.000001, abs(place.y) <= half.y * 1.000001 else { return .nan }
    let n = Double(Relief.samples)
    // Samples are at the centres of pixels; the outermost half pixel continues flat.
    let column = min(max((place.x / half.x + 1) / 2 * n - 0.5, 0), n - 1)
    let row = min(max((1 - place.y / half.y) / 2 * n - 0.5, 0), n - 1)
    let (left, upper) = (
      min(Int(clamped: column), Relief.samples - 2), min(Int(clamped: row), Relief.samples - 2)
    )
    let (a, b) = (column - Double(left), row - Double(upper))
    let index = upper * Relief.samples + left
    return values.withUnsafeBufferPointer { values in
      let above = values[index] * (1 - a) + values[index + 1] * a
      let below = values[index + Relief.samples] * (1 - a) + values[index + Relief.samples + 1] * a
      return above * (1 - b) + below * b
    }
  }

  /// Something at each sample, row by row from the top of the window, for `interpolated`.
  func sampled(_ value: (SIMD2<Double>) -> Double) -> [Double] {
    let n = Relief.samples
    return (0..<n * n).map { index in
      let share = (SIMD2(Double(index % n), Double(index / n)) + 0.5) / Double(n) * 2 - 1
      return value(SIMD2(share.x, -share.y) * half)
    }
  }

  /// A place of the world on the relief.
  func lifted(_ place: SIMD2<Double>) -> SIMD3<Double> { SIMD3(place.x, place.y, height(at: place)) }

  /// How the relief rises along x and along y at a place, by central differences over two samples.
  func slope(at place: SIMD2<Double>) -> SIMD2<Double> {
    let d = 2 / Double(Relief.samples)
    func rise(_ axis: SIMD2<Double>) -> Double {
      let step = axis * half * d
      let limit = half
      let ahead = (place + step).clamped(lowerBound: -limit, upperBound: limit)
      let behind = (place - step).clamped(lowerBound: -limit, upperBound: limit)
      let difference = height(at: ahead) - height(at: behind)
      let distance = (ahead - behind).sum()
      return difference.isFinite && distance > 0 ? difference / distance : 0
    }
    return SIMD2(rise(SIMD2(1, 0)), rise(SIMD2(0, 1)))
  }

  /// The direction of the valleys, as an angle of the plane of the world in degrees, −90 up to 90: the one along which
  /// the heights change least, where they change twice as much across it. Nil where no direction is that special.
  private(set) var valley: Double?

  private var valleyOfHeights: Double? {
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    let n = 24
    for i in 0..<n {
      for j in 0..<n {
        let place = (SIMD2(Double(i), Double(j)) + 0.5) / Double(n) * 2 - 1
        let slope = slope(at: place * half)
        (xx, xy, yy) = (xx + slope.x * slope.x, xy + slope.x * slope.y, yy + slope.y * slope.y)
      }
    }
    let tensor = SymmetricMatrix2(xx: xx, xy: xy, yy: yy)
    let (smaller, larger) = tensor.eigenvalues
    guard larger > 2 * smaller, larger.isFinite else { return nil }
    let across = 0.5 * Elementary.atan2(2 * xy, xx - yy) * 180 / .pi
    return across > 0 ? across - 90 : across + 90
  }

  /// What the height stands for.
  var scaleName: String {
    switch ground.spacing {
    case .linear: "height: the loss"
    case .log: "height: log of the loss above its lowest"
    case .quantile: "height: rank of the loss"
    }
  }
}
