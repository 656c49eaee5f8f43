import Experiments
import Landscapes
import OptimizerCore

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
