import OptimizerCore

/// Rosenbrock's valley, (1 − x)² + 100 (y − x²)², with its gradient coded by hand: a native problem, as another package
/// that uses the core alone would have it. The same operations in the same order as `baseline_rosenbrock`.
final class RosenbrockOracle: ObjectiveOracle<Double> {
  init() { super.init(layout: .vector(2), offers: [], dependsOnStep: false) }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    let a = 1 - x[0]
    let b = x[1] - x[0] * x[0]
    gradient[0] = -2 * a - 400 * x[0] * b
    gradient[1] = 200 * b
    return a * a + 100 * (b * b)
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double {
    let a = 1 - x[0]
    let b = x[1] - x[0] * x[0]
    return a * a + 100 * (b * b)
  }
}
