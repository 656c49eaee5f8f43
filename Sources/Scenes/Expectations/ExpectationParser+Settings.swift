import Experiments
import Landscapes
import OptimizerCore

/// Settings under which something is asked: `with(sgd.lr=0.1, steps=40, …)`.
extension ExpectationParser {
  /// What is set of the scene; any other word is the name of an entry.
  enum SceneSetting: String, CaseIterable {
    case start, steps, seed, noise
  }

  /// `with(sgd.lr=0.021, …)`: the same under other settings, which are made in order.
  mutating func with(from offset: Int) throws(ExpectationError) -> ExpectationExpression {
    let outerSteps = steps
    defer { steps = outerSteps }
    var settings: [ExpectationExpression.Setting] = []
    while let setting = try setting() {
      settings.append(setting)
      try need(",", "with(…)")
    }
    guard !settings.isEmpty else {
      throw ExpectationError(
        "with changes something: with(sgd.lr=0.021, sgd.diverged), got \(found)", at: token.offset)
    }
    let body = try or()
    try need(")", "with(…)")
    return expression(.with(settings, body), from: offset)
  }

  /// A setting, if one stands here: a name, or a path, and `=`.
  mutating func setting() throws(ExpectationError) -> ExpectationExpression.Setting? {
    guard case .name(let name) = token.kind else { return nil }
    let offset = token.offset
    var ahead = position + 1
    while ahead + 1 < tokens.count, tokens[ahead].kind == .sign("."), case .name = tokens[ahead + 1].kind {
      ahead += 2
    }
    guard tokens[ahead].kind == .sign("=") else { return nil }
    let path = tokens[position..<ahead].map { token -> String in
      if case .name(let word) = token.kind { word } else { "." }
    }.joined()
    position = ahead + 1
    let target = path.contains(".") ? try knobSetting(path, offset) : try sceneSetting(name, offset)
    return ExpectationExpression.Setting(target: target, offset: offset)
  }

  mutating func knobSetting(
    _ path: String, _ offset: Int
  ) throws(ExpectationError) -> ExpectationExpression.Setting.Target {
    let target: KnobPath
    do {
      target = try KnobPath(path, entries: entries, landscape: landscape)
    } catch {
      throw ExpectationError(error.message, at: offset)
    }
    let valueOffset = token.offset
    // A word is the value of a choice or a toggle; anything else is computed.
    let word: String?
    switch token.kind {
    case .text(let text): word = text
    case .name(let name) where ["on", "off", "true", "false"].contains(name): word = name
    default: word = nil
    }
    if let word {
      position += 1
      do {
        guard let value = try target.value(word, entries: entries, landscape: landscape) else {
          preconditionFailure("the knob is known")
        }
        return .word(target, value)
      } catch {
        throw ExpectationError(error.message, at: valueOffset)
      }
    }
    let value = try sum()
    try want(.number, value, "\(path) is")
    if let number = ExpectationParser.literal(value) {
      do {
        _ = try target.value(NumberText.exact(number), entries: entries, landscape: landscape)
      } catch {
        throw ExpectationError(error.message, at: valueOffset)
      }
    }
    return .knob(target, value)
  }

  /// The number that stands there, with its sign.
  static func literal(_ part: ExpectationExpression) -> Double? {
    switch part.form {
    case .value(.number(let number)): number
    case .negative(let operand): literal(operand).map { -$0 }
    default: nil
    }
  }

  mutating func sceneSetting(
    _ name: String, _ offset: Int
  ) throws(ExpectationError) -> ExpectationExpression.Setting.Target {
    switch SceneSetting(rawValue: name) {
    case .steps, .seed: try wholeNumber(name)
    case .start: try start()
    case .noise: try noise()
    case nil: try optimizer(ofEntry: name, at: offset)
    }
  }

  /// `steps=400`, `seed=7`.
  mutating func wholeNumber(
    _ name: String
  ) throws(ExpectationError) -> ExpectationExpression.Setting.Target {
    let most = Double(name == "steps" ? RunRecord.mostSteps : 1 << 53)
    guard case .number(let number) = token.kind, number.rounded() == number, number <= most else {
      throw ExpectationError(
        "\(name) is a whole number from 0 to \(NumberText.exact(most)), got \(found)", at: token.offset)
    }
    position += 1
    guard name == "steps" else { return .seed(UInt64(number)) }
    steps = Int(number)
    return .steps(Int(number))
  }

  /// `start=(1, 10)`.
  mutating func start() throws(ExpectationError) -> ExpectationExpression.Setting.Target {
    try need("(", "start=(x, y)")
    let x = try sum()
    try need(",", "start=(x, y)")
    let y = try sum()
    try need(")", "start=(x, y)")
    for side in [x, y] { try want(.number, side, "a coordinate is") }
    return .start(x, y)
  }

  /// `noise="gaussian(sigma=1)"`.
  mutating func noise() throws(ExpectationError) -> ExpectationExpression.Setting.Target {
    let offset = token.offset
    guard case .text(let text) = token.kind else {
      throw ExpectationError("noise is a text such as \"gaussian(sigma=1)\", got \(found)", at: offset)
    }
    position += 1
    do {
      let noise = try Noise(text)
      try landscape.check(noise)
      return .noise(noise)
    } catch {
      throw ExpectationError("in the noise: \(error.message)", at: offset)
    }
  }

  /// `sgd="sgd:lr=0.1"`: another optimizer in the place of an entry.
  mutating func optimizer(
    ofEntry name: String, at offset: Int
  ) throws(ExpectationError) -> ExpectationExpression.Setting.Target {
    guard entries.contains(where: { $0.name == name }) else {
      if landscape.settableConstant(name) != nil {
        throw ExpectationError("with cannot set '\(name)', did you mean 'landscape.\(name)'?", at: offset)
      }
      let known = ["start", "steps", "seed", "noise"] + entries.map(\.name)
      throw ExpectationError(
        "with cannot set '\(Excerpt.printable(name))'\(Spelling.suggestion(for: name, in: known, otherwise: "; it sets knobs, start, steps, seed, noise, or an entry's spec"))",
        at: offset)
    }
    let specOffset = token.offset
    guard case .text(let text) = token.kind else {
      throw ExpectationError(
        "\(name) is a spec in quotes, such as \"sgd:lr=0.1\", got \(found)", at: specOffset)
    }
    position += 1
    do {
      let spec = try OptimizerSpec(text, rules: rules)
      if let obstacle = landscape.obstacle(to: spec) { throw SpecError(obstacle) }
      return .spec(entry: name, spec)
    } catch let error as SpecError {
      throw ExpectationError("in the spec: \(error.message)", at: specOffset)
    } catch {
      throw ExpectationError("in the spec: \(error)", at: specOffset)
    }
  }
}
