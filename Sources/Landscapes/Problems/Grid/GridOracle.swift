internal import OptimizerCore

/// A measured loss as the source of gradients for one run.
final class GridOracle: ObjectiveOracle<Double> {
  private let spline: BicubicSpline

  init(_ problem: GridProblem) {
    spline = problem.spline
    super.init(layout: problem.layout, offers: problem.offers, dependsOnStep: false)
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double { spline.jet(x[0], x[1]).value }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    let jet = spline.jet(x[0], x[1])
    gradient[0] = jet.x
    gradient[1] = jet.y
    return jet.value
  }

  override func evaluateHessian(at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>) {
    let jet = spline.jet(x[0], x[1])
    hessian[0] = jet.xx
    hessian[1] = jet.xy
    hessian[2] = jet.xy
    hessian[3] = jet.yy
  }
}
