/// The names of a rule: what its lines declare, and what they may read.
struct RuleScope {
  let knobs: [RuleKnob]
  /// The states in the order of their declarations.
  let states: [String]
  /// The names, no states and not the point, that a line asks the former value of.
  let former: [String]
  /// The states that start at a value for each parameter.
  private(set) var vectorStarts: Set<String> = []
  private let startLines: [RuleSyntax.Line]
  private let locals: [String]

  /// Gathers the names.
  init(_ syntax: RuleSyntax) throws(ExpressionError) {
    knobs = syntax.knobs
    startLines = syntax.lines.filter(\.isStart)
    states = startLines.map(\.name.text)
    var locals: [String] = []
    for line in syntax.lines where !line.isStart {
      if !states.contains(line.name.text), line.name.text != RuleNames.point { locals.append(line.name.text) }
    }
    self.locals = locals
    try Self.checkWords(syntax)
    var former: [String] = []
    for line in syntax.lines {
      try Self.check(line, syntax)
      for name in try Self.formerNames(in: line.tokens)
      where !states.contains(name.text) && name.text != RuleNames.point && !former.contains(name.text) {
        let known = states + locals + [RuleNames.point, RuleNames.gradient, RuleNames.loss]
        guard known.contains(name.text) else {
          let hint = Spelling.suggestion(
            for: name.text, in: known, otherwise: ": 'previous' takes x, g, f or a name that a line assigns")
          throw ExpressionError(
            message: "unknown name '\(ExpressionLexer.shown(name.text))'\(hint)", column: name.column)
        }
        former.append(name.text)
      }
    }
    self.former = former
    let program = try startGraph()
    for (name, root) in zip(states, program.roots)
    where program.graph.dependences[Int(root)].contains(.variables) {
      vectorStarts.insert(name)
    }
  }

  /// The words of choices mean one thing each.
  private static func checkWords(_ syntax: RuleSyntax) throws(ExpressionError) {
    var known: [String: Double] = [:]
    for (word, value) in syntax.knobs.flatMap(\.words) {
      let isKnob = syntax.knobs.contains { $0.knob.key == word }
      guard !isKnob, known[word] == nil || known[word] == value else {
        throw ExpressionError(
          message: isKnob
            ? "'\(word)' is a knob and a word of one: call one of them otherwise"
            : "the word '\(word)' stands at different places in two choices: call one of them otherwise",
          column: 1)
      }
      known[word] = value
    }
  }

  /// Refuses a name on the left that means something else.
  private static func check(_ line: RuleSyntax.Line, _ syntax: RuleSyntax) throws(ExpressionError) {
    let name = line.name.text
    func refuse(_ why: String) -> ExpressionError {
      ExpressionError(
        message: "a line cannot assign '\(ExpressionLexer.shown(name))', \(why)", column: line.name.column)
    }
    if syntax.knobs.contains(where: { $0.knob.key == name }) { throw refuse("which is a knob") }
    if syntax.knobs.flatMap(\.words).contains(where: { $0.word == name }) {
      throw refuse("which is a word of a knob")
    }
    if name == RuleNames.loss || name == RuleNames.step || name == RuleNames.previous
      || ExpressionVocabulary.ofRules.isOfLanguage(name)
    {
      throw refuse("which has a meaning already")
    }
    guard line.isStart else { return }
    if name == RuleNames.point || name == RuleNames.gradient {
      throw ExpressionError(
        message: "'\(name)' is no state: it has a value at every step, write \(name) = …",
        column: line.name.column)
    }
    let starts = syntax.lines.filter { $0.isStart && $0.name.text == name }
    if starts.count > 1 {
      throw ExpressionError(message: "the state '\(name)' is given two starts", column: starts[1].name.column)
    }
  }

  // MARK: Former values

