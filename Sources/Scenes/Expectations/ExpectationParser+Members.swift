import Experiments
import Landscapes
import OptimizerCore

/// What is asked of entries and of the landscape: `sgd.loss(10)`, `landscape.lowest`.
extension ExpectationParser {
  /// The name of a knob or a quantity after the point: `lr`, `base.lr`.
  mutating func member(of owner: String) throws(ExpectationError) -> (name: String, offset: Int) {
    let offset = token.offset
    guard case .name(var name) = token.kind else {
      throw ExpectationError("after '\(owner).' a name is missing, got \(found)", at: offset)
    }
    position += 1
    while token.kind == .sign("."), case .name(let more) = following.kind {
      name += "." + more
      position += 2
    }
    return (name, offset)
  }

  mutating func ofEntry(
    _ name: String, from offset: Int
  ) throws(ExpectationError) -> ExpectationExpression {
    let entry = try self.entry(name, at: offset)
    let (member, memberOffset) = try member(of: name)
    let keys = entry.spec.knobs.map(\.key)
    if token.kind != .sign("("), keys.contains(member) {
      return expression(.knob(.entry(name: name, key: member)), from: offset)
    }
    guard let quantity = RunQuantity.all.first(where: { $0.name == member }) else {
      let known = RunQuantity.all.map(\.name) + keys
      throw ExpectationError(
        "nothing of an entry is called '\(Excerpt.printable(member))'\(Spelling.suggestion(for: member, in: known, otherwise: "; there are \(RunQuantity.all.map(\.name).joined(separator: ", "))"))",
        at: memberOffset)
    }
    let arguments = take("(") ? try arguments(of: "\(name).\(member)") : []
    try check(arguments, of: quantity, at: memberOffset)
    return expression(.ofRun(quantity, entry: name, arguments), from: offset)
  }

  func check(
    _ arguments: [ExpectationExpression], of quantity: RunQuantity, at offset: Int
  ) throws(ExpectationError) {
    let parameters = quantity.parameters
    let least = parameters.count { !$0.isOptional }
    guard (least...parameters.count).contains(arguments.count) else {
      let form =
        parameters.isEmpty ? "no arguments" : "(" + parameters.map(\.name).joined(separator: ", ") + ")"
      throw ExpectationError("\(quantity.name) takes \(form), got \(arguments.count)", at: offset)
    }
    for (parameter, argument) in zip(parameters, arguments) {
      try want(parameter.kind, argument, "\(parameter.name) of \(quantity.name) is")
      if parameter.isStep, let steps, case .value(.number(let step)) = argument.form, step > Double(steps) {
        throw ExpectationError(
          "step \(NumberText.exact(step)) is beyond the scene's \(steps) steps", at: argument.offset)
      }
    }
  }

  mutating func ofLandscape(from offset: Int) throws(ExpectationError) -> ExpectationExpression {
    let (member, memberOffset) = try member(of: "landscape")
    if token.kind != .sign("("), landscape.settableConstant(member) != nil {
      return expression(.knob(.landscape(constant: member)), from: offset)
    }
    guard let quantity = LandscapeQuantity.all.first(where: { $0.name == member }) else {
      let known = LandscapeQuantity.all.map(\.name) + landscape.constants.map(\.name)
      throw ExpectationError(
        "nothing of the landscape is called '\(Excerpt.printable(member))'\(Spelling.suggestion(for: member, in: known, otherwise: "; there are \(known.joined(separator: ", "))"))",
        at: memberOffset)
    }
    let arguments = take("(") ? try arguments(of: "landscape.\(member)") : []
    guard arguments.count == (quantity.isAtPoint ? 2 : 0) else {
      throw ExpectationError(
        "\(member) takes \(quantity.isAtPoint ? "(x, y)" : "no arguments"), got \(arguments.count)",
        at: memberOffset)
    }
    for argument in arguments { try want(.number, argument, "\(member) takes") }
    return expression(.ofLandscape(quantity, arguments), from: offset)
  }

  /// Up to the closing parenthesis.
  mutating func arguments(of what: String) throws(ExpectationError) -> [ExpectationExpression] {
    if take(")") { return [] }
    var arguments: [ExpectationExpression] = []
    repeat { arguments.append(try or()) } while take(",")
    try need(")", what)
    return arguments
  }
}
