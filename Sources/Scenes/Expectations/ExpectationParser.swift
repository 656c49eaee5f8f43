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

  let scalars: [Unicode.Scalar]
  let tokens: [ExpectationToken]
  var position = 0
  var depth = 0
  let entries: [Entry]
  /// The typed rules that a spec may name.
  var rules: [TypedRule] = []
  let landscape: Landscape
  let startCount: Int
  /// The last step that may be asked for, if it is known.
  var steps: Int?
  /// The numbers that folds go through, innermost last.
  var variables: [String] = []

  /// Reads a whole statement.
  static func statement(
    _ text: String, entries: [Entry], rules: [TypedRule] = [], landscape: Landscape, starts: Int,
    steps: Int?
  ) throws(ExpectationError) -> ExpectationExpression {
    guard text.unicodeScalars.count <= lengthLimit else {
      throw ExpectationError("an expectation is at most \(lengthLimit) characters long", at: 0)
    }
    var parser = try ExpectationParser(text, entries, landscape, starts, steps)
    parser.rules = rules
    let statement = try parser.parse()
    try parser.want(.truth, statement, "an expectation is")
    return statement
  }

  init(
    _ text: String, _ entries: [Entry], _ landscape: Landscape, _ starts: Int, _ steps: Int?
  ) throws(ExpectationError) {
    scalars = Array(text.unicodeScalars)
    tokens = try ExpectationLexer.tokens(of: text, names: entries.map(\.name))
    self.entries = entries
    self.landscape = landscape
    startCount = starts
    self.steps = steps
  }

  mutating func parse() throws(ExpectationError) -> ExpectationExpression {
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

  var token: ExpectationToken { tokens[position] }
  var following: ExpectationToken { tokens[min(position + 1, tokens.count - 1)] }

  mutating func take(_ sign: String) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    position += 1
    return true
  }

  mutating func takeWord(_ word: String) -> Bool {
    guard token.kind == .name(word) else { return false }
    position += 1
    return true
  }

  mutating func need(_ sign: String, _ what: String) throws(ExpectationError) {
    guard take(sign) else {
      throw ExpectationError("\(what) needs '\(sign)' here, got \(found)", at: token.offset)
    }
  }

  /// What stands here, for the end of a sentence.
  var found: String {
    switch token.kind {
    case .name(let name): "'\(name)'"
    case .number(let number): "'\(NumberText.exact(number))'"
    case .text(let text): "\"\(Excerpt.printable(text))\""
    case .sign(let sign): "'\(sign)'"
    case .end: "the end"
    }
  }

  func expression(
    _ form: ExpectationExpression.Form, from offset: Int
  ) -> ExpectationExpression {
    let end = position > 0 ? tokens[position - 1].end : offset
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[offset..<max(offset, end)])
    return ExpectationExpression(form: form, offset: offset, text: String(view))
  }

  // MARK: Kinds

  func kind(of expression: ExpectationExpression) -> ExpectationValue.Kind {
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

  func want(
    _ wanted: ExpectationValue.Kind, _ expression: ExpectationExpression, _ what: String
  ) throws(ExpectationError) {
    let kind = kind(of: expression)
    guard kind != wanted else { return }
    throw ExpectationError(
      "\(what) \(wanted.words), and '\(Excerpt.printable(expression.text))' is \(kind.words)",
      at: expression.offset)
  }

  // MARK: Statements

  mutating func or() throws(ExpectationError) -> ExpectationExpression {
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

  mutating func and() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    var parts = [try not()]
    while takeWord("and") { parts.append(try not()) }
    guard parts.count > 1 else { return parts[0] }
    for part in parts { try want(.truth, part, "each side of 'and' is") }
    return expression(.and(parts), from: offset)
  }

  mutating func not() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    var count = 0
    while takeWord("not") { count += 1 }
    var part = try comparison()
    guard count > 0 else { return part }
    try want(.truth, part, "after 'not' stands")
    for _ in 0..<(count % 2 == 0 ? 2 : 1) { part = expression(.not(part), from: offset) }
    return part
  }

  mutating func comparison() throws(ExpectationError) -> ExpectationExpression {
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

  mutating func sum() throws(ExpectationError) -> ExpectationExpression {
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

  mutating func product() throws(ExpectationError) -> ExpectationExpression {
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

  mutating func negation() throws(ExpectationError) -> ExpectationExpression {
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

  mutating func power() throws(ExpectationError) -> ExpectationExpression {
    let offset = token.offset
    let base = try primary()
    guard take("^") else { return base }
    // To the right first, and above a minus: 2^-3^2.
    return try arithmetic(.power, base, try negation(), from: offset)
  }

  func arithmetic(
    _ sign: ExpectationExpression.Arithmetic, _ left: ExpectationExpression, _ right: ExpectationExpression,
    from offset: Int
  ) throws(ExpectationError) -> ExpectationExpression {
    for side in [left, right] { try want(.number, side, "each side of '\(sign.rawValue)' is") }
    return expression(.arithmetic(sign, left, right), from: offset)
  }

  mutating func primary() throws(ExpectationError) -> ExpectationExpression {
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

  static let words: [(name: String, value: ExpectationValue, meaning: String)] = [
    ("true", .truth(true), "a statement that holds"), ("false", .truth(false), "one that does not"),
    (
      "never", .never, "what did not happen; it goes through arithmetic, and no comparison holds of it but =="
    ),
    ("pi", .number(.pi), "3.14159…"),
  ]

  mutating func named(_ name: String) throws(ExpectationError) -> ExpectationExpression {
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
      "unknown name '\(Excerpt.printable(name))'\(Spelling.suggestion(for: name, in: known, otherwise: "; the entries are \(entries.map(\.name).joined(separator: ", "))"))",
      at: offset)
  }
}
