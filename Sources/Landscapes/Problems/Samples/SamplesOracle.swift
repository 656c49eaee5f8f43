internal import OptimizerCore

/// A loss over samples as the source of gradients for one run.
final class SamplesOracle: ObjectiveOracle<Double> {
  private let machine: SampleMachine
  private let importance: [Double]?

  init(
    _ machine: SampleMachine, layout: ParameterLayout, offers: Capabilities, outputs: Int,
    importance: [Double]?
  ) {
    self.machine = machine
    self.importance = importance
    super.init(
      layout: layout, offers: offers, dependsOnStep: false, samples: machine.count, outputs: outputs)
  }

  override var sampleImportance: [Double]? { importance }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    machine.gradient(at: x, batch: batches.first, into: &gradient)
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double {
    machine.value(at: x, batch: batches.first)
  }

  override func evaluateHessian(at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>) {
    machine.hessian(at: x, batch: batches.first, into: &hessian)
  }

  override func evaluateGaussNewton(at x: borrowing Span<Double>, into matrix: inout MutableSpan<Double>) {
    machine.gaussNewton(at: x, batch: batches.first, into: &matrix)
  }

  override func evaluateFisher(
    at x: borrowing Span<Double>, isEmpirical: Bool, into matrix: inout MutableSpan<Double>
  ) {
    machine.fisher(at: x, isEmpirical: isEmpirical, batch: batches.first, into: &matrix)
  }
}
