package import Experiments
package import Landscapes
import OptimizerCore

/// The columns of a trace of one landscape: the parameters unless there are too many, and of a loss made of data how well
/// the model does.
package struct TraceTable {
  /// The most parameters that are written unless they are asked for.
  package static let mostParameters = 20

  private let landscape: Landscape
  private let showsParameters: Bool

  /// - Parameter showsParameters: whether the parameters are written; nil for the usual.
  package init(of landscape: Landscape, showsParameters: Bool? = nil) {
    self.landscape = landscape
    self.showsParameters = showsParameters ?? (landscape.dimension <= Self.mostParameters)
  }

  private static let dataColumns = ["epoch", "test_loss", "train_accuracy", "test_accuracy"]

  /// The header line of the CSV form.
  package var header: String {
    let usual = TraceText.csvHeader(dimension: showsParameters ? landscape.dimension : 0)
    guard landscape.data != nil else { return usual }
    return usual.dropLast() + "," + Self.dataColumns.joined(separator: ",") + "\n"
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
    return [
      Double(row.samples) / Double(data.training.count), report.testLoss, report.trainAccuracy,
      report.testAccuracy,
    ]
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
    let members = zip(Self.dataColumns, numbers(row)).map { name, number in
      "\(JSONText.string(name)): \(number.map(JSONText.number) ?? "null")"
    }
    return text.dropLast() + ", " + members.joined(separator: ", ") + "}"
  }
}
