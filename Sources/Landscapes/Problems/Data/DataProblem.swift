internal import OptimizerCore

/// A loss that is a mean over rows of data: what can be told of it beyond the loss.
public protocol DataProblem: Problem {
  /// The rows that the loss is a mean of.
  var training: DataTable { get }
  /// Rows that were set aside, of which no optimizer knows; nil if there are none.
  var test: DataTable? { get }
  /// The column that the model is to tell, and those it tells it from.
  var roles: DataRoles { get }
  /// The race on it where nobody has named the entries; empty for the usual one.
  var usualRace: [String] { get }
  /// How steep the loss of each training row is: the trace of its Hessian at the start; nil where it is not known.
  var importance: [Double]? { get }
  /// Rows beyond those of the table.
  var fresh: FreshRows { get }
  /// What the model says for rows of inputs, given as columns in the order of `roles.inputs`: of a classifier a column of
  /// probabilities for each class, else a column for each output.
  func predictions(at parameters: [Double], inputs: [[Double]]) -> [[Double]]
  /// The loss over rows, without a penalty.
  func loss(at parameters: [Double], over table: DataTable) -> Double
}

extension DataProblem {
  /// The share of rows whose class is told, each counted once; nil where there are no classes. Of equal probabilities the
  /// first class is told.
  public func accuracy(at parameters: [Double], over table: DataTable) -> Double? {
    guard roles.classes != nil, let target = roles.target.flatMap(table.column) else { return nil }
    let probabilities = predictions(at: parameters, inputs: roles.inputs.compactMap(table.column))
    var right = 0
    for (row, answer) in target.enumerated() where ToldClass.of(probabilities, row: row) == Int(answer) {
      right += 1
    }
    return Double(right) / Double(table.count)
  }

  /// Whether more rows can be made than those that the loss is a mean of.
  package var hasExpectedLoss: Bool { fresh.heldOut != nil }

  /// The mean loss over rows that no optimizer ever sees, which stand for all there might be; nil where no more rows can be
  /// made.
  public func expectedLoss(at parameters: [Double]) -> Double? {
    fresh.heldOut.map { loss(at: parameters, over: $0) }
  }

  /// The gradients of the training rows' losses, each times what its row counts, one after the other.
  package func sampleGradients(at parameters: [Double]) -> [[Double]] {
    let oracle = makeOracle()
    return (0..<training.count).map { row in
      oracle.use([Batch(rows: [Int32(row)])])
      var gradient = [Double](repeating: 0, count: dimension)
      var span = gradient.mutableSpan
      _ = oracle.evaluateGradient(at: parameters.span, into: &span)
      return gradient
    }
  }

  /// Loss and accuracy over both parts of the data.
  public func report(at parameters: [Double]) -> DataReport {
    DataReport(
      trainLoss: loss(at: parameters, over: training),
      testLoss: test.map { loss(at: parameters, over: $0) },
      trainAccuracy: accuracy(at: parameters, over: training),
      testAccuracy: test.flatMap { accuracy(at: parameters, over: $0) })
  }
}
