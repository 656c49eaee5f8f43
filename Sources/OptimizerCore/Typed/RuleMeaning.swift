/// What the names and lines of a rule are: how they are drawn, and what is strange about them.
struct RuleMeaning {
  /// What a value is as a function of the gradient and the point.
  private enum Kind: Equatable {
    /// Nothing is known yet.
    case unknown
    /// A place among the parameters.
    case place
    /// A number times a place: a part of one, or a penalty.
    case scaled
    /// It grows with this power of the gradient: 1 for an average of gradients, 2 for squares.
    case power(Double)
  }

  private let syntax: RuleSyntax
  private let rule: RuleGraph
  private var kinds: [Kind] = []

  init(_ syntax: RuleSyntax, _ rule: RuleGraph) {
    self.syntax = syntax
    self.rule = rule
    var states: [ExpressionGraph.Index: Kind] = [:]
    // What a state is follows from its assignment, which may read the state.
    for _ in 0..<(rule.kept.count + 1) {
      kinds = kinds(states)
      for kept in rule.kept { states[kept.input] = kinds[Int(kept.final)] }
    }
  }

  private func kinds(_ states: [ExpressionGraph.Index: Kind]) -> [Kind] {
    var kinds: [Kind] = []
    for (position, node) in rule.graph.nodes.enumerated() {
      func kind(_ index: ExpressionGraph.Index) -> Kind { kinds[Int(index)] }
      guard node.operation != .literal else {
        kinds.append(.power(0))
        continue
      }
      if node.operation == .input {
        switch ExpressionGraph.Index(position) {
        case RuleGraph.point: kinds.append(.place)
        case RuleGraph.gradient: kinds.append(.power(1))
        case let input:
          kinds.append(rule.kept.contains { $0.input == input } ? states[input] ?? .unknown : .power(0))
        }
        continue
      }
      let (a, b, c) = (kind(node.a), kind(node.b), kind(node.c))
      switch node.operation {
      case .add: kinds.append(Self.sum(a, b))
      case .subtract: kinds.append(a == .place && b == .place ? .power(1) : Self.sum(a, b))
      case .multiply: kinds.append(Self.product(a, b, 1))
      case .divide, .direction: kinds.append(Self.product(a, node.operation == .divide ? b : c, -1))
      case .square: kinds.append(Self.product(a, a, 1))
      case .squareRoot: if case .power(let p) = a { kinds.append(.power(p / 2)) } else { kinds.append(a) }
      case .sign, .random, .matrixSign, .less, .lessOrEqual, .equal, .notEqual: kinds.append(.power(0))
      case .gradient, .hessianProduct: kinds.append(.power(1))
      case .select: kinds.append(b == .unknown || b == .power(0) ? c : b)
      case .minimum, .maximum: kinds.append(a == .power(0) || a == .unknown ? b : a)
      case .negate, .flush, .absolute, .rectify, .sum, .mean, .norm, .largest: kinds.append(a)
      default: kinds.append(.power(0))
      }
    }
    return kinds
  }

  private static func sum(_ a: Kind, _ b: Kind) -> Kind {
    if a == .place || b == .place { return .place }
    if a == .scaled || b == .scaled {
      // A gradient with a penalty is a gradient; what else is added to a part of a place is a place.
      let other = a == .scaled ? b : a
      return other == .power(1) ? other : .place
    }
    guard case .power(let p) = a, a != .power(0) else { return b == .unknown ? a : b }
    guard case .power(let q) = b, b != .power(0) else { return a }
    return .power(max(p, q))
  }

  private static func product(_ a: Kind, _ b: Kind, _ sign: Double) -> Kind {
    switch (a, b) {
    case (.power(let p), .power(let q)): return .power(p + sign * q)
    case (.place, .power(0)), (.power(0), .place), (.scaled, .power(0)), (.power(0), .scaled): return .scaled
    case (.unknown, _): return b == .power(0) ? .unknown : b
    case (_, .unknown): return a == .power(0) ? .unknown : a
    default: return .power(1)
    }
  }

  /// How the average becomes a step.
  var shape: RuleShape {
    RuleShape(
      of: rule, isPlace: { kinds[Int($0)] == .place || kinds[Int($0)] == .scaled },
      isAverage: {
        rule.isVector($0) && kinds[Int($0)] == .power(1)
      })
  }

  // MARK: Faults

  /// Refuses a rule that never moves.
  func check() throws(ExpressionError) {
    let moves = syntax.lines.last { $0.name.text == RuleNames.point }
    guard let moves else {
      let last = syntax.lines[syntax.lines.count - 1]
      throw ExpressionError(
        message: "the rule never moves x: it needs a line such as x = x - lr*g", column: last.name.column)
    }
    guard rule.pointFinal != RuleGraph.point else {
      throw ExpressionError(
        message: "the rule never moves x: this line leaves it where it is", column: moves.name.column)
    }
  }

