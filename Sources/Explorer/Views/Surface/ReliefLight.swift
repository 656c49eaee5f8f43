import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// Light from the upper left behind the eye, which turns with it.
struct ReliefLight {
  private let direction: SIMD3<Double>

  init(_ camera: Camera) {
    let plane = camera.right * -0.6 - camera.away * 0.45
    let raw = SIMD3(plane.x, plane.y, 0.65)
    direction = raw / (raw * raw).sum().squareRoot()
  }

  /// How much of the light a surface of a slope sends back by Lambert's law, 0 to 1.
  func brightness(_ slope: SIMD2<Double>) -> Double {
    let normal = SIMD3(-slope.x, -slope.y, 1)
    return max(0, (normal * direction).sum() / (normal * normal).sum().squareRoot())
  }
}
