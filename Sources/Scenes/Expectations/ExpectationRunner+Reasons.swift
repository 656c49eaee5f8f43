import Experiments

/// Why a statement does not hold.
extension ExpectationRunner {
  /// Why a statement is not what it was wanted to be.
  func reason(
    _ part: ExpectationExpression, _ scope: Scope, wanted: Bool
  ) throws(ExpectationError) -> String {
    switch part.form {
    case .comparison(let sides, let signs):
      var values: [ExpectationValue] = []
      for side in sides { values.append(try value(side, scope)) }
      // Numbers that look alike are shown to the last digit.
      let areAlike = zip(values, values.dropFirst()).contains { $0 != $1 && $0.shown == $1.shown }
      let shown = values.map { areAlike ? $0.exact : $0.shown }
      let text = zip(signs, shown.dropFirst()).reduce(shown[0]) { "\($0) \($1.0.rawValue) \($1.1)" }
      return text + (wanted ? " does not hold" : " holds")
    case .not(let operand): return try reason(operand, scope, wanted: !wanted)
    case .and(let parts):
      guard wanted else { return "'\(part.text)' holds" }
      for part in parts where !(try truth(part, scope)) {
        return "'\(part.text)': \(try reason(part, scope, wanted: true))"
      }
      return "it holds"
    case .or(let parts):
      var reasons: [String] = []
      for part in parts where try truth(part, scope) != wanted {
        reasons.append(try reason(part, scope, wanted: wanted))
      }
      return reasons.joined(separator: wanted ? ", and " : ", or ")
    case .with(let settings, let body): return try reason(body, changed(scope, by: settings), wanted: wanted)
    case .from(let start, let body):
      var scope = scope
      scope.start = start
      return try reason(body, scope, wanted: wanted)
    case .fold(let fold, let variable, let lower, let upper, let body):
      let range = try range(lower, upper, scope)
      guard let k = try self.fold(fold, variable, range, body, scope).at else {
        return wanted ? "it holds for no \(variable)" : "it holds for every \(variable)"
      }
      var scope = scope
      scope.variables[variable] = Double(k)
      return "\(variable) = \(k): \(try reason(body, scope, wanted: wanted))"
    case .ofRun(_, let entry, _):
      let record = try record(entry, scope, part)
      return "\(entry) ended at step \(record.run.step): \(record.outcome.words)"
    default: return wanted ? "it is false" : "it is true"
    }
  }

  /// The sides of the comparisons in a statement as they came out; empty where there are none to show.
  func values(
    in part: ExpectationExpression, _ scope: Scope
  ) throws(ExpectationError) -> String {
    switch part.form {
    case .comparison(let sides, let signs):
      var text = try value(sides[0], scope).shown
      for (side, sign) in zip(sides.dropFirst(), signs) {
        text += " \(sign.rawValue) \(try value(side, scope).shown)"
      }
      return text
    case .not(let operand): return try values(in: operand, scope)
    case .and(let parts), .or(let parts):
      var texts: [String] = []
      for part in parts {
        let text = try values(in: part, scope)
        if !text.isEmpty { texts.append(text) }
      }
      return texts.joined(separator: "; ")
    case .with(let settings, let body): return try values(in: body, changed(scope, by: settings))
    case .from(let start, let body):
      var scope = scope
      scope.start = start
      return try values(in: body, scope)
    default: return ""
    }
  }
}