  private static func formerNames(in tokens: [ExpressionToken]) throws(ExpressionError) -> [ExpressionToken] {
    var names: [ExpressionToken] = []
    for (place, token) in tokens.enumerated() where token.kind == .name && token.text == RuleNames.previous {
      guard place + 3 < tokens.count, tokens[place + 1].isSign("("), tokens[place + 2].kind == .name,
        tokens[place + 3].isSign(")")
      else {
        throw ExpressionError(
          message:
            "'previous' takes a name, for what it was at the end of the step before: write previous(g)",
          column: token.column)
      }
      names.append(tokens[place + 2])
    }
    return names
  }

  /// The tokens with `previous(name)` as one name that no text can write.
  func rewritten(_ tokens: [ExpressionToken]) throws(ExpressionError) -> [ExpressionToken] {
    var result: [ExpressionToken] = []
    var place = 0
    while place < tokens.count {
      let token = tokens[place]
      if token.kind == .name, token.text == RuleNames.previous {
        result.append(
          ExpressionToken(
            kind: .name, text: RuleNames.former(tokens[place + 2].text), column: token.column,
            isSpaced: token.isSpaced))
        place += 4
      } else {
        result.append(token)
        place += 1
      }
    }
    return result
  }

  // MARK: Inputs

  /// What the lines are computed from; those of `vectors` have a value for each parameter.
  func inputs(_ vectors: Set<String>) -> [ExpressionInput] {
    var inputs: [ExpressionInput] = [
      ExpressionInput(RuleNames.point, .variable), ExpressionInput(RuleNames.gradient, .variable),
      ExpressionInput(RuleNames.loss, .step), ExpressionInput(RuleNames.step, .step),
    ]
    inputs += knobs.map { ExpressionInput($0.knob.key, .constant) }
    for name in states + former.map(RuleNames.former) {
      inputs.append(ExpressionInput(name, vectors.contains(name) ? .variable : .step))
    }
    return inputs
  }

  /// What names stand for before the first line.
  func scope(_ graph: inout ExpressionGraph) -> [String: ExpressionGraph.Index] {
    var scope: [String: ExpressionGraph.Index] = [:]
    for (place, input) in inputs([]).enumerated() { scope[input.name] = ExpressionGraph.Index(place) }
    for (word, value) in knobs.flatMap(\.words) { scope[word] = graph.literal(value) }
    scope[RuleNames.former(RuleNames.point)] = RuleGraph.point
    for state in states { scope[RuleNames.former(state)] = scope[state] }
    return scope
  }

  // MARK: Starts

  private func startGraph() throws(ExpressionError) -> (
    graph: ExpressionGraph, roots: [ExpressionGraph.Index]
  ) {
    let inputs =
      [ExpressionInput(RuleNames.point, .variable)] + knobs.map { ExpressionInput($0.knob.key, .constant) }
    // No collective function: a start is known before anything is asked.
    let vocabulary = ExpressionVocabulary(inputs, invitation: "write where the state starts, such as 0 or x")
    var graph = ExpressionGraph(inputs)
    var scope: [String: ExpressionGraph.Index] = [:]
    for (place, input) in inputs.enumerated() { scope[input.name] = ExpressionGraph.Index(place) }
    for (word, value) in knobs.flatMap(\.words) { scope[word] = graph.literal(value) }
    var roots: [ExpressionGraph.Index] = []
    for line in startLines {
      if let early = line.tokens.first(where: {
        $0.kind == .name
          && ($0.text == RuleNames.gradient || $0.text == RuleNames.loss || $0.text == RuleNames.step
            || states.contains($0.text) || locals.contains($0.text))
      }) {
        throw ExpressionError(
          message: "a start is known before the first step: it can use x and the knobs, not '\(early.text)'",
          column: early.column)
      }
      roots.append(try ExpressionParser.parse(line.tokens, vocabulary, scope: scope, into: &graph))
    }
    return (graph, roots)
  }

  /// The program of the states' starts, from the point and the knobs.
  func starts() throws(ExpressionError) -> Tape {
    let (graph, roots) = try startGraph()
    return graph.tape(for: roots)
  }
}
