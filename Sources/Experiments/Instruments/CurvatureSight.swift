package import Landscapes

/// What of the extreme curvatures there is time to find in a frame. Of large problems each of Lanczos' steps is dear, and
/// the smallest eigenvalue takes most of them.
package enum CurvatureSight: Sendable, Hashable {
  /// The smallest and the largest eigenvalue.
  case both
  /// The largest alone.
  case largest
  /// Neither; whether they are found as soon as the run rests.
  case none(untilRest: Bool)

  /// What there is time for on a landscape.
  ///
  /// - Parameter isMoving: whether the next frame shows another point already.
  package init(on landscape: Landscape, isMoving: Bool) {
    self.init(cost: landscape.problem.curvatureCost, isMoving: isMoving)
  }

  /// - Parameter cost: how many multiplications a product of the Hessian and a vector takes. A core does some in a
  ///   nanosecond; the largest eigenvalue takes a dozen products, the smallest up to 120.
  init(cost: Double, isMoving: Bool) {
    if cost <= (isMoving ? 0 : 4e7) {
      self = .both
    } else if cost <= (isMoving ? 4e6 : 4e8) {
      self = .largest
    } else {
      self = .none(untilRest: cost <= 4e8)
    }
  }

  /// Why nothing is known of the curvature; nil if something is.
  package var reason: String? {
    guard case .none(let untilRest) = self else { return nil }
    return untilRest ? "λmax is found when the run rests" : "too large to find λmax"
  }
}
