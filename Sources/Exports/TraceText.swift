import Canvas
package import Experiments
import OptimizerCore

/// Trajectories as text for other programs: numbers read back to the identical double, in every locale.
package enum TraceText {
  /// The header line of the CSV form for points of a dimension.
  package static func csvHeader(dimension: Int) -> String {
    let columns =
      ["run", "optimizer", "step", "evaluations"] + coordinates(dimension: dimension)
      + ["loss", "gradient_norm", "lr"]
    return columns.joined(separator: ",") + "\n"
  }

  /// What the numbers of a point are called: `x` and `y`, or `p0`, `p1`, … where there are not two.
  static func coordinates(dimension: Int) -> [String] {
    dimension == 2 ? ["x", "y"] : (0..<dimension).map { "p\($0)" }
  }

  /// A step as a line of CSV. The learning rate is empty at the start and for a rule that has none.
  package static func csvLine(_ trace: Experiment.TraceRow) -> String {
    let row = trace.row
    var fields = [
      "\(trace.run)", quoted(Text.sanitised(trace.entry.spec.description)), "\(row.step)",
      "\(row.evaluations)",
    ]
    fields += row.point.map(NumberText.exact)
    fields += [NumberText.exact(row.loss), NumberText.exact(row.gradientNorm)]
    fields.append(row.learningRate.map(NumberText.exact) ?? "")
    return fields.joined(separator: ",") + "\n"
  }

  /// A CSV field by RFC 4180: in double quotes where it needs them.
  package static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// A step as a JSON object.
  package static func json(_ row: Row) -> String {
    var members: [(String, String)] = [
      ("step", "\(row.step)"), ("evaluations", "\(row.evaluations)"), ("values", "\(row.values)"),
      ("point", "[" + row.point.map(JSONText.number).joined(separator: ", ") + "]"),
      ("loss", JSONText.number(row.loss)), ("gradient_norm", JSONText.number(row.gradientNorm)),
    ]
    members.append(("lr", row.learningRate.map(JSONText.number) ?? "null"))
    return JSONText.object(members)
  }
}
