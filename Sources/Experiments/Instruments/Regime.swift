package import Landscapes
import OptimizerCore

/// What a quadratic does to a run along one eigenvector: named from the roots of the recurrence.
package struct Regime: Sendable, Hashable {
  /// How the distance from the minimum goes on.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It shrinks and keeps its sign: the larger root is real and positive.
    case monotone
    /// It shrinks and changes its sign at every step: the larger root is negative.
    case oscillating
    /// It shrinks in waves longer than two steps: the roots are complex.
    case ripples
    /// It grows: a root lies outside the unit circle.
    case diverging
    /// It neither shrinks nor grows: a root lies on the unit circle.
    case standing
  }

  /// Its name.
  package let kind: Kind
  /// The curvature along the eigenvector.
  package let curvature: Double
  /// The eigenvector, of length 1; nil of more than two parameters.
  package let direction: Point?
  /// What the distance is multiplied by at every step, in the long run: the larger magnitude of the two roots.
  package let contraction: Double
  /// The steps of a full wave: 2 where the sign changes at every step, more for complex roots, nil where it stays.
  package let period: Double?

  init(of recurrence: Recurrence, curvature: Double, direction: Point?) {
    self.curvature = curvature
    self.direction = direction
    let (trace, determinant) = recurrence.coefficients(curvature)
    let discriminant = trace * trace - 4 * determinant
    if discriminant < 0 {
      contraction = determinant.squareRoot()
      period = 2 * Double.pi / Elementary.acos(trace / (2 * contraction))
      kind = Regime.kind(contraction, .ripples)
      return
    }
    // The root of larger magnitude, without cancellation.
    let root = (trace + (trace < 0 ? -1 : 1) * discriminant.squareRoot()) / 2
    contraction = root.magnitude
    period = root < 0 ? 2 : nil
    kind = Regime.kind(contraction, root < 0 ? .oscillating : .monotone)
  }

  private static func kind(_ contraction: Double, _ calm: Kind) -> Kind {
    if (contraction - 1).magnitude <= 1e-12 { return .standing }
    return contraction < 1 ? calm : .diverging
  }

  /// In words: `ripples of 12 steps, × 0.95 a step`.
  package var words: String {
    let factor = "× \(NumberText.brief(contraction, digits: 3)) a step"
    switch kind {
    case .monotone: return "monotone, \(factor)"
    case .oscillating: return "oscillating, \(factor)"
    case .ripples: return "ripples of \(NumberText.brief(period ?? 0)) steps, \(factor)"
    case .diverging: return "diverging, \(factor)"
    case .standing: return "neither shrinking nor growing"
    }
  }
}
