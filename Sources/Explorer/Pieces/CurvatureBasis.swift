import Experiments
import Landscapes
import OptimizerCore

/// The Hessian that stands for the curvature of a landscape, with its eigenvectors and the point that it belongs to.
struct CurvatureBasis {
  /// Where the Hessian was taken, in words.
  enum Source: Hashable {
    /// It is the same everywhere.
    case everywhere
    /// At a known minimum, counted from 1.
    case minimum(Int)
    /// At the iterate, for want of a known minimum.
    case iterate

    var words: String {
      switch self {
      case .everywhere: "the Hessian, the same everywhere"
      case .minimum(let number): "the Hessian at minimum \(number)"
      case .iterate: "the Hessian at the iterate"
      }
    }
  }

  let source: Source
  let hessian: SymmetricMatrix2
  /// The minimum; the stationary point of a quadratic; else the iterate.
  let centre: Point
  /// The smaller eigenvalue and the larger.
  let values: (flat: Double, sharp: Double)
  /// Their eigenvectors, the largest coordinate of each positive.
  let vectors: (flat: Point, sharp: Point)
  /// The loss at the centre.
  let lowest: Double

  /// The curvature that matters to a run; nil where it is not finite, or 0.
  init?(of landscape: Landscape, at point: Point, step: Int) {
    if let constant = landscape.constantHessian {
      source = .everywhere
      hessian = constant
      centre = landscape.minima.first ?? CurvatureBasis.stationary(landscape, constant)
    } else if let (number, minimum) = CurvatureBasis.nearest(to: point, in: landscape, step: step) {
      source = .minimum(number)
      hessian = landscape.hessian(at: minimum, step: step)
      centre = minimum
    } else {
      source = .iterate
      hessian = landscape.hessian(at: point, step: step)
      centre = point
    }
    let (small, large) = hessian.eigenvalues
    let vectors = hessian.eigenvectors
    values = (small, large)
    self.vectors = (CurvatureBasis.upright(vectors.smaller), CurvatureBasis.upright(vectors.larger))
    lowest = landscape.value(at: centre, step: step)
    guard small.isFinite, large.isFinite, max(small.magnitude, large.magnitude) > 0, centre.isFinite else {
      return nil
    }
  }

  private static func upright(_ vector: Point) -> Point {
    let largest = vector.x.magnitude >= vector.y.magnitude ? vector.x : vector.y
    return largest < 0 ? Point(x: -vector.x, y: -vector.y) : vector
  }

  /// The nearest known minimum around which the loss bends up, counted from 1.
  private static func nearest(to point: Point, in landscape: Landscape, step: Int) -> (Int, Point)? {
    landscape.minima.enumerated()
      .filter { landscape.hessian(at: $0.element, step: step).eigenvalues.smaller > 0 }
      .min { $0.element.distance(to: point) < $1.element.distance(to: point) }
      .map { ($0.offset + 1, $0.element) }
  }

  /// Where the gradient of a quadratic vanishes; in a direction without curvature the origin will do.
  private static func stationary(_ landscape: Landscape, _ h: SymmetricMatrix2) -> Point {
    let gradient = landscape.gradient(at: Point(x: 0, y: 0))
    let (values, vectors) = (h.eigenvalues, h.eigenvectors)
    let largest = max(values.smaller.magnitude, values.larger.magnitude)
    var point = Point(x: 0, y: 0)
    for (value, vector) in [(values.smaller, vectors.smaller), (values.larger, vectors.larger)]
    where value.magnitude > 1e-12 * largest {
      let way = -(gradient.x * vector.x + gradient.y * vector.y) / value
      point = Point(x: point.x + way * vector.x, y: point.y + way * vector.y)
    }
    return point
  }

  /// Whether the loss is what the Hessian says, everywhere.
  var isExact: Bool { source == .everywhere }

  /// The ratio of the eigenvalues' sizes, infinity if one of them is 0.
  static func condition(_ hessian: SymmetricMatrix2) -> Double {
    let (a, b) = (hessian.eigenvalues.smaller.magnitude, hessian.eigenvalues.larger.magnitude)
    return max(a, b) / min(a, b)
  }

  /// What each eigenvector has of the loss above the lowest: ½ λ (vᵀ(x − c))².
  func parts(at point: Point) -> (flat: Double, sharp: Double) {
    func part(_ value: Double, _ vector: Point) -> Double {
      let way = (point.x - centre.x) * vector.x + (point.y - centre.y) * vector.y
      return 0.5 * value * way * way
    }
    return (part(values.flat, vectors.flat), part(values.sharp, vectors.sharp))
  }

  /// Onto the eigenvectors, each stretched by √|λ|: with curvature that bends up the contours are circles. The flattest
  /// direction lies to the right, the sharpest upwards.
  var map: AffineMap? {
    let floor = 1e-6 * max(values.flat.magnitude, values.sharp.magnitude)
    func row(_ value: Double, _ vector: Point) -> Point {
      let stretch = max(value.magnitude, floor).squareRoot()
      return Point(x: stretch * vector.x, y: stretch * vector.y)
    }
    return AffineMap(
      centre: centre, row(values.flat, vectors.flat), row(values.sharp, vectors.sharp))
  }
}
