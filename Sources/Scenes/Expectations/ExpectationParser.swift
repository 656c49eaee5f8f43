import Experiments
import Landscapes
import OptimizerCore

/// Reads an expectation and checks it against the scene: names, kinds of values, steps within the budget.
struct ExpectationParser {
  /// The longest expectation, in characters.
  static let lengthLimit = 2000
  /// The deepest nesting.
  static let depthLimit = 40
  /// The most seeds of a statement about several.
  static let mostSeeds = 1000

  private let scalars: [Unicode.Scalar]
  private let tokens: [ExpectationToken]
  private var position = 0
  private var depth = 0
  private let entries: [Entry]
  private let landscape: Landscape
  private let startCount: Int
  /// The last step that may be asked for, if it is known.
  private var steps: Int?
  /// The numbers that folds go through, innermost last.
  private var variables: [String] = []

  /// Reads a whole statement.
  static func statement(
    _ text: String, entries: [Entry], landscape: Landscape, starts: Int, steps: Int?
  ) throws(ExpectationError) -> ExpectationExpression {
    guard text.unicodeScalars.count <= lengthLimit else {
      throw ExpectationError("an expectation is at most \(lengthLimit) characters long", at: 0)
    }
    var parser = try ExpectationParser(text, entries, landscape, starts, steps)
    let statement = try parser.parse()
    try parser.want(.truth, statement, "an expectation is")
    return statement
  }

  private init(
    _ text: String, _ entries: [Entry], _ landscape: Landscape, _ starts: Int, _ steps: Int?
  ) throws(ExpectationError) {
    scalars = Array(text.unicodeScalars)
    tokens = try ExpectationLexer.tokens(of: text, names: entries.map(\.name))
    self.entries = entries
    self.landscape = landscape
    startCount = starts
    self.steps = steps
  }

  private mutating func parse() throws(ExpectationError) -> ExpectationExpression {
    if token.kind == .end { throw ExpectationError("an expectation is empty", at: 0) }
    let expression = try or()
    guard token.kind == .end else {
      if token.kind == .sign("=") {
        throw ExpectationError("two values are compared with '==', got '='", at: token.offset)
      }
      throw ExpectationError("an expectation ends here, got \(found)", at: token.offset)
    }
    return expression
  }

  // MARK: Tokens

  private var token: ExpectationToken { tokens[position] }
  private var following: ExpectationToken { tokens[min(position + 1, tokens.count - 1)] }

