package import OptimizerCore

/// A matrix problem as the source of gradients for one run.
package final class MatrixOracle: ObjectiveOracle<Double> {
  private let machine: MatrixMachine<Double>

  /// An oracle of a problem.
  package init(_ problem: MatrixProblem) {
    machine = MatrixMachine(problem)
    super.init(layout: problem.layout, offers: problem.offers, dependsOnStep: false)
  }

  deinit { machine.deallocate() }

  package override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    machine.gradient(at: x, into: &gradient)
  }

  package override func evaluateValue(at x: borrowing Span<Double>) -> Double { machine.value(at: x) }

  package override func evaluateHessian(
    at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>
  ) {
    machine.hessian(into: &hessian)
  }

  // The model is linear and the loss a half square, so that G and the Fisher matrix of unit variance are the Hessian.

  package override func evaluateGaussNewton(
    at x: borrowing Span<Double>, into matrix: inout MutableSpan<Double>
  ) {
    machine.hessian(into: &matrix)
  }

  package override func evaluateFisher(
    at x: borrowing Span<Double>, isEmpirical: Bool, into matrix: inout MutableSpan<Double>
  ) {
    if isEmpirical { machine.squaredGradient(at: x, into: &matrix) } else { machine.hessian(into: &matrix) }
  }

  package override func evaluateKroneckerFactors(
    at x: borrowing Span<Double>, into factors: inout MutableSpan<Double>
  ) {
    machine.factors(into: &factors)
  }
}
