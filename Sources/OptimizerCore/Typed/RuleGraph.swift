/// The lines of a rule as one graph: what each of them computes, what becomes of the point and of the state.
struct RuleGraph {
  typealias Index = ExpressionGraph.Index

  /// What a name on the left is.
  enum Left: Hashable {
    case point, state, local
  }

  /// An assignment.
  struct Line {
    let name: String
    let left: Left
    let root: Index
    let tokens: [ExpressionToken]
  }

  /// What is kept from step to step.
  struct Kept {
    let name: String
    /// The input that stands for it in a step.
    let input: Index
    /// What it is at the end of the step.
    var final: Index
    let isVector: Bool
  }

  // The places of the first inputs. Computed: a step would have to ask whether they are set.
  static var point: Index { 0 }
  static var gradient: Index { 1 }
  static var loss: Index { 2 }
  static var step: Index { 3 }
  static var firstKnob: Int { 4 }

  private(set) var graph: ExpressionGraph
  private(set) var lines: [Line] = []
  /// The point's last value.
  private(set) var pointFinal = RuleGraph.point
  /// The states, in the order of their declarations.
  private(set) var states: [Kept] = []
  /// What `previous` asks for that is no state: in no order.
  private(set) var former: [Kept] = []
  /// Where the states start: a value for each, from the point and the knobs.
  let starts: Tape

  /// Reads the lines of a rule.
  init(_ syntax: RuleSyntax) throws(ExpressionError) {
    let names = try RuleScope(syntax)
    let starts = try names.starts()
    // A state is one number until an assignment makes it one for each parameter; then all is read again.
    var vectors = names.vectorStarts
    while true {
      var reading = RuleGraph(names, vectors, starts)
      try reading.read(syntax, names, names.inputs(vectors))
      let grown = reading.grown(vectors)
      if grown == vectors {
        self = reading
        return
      }
      vectors = grown
    }
  }

  private init(_ names: RuleScope, _ vectors: Set<String>, _ starts: Tape) {
    graph = ExpressionGraph(names.inputs(vectors))
    self.starts = starts
    var place = Index(Self.firstKnob + names.knobs.count)
    for name in names.states {
      states.append(Kept(name: name, input: place, final: place, isVector: vectors.contains(name)))
      place += 1
    }
    for name in names.former {
      let key = RuleNames.former(name)
      former.append(Kept(name: name, input: place, final: place, isVector: vectors.contains(key)))
      place += 1
    }
  }

  private mutating func read(
    _ syntax: RuleSyntax, _ names: RuleScope, _ inputs: [ExpressionInput]
  ) throws(ExpressionError) {
    let vocabulary = ExpressionVocabulary(inputs, invitation: "write one such as x - lr*g", dialect: .rule)
    var scope = names.scope(&graph)
    for line in syntax.lines where !line.isStart {
      let name = line.name.text
      let tokens = try names.rewritten(line.tokens)
      var root = try ExpressionParser.parse(tokens, vocabulary, scope: scope, into: &graph)
      let left: Left = name == RuleNames.point ? .point : names.states.contains(name) ? .state : .local
      if left == .state { root = graph.make(.flush, root) }
      scope[name] = root
      lines.append(Line(name: name, left: left, root: root, tokens: line.tokens))
      if graph.nodes.count(where: \.operation.isCollective) > RuleLimits.calls {
        throw ExpressionError(
          message:
            "too many calls that look at all parameters or ask the loss: \(RuleLimits.calls) are the limit",
          column: line.name.column)
      }
      try checkRoots(line.name)
    }
    pointFinal = scope[RuleNames.point]!
    for place in states.indices { states[place].final = scope[states[place].name]! }
    for place in former.indices { former[place].final = scope[former[place].name] ?? former[place].input }
  }

  /// The order of a root is one number for all parameters, and a root of order 0 is none.
  private func checkRoots(_ name: ExpressionToken) throws(ExpressionError) {
    for node in graph.nodes where node.operation == .inverseRoot {
      if graph.dependences[Int(node.b)].contains(.variables) {
        throw ExpressionError(
          message: "'inverse_root' takes a matrix and one number: write inverse_root(M, 4)",
          column: name.column)
      }
      if let order = graph.literalValue(node.b), !(order > 0) {
        throw ExpressionError(
          message:
            "the order of 'inverse_root' must be above 0, got '\(order.shortest)': write inverse_root(M, 4)",
          column: name.column)
      }
    }
  }

  /// What was taken for one number and became one for each parameter.
  private func grown(_ vectors: Set<String>) -> Set<String> {
    var grown = vectors
    for line in lines where line.left == .state && isVector(line.root) { grown.insert(line.name) }
    for kept in former where isVector(kept.final) { grown.insert(RuleNames.former(kept.name)) }
    return grown
  }

  /// Whether a node has a value for each parameter.
  func isVector(_ index: Index) -> Bool { graph.dependences[Int(index)].contains(.variables) }

  /// All that goes from step to step.
  var kept: [Kept] { states + former }

  /// The nodes that the point depends on, now or in later steps.
  var live: [Bool] { live(from: pointFinal) }

  /// The nodes that a node depends on, now or in later steps.
  func live(from root: Index) -> [Bool] {
    var isLive = [Bool](repeating: false, count: graph.nodes.count)
    var open = [root]
    while let index = open.popLast() {
      guard !isLive[Int(index)] else { continue }
      isLive[Int(index)] = true
      let node = graph.nodes[Int(index)]
      switch node.operation {
      case .literal: break
      case .input: if let kept = kept.first(where: { $0.input == index }) { open.append(kept.final) }
      default: open += [node.a, node.b, node.c]
      }
    }
    return isLive
  }
}
