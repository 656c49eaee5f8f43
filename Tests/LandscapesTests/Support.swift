import Foundation
import Landscapes
import OptimizerCore

func cosine(_ angle: Double) -> Double { cos(angle) }

/// Value, gradient and Hessian (row-major) of an oracle at a point, free of charge.
func look<Scalar: Lane>(
  _ oracle: ObjectiveOracle<Scalar>, _ point: [Scalar]
) -> (value: Scalar, gradient: [Scalar], hessian: [Scalar]) {
  var gradient = [Scalar](repeating: .zero, count: 2)
  var hessian = [Scalar](repeating: .zero, count: 4)
  var gradientSpan = gradient.mutableSpan
  let value = oracle.evaluateGradient(at: point.span, into: &gradientSpan)
  var hessianSpan = hessian.mutableSpan
  oracle.evaluateHessian(at: point.span, into: &hessianSpan)
  return (value, gradient, hessian)
}
