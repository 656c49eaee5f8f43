import OptimizerCore

/// Turns tokens into a graph, by recursive descent whose depth is bounded.
///
///     formula    = comparison ["where" binding {"," binding}]
///     binding    = name "=" comparison
///     comparison = sum [("<" | "<=" | ">" | ">=" | "==" | "!=") sum]
///     sum        = product {("+" | "-") product}
///     product    = unary {("*" | "/") unary}
///     unary      = ("-" | "+") unary | power
///     power      = atom ["^" unary]
///     atom       = number | name | function "(" comparison {"," comparison} ")" | "(" comparison ")"
struct FormulaParser {
  typealias Index = ExpressionGraph.Index

  private let tokens: [FormulaToken]
  private let constantNames: [String]
  private var position = 0
  private var depth = 0
  private var locals: [String: Index] = [:]
  private var localNames: [String] = []
  private(set) var graph: ExpressionGraph

  /// The names that mean something in every formula.
  static let reservedNames = ["x", "y", "t", "pi", "e", "where", "if"] + FormulaFunction.names

  /// Parses a text and returns its graph with the node of its value.
  static func parse(
    _ tokens: [FormulaToken], constants: [String]
  ) throws(FormulaError) -> (graph: ExpressionGraph, root: Index) {
    var parser = FormulaParser(tokens: tokens, constants: constants)
    return try parser.formula()
  }

  private init(tokens: [FormulaToken], constants: [String]) {
    self.tokens = tokens
    constantNames = constants
    graph = ExpressionGraph(constantCount: constants.count)
  }

  private var token: FormulaToken { tokens[position] }

  private func fail(_ message: String, at token: FormulaToken) -> FormulaError {
    FormulaError(message: message, column: token.column)
  }

  // MARK: Grammar

  private mutating func formula() throws(FormulaError) -> (graph: ExpressionGraph, root: Index) {
    if token.kind == .end {
      throw fail("the formula is empty: write one in x and y, such as x^2 + 5*y^2", at: token)
    }
    // The names after `where` are used before it, so they are read first.
    let wheres = tokens.indices.filter { tokens[$0].kind == .name && tokens[$0].text == "where" }
    if let first = wheres.first {
      if wheres.count > 1 {
        throw fail("'where' may stand only once: separate local names with commas", at: tokens[wheres[1]])
      }
      if first == 0 { throw fail("the formula must stand in front of 'where'", at: tokens[0]) }
      let before = tokens[..<first]
      if before.count(where: { $0.isSign("(") }) > before.count(where: { $0.isSign(")") }) {
        throw fail("'where' stands after the whole formula, outside all brackets", at: tokens[first])
      }
      position = first + 1
      try bindings()
      position = 0
    }
    let root = try comparison()
    if token.kind == .name, token.text == "where" { return (graph, root) }
    if token.kind != .end { throw unexpected() }
    return (graph, root)
  }

  private mutating func bindings() throws(FormulaError) {
    while true {
      let name = token
      guard name.kind == .name else {
        let example = "where u = x + y"
        throw fail(
          name.kind == .end
            ? "a local name is missing: write '\(example)'"
            : "expected a local name, got '\(FormulaLexer.shown(name.text))': write '\(example)'", at: name)
      }
      if Self.reservedNames.contains(name.text) {
        throw fail("a local name cannot be '\(name.text)', which has a meaning already", at: name)
      }
      if constantNames.contains(name.text) {
        throw fail("a local name cannot be '\(name.text)', which is a constant", at: name)
      }
      if locals[name.text] != nil { throw fail("the local name '\(name.text)' is given twice", at: name) }
      if localNames.count == Formula.maximumNames {
        throw fail("too many local names: \(Formula.maximumNames) are the limit", at: name)
      }
      position += 1
      guard token.isSign("=") else {
        throw fail("expected '=' after the local name '\(FormulaLexer.shown(name.text))'", at: token)
      }
      position += 1
      locals[name.text] = try comparison()
      localNames.append(name.text)
      if token.kind == .end { return }
      guard token.isSign(",") else { throw unexpected() }
      position += 1
    }
  }

  private static let comparisons = ["<", "<=", ">", ">=", "==", "!="]

