internal import OptimizerCore

/// A network's loss as the source of gradients for one run.
final class NetworkOracle: ObjectiveOracle<Double> {
  private let table: NetworkMachine
  private let makeFresh: (Batch.Fresh, Int) -> NetworkMachine?
  /// The machine over the rows that are made for the step in progress.
  private var made: (batch: Batch.Fresh, machine: NetworkMachine?)?

  /// - Parameter makeFresh: a machine over so many rows that are in no table; nil where there are none.
  init(
    _ machine: NetworkMachine, offers: Capabilities,
    makeFresh: @escaping (Batch.Fresh, Int) -> NetworkMachine? = { _, _ in nil }
  ) {
    table = machine
    self.makeFresh = makeFresh
    super.init(
      layout: machine.network.layout, offers: offers, dependsOnStep: false, samples: machine.samples.count,
      outputs: machine.network.outputs)
  }

  private var batch: SampleBatch {
    // Rows that are made for the step are all asked.
    batches.first.map { SampleBatch(rows: $0.fresh == nil ? $0.rows : [], weights: $0.weights ?? []) } ?? .all
  }

  /// The table, or the rows made for the step; nil where these could not be made.
  private var machine: NetworkMachine? {
    guard let batch = batches.first, let fresh = batch.fresh else { return table }
    if made?.batch != fresh { made = (fresh, makeFresh(fresh, batch.count)) }
    return made?.machine
  }

  private func spoil(_ numbers: inout MutableSpan<Double>) {
    for k in 0..<numbers.count { numbers[k] = .nan }
  }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    guard let machine else {
      spoil(&gradient)
      return .nan
    }
    return machine.gradient(at: x, batch: batch, into: &gradient)
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double {
    machine?.value(at: x, batch: batch) ?? .nan
  }

  override func evaluateHessian(at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>) {
    guard let machine else { return spoil(&hessian) }
    machine.hessian(at: x, batch: batch, into: &hessian)
  }

  override func evaluateGaussNewton(at x: borrowing Span<Double>, into matrix: inout MutableSpan<Double>) {
    guard let machine else { return spoil(&matrix) }
    machine.gaussNewtonMatrix(at: x, batch: batch, into: &matrix)
  }

  // The true Fisher matrix of softmax with cross-entropy, and of a normal target of variance 1, is the Gauss-Newton matrix.
  override func evaluateFisher(
    at x: borrowing Span<Double>, isEmpirical: Bool, into matrix: inout MutableSpan<Double>
  ) {
    guard let machine else { return spoil(&matrix) }
    if isEmpirical {
      machine.empiricalFisher(at: x, batch: batch, into: &matrix)
    } else {
      machine.gaussNewtonMatrix(at: x, batch: batch, into: &matrix)
    }
  }

  override func evaluateKroneckerFactors(
    at x: borrowing Span<Double>, into factors: inout MutableSpan<Double>
  ) {
    guard let machine else { return spoil(&factors) }
    machine.kroneckerFactors(at: x, batch: batch, into: &factors)
  }
}
