import Foundation
import Testing
import TestSupport

@testable import OptimizerCore

/// Systems with positive definite matrices, and the eigenvalues of tridiagonal ones.
@Suite struct PositiveMatrixTests {
  /// M Mᵀ with random entries in M, plus a multiple of the unit matrix.
  private func positive(_ n: Int, shift: Double, seed: UInt64) -> [Double] {
    var random = SplitMix64(state: seed)
    let m = (0..<n * n).map { _ in 2 * random.uniform() - 1 }
    var a = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        for k in 0..<n { a[i * n + j] += m[i * n + k] * m[j * n + k] }
      }
      a[i * n + i] += shift
    }
    return a
  }

  private func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    var (a, x) = (matrix, right)
    let isSolved = a.withUnsafeMutableBufferPointer { a in
      x.withUnsafeMutableBufferPointer { DenseMatrix.solvePositive(a, $0, right.count) }
    }
    return isSolved ? x : nil
  }

  /// Sizes below, at and above the eight numbers that are added side by side.
  @Test(arguments: [1, 2, 7, 8, 9, 16, 17, 40]) func solutionsSolve(_ n: Int) throws {
    let matrix = positive(n, shift: 0.5, seed: UInt64(n))
    let expected = (0..<n).map { Double($0 % 5) - 1.5 }
    let right = (0..<n).map { i in (0..<n).reduce(0.0) { $0 + matrix[i * n + $1] * expected[$1] } }
    let x = try #require(solve(matrix, right))
    for i in 0..<n { #expect((x[i] - expected[i]).magnitude < 1e-11, "\(n), \(i)") }
  }

  @Test func whatIsNotPositiveDefiniteIsRefused() {
    #expect(solve([0], [1]) == nil)
    #expect(solve([-1], [1]) == nil)
    #expect(solve([1, 2, 2, 1], [1, 1]) == nil, "indefinite")
    #expect(solve([1, 1, 1, 1], [1, 1]) == nil, "singular")
    #expect(solve([1, 1, 1, 1 + 1e-15], [1, 1]) == nil, "rounding is no digit")
    #expect(solve([1, 1, 1, 1 + 1e-10], [1, 1]) != nil)
    #expect(solve([1, 0, 0, .nan], [1, 1]) == nil)
    #expect(solve([.infinity, 0, 0, 1], [1, 1]) == nil)
    // Scales that differ are no singularity.
    #expect(solve([1e-200, 0, 0, 1e200], [1e-200, 1e200])! == [1, 1])
  }

  private func eigen(_ diagonal: [Double], _ beside: [Double]) -> (values: [Double], vectors: [Double]) {
    TridiagonalMatrix(diagonal: diagonal, beside: beside).eigen
  }

  /// 2 on the diagonal and −1 beside it: the eigenvalues are 2 − 2cos(kπ⁄(n+1)).
  @Test(arguments: [1, 2, 3, 10, 45]) func theChainHasItsFrequencies(_ n: Int) {
    let found = eigen(
      [Double](repeating: 2, count: n), [Double](repeating: -1, count: n - 1)
    ).values.sorted()
    for k in 1...n {
      #expect((found[k - 1] - (2 - 2 * cos(Double(k) * .pi / Double(n + 1)))).magnitude < 1e-13)
    }
  }

  @Test(arguments: [2, 5, 12, 33]) func vectorsBelongToTheirValues(_ n: Int) {
    var random = SplitMix64(state: UInt64(n))
    let diagonal = (0..<n).map { _ in 20 * random.uniform() - 10 }
    // With a gap, where the matrix falls apart.
    let beside = (0..<n - 1).map { $0 == n / 2 ? 0 : 4 * random.uniform() - 2 }
    let (values, vectors) = eigen(diagonal, beside)
    for j in 0..<n {
      let v = (0..<n).map { vectors[$0 * n + j] }
      for i in 0..<n {
        var product = diagonal[i] * v[i]
        if i > 0 { product += beside[i - 1] * v[i - 1] }
        if i < n - 1 { product += beside[i] * v[i + 1] }
        #expect((product - values[j] * v[i]).magnitude < 1e-12)
      }
      for other in 0..<n {
        let dot = (0..<n).reduce(0.0) { $0 + v[$1] * vectors[$1 * n + other] }
        #expect((dot - (other == j ? 1 : 0)).magnitude < 1e-13)
      }
    }
    let traces: [Double] = [values.reduce(0.0, +), diagonal.reduce(0.0, +)]
    #expect(abs(traces[0] - traces[1]) < 1e-12)
  }

  @Test func whatIsNotFiniteStaysSo() {
    for matrix in [eigen([1, .nan, 2], [1, 1]), eigen([1, 2, 3], [.infinity, 1])] {
      #expect(!matrix.values.allSatisfy { $0.isFinite })
    }
  }
}