  /// What nobody reads.
  var warnings: [String] {
    let isLive = rule.live
    var warnings: [String] = []
    for (place, knob) in syntax.knobs.enumerated() where !isLive[RuleGraph.firstKnob + place] {
      if starts(read: knob.knob.key) { continue }
      warnings.append("the knob '\(knob.knob.key)' changes nothing: no line on the way to x reads it")
    }
    for state in rule.states {
      if state.final == state.input {
        warnings.append("the state '\(state.name)' stays as it starts: no line assigns it")
      } else if !isLive[Int(state.input)] {
        warnings.append("nobody reads the state '\(state.name)': no line on the way to x does")
      }
    }
    var told: Set<String> = []
    for line in rule.lines where line.left == .local && !isLive[Int(line.root)] {
      if told.insert(line.name).inserted {
        warnings.append("nobody reads '\(line.name)': no line on the way to x does")
      }
    }
    return warnings
  }

  /// Whether a start does.
  private func starts(read name: String) -> Bool {
    syntax.lines.contains { $0.isStart && $0.tokens.contains { $0.kind == .name && $0.text == name } }
  }

  // MARK: What is shown

  private func symbol(_ name: String) -> String {
    syntax.knobs.first { $0.knob.key == name }?.knob.symbol ?? RuleDisplay.symbol(name)
  }

  private func role(_ root: ExpressionGraph.Index, isState: Bool) -> SlotRole {
    guard rule.isVector(root) else { return .number }
    switch kinds[Int(root)] {
    case .place, .scaled:
      let isAskedAbout = rule.graph.nodes.contains { $0.operation == .gradient && $0.a == root }
      return isAskedAbout ? .probe : .place
    case .power(2):
      let remembers = syntax.knobs.contains { $0.knob.role == .memoryOfSquares }
      return isState && remembers ? .averageOfSquares : .squares
    case .power(1): return isState ? .average : .direction
    default: return .direction
    }
  }

  /// The lines with the places of their numbers, the gradient before them.
  func lines(_ program: RuleProgram) -> [TypedRule.Shown] {
    var lines: [TypedRule.Shown] = []
    if program.usesGradient { lines.append(gradient) }
    for (line, place) in zip(rule.lines, program.lines) {
      let symbol = symbol(line.name)
      let role: SlotRole =
        switch line.left {
        case .point: .point
        case .state: role(line.root, isState: true)
        case .local: line.name == RuleNames.gradient ? .gradient : role(line.root, isState: false)
        }
      lines.append(
        TypedRule.Shown(
          text: "\(symbol) ← \(RuleDisplay.shown(line.tokens, self.symbol))", symbol: symbol,
          label: line.left == .point ? "point" : line.name, role: role, place: place))
    }
    return lines
  }

  private var gradient: TypedRule.Shown {
    TypedRule.Shown(
      text: "g ← ∇f(θ)", symbol: RuleNames.gradient, label: "gradient", role: .gradient,
      place: .row(RuleProgram.gradient))
  }

  /// The gradient, and the states.
  func slots(_ program: RuleProgram) -> [TypedRule.Shown] {
    var slots: [TypedRule.Shown] = []
    if program.usesGradient {
      // As the rule used it in the end.
      let last = rule.lines.lastIndex { $0.name == RuleNames.gradient }
      slots.append(
        TypedRule.Shown(
          text: "", symbol: RuleNames.gradient, label: "gradient", role: .gradient,
          place: last.map { program.lines[$0] } ?? .row(RuleProgram.gradient)))
    }
    for (state, home) in zip(rule.states, stateHomes) {
      slots.append(
        TypedRule.Shown(
          text: "", symbol: symbol(state.name), label: state.name.replacing("_", with: " "),
          role: state.isVector ? role(state.final, isState: true) : .number, place: home))
    }
    return slots
  }

  /// Where the states are kept: rows in their order behind those of point and gradient, or the registers of their inputs.
  var stateHomes: [RuleProgram.Place] {
    var row = RuleProgram.gradient
    return rule.states.map { state in
      guard state.isVector else { return .register(Int(state.input)) }
      row += 1
      return .row(row)
    }
  }

  // MARK: Who it is

  /// The declaration that a built-in rule would make.
  func about(needs: Capabilities, isRandom: Bool) -> About {
    About(
      id: syntax.name, name: name, group: .typed, rate: rate,
      summary: "a rule that was typed: \(syntax.text)",
      watch: "what its lines do, one by one: the step view goes through them", citation: "", needs: needs,
      isRandom: isRandom)
  }

  /// The name, with what is different where it was made of a built-in rule's text: `my-adam −p1`.
  private var name: String {
    guard let difference = RuleDifference(fromOrigin: syntax), !difference.isEmpty else { return syntax.name }
    return "\(syntax.name) \(difference.marks)"
  }

  /// What its learning rate is measured in: how what is added to the point grows with the gradient.
  private var rate: About.Rate {
    guard syntax.knobs.contains(where: { $0.knob.key == "lr" }) else { return .none }
    let node = rule.graph.nodes[Int(rule.pointFinal)]
    let parts = [node.a, node.b].map { kinds[Int($0)] }
    if parts.contains(.power(1)) { return .inverseCurvature }
    return parts.contains(.power(0)) ? .length : .none
  }
}
