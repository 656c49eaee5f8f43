/// The rule of an optimizer, typed as text: `heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v`.
///
/// A value like a built-in optimizer's declaration: a spec that names it carries it, and all that is made of the spec works
/// as for any other. Two rules are equal if they are written alike, but for blanks.
public struct TypedRule: Sendable, Hashable, CustomStringConvertible {
  /// A line with what it computes, or a piece of state.
  struct Shown: Sendable {
    /// The line as a recipe has it; for a piece of state, its letter.
    let text: String
    let symbol: String
    let label: String
    let role: SlotRole
    /// Where its numbers are after a step.
    let place: RuleProgram.Place
  }

  /// Everything else, made once and shared by all copies.
  private final class Storage: Sendable {
    let syntax: RuleSyntax
    let graph: RuleGraph
    let program: RuleProgram
    /// The program as the switches stand by default.
    let usual: (decisions: RuleProgram.Decisions, program: RuleProgram)
    let isSwitch: [Bool]
    let about: About
    let knobs: [Knob]
    let lines: [Shown]
    let slots: [Shown]
    let stateHomes: [RuleProgram.Place]
    let warnings: [String]
    let rateIndex: Int?
    let shape: RuleShape
    let linearity: RuleLinearity?

    init(_ syntax: RuleSyntax) throws(ExpressionError) {
      let graph = try RuleGraph(syntax)
      let meaning = RuleMeaning(syntax, graph)
      try meaning.check()
      self.syntax = syntax
      self.graph = graph
      linearity = RuleLinearity(graph)
      let shape = meaning.shape
      var probes: [ExpressionGraph.Index] = []
      if linearity == nil, case .diagonal(let step, let average, _) = shape { probes = [step, average] }
      self.shape = shape
      // What is counted or switched stays as it is during a step: a schedule multiplies.
      let isSwitch = syntax.knobs.map { $0.knob.kind != .real }
      let program = RuleCompiler.program(of: graph, probes: probes, isSwitch: isSwitch)
      self.program = program
      self.isSwitch = isSwitch
      let decisions = program.decisions(for: syntax.knobs.map(\.knob.defaultValue))
      usual = (decisions, program.resolved(by: decisions))
      about = meaning.about(needs: program.needs, isRandom: program.asks(.random))
      knobs = syntax.knobs.map(\.knob)
      lines = meaning.lines(program)
      slots = meaning.slots(program)
      stateHomes = meaning.stateHomes
      warnings = meaning.warnings
      rateIndex = knobs.firstIndex { $0.key == "lr" }
    }
  }

  /// The rule as one line, in the one form that equal rules share.
  public let text: String
  private let storage: Storage

  /// Reads a rule.
  ///
  /// - Throws: the first fault, with line and column.
  public init(_ text: String) throws(TypedRuleError) {
    do throws(ExpressionError) {
      let syntax = try RuleSyntax(text)
      try Self.checkName(syntax.name, in: text)
      storage = try Storage(syntax)
      self.text = syntax.text
    } catch {
      throw TypedRuleError(error.message, at: error.column, in: text)
    }
  }

  /// Words that mean something else where an optimizer can stand.
  private static let reserved = ["landscape", "start", "none", "base", "schedule", Recorded.about.id]

  private static func checkName(_ name: String, in text: String) throws(ExpressionError) {
    guard OptimizerRegistry.entry(name) == nil, !reserved.contains(name) else {
      let column =
        (text.firstIndex { !$0.isWhitespace }.map { text.distance(from: text.startIndex, to: $0) } ?? 0) + 1
      throw ExpressionError(
        message: reserved.contains(name)
          ? "a rule cannot be called '\(name)', which has a meaning already"
          : "there is an optimizer '\(name)' already: call the rule otherwise, such as my-\(name)",
        column: column)
    }
  }

  /// x ← x − η g.
  static let plain: TypedRule = {
    guard let rule = try? TypedRule("plain(lr=0.01): x = x - lr*g") else {
      preconditionFailure("plain descent is a rule")
    }
    return rule
  }()

  /// The name in specs.
  public var name: String { storage.syntax.name }
  /// The rule with a line of its own for the head and for each line.
  public var block: String { storage.syntax.block }
  /// The knobs that it declares.
  public var knobs: [Knob] { storage.knobs }
  /// Where a knob stands among them. By hand: a schedule asks before every step, and what the library finds with allocates.
  func place(of key: String) -> Int? {
    let knobs = storage.knobs
    for place in knobs.indices where knobs[place].key == key { return place }
    return nil
  }
  /// What is strange about it and no fault: what nobody reads.
  public var warnings: [String] { storage.warnings }
  /// The same with its name before each.
  package var remarks: [String] { warnings.map { "\(name): \($0)" } }
  /// The rule as text under another name.
  package func renamed(_ name: String) -> String { name + text.dropFirst(self.name.count) }
  /// The rule as text.
  public var description: String { text }

  var about: About { storage.about }
  var syntax: RuleSyntax { storage.syntax }
  /// How its average becomes a step.
  var shape: RuleShape { storage.shape }
  /// Its matrix on a quadratic, if it is linear.
  var linearity: RuleLinearity? { storage.linearity }
  var program: RuleProgram { storage.program }
  /// The program with these conditions decided.
  func program(resolvedBy decisions: RuleProgram.Decisions) -> RuleProgram {
    decisions == storage.usual.decisions ? storage.usual.program : program.resolved(by: decisions)
  }
  /// Whether a knob is counted or switched, so that no schedule turns it.
  func isSwitch(_ place: Int) -> Bool { storage.isSwitch[place] }
  var graph: RuleGraph { storage.graph }
  /// The lines in order, the gradient first.
  var lines: [Shown] { storage.lines }
  /// The state worth drawing.
  var slots: [Shown] { storage.slots }
  /// Where the numbers of the states are kept, in the order of the program that starts them.
  var stateHomes: [RuleProgram.Place] { storage.stateHomes }
  var starts: Tape { storage.graph.starts }
  /// The knob `lr` among the knobs.
  var rateIndex: Int? { storage.rateIndex }

  /// Whether two are written alike.
  public static func == (a: TypedRule, b: TypedRule) -> Bool { a.text == b.text }
  /// By the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