  private mutating func comparison() throws(FormulaError) -> Index {
    let left = try sum()
    guard token.kind == .sign, Self.comparisons.contains(token.text) else { return left }
    let sign = token.text
    let place = token
    position += 1
    let right = try sum()
    if token.kind == .sign, Self.comparisons.contains(token.text) {
      throw fail("comparisons do not chain: write (a < b)*(b < c)", at: token)
    }
    let node =
      switch sign {
      case "<": graph.make(.less, left, right)
      case "<=": graph.make(.lessOrEqual, left, right)
      case ">": graph.make(.less, right, left)
      case ">=": graph.make(.lessOrEqual, right, left)
      case "==": graph.make(.equal, left, right)
      default: graph.make(.notEqual, left, right)
      }
    return try bounded(node, at: place)
  }

  private mutating func sum() throws(FormulaError) -> Index {
    var left = try product()
    while token.isSign("+") || token.isSign("-") {
      let sign = token
      position += 1
      let right = try product()
      left = try bounded(graph.make(sign.text == "+" ? .add : .subtract, left, right), at: sign)
    }
    return left
  }

  private mutating func product() throws(FormulaError) -> Index {
    var left = try unary()
    while token.isSign("*") || token.isSign("/") {
      let sign = token
      position += 1
      let right = try unary()
      left = try bounded(graph.make(sign.text == "*" ? .multiply : .divide, left, right), at: sign)
    }
    return left
  }

  private mutating func unary() throws(FormulaError) -> Index {
    guard token.isSign("-") || token.isSign("+") else { return try power() }
    let sign = token
    try descend(at: sign)
    position += 1
    let operand = try unary()
    depth -= 1
    return sign.text == "-" ? try bounded(graph.make(.negate, operand), at: sign) : operand
  }

  private mutating func power() throws(FormulaError) -> Index {
    let base = try atom()
    guard token.isSign("^") else {
      try rejectMissingOperator()
      return base
    }
    let sign = token
    try descend(at: sign)
    position += 1
    let exponent = try unary()
    depth -= 1
    return try bounded(graph.makePower(base, exponent), at: sign)
  }

  private mutating func atom() throws(FormulaError) -> Index {
    let start = token
    switch start.kind {
    case .number(let value):
      position += 1
      return graph.literal(value)
    case .name: return try name()
    case .sign where start.text == "(":
      try descend(at: start)
      position += 1
      let inner = try comparison()
      try close(start)
      depth -= 1
      return inner
    case .sign, .end: throw missingOperand()
    }
  }

  private mutating func name() throws(FormulaError) -> Index {
    let start = token
    let next = tokens[position + 1]
    if start.text == "where" { throw missingOperand() }
    if let function = FormulaFunction.named(start.text) {
      guard next.isSign("(") else {
        throw fail("the function '\(start.text)' needs brackets: write \(function.example)", at: start)
      }
      return try call(function)
    }
    if let value = known(start.text) {
      position += 1
      return value
    }
    let shown = FormulaLexer.shown(start.text)
    if next.isSign("(") {
      let hint =
        FormulaFunction.rewritings[start.text.lowercased()].map { ": write \($0)" }
        ?? FormulaFunction.suggestion(for: start.text).map { ", did you mean '\($0)'?" }
      throw fail("unknown function '\(shown)'\(hint ?? "")", at: start)
    }
    throw fail("unknown name '\(shown)'\(hint(for: start.text))", at: start)
  }

  private mutating func known(_ name: String) -> Index? {
    switch name {
    case "x": return ExpressionGraph.x
    case "y": return ExpressionGraph.y
    case "t": return ExpressionGraph.step
    case "pi": return graph.literal(Double.pi)
    case "e": return graph.literal(ExpressionGraph.eulersNumber)
    default:
      if let local = locals[name] { return local }
      if let constant = constantNames.firstIndex(of: name) {
        return Index(ExpressionGraph.firstConstant + constant)
      }
      return nil
    }
  }

  private func isKnown(_ name: String) -> Bool {
    ["x", "y", "t", "pi", "e"].contains(name) || locals[name] != nil || constantNames.contains(name)
  }

