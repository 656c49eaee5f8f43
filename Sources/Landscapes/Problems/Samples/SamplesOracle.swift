internal import OptimizerCore

/// A loss over samples as the source of gradients for one run.
final class SamplesOracle: ObjectiveOracle<Double> {
  private let table: SampleMachine
  private let importance: [Double]?
  private let makeFresh: (Batch.Fresh, Int) -> SampleMachine?
  /// The machine over the rows that are made for the step in progress.
  private var made: (batch: Batch.Fresh, machine: SampleMachine?)?

  /// - Parameter makeFresh: a machine over so many rows that are in no table; nil where there are none.
  init(
    _ machine: SampleMachine, layout: ParameterLayout, offers: Capabilities, outputs: Int,
    importance: [Double]?, makeFresh: @escaping (Batch.Fresh, Int) -> SampleMachine?
  ) {
    table = machine
    self.importance = importance
    self.makeFresh = makeFresh
    super.init(
      layout: layout, offers: offers, dependsOnStep: false, samples: machine.count, outputs: outputs)
  }

  override var sampleImportance: [Double]? { importance }

  /// What is asked: the table, some of it, or rows made for the step; nil where these could not be made.
  private var asked: (machine: SampleMachine, batch: Batch?)? {
    guard let batch = batches.first, let fresh = batch.fresh else { return (table, batches.first) }
    if made?.batch != fresh { made = (fresh, makeFresh(fresh, batch.count)) }
    // Made for the step, they are all asked, each for what it counts.
    return made?.machine.map { ($0, batch.weights.map { Batch(rows: batch.rows, weights: $0) }) }
  }

  private func spoil(_ numbers: inout MutableSpan<Double>) {
    for k in 0..<numbers.count { numbers[k] = .nan }
  }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    guard let (machine, batch) = asked else {
      spoil(&gradient)
      return .nan
    }
    return machine.gradient(at: x, batch: batch, into: &gradient)
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double {
    asked.map { $0.machine.value(at: x, batch: $0.batch) } ?? .nan
  }

  override func evaluateHessian(at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>) {
    guard let (machine, batch) = asked else { return spoil(&hessian) }
    machine.hessian(at: x, batch: batch, into: &hessian)
  }

  override func evaluateGaussNewton(at x: borrowing Span<Double>, into matrix: inout MutableSpan<Double>) {
    guard let (machine, batch) = asked else { return spoil(&matrix) }
    machine.gaussNewton(at: x, batch: batch, into: &matrix)
  }

  override func evaluateFisher(
    at x: borrowing Span<Double>, isEmpirical: Bool, into matrix: inout MutableSpan<Double>
  ) {
    guard let (machine, batch) = asked else { return spoil(&matrix) }
    machine.fisher(at: x, isEmpirical: isEmpirical, batch: batch, into: &matrix)
  }
}
