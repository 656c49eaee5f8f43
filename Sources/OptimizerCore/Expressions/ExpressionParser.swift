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
struct ExpressionParser {
  typealias Index = ExpressionGraph.Index

  let tokens: [ExpressionToken]
  let vocabulary: ExpressionVocabulary
  var position = 0
  private var depth = 0
  /// What names stand for: the inputs, unless a line before has given one another value.
  private let scope: [String: Index]
  private var locals: [String: Index] = [:]
  private var localNames: [String] = []
  private(set) var graph: ExpressionGraph

  /// Parses a text into a graph and returns the node of its value.
  ///
  /// - Parameter scope: the nodes that names stand for.
  static func parse(
    _ tokens: [ExpressionToken], _ vocabulary: ExpressionVocabulary, scope: [String: Index],
    into graph: inout ExpressionGraph
  ) throws(ExpressionError) -> Index {
    var parser = ExpressionParser(tokens, vocabulary, scope, graph)
    let root = try parser.formula()
    graph = parser.graph
    return root
  }

  private init(
    _ tokens: [ExpressionToken], _ vocabulary: ExpressionVocabulary, _ scope: [String: Index],
    _ graph: ExpressionGraph
  ) {
    self.tokens = tokens
    self.vocabulary = vocabulary
    self.scope = scope
    self.graph = graph
  }

  var token: ExpressionToken { tokens[position] }

  func fail(_ message: String, at token: ExpressionToken) -> ExpressionError {
    ExpressionError(message: message, column: token.column)
  }

  // MARK: Grammar

