import Foundation
import OptimizerCore
import Testing
import TestSupport

@testable import Landscapes

/// The largest and smallest eigenvalues by Lanczos' method, which only multiplies.
@Suite struct ExtremeCurvatureTests {
  private func random(_ d: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(state: seed)
    var matrix = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in i..<d {
        let entry = 2 * random.uniform() - 1
        matrix[i * d + j] = entry
        matrix[j * d + i] = entry
      }
    }
    return matrix
  }

  private func agrees(_ matrix: [Double], _ d: Int, _ tolerance: Double) {
    let (values, _) = DenseMatrix.eigen(matrix)
    let found = ExtremeCurvatures(dimension: d) { multiply(matrix, $0) }
    let size = values.map(\.magnitude).max()!
    #expect((found.largest - values.max()!).magnitude <= tolerance * size)
    #expect((found.smallest - values.min()!).magnitude <= tolerance * size)
    for (value, vector) in [(found.largest, found.sharpest), (found.smallest, found.flattest)] {
      #expect((vector.reduce(0) { $0 + $1 * $1 } - 1).magnitude < 1e-12)
      #expect(distance(multiply(matrix, vector), vector.map { $0 * value }) <= 1e-5 * size)
    }
  }

  @Test(arguments: [1, 2, 5, 31, 33, 60, 80]) func ofRandomMatrices(_ d: Int) {
    // The error of a value is the square of that of its direction.
    agrees(random(d, seed: UInt64(d)), d, 1e-9)
  }

  @Test func ofFewDifferentValues() {
    let d = 50
    var matrix = [Double](repeating: 0, count: d * d)
    for i in 0..<d { matrix[i * (d + 1)] = i == 7 ? 40 : i % 2 == 0 ? 1 : -3 }
    agrees(matrix, d, 1e-12)
    for i in 0..<d { matrix[i * (d + 1)] = 2 }
    agrees(matrix, d, 1e-14)
    agrees([Double](repeating: 0, count: d * d), d, 0)
  }

  @Test func whatIsNotFiniteIsNotANumber() {
    let found = ExtremeCurvatures(dimension: 40) { $0.map { _ in .nan } }
    #expect(found.largest.isNaN && found.smallest.isNaN)
  }

  /// Of a network of 52 parameters against the full Hessian.
  @Test func ofANetwork() throws {
    let landscape = try LandscapeText.landscape("network(data=moons, rows=16, hidden=10, activation=tanh)")
    let start = try #require(landscape.problem.defaultStart)
    let p = start.count
    #expect(p == 52)
    let oracle = landscape.makeOracle()
    let hessian = filled(p * p) { oracle.evaluateHessian(at: start.span, into: &$0) }
    agrees(hessian, p, 1e-9)
    let (smaller, larger) = landscape.problem.curvatures(at: start, step: 0)
    let (values, _) = DenseMatrix.eigen(hessian)
    #expect((larger - values.max()!).magnitude < 1e-9 * larger.magnitude)
    #expect((smaller - values.min()!).magnitude < 1e-9 * larger.magnitude)
  }
}
