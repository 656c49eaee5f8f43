package import OptimizerCore

/// A matrix problem as the source of gradients for eight runs side by side; to the bit the same as eight `MatrixOracle`s.
package final class MatrixLanesOracle: ObjectiveOracle<SIMD8<Double>> {
  private let machine: MatrixMachine<Lanes>

  /// An oracle of a problem.
  package init(_ problem: MatrixProblem) {
    machine = MatrixMachine(problem)
    super.init(layout: problem.layout, offers: problem.offers, dependsOnStep: false)
  }

  deinit { machine.deallocate() }

  package override func evaluateGradient(
    at x: borrowing Span<Lanes>, into gradient: inout MutableSpan<Lanes>
  ) -> Lanes {
    machine.gradient(at: x, into: &gradient)
  }

  package override func evaluateValue(at x: borrowing Span<Lanes>) -> Lanes { machine.value(at: x) }

  package override func evaluateHessian(
    at x: borrowing Span<Lanes>, into hessian: inout MutableSpan<Lanes>
  ) {
    machine.hessian(into: &hessian)
  }

  // The model is linear and the loss a half square, so that G and the Fisher matrix of unit variance are the Hessian.

  package override func evaluateGaussNewton(
    at x: borrowing Span<Lanes>, into matrix: inout MutableSpan<Lanes>
  ) {
    machine.hessian(into: &matrix)
  }

  package override func evaluateFisher(
    at x: borrowing Span<Lanes>, isEmpirical: Bool, into matrix: inout MutableSpan<Lanes>
  ) {
    if isEmpirical { machine.squaredGradient(at: x, into: &matrix) } else { machine.hessian(into: &matrix) }
  }

  package override func evaluateKroneckerFactors(
    at x: borrowing Span<Lanes>, into factors: inout MutableSpan<Lanes>
  ) {
    machine.factors(into: &factors)
  }
}
