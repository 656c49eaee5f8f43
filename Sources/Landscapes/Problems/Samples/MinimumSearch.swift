internal import OptimizerCore

/// Finds the minimum that a start leads to, by Newton's method with Levenberg's damping, for a description of what is known.
enum MinimumSearch {
  /// The most parameters for which it is tried.
  static let mostParameters = 32

  /// A minimiser to rounding with positive curvature in every direction; nil where none is reached in 200 steps.
  static func minimum(of machine: SampleMachine, from start: [Double]) -> [Double]? {
    let d = start.count
    guard d <= mostParameters else { return nil }
    var (point, damping) = (start, 1e-3)
    var slope = [Double](repeating: 0, count: d)
    var matrix = [Double](repeating: 0, count: d * d)
    var loss = gradient(machine, point, &slope)
    for _ in 0..<200 {
      guard loss.isFinite, slope.allSatisfy(\.isFinite) else { return nil }
      hessian(machine, point, &matrix)
      var (step, isSolved) = solved(matrix, shift: 0, slope)
      // A full Newton step is the end where it hardly moves.
      if isSolved, step.euclideanNorm <= 1e-13 * max(1e-3, point.euclideanNorm) { return point }
      let trial = zip(point, step).map { $0 - $1 }
      var trialSlope = slope
      var trialLoss = isSolved ? gradient(machine, trial, &trialSlope) : .nan
      var next = trial
      if !(trialLoss <= loss) {
        (step, isSolved) = solved(matrix, shift: damping, slope)
        next = zip(point, step).map { $0 - $1 }
        trialLoss = isSolved ? gradient(machine, next, &trialSlope) : .nan
      }
      guard isSolved, trialLoss <= loss else {
        // Where no step lowers the loss any more, the rest is rounding.
        if damping > 1e12 {
          return slope.euclideanNorm <= 1e-9 * max(1, loss.magnitude) && solved(matrix, shift: 0, slope).1
            ? point : nil
        }
        damping *= 4
        continue
      }
      (point, slope, loss, damping) = (next, trialSlope, trialLoss, max(damping / 3, 1e-12))
    }
    return nil
  }

  private static func gradient(
    _ machine: SampleMachine, _ point: [Double], _ slope: inout [Double]
  ) -> Double {
    var span = slope.mutableSpan
    return machine.gradient(at: point.span, batch: nil, into: &span)
  }

  private static func hessian(_ machine: SampleMachine, _ point: [Double], _ matrix: inout [Double]) {
    var span = matrix.mutableSpan
    machine.hessian(at: point.span, batch: nil, into: &span)
  }

  /// The solution of (H + shift·I) x = b where that is positive definite.
  private static func solved(_ matrix: [Double], shift: Double, _ right: [Double]) -> ([Double], Bool) {
    let d = right.count
    var (work, x) = (matrix, right)
    for i in 0..<d { work[i * d + i] += shift }
    let isSolved = work.withUnsafeMutableBufferPointer { work in
      x.withUnsafeMutableBufferPointer { DenseMatrix.solvePositive(work, $0, d) }
    }
    return (x, isSolved)
  }
}
