internal import OptimizerCore

/// How much each row counts in a mean over rows: a formula of its columns, divided by its own mean over these rows, so that
/// the mean weight is one.
struct SampleWeights: Sendable {
  /// The formula.
  let text: String
  private let tape: Tape
  private let constants: [Double]
  /// The mean of what the formula gives for the training rows.
  private let mean: Double

  /// The largest number that a formula may give: sums of these stay finite.
  private static let largest = 1e100

  /// A formula of the columns of a table, and of constants.
  ///
  /// - Parameter parts: the table, taken apart.
  /// - Throws: what is wrong with the formula; the first row for which it gives no weight; that a part has no weight at all.
  init(
    _ text: String, of table: DataTable, parts: (training: DataTable, test: DataTable?),
    constants: [(name: String, value: Double)] = []
  ) throws(LandscapeError) {
    self.text = text
    self.constants = constants.map(\.value)
    let inputs = (table.names + constants.map(\.name)).map { ExpressionInput($0, .variable) }
    do {
      tape = try ExpressionProgram(
        text, ExpressionVocabulary(inputs, invitation: "write a weight of the columns, such as 1/s^2")
      ).tape
    } catch {
      throw LandscapeError(
        "in sample_weight '\(Excerpt.of(text, around: error.column))': \(error.message)", column: error.column
      )
    }
    try Self.check(tape.rows(Self.inputs(table, self.constants)))
    mean = Self.mean(tape.rows(Self.inputs(parts.training, self.constants)))
    guard mean > 0 else { throw Self.nothing(in: "training") }
    if let test = parts.test, Self.mean(tape.rows(Self.inputs(test, self.constants))) == 0 {
      throw Self.nothing(in: "test")
    }
  }

  private static func check(_ raw: [Double]) throws(LandscapeError) {
    guard let row = raw.firstIndex(where: { !(0...largest).contains($0) }) else { return }
    let wanted =
      !raw[row].isFinite ? "a finite number" : raw[row] < 0 ? "at least 0" : "at most \(largest.shortest)"
    throw LandscapeError(
      "sample_weight must be \(wanted), row \(row + 1) has '\(raw[row].shortest)'; 0 leaves a row out")
  }

  private static func nothing(in part: String) -> LandscapeError {
    LandscapeError("sample_weight is 0 in every \(part) row, so there is nothing to take a mean of")
  }

  private static func inputs(_ table: DataTable, _ constants: [Double]) -> [[Double]] {
    table.columns + constants.map { [Double](repeating: $0, count: table.count) }
  }

  private static func mean(_ raw: [Double]) -> Double { raw.reduce(0, +) / Double(raw.count) }

  /// What each row of a table counts. Of rows that were made for a step the mean is that of the training rows: the loss of
  /// every step is then one and the same in expectation. Nil where a row has no weight, or all have none.
  func values(over table: DataTable, isMadeForStep: Bool = false) -> [Double]? {
    let raw = tape.rows(Self.inputs(table, constants))
    let mean = isMadeForStep ? mean : Self.mean(raw)
    guard mean > 0, raw.allSatisfy((0...Self.largest).contains) else { return nil }
    return raw.map { $0 / mean }
  }

  /// What is told of them: the formula, and how many rows of one weight say as much, (Σw)²/Σw² (Kish 1965).
  func fact(over training: DataTable) -> ProblemFact {
    let (sum, squares) = (values(over: training) ?? []).reduce((0.0, 0.0)) { ($0.0 + $1, $0.1 + $1 * $1) }
    let worth = (10 * sum * sum / squares).rounded() / 10
    return ProblemFact(
      "sample weights", .text("\(text), divided by its mean; worth \(worth.shortest) rows of one weight"))
  }
}
