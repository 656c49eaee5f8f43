public import Experiments
import OptimizerCore

/// Trajectories as text for other programs: numbers read back to the identical double, in every locale.
public enum TraceText {
  /// The header line of the CSV form for points of a dimension.
  public static func csvHeader(dimension: Int) -> String {
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
  public static func csvLine(_ trace: Experiment.TraceRow) -> String {
    let row = trace.row
    var fields = ["\(trace.run)", quoted(trace.entry.spec.description), "\(row.step)", "\(row.evaluations)"]
    fields += row.point.map(NumberText.exact)
    fields += [NumberText.exact(row.loss), NumberText.exact(row.gradientNorm)]
    fields.append(row.learningRate.map(NumberText.exact) ?? "")
    return fields.joined(separator: ",") + "\n"
  }

  /// A CSV field by RFC 4180: in double quotes where it needs them.
  public static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// A step as a JSON object.
  public static func json(_ row: Row) -> String {
    var members: [(String, String)] = [
      ("step", "\(row.step)"), ("evaluations", "\(row.evaluations)"), ("values", "\(row.values)"),
      ("point", "[" + row.point.map(JSONText.number).joined(separator: ", ") + "]"),
      ("loss", JSONText.number(row.loss)), ("gradient_norm", JSONText.number(row.gradientNorm)),
    ]
    members.append(("lr", row.learningRate.map(JSONText.number) ?? "null"))
    return JSONText.object(members)
  }
}

/// JSON written by hand: a few shapes need no library.
public enum JSONText {
  /// A string literal, without what a terminal would obey: controls and changes of the writing direction are escaped.
  public static func string(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      default:
        if isEscaped(scalar) {
          let digits = String(scalar.value, radix: 16)
          literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          literal.unicodeScalars.append(scalar)
        }
      }
    }
    return literal + "\""
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: scalar.value <= 0xffff
    default: false
    }
  }

  /// A number, or null where JSON has none for it.
  public static func number(_ value: Double) -> String { value.isFinite ? NumberText.exact(value) : "null" }

  /// An object on one line, of members that are JSON already.
  public static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(string($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// A list on one line, of elements that are JSON already.
  public static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ", ") + "]" }
}
