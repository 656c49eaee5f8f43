package import Experiments
package import Landscapes
package import OptimizerCore

/// The columns of a trace of one landscape: the parameters unless there are too many, and of a loss made of data how well
/// the model does.
package struct TraceTable {
  /// The most parameters that are written unless they are asked for.
  package static let mostParameters = 20

  private let landscape: Landscape
  private let showsParameters: Bool
  private let noise: Noise
  private let seed: UInt64

  /// The columns of an experiment.
  ///
  /// - Parameter showsParameters: whether the parameters are written; nil for the usual.
  package init(of experiment: Experiment, showsParameters: Bool? = nil) {
    self.init(
      of: experiment.landscape, showsParameters: showsParameters, noise: experiment.noise,
      seed: experiment.seed)
  }

  /// The columns of a landscape.
  package init(
    of landscape: Landscape, showsParameters: Bool? = nil, noise: Noise = .none, seed: UInt64 = 0
  ) {
    self.landscape = landscape
    (self.noise, self.seed) = (noise, seed)
    self.showsParameters = showsParameters ?? (landscape.dimension <= Self.mostParameters)
  }

  /// What a loss made of data has; batches add how their gradients scatter, new samples the expected loss.
  private var dataColumns: [String] {
    ["epoch", "test_loss", "train_accuracy", "test_accuracy"]
      + (noise.batchSize == nil ? [] : ["noise_covariance"]) + (noise.isFresh ? ["expected_loss"] : [])
  }

  /// The header line of the CSV form.
  package var header: String {
    let usual = TraceText.csvHeader(dimension: showsParameters ? landscape.dimension : 0)
    guard landscape.data != nil else { return usual }
    return usual.dropLast() + "," + dataColumns.joined(separator: ",") + "\n"
  }

  private func shown(_ row: Row) -> Row {
    var row = row
    if !showsParameters { row.point = [] }
    return row
  }

  /// What a row has to say of the data; empty where there are none.
  private func numbers(_ row: Row) -> [Double?] {
    guard let data = landscape.data else { return [] }
    let report = data.report(at: row.point)
    var numbers = [
      Double(row.samples) / Double(data.training.count), report.testLoss, report.trainAccuracy,
      report.testAccuracy,
    ]
    if noise.batchSize != nil {
      numbers.append(NoiseScatter(of: noise, at: row.point, on: landscape, seed: seed)?.predictedTrace)
    }
    if noise.isFresh { numbers.append(data.expectedLoss(at: row.point)) }
    return numbers
  }

  /// A step as a line of CSV; what there is not is left empty.
  package func csvLine(_ trace: Experiment.TraceRow) -> String {
    var copy = trace
    copy.row = shown(trace.row)
    let line = TraceText.csvLine(copy)
    guard landscape.data != nil else { return line }
    let fields = numbers(trace.row).map { $0.map(NumberText.exact) ?? "" }
    return line.dropLast() + "," + fields.joined(separator: ",") + "\n"
  }

  /// A step as a JSON object.
  package func json(_ row: Row) -> String {
    let text = TraceText.json(shown(row))
    guard landscape.data != nil else { return text }
    let members = zip(dataColumns, numbers(row)).map { name, number in
      "\(JSONText.string(name)): \(number.map(JSONText.number) ?? "null")"
    }
    return text.dropLast() + ", " + members.joined(separator: ", ") + "}"
  }
}
