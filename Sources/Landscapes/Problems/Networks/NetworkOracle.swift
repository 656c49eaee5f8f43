internal import OptimizerCore

/// A network's loss as the source of gradients for one run.
final class NetworkOracle: ObjectiveOracle<Double> {
  private let machine: NetworkMachine

  init(_ machine: NetworkMachine, offers: Capabilities) {
    self.machine = machine
    super.init(
      layout: machine.network.layout, offers: offers, dependsOnStep: false, samples: machine.samples.count,
      outputs: machine.network.outputs)
  }

  private var batch: SampleBatch {
    batches.first.map { SampleBatch(rows: $0.rows, weights: $0.weights ?? []) } ?? .all
  }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    machine.gradient(at: x, batch: batch, into: &gradient)
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double { machine.value(at: x, batch: batch) }

  override func evaluateHessian(at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>) {
    machine.hessian(at: x, batch: batch, into: &hessian)
  }

  override func evaluateGaussNewton(at x: borrowing Span<Double>, into matrix: inout MutableSpan<Double>) {
    machine.gaussNewtonMatrix(at: x, batch: batch, into: &matrix)
  }

  // The true Fisher matrix of softmax with cross-entropy, and of a normal target of variance 1, is the Gauss-Newton matrix.
  override func evaluateFisher(
    at x: borrowing Span<Double>, isEmpirical: Bool, into matrix: inout MutableSpan<Double>
  ) {
    if isEmpirical {
      machine.empiricalFisher(at: x, batch: batch, into: &matrix)
    } else {
      machine.gaussNewtonMatrix(at: x, batch: batch, into: &matrix)
    }
  }

  override func evaluateKroneckerFactors(
    at x: borrowing Span<Double>, into factors: inout MutableSpan<Double>
  ) {
    machine.kroneckerFactors(at: x, batch: batch, into: &factors)
  }
}
