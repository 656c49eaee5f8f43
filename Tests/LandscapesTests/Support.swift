import Foundation
import Landscapes
import OptimizerCore

func cosine(_ angle: Double) -> Double { cos(angle) }

/// A small deterministic generator (SplitMix64), so that every run tests the same points.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

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
