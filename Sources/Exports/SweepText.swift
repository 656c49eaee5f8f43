import Canvas
package import Experiments
import OptimizerCore

/// Maps as text for other programs: a line a cell, numbers that read back to the identical double, in every locale.
///
/// The parts of a map, written in order, are the whole map, byte for byte: what comes before the first cell belongs to the
/// part with the first cell, what comes after the last to the part with the last.
package struct SweepText: Sendable {
  /// The form of the text.
  package enum Form: Sendable, Hashable {
    /// A header line and a line a cell.
    case csv
    /// An object with a list of cells.
    case json
  }

  private let sweeps: [Sweep]
  private let form: Form
  /// Whether lines name the optimizer, because there are several.
  private let namesOptimizer: Bool
  /// What JSON says before the cells.
  private let preface: [(String, String)]

  /// - Parameters:
  ///   - namesOptimizer: whether lines begin with the optimizer.
  ///   - preface: members of the JSON object before the cells, JSON themselves.
  package init(_ sweeps: [Sweep], form: Form, namesOptimizer: Bool, preface: [(String, String)] = []) {
    precondition(!sweeps.isEmpty, "a text is of a map")
    self.sweeps = sweeps
    self.form = form
    self.namesOptimizer = namesOptimizer
    self.preface = preface
  }

  /// The number of cells of all maps.
  package var count: Int { sweeps.reduce(0) { $0 + $1.count } }

  /// The cells of the part `number` (from 1) of so many, as equal as can be.
  package func cells(ofPart number: Int, of parts: Int) -> Range<Int> {
    precondition(number >= 1 && number <= parts, "a part is one of the parts")
    func end(_ part: Int) -> Int { count / parts * part + count % parts * part / parts }
    return end(number - 1)..<end(number)
  }

  /// What stands before a cell of all maps, counted from 0: the header before the first.
  package func opening(before index: Int) -> String {
    guard index == 0 else { return "" }
    switch form {
    case .csv:
      let columns = ["x", "y", "outcome", "steps", "evaluations", "loss", "minimum"]
      return ((namesOptimizer ? ["optimizer"] : []) + columns).joined(separator: ",") + "\n"
    case .json:
      let sweep = sweeps[0]
      var members = preface
      if !namesOptimizer {
        members.append(("optimizer", JSONText.string(sweep.experiment.entries[sweep.entry].spec.description)))
      }
      members += [
        ("x", SweepText.json(sweep.x)), ("y", SweepText.json(sweep.y)), ("columns", "\(sweep.columns)"),
        ("rows", "\(sweep.rows)"), ("target", JSONText.number(sweep.target)),
      ]
      return "{" + members.map { "\(JSONText.string($0.0)): \($0.1)" }.joined(separator: ", ")
        + ",\n\"cells\": [\n"
    }
  }

  /// What stands after a cell: the end after the last.
  package func closing(after index: Int) -> String {
    guard index == count - 1, form == .json else { return "" }
    return "\n]}\n"
  }

  /// A cell, by its index in one of the maps.
  package func line(_ cell: SweepCell, sweep number: Int, index: Int) -> String {
    let sweep = sweeps[number]
    let (x, y) = sweep.values(column: index % sweep.columns, row: index / sweep.columns)
    let spec = sweep.experiment.entries[sweep.entry].spec.description
    switch form {
    case .csv:
      var fields = namesOptimizer ? [TraceText.quoted(Text.sanitised(spec))] : []
      fields += [
        sweep.x.text(of: x), sweep.y.text(of: y), cell.outcome.word, "\(cell.steps)", "\(cell.evaluations)",
        NumberText.exact(cell.loss), cell.minimum.map { "\($0)" } ?? "",
      ]
      return fields.joined(separator: ",") + "\n"
    case .json:
      var members = namesOptimizer ? [("optimizer", JSONText.string(spec))] : []
      members += [
        ("x", SweepText.json(x, on: sweep.x)), ("y", SweepText.json(y, on: sweep.y)),
        ("outcome", JSONText.string(cell.outcome.word)), ("steps", "\(cell.steps)"),
        ("evaluations", "\(cell.evaluations)"), ("loss", JSONText.number(cell.loss)),
        ("minimum", cell.minimum.map { "\($0)" } ?? "null"),
      ]
      let isFirst = number == 0 && index == 0
      return (isFirst ? " " : ",\n ") + JSONText.object(members)
    }
  }

  private static func json(_ value: Double, on axis: Axis) -> String {
    axis.words.isEmpty ? JSONText.number(value) : JSONText.string(axis.text(of: value))
  }

  private static func json(_ axis: Axis) -> String {
    let scale =
      switch axis.scale {
      case .linear: "linear"
      case .log: "log"
      case .logOneMinus: "log-one-minus"
      }
    return JSONText.object([
      ("path", JSONText.string(axis.path)), ("label", JSONText.string(axis.label)),
      ("low", json(axis.low, on: axis)), ("high", json(axis.high, on: axis)),
      ("scale", JSONText.string(scale)), ("centred", axis.isCentred ? "true" : "false"),
    ])
  }
}
