import Experiments
import Landscapes
import OptimizerCore

/// From where a relief is looked at: in parallel projection, so that sizes do not depend on distance.
struct Camera: Hashable {
  /// Turned by so many degrees: 0 has x to the right and y away from the eye, 90 has y to the left and x away.
  var azimuth = 30.0
  /// From so many degrees above the horizon.
  var elevation = 50.0
  /// Times the size that fits.
  var zoom = 1.0

  /// As far as it may be tilted, and magnified.
  static let elevations = 5.0...90.0
  static let zooms = 0.5...8.0

  /// To the right on the screen, as a direction of the plane.
  var right: SIMD2<Double> { SIMD2(Elementary.cos(radians(azimuth)), Elementary.sin(radians(azimuth))) }
  /// Away from the eye, as a direction of the plane.
  var away: SIMD2<Double> { SIMD2(-Elementary.sin(radians(azimuth)), Elementary.cos(radians(azimuth))) }
  /// How much of a distance away from the eye is seen as upwards.
  var lift: Double { Elementary.sin(radians(elevation)) }
  /// How much of a height is seen.
  var upright: Double { elevation == 90 ? 0 : Elementary.cos(radians(elevation)) }

  private func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }

  /// Turned and tilted by so many degrees.
  mutating func turn(_ degrees: Double, tilt: Double) {
    azimuth += degrees
    while azimuth > 180 { azimuth -= 360 }
    while azimuth <= -180 { azimuth += 360 }
    elevation = min(max(elevation + tilt, Camera.elevations.lowerBound), Camera.elevations.upperBound)
  }
}

extension Camera {
  /// From where a relief is seen best: across its valleys, but not so that they lie level, which hides how they fall.
  init(for relief: Relief) {
    guard let valley = relief.valley else { return }
    // In the notches in which keys turn it.
    let turned = (valley / 5).rounded() * 5 + 30
    azimuth = turned > 90 ? turned - 180 : turned
  }
}