  private mutating func formula() throws(ExpressionError) -> Index {
    if token.kind == .end {
      throw fail("the formula is empty: \(vocabulary.invitation)", at: token)
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
    if token.kind == .name, token.text == "where" { return root }
    if token.kind != .end { throw unexpected() }
    return root
  }

  private mutating func bindings() throws(ExpressionError) {
    while true {
      let name = token
      guard name.kind == .name else {
        let example = "where u = x + y"
        throw fail(
          name.kind == .end
            ? "a local name is missing: write '\(example)'"
            : "expected a local name, got '\(ExpressionLexer.shown(name.text))': write '\(example)'", at: name
        )
      }
      if vocabulary.inputs.contains(where: { $0.name == name.text && $0.role == .constant }) {
        throw fail("a local name cannot be '\(name.text)', which is a constant", at: name)
      }
      if scope[name.text] != nil || vocabulary.isOfLanguage(name.text) {
        throw fail("a local name cannot be '\(name.text)', which has a meaning already", at: name)
      }
      if locals[name.text] != nil { throw fail("the local name '\(name.text)' is given twice", at: name) }
      if localNames.count == ExpressionLimits.names {
        throw fail("too many local names: \(ExpressionLimits.names) are the limit", at: name)
      }
      position += 1
      guard token.isSign("=") else {
        throw fail("expected '=' after the local name '\(ExpressionLexer.shown(name.text))'", at: token)
      }
      position += 1
      locals[name.text] = try comparison()
      localNames.append(name.text)
      if token.kind == .end { return }
      guard token.isSign(",") else { throw unexpected() }
      position += 1
    }
  }

  private mutating func comparison() throws(ExpressionError) -> Index {
    let left = try sum()
    guard token.kind == .sign, ExpressionVocabulary.comparisons.contains(token.text) else { return left }
    let sign = token.text
    let place = token
    position += 1
    let right = try sum()
    if token.kind == .sign, ExpressionVocabulary.comparisons.contains(token.text) {
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

  private mutating func sum() throws(ExpressionError) -> Index {
    var left = try product()
    while token.isSign("+") || token.isSign("-") {
      let sign = token
      position += 1
      let right = try product()
      left = try bounded(graph.make(sign.text == "+" ? .add : .subtract, left, right), at: sign)
    }
    return left
  }

  private mutating func product() throws(ExpressionError) -> Index {
    var left = try unary()
    while token.isSign("*") || token.isSign("/") {
      let sign = token
      position += 1
      let right = try unary()
      left = try bounded(graph.make(sign.text == "*" ? .multiply : .divide, left, right), at: sign)
    }
    return left
  }

  private mutating func unary() throws(ExpressionError) -> Index {
    guard token.isSign("-") || token.isSign("+") else { return try power() }
    let sign = token
    try descend(at: sign)
    position += 1
    let operand = try unary()
    depth -= 1
    return sign.text == "-" ? try bounded(graph.make(.negate, operand), at: sign) : operand
  }

  private mutating func power() throws(ExpressionError) -> Index {
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

  private mutating func atom() throws(ExpressionError) -> Index {
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

  private mutating func name() throws(ExpressionError) -> Index {
    let start = token
    let next = tokens[position + 1]
    if start.text == "where" { throw missingOperand() }
    if let function = vocabulary.function(start.text) {
      guard next.isSign("(") else { throw missingBrackets(of: function, at: start) }
      return try call(function)
    }
    if let value = known(start.text) {
      position += 1
      return value
    }
    if let complaint = logic(start) { throw complaint }
    let shown = ExpressionLexer.shown(start.text)
    if next.isSign("(") {
      let hint =
        ExpressionFunction.rewritings[start.text.lowercased()].map { ": write \($0)" }
        ?? ExpressionFunction.suggestion(for: start.text, in: vocabulary.functionNames)
        .map { ", did you mean '\($0)'?" }
      throw fail("unknown function '\(shown)'\(hint ?? "")", at: start)
    }
    throw fail("unknown name '\(shown)'\(hint(for: start.text))", at: start)
  }

  private mutating func known(_ name: String) -> Index? {
    switch name {
    case "pi": graph.literal(Double.pi)
    case "e": graph.literal(ExpressionGraph.eulersNumber)
    default: scope[name] ?? locals[name]
    }
  }

  func isKnown(_ name: String) -> Bool {
    name == "pi" || name == "e" || scope[name] != nil || locals[name] != nil
  }

  private func hint(for name: String) -> String {
    let letters = name.map { String($0) }
    if letters.count > 1, letters.count <= 6, letters.allSatisfy({ isKnown($0) }) {
      return ": write \(letters.joined(separator: "*"))"
    }
    let (variables, constants) = (vocabulary.names(.variable), vocabulary.names(.constant))
    let steps = vocabulary.names(.step)
    let computed = scope.keys.filter { vocabulary.index(of: $0) == nil && !ExpressionVocabulary.isInner($0) }
      .sorted()
    let candidates =
      variables + steps + ["pi"] + constants + computed + localNames + vocabulary.functionNames
    if let nearest = Spelling.nearest(to: name, in: candidates) { return ", did you mean '\(nearest)'?" }
    if let function = ExpressionFunction.aliases[name.lowercased()] { return ", did you mean '\(function)'?" }
    let names = variables.prefix(8) + constants.prefix(8) + computed.prefix(8) + steps + ["pi"]
    return ": a \(vocabulary.dialect) knows " + names.joined(separator: ", ") + ", e and what follows 'where'"
  }

  private mutating func call(_ function: ExpressionFunction) throws(ExpressionError) -> Index {
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

  // MARK: Limits

  private mutating func descend(at token: ExpressionToken) throws(ExpressionError) {
    depth += 1
    if depth > ExpressionLimits.depth {
      throw fail(
        "the formula is nested too deeply: \(ExpressionLimits.depth) levels are the limit", at: token)
    }
  }

  private func bounded(_ node: Index, at token: ExpressionToken) throws(ExpressionError) -> Index {
    if graph.nodes.count > ExpressionLimits.operations + graph.inputCount {
      throw fail(
        "the formula is too large: \(ExpressionLimits.operations) operations are the limit", at: token)
    }
    return node
  }
}
