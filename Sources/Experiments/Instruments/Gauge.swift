package import Landscapes
import OptimizerCore

/// The curvature that a run feels against the largest that its rule can bear.
///
/// For plain rules the curvature is the largest eigenvalue of the Hessian at the point. A rule with a preconditioner P feels
/// P⁻¹H instead, whose eigenvalues are those of P^{−1/2} H P^{−1/2}; with Adam's averaged momentum the limit is then
/// (2 + 2β₁)/((1 − β₁)η). Cohen et al. 2021, arXiv:2103.00065; for adaptive rules Cohen et al. 2022, arXiv:2207.14484.
/// An ℓ2 penalty adds its λ to every eigenvalue of H.
package struct Gauge: Sendable, Hashable {
  /// The largest eigenvalue.
  package let largest: Double
  /// The smallest eigenvalue; below 0 at a saddle. NaN where there was no time to find it.
  package let smallest: Double
  /// Whether the eigenvalues are those of P⁻¹H.
  package let isPreconditioned: Bool
  /// The largest stable value of `largest`; nil where there is none, and `reason` says why.
  package let limit: Double?
  /// How the limit is computed: `2(1+β)/η`; empty where there is none.
  package let formula: String
  /// Why there is no limit; nil if there is one.
  package let reason: String?
  /// The learning rate that would meet the limit at this curvature, with the preconditioner as it is; nil where nothing
  /// limits it.
  package let rateLimit: Double?

  /// What the eigenvalues are of: `λmax` or `λmax(P⁻¹H)`.
  package var symbol: String { isPreconditioned ? "λmax(P⁻¹H)" : "λmax" }
  /// `largest` as a share of the limit: above 1 the step is too long. Nil where there is no limit.
  package var share: Double? { limit.map { largest / $0 } }

  /// The gauge of a run at its playhead.
  ///
  /// - Parameters:
  ///   - run: the run; before its first step a preconditioner is not known, and neither is the limit.
  ///   - landscape: the landscape in force.
  ///   - sight: what is looked for; of nothing `largest` is NaN, and `reason` says why.
  package init(of run: Run, on landscape: Landscape, seeing sight: CurvatureSight = .both) {
    let stability = run.optimizer.stability
    let penalty = run.optimizer.penalty
    if let reason = sight.reason {
      (smallest, largest, isPreconditioned) = (.nan, .nan, stability.isPreconditioned)
      (limit, formula, self.reason, rateLimit) = (nil, "", reason, nil)
      return
    }
    var reason = stability.reason(for: run.optimizer.displayName)
    var found: (Double, Double)?
    if stability.isPreconditioned {
      if run.step == 0 {
        reason = "the first step will tell the preconditioner"
      } else if let rate = run.optimizer.learningRate, rate != 0,
        let extremes = Gauge.preconditioned(run, landscape, penalty, rate: rate, sight)
      {
        found = extremes
      } else {
        reason = run.optimizer.ball.reason ?? "the preconditioner is not positive definite"
      }
    }
    isPreconditioned = found != nil
    let (least, most) = found ?? Gauge.plain(run, landscape, penalty, sight)
    (smallest, largest) = (least, most)
    if reason == nil, case .matrix(let matrix) = stability {
      limit = matrix.curvatureLimit
      formula = StepMatrix.formula
      rateLimit = most > 0 ? matrix.rateLimit(curvature: most) : nil
      self.reason = limit == nil ? "the linear rule contracts at all curvatures, or at none" : nil
      return
    }
    self.reason = reason
    guard reason == nil, let recurrence = stability.recurrence else {
      (limit, formula, rateLimit) = (nil, "", nil)
      return
    }
    limit = recurrence.curvatureLimit
    formula = recurrence.curvatureFormula
    rateLimit = most > 0 ? recurrence.rateLimit(curvature: most) : nil
  }

  /// The extreme eigenvalues of H with the penalty's part.
  private static func plain(
    _ run: Run, _ landscape: Landscape, _ penalty: Double, _ sight: CurvatureSight
  ) -> (Double, Double) {
    let extremes =
      sight == .both
      ? landscape.curvatures(at: run.parameters, step: run.step)
      : (.nan, landscape.largestCurvature(at: run.parameters, step: run.step))
    return (extremes.smaller + penalty, extremes.larger + penalty)
  }

  /// The extreme eigenvalues of P⁻¹H, where ηP⁻¹ is what the rule multiplied the gradient by.
  private static func preconditioned(
    _ run: Run, _ landscape: Landscape, _ penalty: Double, rate: Double, _ sight: CurvatureSight
  ) -> (Double, Double)? {
    let d = landscape.dimension
    guard var hessian = landscape.hessian(at: run.parameters, step: run.step) else {
      guard case .ellipse(let axes) = run.optimizer.ball else { return nil }
      let extremes = landscape.curvatures(
        at: run.parameters, scaledBy: axes.map { $0 / rate.squareRoot() }, penalty: penalty,
        largestOnly: sight == .largest, step: run.step)
      return extremes.larger.isFinite ? extremes : nil
    }
    let factor: [Double]
    switch run.optimizer.ball {
    case .ellipse(let axes):
      factor = (0..<d * d).map { $0 / d == $0 % d ? axes[$0 / d] / rate.squareRoot() : 0 }
    case .rotatedEllipse(let matrix):
      // P⁻¹ = V Λ Vᵀ has the same eigenvalues with H as Λ^{1/2} Vᵀ has on both sides.
      let (values, vectors) = DenseMatrix.eigen(matrix)
      factor = (0..<d * d).map { vectors[$0 % d * d + $0 / d] * max(values[$0 / d], 0).squareRoot() }
    default: return nil
    }
    for i in 0..<d { hessian[i * d + i] += penalty }
    let product = Gauge.sandwich(factor, hessian, d)
    guard product.allSatisfy(\.isFinite) else { return nil }
    let values = DenseMatrix.eigen(product).values
    guard let least = values.min(), let most = values.max() else { return nil }
    return (least, most)
  }

  /// F H Fᵀ.
  private static func sandwich(_ f: [Double], _ h: [Double], _ d: Int) -> [Double] {
    var product = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0..<d {
        for k in 0..<d {
          for l in 0..<d { product[i * d + j] += f[i * d + k] * h[k * d + l] * f[j * d + l] }
        }
      }
    }
    return product
  }
}
