public import Landscapes
import OptimizerCore

/// The numbers by which it is judged where a run stands, for a window: lengths are shares of its diagonal.
public struct StandingThresholds: Sendable, Hashable {
  /// Below it a gradient norm has vanished.
  public static let gradientNorm = 1e-6
  /// Below −curvature an eigenvalue of the Hessian is negative for sure.
  static let curvature = 1e-4
  /// The share of the largest curvature by which the smallest may be negative by rounding: along a valley of minima it is 0
  /// and its computed sign chance.
  static let curvatureShare = 1e-6

  /// Further than this from the window's centre a run has diverged: a thousand diagonals.
  public let farthest: Double
  /// Within this distance of a known point a run is at it: a thousandth of the diagonal.
  package let nearness: Double
  /// A step no longer than this is rest: a millionth of the diagonal.
  package let restLength: Double

  /// The thresholds for a window.
  public init(in window: Window) {
    farthest = 1000 * window.diagonal
    nearness = 1e-3 * window.diagonal
    restLength = 1e-6 * window.diagonal
  }

  /// Below this squared distance a run is surely not too far, however it was rounded.
  var surelyNearSquare: Double { 0.999 * farthest * farthest }

  /// Whether a distance from the window's centre is too far, or not a number.
  func isTooFar(_ distance: Double) -> Bool { !(distance <= farthest) }

  /// Whether parameters with a vanishing gradient are a minimum, as far as can be told: the curvature bends up in every
  /// direction, but for rounding, and either a known minimum is near or it is there at all; along a direction without
  /// curvature the loss must not fall on either side.
  ///
  /// Where all curvature vanishes and no minimum is known, nothing is known: that is a plateau.
  func isMinimum(
    _ parameters: [Double], _ curvatures: (smaller: Double, larger: Double), of landscape: Landscape,
    step: Int
  ) -> Bool {
    guard isCurvedUp(curvatures) else { return false }
    if minimum(near: parameters, of: landscape) != nil { return true }
    guard curvatures.larger >= StandingThresholds.curvature else { return false }
    let isFlatSomewhere = curvatures.smaller <= StandingThresholds.curvatureShare * curvatures.larger
    return !isFlatSomewhere || !falls(from: parameters, of: landscape, step: step)
  }

  /// Whether the loss falls on either side of a point of two parameters along the direction of its smallest curvature.
  private func falls(from parameters: [Double], of landscape: Landscape, step: Int) -> Bool {
    guard parameters.count == 2 else { return false }
    let here = Point(parameters[0], parameters[1])
    let hessian = landscape.hessian(at: here, step: step)
    // (xy, smaller − xx) and (smaller − yy, xy) are both the eigenvector; the longer has the digits.
    let smaller = hessian.eigenvalues.smaller
    let (a, b) = (Point(hessian.xy, smaller - hessian.xx), Point(smaller - hessian.yy, hessian.xy))
    let direction = a.norm > b.norm ? a : b
    guard direction.norm > 0 else { return false }
    // Far enough for a fourth power to show.
    let reach = 10 * nearness
    let (dx, dy) = (direction.x / direction.norm * reach, direction.y / direction.norm * reach)
    let value = landscape.value(at: here, step: step)
    let sides = [
      landscape.value(at: Point(here.x + dx, here.y + dy), step: step),
      landscape.value(at: Point(here.x - dx, here.y - dy), step: step),
    ]
    // What rounding and the gradient that is left may take away.
    let room = 1e-13 * max(value.magnitude, 1e-300) + StandingThresholds.gradientNorm * reach
    return sides.contains { $0 < value - room }
  }

  /// Whether the curvature bends up in every direction, but for rounding.
  func isCurvedUp(_ curvatures: (smaller: Double, larger: Double)) -> Bool {
    let size = max(curvatures.smaller.magnitude, curvatures.larger.magnitude)
    return curvatures.smaller >= -StandingThresholds.curvatureShare * size
  }

  /// Whether a point of the picture is at a known saddle of a landscape.
  func isAtSaddle(_ point: Point, of landscape: Landscape) -> Bool {
    landscape.saddles.contains { point.distance(to: $0) <= nearness }
  }

  /// What a run whose gradient has vanished is at, if it is at no minimum.
  func critical(_ curvatures: (smaller: Double, larger: Double), isAtSaddle: Bool) -> Standing {
    if curvatures.larger < -StandingThresholds.curvature {
      return .maximum(largestCurvature: curvatures.larger)
    }
    return curvatures.smaller < -StandingThresholds.curvature || isAtSaddle
      ? .saddle(smallestCurvature: curvatures.smaller) : .plateau
  }

  // MARK: Known minima

  /// The number, from 1, of the known minimum at which a point of the picture is, or nil.
  public func minimum(near point: Point, of landscape: Landscape) -> Int? {
    minimum(near: landscape.lift(point), among: landscape.minimisers)
  }

  /// The same for parameters, whatever the picture shows of them.
  public func minimum(near parameters: [Double], of landscape: Landscape) -> Int? {
    minimum(near: parameters, among: landscape.minimisers)
  }

  /// The number, from 1, of the nearest of some minima that is near enough, or nil.
  func minimum(near parameters: [Double], among minimisers: [[Double]]) -> Int? {
    var best: (number: Int, distance: Double)?
    for (i, minimum) in minimisers.enumerated() {
      // One coordinate after the other, so that no square overflows.
      let distance = zip(parameters, minimum).lazy.map { $0 - $1 }.euclideanNorm
      if distance <= nearness, distance < best?.distance ?? .infinity { best = (i + 1, distance) }
    }
    return best?.number
  }
}
