@testable import OptimizerCore

/// An oracle of the tests that answers what rules for a model's outputs ask as well: the Hessian for both matrices, unless a
/// subclass has better, and positive factors that follow the point.
class ModelOracle<Scalar: Lane>: ObjectiveOracle<Scalar> {
  init(layout: ParameterLayout, dependsOnStep: Bool = false) {
    super.init(
      layout: layout, offers: [.hessian, .gaussNewton, .fisher, .kroneckerFactors],
      dependsOnStep: dependsOnStep)
  }

  override func evaluateGaussNewton(at x: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    evaluateHessian(at: x, into: &matrix)
  }

  override func evaluateFisher(
    at x: borrowing Span<Scalar>, isEmpirical: Bool, into matrix: inout MutableSpan<Scalar>
  ) {
    evaluateGaussNewton(at: x, into: &matrix)
  }

  override func evaluateKroneckerFactors(
    at x: borrowing Span<Scalar>, into factors: inout MutableSpan<Scalar>
  ) {
    var place = 0
    for number in layout.layers.indices {
      let (rows, columns) = layout.factors(of: layout.layers[number])
      // Without a list of the two sizes, which would be an allocation.
      for side in 0..<2 {
        let size = side == 0 ? columns : rows
        for i in 0..<size {
          for j in 0..<size {
            factors[place] = i == j ? Scalar.one + x[i % x.count] * x[i % x.count] : .zero
            place += 1
          }
        }
      }
    }
  }
}
