import Experiments
import Landscapes
import OptimizerCore

/// A straight map of the plane onto another: x̃ = A (x − c), with its inverse.
struct AffineMap: Hashable {
  /// What becomes (0, 0).
  let centre: Point
  /// A, row by row.
  private let rows: (x: Point, y: Point)
  /// The inverse of A, column by column: where a step to the right and a step upwards come from.
  let across: Point
  let up: Point

  /// A map by the rows of its matrix; nil if it cannot be inverted.
  init?(centre: Point, _ x: Point, _ y: Point) {
    let determinant = x.x * y.y - x.y * y.x
    guard centre.isFinite, determinant != 0, determinant.isFinite else { return nil }
    self.centre = centre
    rows = (x, y)
    across = Point(x: y.y / determinant, y: -y.x / determinant)
    up = Point(x: -x.y / determinant, y: x.x / determinant)
    guard across.isFinite, up.isFinite else { return nil }
  }

  static func == (a: AffineMap, b: AffineMap) -> Bool {
    a.centre == b.centre && a.rows.x == b.rows.x && a.rows.y == b.rows.y
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(centre)
    hasher.combine(rows.x)
    hasher.combine(rows.y)
  }

  /// Where a point goes.
  func callAsFunction(_ point: Point) -> Point {
    let (dx, dy) = (point.x - centre.x, point.y - centre.y)
    return Point(x: rows.x.x * dx + rows.x.y * dy, y: rows.y.x * dx + rows.y.y * dy)
  }

  /// Where a direction goes.
  func turned(_ way: Point) -> Point {
    Point(x: rows.x.x * way.x + rows.x.y * way.y, y: rows.y.x * way.x + rows.y.y * way.y)
  }

  /// Where a point of the other plane comes from.
  func inverse(_ point: Point) -> Point {
    Point(
      x: centre.x + across.x * point.x + up.x * point.y, y: centre.y + across.y * point.x + up.y * point.y)
  }

  /// What becomes of a Hessian: A⁻ᵀ H A⁻¹.
  func hessian(_ h: SymmetricMatrix2) -> SymmetricMatrix2 {
    func form(_ a: Point, _ b: Point) -> Double {
      a.x * (h.xx * b.x + h.xy * b.y) + a.y * (h.xy * b.x + h.yy * b.y)
    }
    return SymmetricMatrix2(xx: form(across, across), xy: form(across, up), yy: form(up, up))
  }
}

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

/// The other space of the twin view: which map leads there, and what is round in it.
struct TwinSpace {
  /// What is to be round.
  enum Kind: Hashable {
    /// The contours.
    case curvature
    /// The ball in which the optimizer measures its steps.
    case preconditioner
  }

  let kind: Kind
  let map: AffineMap
  /// The curvature that both spaces are told apart by.
  let basis: CurvatureBasis
  /// Why it is not the preconditioner's space, where that was asked for or would be the one to show.
  let reason: String?

  /// - Parameter asked: what is to be round; nil for the ball, unless it is a circle anyway or there is none.
  init?(of run: Run, on landscape: Landscape, asked: Kind?) {
    guard landscape.dimension == 2,
      let basis = CurvatureBasis(of: landscape, at: run.point, step: run.step)
    else { return nil }
    self.basis = basis
    let ball = run.step == 0 ? UnitBall.undefined("no step was taken yet") : run.optimizer.ball
    if asked != .curvature {
      switch TwinSpace.map(making: ball, roundAround: basis.centre) {
      case .success(let map, let isCircle) where asked == .preconditioner || !isCircle:
        kind = .preconditioner
        self.map = map
        reason = isCircle ? "its ball is a circle already" : nil
        return
      case .success: reason = nil
      case .failure(let why): reason = asked == .preconditioner || run.step > 0 ? why : nil
      }
    } else {
      reason = nil
    }
    kind = .curvature
    guard let map = basis.map else { return nil }
    self.map = map
  }

  private enum Answer {
    case success(AffineMap, isCircle: Bool)
    case failure(String)
  }

  /// P^−½, of determinant 1: the size of a ball means nothing.
  private static func map(making ball: UnitBall, roundAround centre: Point) -> Answer {
    let preconditioner: SymmetricMatrix2
    switch ball {
    case .ellipse(let axes) where axes.count == 2:
      preconditioner = SymmetricMatrix2(xx: axes[0] * axes[0], xy: 0, yy: axes[1] * axes[1])
    case .rotatedEllipse(let matrix) where matrix.count == 4:
      preconditioner = SymmetricMatrix2(xx: matrix[0], xy: 0.5 * (matrix[1] + matrix[2]), yy: matrix[3])
    case .spectral: preconditioner = SymmetricMatrix2(xx: 1, xy: 0, yy: 1)
    case .box: return .failure("its steps are measured in a square, which no straight map makes round")
    case .undefined(let reason): return .failure(reason)
    default: return .failure("its ball is not one of two parameters")
    }
    let (small, large) = preconditioner.eigenvalues
    guard small > 0, large.isFinite else { return .failure("its preconditioner is not positive definite") }
    let isCircle = large - small <= 1e-9 * large
    let size = (small * large).squareRoot().squareRoot()
    let (v, w) = (preconditioner.eigenvectors.smaller, preconditioner.eigenvectors.larger)
    let (a, b) = (size / small.squareRoot(), size / large.squareRoot())
    let matrix = SymmetricMatrix2(
      xx: a * v.x * v.x + b * w.x * w.x, xy: a * v.x * v.y + b * w.x * w.y, yy: a * v.y * v.y + b * w.y * w.y)
    guard
      let map = AffineMap(
        centre: centre, Point(x: matrix.xx, y: matrix.xy), Point(x: matrix.xy, y: matrix.yy))
    else { return .failure("its preconditioner cannot be inverted") }
    return .success(map, isCircle: isCircle)
  }

  /// How much longer than wide the contours are, by the square root of the condition number: before and in the twin.
  var conditions: (before: Double, after: Double) {
    (CurvatureBasis.condition(basis.hessian), CurvatureBasis.condition(map.hessian(basis.hessian)))
  }
}