  private func hint(for name: String) -> String {
    let letters = name.map { String($0) }
    if letters.count > 1, letters.count <= 6, letters.allSatisfy({ isKnown($0) }) {
      return ": write \(letters.joined(separator: "*"))"
    }
    let candidates = ["x", "y", "t", "pi"] + constantNames + localNames + FormulaFunction.names
    if let nearest = Spelling.nearest(to: name, in: candidates) { return ", did you mean '\(nearest)'?" }
    if let function = FormulaFunction.aliases[name.lowercased()] { return ", did you mean '\(function)'?" }
    let names = ["x", "y"] + constantNames.prefix(8)
    return ": a formula knows " + names.joined(separator: ", ") + ", t, pi, e and what follows 'where'"
  }

  private mutating func call(_ function: FormulaFunction) throws(FormulaError) -> Index {
    let start = token
    let bracket = tokens[position + 1]
    try descend(at: start)
    position += 2
    var arguments: [Index] = []
    if !token.isSign(")") {
      arguments.append(try comparison())
      while token.isSign(",") {
        position += 1
        if arguments.count > max(3, function.arity.upperBound) { break }
        arguments.append(try comparison())
      }
    }
    guard function.arity.contains(arguments.count) else {
      let got = arguments.count > 3 ? "more" : "\(arguments.count)"
      throw fail(
        "'\(function.name)' takes \(function.wanted), got \(got): write \(function.example)", at: start)
    }
    try close(bracket)
    depth -= 1
    return try bounded(function.build(&graph, arguments), at: start)
  }

  // MARK: Limits and complaints

  private mutating func descend(at token: FormulaToken) throws(FormulaError) {
    depth += 1
    if depth > Formula.maximumDepth {
      throw fail("the formula is nested too deeply: \(Formula.maximumDepth) levels are the limit", at: token)
    }
  }

  private func bounded(_ node: Index, at token: FormulaToken) throws(FormulaError) -> Index {
    if graph.nodes.count > Formula.maximumOperations + graph.inputCount {
      throw fail("the formula is too large: \(Formula.maximumOperations) operations are the limit", at: token)
    }
    return node
  }

  private mutating func close(_ bracket: FormulaToken) throws(FormulaError) {
    if token.isSign(")") {
      position += 1
      return
    }
    if token.kind == .end || token.text == "where" {
      throw fail("this '(' is never closed", at: bracket)
    }
    throw unexpected()
  }

  /// After a complete operand: a number, name or bracket here means that an operator is missing.
  private func rejectMissingOperator() throws(FormulaError) {
    let next = token
    let startsOperand =
      switch next.kind {
      case .number: true
      case .name: next.text != "where"
      case .sign: next.text == "("
      case .end: false
      }
    guard startsOperand else { return }
    let previous = tokens[position - 1]
    let (left, right) = (FormulaLexer.shown(previous.text), FormulaLexer.shown(next.text))
    if next.text == "(", previous.kind != .sign, left.count <= 8 {
      throw fail("write \(left)*(…), not \(left)(…)", at: next)
    }
    if left.count > 8 || right.count > 8 || previous.kind == .sign || next.kind == .sign {
      throw fail("an operator is missing before '\(right)': for a product write *", at: next)
    }
    let written = left + (next.isSpaced ? " " : "") + right
    throw fail("write \(left)*\(right), not \(written)", at: next)
  }

  private func missingOperand() -> FormulaError {
    let what = "a number, a name or '('"
    let previous = position > 0 ? tokens[position - 1] : nil
    let isAtStart = previous == nil || previous?.text == "where"
    if token.kind == .end || token.text == "where" {
      guard let previous, !isAtStart else { return fail("expected \(what)", at: token) }
      return fail("\(what) is missing after '\(FormulaLexer.shown(previous.text))'", at: token)
    }
    if token.text == ")", let previous, previous.isSign("(") {
      return fail("nothing stands in these brackets", at: token)
    }
    return fail("expected \(what), got '\(token.text)'", at: token)
  }

  private func unexpected() -> FormulaError {
    switch token.text {
    case ")": return fail("this ')' closes nothing", at: token)
    case ",":
      return fail("a comma separates the arguments of a function; the decimal mark is a point", at: token)
    case "=": return fail("compare with ==; local names go after 'where'", at: token)
    case "where": return fail("'where' stands after the whole formula", at: token)
    default: return fail("unexpected '\(FormulaLexer.shown(token.text))'", at: token)
    }
  }
}