  private mutating func take(_ sign: String) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard token.kind == .name(word) else { return false }
    position += 1
    return true
  }

  private mutating func need(_ sign: String, _ what: String) throws(ExpectationError) {
    guard take(sign) else {
      throw ExpectationError("\(what) needs '\(sign)' here, got \(found)", at: token.offset)
    }
  }

  /// What stands here, for the end of a sentence.
  private var found: String {
    switch token.kind {
    case .name(let name): "'\(name)'"
    case .number(let number): "'\(NumberText.exact(number))'"
    case .text(let text): "\"\(DocumentReader.shown(text))\""
    case .sign(let sign): "'\(sign)'"
    case .end: "the end"
    }
  }

  private func expression(
    _ form: ExpectationExpression.Form, from offset: Int
  ) -> ExpectationExpression {
    let end = position > 0 ? tokens[position - 1].end : offset
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[offset..<max(offset, end)])
    return ExpectationExpression(form: form, offset: offset, text: String(view))
  }

  // MARK: Kinds

  private func kind(of expression: ExpectationExpression) -> ExpectationValue.Kind {
    switch expression.form {
    case .value(.truth), .comparison, .not, .and, .or: .truth
    case .value(.text): .text
    case .ofRun(let quantity, _, _): quantity.kind
    case .with(_, let body), .from(_, let body): kind(of: body)
    case .fold(let fold, _, _, _, _): fold == .all || fold == .any ? .truth : .number
    case .value, .variable, .knob, .ofLandscape, .function, .distance, .negative, .arithmetic, .overSeeds:
      .number
    }
  }

  private func want(
    _ wanted: ExpectationValue.Kind, _ expression: ExpectationExpression, _ what: String
  ) throws(ExpectationError) {
    let kind = kind(of: expression)
    guard kind != wanted else { return }
    throw ExpectationError(
      "\(what) \(wanted.words), and '\(DocumentReader.shown(expression.text))' is \(kind.words)",
      at: expression.offset)
  }

  // MARK: Statements

  private mutating func or() throws(ExpectationError) -> ExpectationExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= ExpectationParser.depthLimit else {
      throw ExpectationError(
        "an expectation nests at most \(ExpectationParser.depthLimit) deep", at: token.offset)
    }
    let offset = token.offset
    var parts = [try and()]
    while takeWord("or") { parts.append(try and()) }
    guard parts.count > 1 else { return parts[0] }
    for part in parts { try want(.truth, part, "each side of 'or' is") }
    return expression(.or(parts), from: offset)
  }

  private mutating func and() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    var parts = [try not()]
    while takeWord("and") { parts.append(try not()) }
    guard parts.count > 1 else { return parts[0] }
    for part in parts { try want(.truth, part, "each side of 'and' is") }
    return expression(.and(parts), from: offset)
  }

  private mutating func not() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    var count = 0
    while takeWord("not") { count += 1 }
    var part = try comparison()
    guard count > 0 else { return part }
    try want(.truth, part, "after 'not' stands")
    for _ in 0..<(count % 2 == 0 ? 2 : 1) { part = expression(.not(part), from: offset) }
    return part
  }

  private mutating func comparison() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    var sides = [try sum()]
    var signs: [ExpectationExpression.Comparison] = []
    while case .sign(let text) = token.kind, let sign = ExpectationExpression.Comparison(rawValue: text) {
      position += 1
      signs.append(sign)
      sides.append(try sum())
    }
    guard !signs.isEmpty else { return sides[0] }
    for (i, sign) in signs.enumerated() {
      if sign == .equal || sign == .unequal {
        try want(kind(of: sides[i]), sides[i + 1], "'\(sign.rawValue)' compares like with like: here")
      } else {
        for side in sides[i...(i + 1)] { try want(.number, side, "'\(sign.rawValue)' compares") }
      }
    }
    return expression(.comparison(sides, signs), from: offset)
  }

  // MARK: Numbers

  private mutating func sum() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    var left = try product()
    while case .sign(let text) = token.kind, text == "+" || text == "-",
      let sign = ExpectationExpression.Arithmetic(rawValue: text)
    {
      position += 1
      left = try arithmetic(sign, left, try product(), from: offset)
    }
    return left
  }

  private mutating func product() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    var left = try negation()
    while case .sign(let text) = token.kind, text == "*" || text == "/",
      let sign = ExpectationExpression.Arithmetic(rawValue: text)
    {
      position += 1
      left = try arithmetic(sign, left, try negation(), from: offset)
    }
    return left
  }

  private mutating func negation() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    guard take("-") else { return try power() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= ExpectationParser.depthLimit else {
      throw ExpectationError("an expectation nests at most \(ExpectationParser.depthLimit) deep", at: offset)
    }
    let operand = try negation()
    try want(.number, operand, "after '-' stands")
    return expression(.negative(operand), from: offset)
  }

  private mutating func power() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    let base = try primary()
    guard take("^") else { return base }
    // To the right first, and above a minus: 2^-3^2.
    return try arithmetic(.power, base, try negation(), from: offset)
  }

  private func arithmetic(
    _ sign: ExpectationExpression.Arithmetic, _ left: ExpectationExpression, _ right: ExpectationExpression,
    from offset: Int
  ) throws(ExpectationError) -> ExpectationExpression {
    for side in [left, right] { try want(.number, side, "each side of '\(sign.rawValue)' is") }
    return expression(.arithmetic(sign, left, right), from: offset)
  }

  private mutating func primary() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    switch token.kind {
    case .number(let number):
      position += 1
      return expression(.value(.number(number)), from: offset)
    case .text(let text):
      position += 1
      return expression(.value(.text(text)), from: offset)
    case .sign("("):
      position += 1
      let inner = try or()
      try need(")", "the parenthesis")
      return inner
    case .name(let name):
      return try named(name)
    case .sign, .end:
      throw ExpectationError("a value is missing here, got \(found)", at: offset)
    }
  }

  private static let words: [(name: String, value: ExpectationValue)] = [
    ("true", .truth(true)), ("false", .truth(false)), ("never", .never), ("pi", .number(.pi)),
  ]

  private mutating func named(_ name: String) throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    position += 1
    if take(".") {
      return name == "landscape" ? try ofLandscape(from: offset) : try ofEntry(name, from: offset)
    }
    if token.kind == .sign("(") {
      position += 1
      return try call(name, from: offset)
    }
    if variables.contains(name) { return expression(.variable(name), from: offset) }
    if let word = Self.words.first(where: { $0.name == name }) {
      return expression(.value(word.value), from: offset)
    }
    if name == "landscape" {
      throw ExpectationError("of the landscape something is asked, such as landscape.lowest", at: offset)
    }
    if entries.contains(where: { $0.name == name }) {
      throw ExpectationError("of '\(name)' something is asked, such as \(name).loss(10)", at: offset)
    }
    let known = variables + Self.words.map(\.name) + entries.map(\.name) + ["landscape"]
    throw ExpectationError(
      "unknown name '\(DocumentReader.shown(name))'\(Spelling.suggestion(for: name, in: known, otherwise: "; the entries are \(entries.map(\.name).joined(separator: ", "))"))",
      at: offset)
  }

  // MARK: Entries and the landscape

  /// The name of a knob or a quantity after the point: `lr`, `base.lr`.
  private mutating func member(of owner: String) throws(ExpectationError) -> (name: String, offset: Int) {
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

  private mutating func ofEntry(
    _ name: String, from offset: Int
  ) throws(ExpectationError) -> ExpectationExpression {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw ExpectationError(Change.Target.unknown(name, among: entries).message, at: offset)
    }
    let (member, memberOffset) = try member(of: name)
    let keys = entry.spec.knobs.map(\.key)
    if token.kind != .sign("("), keys.contains(member) {
      return expression(.knob(.entry(name: name, key: member)), from: offset)
    }
    guard let quantity = RunQuantity.all.first(where: { $0.name == member }) else {
      let known = RunQuantity.all.map(\.name) + keys
      throw ExpectationError(
        "nothing of an entry is called '\(DocumentReader.shown(member))'\(Spelling.suggestion(for: member, in: known, otherwise: "; there are \(RunQuantity.all.map(\.name).joined(separator: ", "))"))",
        at: memberOffset)
    }
    let arguments = take("(") ? try arguments(of: "\(name).\(member)") : []
    try check(arguments, of: quantity, at: memberOffset)
    return expression(.ofRun(quantity, entry: name, arguments), from: offset)
  }

  private func check(
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

  private mutating func ofLandscape(from offset: Int) throws(ExpectationError) -> ExpectationExpression {
    let (member, memberOffset) = try member(of: "landscape")
    if token.kind != .sign("("), landscape.constant(member) != nil {
      return expression(.knob(.landscape(constant: member)), from: offset)
    }
    guard let quantity = LandscapeQuantity.all.first(where: { $0.name == member }) else {
      let known = LandscapeQuantity.all.map(\.name) + landscape.constants.map(\.name)
      throw ExpectationError(
        "nothing of the landscape is called '\(DocumentReader.shown(member))'\(Spelling.suggestion(for: member, in: known, otherwise: "; there are \(known.joined(separator: ", "))"))",
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
  private mutating func arguments(of what: String) throws(ExpectationError) -> [ExpectationExpression] {
    if take(")") { return [] }
    var arguments: [ExpectationExpression] = []
    repeat { arguments.append(try or()) } while take(",")
    try need(")", what)
    return arguments
  }

  // MARK: Calls

  /// `max` and `min` are both functions of numbers and folds.
  private static let calls =
    NumberFunction.all.map(\.name) + ["all", "any", "sum"]
    + ExpectationExpression.SeedFold.allCases.map(\.rawValue) + ["distance", "with", "from"]

  private mutating func call(_ name: String, from offset: Int) throws(ExpectationError)
    -> ExpectationExpression
  {
    if case .name = token.kind, following.kind == .name("in") {
      if let fold = ExpectationExpression.Fold(rawValue: name) { return try self.fold(fold, from: offset) }
    } else if name == "all" || name == "any" || name == "sum" {
      throw ExpectationError("\(name) goes through steps: \(name)(k in 1..100, …)", at: token.offset)
    }
    if let fold = ExpectationExpression.SeedFold(rawValue: name) { return try overSeeds(fold, from: offset) }
    switch name {
    case "distance": return try distance(from: offset)
    case "with": return try with(from: offset)
    case "from": return try otherStart(from: offset)
    default: break
    }
    guard let function = NumberFunction.all.first(where: { $0.name == name }) else {
      throw ExpectationError(
        "unknown function '\(DocumentReader.shown(name))'\(Spelling.suggestion(for: name, in: Self.calls, otherwise: "; there are \(Self.calls.joined(separator: ", "))"))",
        at: offset)
    }
    let arguments = try arguments(of: name)
    guard function.arity.contains(arguments.count) else {
      let wanted =
        function.arity.count == 1
        ? "\(function.arity.lowerBound) number"
        : "\(function.arity.lowerBound) to \(function.arity.upperBound) numbers"
      throw ExpectationError("\(name) takes \(wanted), got \(arguments.count)", at: offset)
    }
    for argument in arguments { try want(.number, argument, "\(name) takes") }
    return expression(.function(function, arguments), from: offset)
  }

  private mutating func entryName() throws(ExpectationError) -> String {
    guard case .name(let name) = token.kind else {
      throw ExpectationError("the name of an entry is missing here, got \(found)", at: token.offset)
    }
    guard entries.contains(where: { $0.name == name }) else {
      throw ExpectationError(Change.Target.unknown(name, among: entries).message, at: token.offset)
    }
    position += 1
    return name
  }

  /// `distance(a, b)` or `distance(a, b, step)`.
  private mutating func distance(from offset: Int) throws(ExpectationError) -> ExpectationExpression {
    let a = try entryName()
    try need(",", "distance")
    let b = try entryName()
    var step: ExpectationExpression?
    if take(",") {
      let argument = try or()
      try want(.number, argument, "the step of distance is")
      step = argument
    }
    try need(")", "distance")
    return expression(.distance(a, b, step), from: offset)
  }

  /// `all(k in 1..100, …)`.
  private mutating func fold(
    _ fold: ExpectationExpression.Fold, from offset: Int
  ) throws(ExpectationError) -> ExpectationExpression {
    guard case .name(let variable) = token.kind else { preconditionFailure("the caller has seen a name") }
    if entries.contains(where: { $0.name == variable }) || variable == "landscape"
      || Self.words.contains(where: { $0.name == variable })
    {
      throw ExpectationError("'\(variable)' has a meaning already; take another letter", at: token.offset)
    }
    position += 2
    let lower = try sum()
    try need("..", "\(fold.rawValue)(\(variable) in …)")
    let upper = try sum()
    for end in [lower, upper] { try want(.number, end, "the end of a range is") }
    try need(",", fold.rawValue)
    variables.append(variable)
    let body = try or()
    variables.removeLast()
    let wantsTruth = fold == .all || fold == .any
    try want(wantsTruth ? .truth : .number, body, "\(fold.rawValue) goes over")
    try need(")", fold.rawValue)
    return expression(.fold(fold, variable: variable, from: lower, to: upper, body), from: offset)
  }

  /// `quantile(0.9, seeds=32, …)`, `mean(seeds=32, …)`.
  private mutating func overSeeds(
    _ fold: ExpectationExpression.SeedFold, from offset: Int
  ) throws(ExpectationError) -> ExpectationExpression {
    let form = fold == .quantile ? "quantile(0.9, seeds=32, …)" : "\(fold.rawValue)(seeds=32, …)"
    var level: ExpectationExpression?
    if fold == .quantile {
      let argument = try or()
      guard case .value(.number(let part)) = argument.form, (0...1).contains(part) else {
        throw ExpectationError(
          "a quantile is one between 0 and 1, as in \(form), got '\(DocumentReader.shown(argument.text))'",
          at: argument.offset)
      }
      level = argument
      try need(",", "quantile")
    }
    guard takeWord("seeds"), take("=") else {
      throw ExpectationError("\(fold.rawValue) is written \(form), got \(found)", at: token.offset)
    }
    guard case .number(let count) = token.kind, count.rounded() == count,
      (2...Double(ExpectationParser.mostSeeds)).contains(count)
    else {
      throw ExpectationError(
        "seeds is a whole number between 2 and \(ExpectationParser.mostSeeds), got \(found)", at: token.offset
      )
    }
    position += 1
    try need(",", fold.rawValue)
    let body = try or()
    try want(fold == .share ? .truth : .number, body, "\(fold.rawValue) goes over")
    try need(")", fold.rawValue)
    return expression(.overSeeds(fold, level: level, seeds: Int(count), body), from: offset)
  }

  /// `from(2, …)`: from the second start.
  private mutating func otherStart(from offset: Int) throws(ExpectationError) -> ExpectationExpression {
    guard case .number(let number) = token.kind, number.rounded() == number,
      number >= 1, number <= Double(startCount)
    else {
      throw ExpectationError(
        "from takes the number of a start, 1 to \(startCount), got \(found)", at: token.offset)
    }
    position += 1
    try need(",", "from")
    let body = try or()
    try need(")", "from")
    return expression(.from(start: Int(number) - 1, body), from: offset)
  }

  // MARK: With other settings

  /// `with(sgd.lr=0.021, …)`: the same under other settings, which are made in order.
  private mutating func with(from offset: Int) throws(ExpectationError) -> ExpectationExpression {
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
  private mutating func setting() throws(ExpectationError) -> ExpectationExpression.Setting? {
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

  private mutating func knobSetting(
    _ path: String, _ offset: Int
  ) throws(ExpectationError) -> ExpectationExpression.Setting.Target {
    let target: Change.Target
    do {
      guard let known = try Change.Target(path, entries: entries, landscape: landscape) else {
        preconditionFailure("entries and landscape are known")
      }
      target = known
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
  private static func literal(_ part: ExpectationExpression) -> Double? {
    switch part.form {
    case .value(.number(let number)): number
    case .negative(let operand): literal(operand).map { -$0 }
    default: nil
    }
  }

  private mutating func sceneSetting(
    _ name: String, _ offset: Int
  ) throws(ExpectationError) -> ExpectationExpression.Setting.Target {
    let valueOffset = token.offset
    switch name {
    case "steps", "seed":
      let most = Double(name == "steps" ? RunRecord.mostSteps : 1 << 53)
      guard case .number(let number) = token.kind, number.rounded() == number, number <= most else {
        throw ExpectationError(
          "\(name) is a whole number from 0 to \(NumberText.exact(most)), got \(found)", at: valueOffset)
      }
      position += 1
      guard name == "steps" else { return .seed(UInt64(number)) }
      steps = Int(number)
      return .steps(Int(number))
    case "start":
      try need("(", "start=(x, y)")
      let x = try sum()
      try need(",", "start=(x, y)")
      let y = try sum()
      try need(")", "start=(x, y)")
      for side in [x, y] { try want(.number, side, "a coordinate is") }
      return .start(x, y)
    case "noise":
      guard case .text(let text) = token.kind else {
        throw ExpectationError("noise is a text such as \"gaussian(sigma=1)\", got \(found)", at: valueOffset)
      }
      position += 1
      do {
        let noise = try Noise(text)
        try noise.check(dimension: landscape.dimension)
        return .noise(noise)
      } catch {
        throw ExpectationError("in the noise: \(error.message)", at: valueOffset)
      }
    default:
      guard entries.contains(where: { $0.name == name }) else {
        if landscape.constant(name) != nil {
          throw ExpectationError("with cannot set '\(name)', did you mean 'landscape.\(name)'?", at: offset)
        }
        let known = ["start", "steps", "seed", "noise"] + entries.map(\.name)
        throw ExpectationError(
          "with cannot set '\(DocumentReader.shown(name))'\(Spelling.suggestion(for: name, in: known, otherwise: "; it sets knobs, start, steps, seed, noise, or an entry's spec"))",
          at: offset)
      }
      guard case .text(let text) = token.kind else {
        throw ExpectationError(
          "\(name) is a spec in quotes, such as \"sgd:lr=0.1\", got \(found)", at: valueOffset)
      }
      position += 1
      do {
        let spec = try OptimizerSpec(text)
        if let reason = DocumentReader.obstacle(to: spec.id, needing: spec.needs, offered: landscape.offers) {
          throw SpecError(reason)
        }
        return .spec(entry: name, spec)
      } catch let error as SpecError {
        throw ExpectationError("in the spec: \(error.message)", at: valueOffset)
      } catch {
        throw ExpectationError("in the spec: \(error)", at: valueOffset)
      }
    }
  }
}
