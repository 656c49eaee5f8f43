internal import OptimizerCore

/// The oracle of another problem, with every answer times a factor: see `ScaledProblem`.
final class ScaledOracle<Scalar: Lane>: ObjectiveOracle<Scalar> {
  private let base: ObjectiveOracle<Scalar>
  private let factor: Scalar

  init(_ base: ObjectiveOracle<Scalar>, by factor: Scalar) {
    self.base = base
    self.factor = factor
    // What a base remembers of a step it is told by itself, so that a memory of another step is never asked here.
    super.init(
      layout: base.layout, offers: base.offers, dependsOnStep: base.dependsOnStep, samples: base.sampleCount,
      outputs: base.outputCount)
  }

  override var sampleImportance: [Double]? {
    base.sampleImportance.map { $0.map { factor[lane: 0] * $0 } }
  }

  /// The base at the step and with the rows that this one is asked about.
  private var asked: ObjectiveOracle<Scalar> {
    if base.step != step { base.beginStep(step) }
    base.use(batches)
    return base
  }

  private func grow(_ numbers: inout MutableSpan<Scalar>, by factor: Scalar) {
    for k in numbers.indices { numbers[k] *= factor }
  }

  override func evaluateValue(at x: borrowing Span<Scalar>) -> Scalar {
    factor * asked.evaluateValue(at: x)
  }

  override func evaluateGradient(
    at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>
  ) -> Scalar {
    let value = asked.evaluateGradient(at: x, into: &gradient)
    grow(&gradient, by: factor)
    return factor * value
  }

  override func evaluateHessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    asked.evaluateHessian(at: x, into: &hessian)
    grow(&hessian, by: factor)
  }

  override func evaluateGaussNewton(at x: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    asked.evaluateGaussNewton(at: x, into: &matrix)
    grow(&matrix, by: factor)
  }

  override func evaluateFisher(
    at x: borrowing Span<Scalar>, isEmpirical: Bool, into matrix: inout MutableSpan<Scalar>
  ) {
    asked.evaluateFisher(at: x, isEmpirical: isEmpirical, into: &matrix)
    grow(&matrix, by: isEmpirical ? factor * factor : factor)
  }

  /// A of the inputs stays; S of the outputs grows, so that their product does.
  override func evaluateKroneckerFactors(
    at x: borrowing Span<Scalar>, into factors: inout MutableSpan<Scalar>
  ) {
    asked.evaluateKroneckerFactors(at: x, into: &factors)
    var place = 0
    for layer in layout.layers {
      let (rows, columns) = layout.factors(of: layer)
      place += columns * columns
      for k in place..<(place + rows * rows) { factors[k] *= factor }
      place += rows * rows
    }
  }
}
