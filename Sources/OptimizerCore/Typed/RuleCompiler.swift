/// Orders the nodes of a rule's graph into the stages of a step.
struct RuleCompiler {
  private typealias Index = ExpressionGraph.Index
  private typealias Move = RuleStage.Move

  private let rule: RuleGraph
  /// What is looked at beside the lines.
  private let probes: [Index]
  private let graph: ExpressionGraph
  private var program = RuleProgram()
  private var isNeeded: [Bool]
  /// The stage in which a node is known.
  private var stage: [Int]
  /// The row of a node, −1 where it has none.
  private var row: [Int]
  /// The register of a node, −1 where it has none.
  private var register: [Int]
  /// The row in which a number is asked about.
  private var argument: [Index: Int] = [:]
  /// The slots of what has no row.
  private var slots: [Index: Int] = [:]
  /// Rows that are kept beside before anything is computed.
  private var copies: [Move] = []
  /// Whether a node follows from knobs alone.
  private let isSettled: [Bool]

  /// The program of a rule.
  ///
  /// - Parameters:
  ///   - probes: nodes to be looked at beside the lines.
  ///   - isSwitch: which knobs are switched or chosen.
  static func program(
    of rule: RuleGraph, probes: [ExpressionGraph.Index], isSwitch: [Bool]
  ) -> RuleProgram {
    var compiler = RuleCompiler(rule, probes, knobs: isSwitch.count)
    compiler.order()
    compiler.placeInputs()
    compiler.placeNumbers()
    compiler.placeRows()
    compiler.placeResults()
    compiler.makeStages()
    compiler.findConditions(isSwitch)
    return compiler.program
  }

  private init(_ rule: RuleGraph, _ probes: [Index], knobs: Int) {
    self.rule = rule
    self.probes = probes
    graph = rule.graph
    isSettled = rule.graph.followers(ofInputs: RuleGraph.firstKnob..<RuleGraph.firstKnob + knobs)
    isNeeded = [Bool](repeating: false, count: graph.nodes.count)
    stage = [Int](repeating: 0, count: graph.nodes.count)
    row = [Int](repeating: -1, count: graph.nodes.count)
    register = [Int](repeating: -1, count: graph.nodes.count)
  }

  private var outputs: [Index] {
    rule.lines.map(\.root) + [rule.pointFinal] + rule.kept.map(\.final) + probes
  }

  private func operands(_ position: Int) -> [Index] {
    let node = graph.nodes[position]
    switch node.operation {
    case .literal, .input, .random: return []
    case .inverseRoot: return [node.a, node.b]
    case let operation where operation.isCollective: return [node.a]
    default: return [node.a, node.b, node.c]
    }
  }

  private func isCollective(_ index: Index) -> Bool { graph.nodes[Int(index)].operation.isCollective }
  private func isInput(_ index: Index) -> Bool { Int(index) < graph.inputCount }

  /// Finds what is needed, and in which stage each of it can be computed.
  private mutating func order() {
    for output in outputs { isNeeded[Int(output)] = true }
    for position in stride(from: graph.nodes.count - 1, through: graph.inputCount, by: -1)
    where isNeeded[position] {
      for operand in operands(position) { isNeeded[Int(operand)] = true }
    }
    for position in graph.inputCount..<graph.nodes.count where isNeeded[position] {
      let known = operands(position).map { stage[Int($0)] }.max() ?? 0
      stage[position] = known + (graph.nodes[position].operation.isCollective ? 1 : 0)
    }
    program.usesGradient = isNeeded[Int(RuleGraph.gradient)]
    program.usesLoss = isNeeded[Int(RuleGraph.loss)]
  }

  private mutating func newRow() -> Int {
    program.rowCount += 1
    return program.rowCount - 1
  }

  private mutating func newRegister() -> Int {
    program.registerCount += 1
    return program.registerCount - 1
  }

  /// Inputs have the registers of their numbers; those for each parameter have rows instead.
  private mutating func placeInputs() {
    program.registerCount = graph.inputCount
    for input in 0..<graph.inputCount { register[input] = input }
    row[Int(RuleGraph.point)] = newRow()
    row[Int(RuleGraph.gradient)] = newRow()
    for kept in rule.kept where kept.isVector { row[Int(kept.input)] = newRow() }
  }

  private mutating func placeNumbers() {
    // A state that is computed anew goes where it is read from, if nothing reads the old one afterwards.
    for kept in rule.kept where !kept.isVector && isInPlace(kept) {
      register[Int(kept.final)] = register[Int(kept.input)]
    }
    for position in graph.inputCount..<graph.nodes.count
    where isNeeded[position] && !rule.isVector(Index(position)) && register[position] < 0 {
      register[position] = newRegister()
      if let value = graph.literalValue(Index(position)) {
        program.literals.append((register[position], value))
      }
    }
  }

  /// Whether a number that is kept may take the place of the old one: what has a value for each parameter reads numbers once
  /// all of a stage are computed.
  private func isInPlace(_ kept: RuleGraph.Kept) -> Bool {
    let final = Int(kept.final)
    guard !isInput(kept.final), !isCollective(kept.final), !isSettled[final], register[final] < 0,
      graph.nodes[final].operation != .literal
    else { return false }
    return isFree(kept.input, after: final)
      && !(graph.inputCount..<graph.nodes.count).contains {
        isNeeded[$0] && rule.isVector(Index($0)) && stage[$0] >= stage[final]
          && operands($0).contains(kept.input)
      }
  }

  /// Gives rows to what more than one stage needs: answers, what is asked about, what a later stage or a result reads.
  private mutating func placeRows() {
    var isKept = [Bool](repeating: false, count: graph.nodes.count)
    for output in outputs { isKept[Int(output)] = true }
    for position in graph.inputCount..<graph.nodes.count where isNeeded[position] {
      let node = graph.nodes[position]
      if node.operation.isCollective { isKept[position] = true }
      for operand in operands(position)
      where node.operation.isCollective || stage[position] > stage[Int(operand)] {
        isKept[Int(operand)] = true
      }
    }
    for position in graph.inputCount..<graph.nodes.count where isNeeded[position] {
      let node = graph.nodes[position]
      if node.operation.isCollective, node.operation != .random, !rule.isVector(node.a) {
        argument[Index(position)] = newRow()
      }
    }
    // A state that is computed anew goes where it is read from, if nothing reads the old one afterwards.
    for (input, final) in [(RuleGraph.point, rule.pointFinal)]
      + rule.kept.filter(\.isVector).map({ ($0.input, $0.final) })
    where rule.isVector(final) && !isInput(final) && !isCollective(final) && row[Int(final)] < 0
      && isFree(input, after: Int(final))
    {
      row[Int(final)] = row[Int(input)]
    }
    for position in graph.inputCount..<graph.nodes.count
    where isKept[position] && isNeeded[position] && rule.isVector(Index(position)) && row[position] < 0 {
      row[position] = newRow()
    }
  }

  /// Whether nothing reads an input once a node is computed.
  private func isFree(_ input: Index, after last: Int) -> Bool {
    !(graph.inputCount..<graph.nodes.count).contains {
      isNeeded[$0] && (stage[$0], $0) > (stage[last], last) && operands($0).contains(input)
    }
  }

  // MARK: Stages

  private mutating func makeStages() {
    program.slotCount = program.rowCount
    let count = (stage.indices.filter { isNeeded[$0] }.map { stage[$0] }.max() ?? 0) + 1
    for number in 0..<count { program.stages.append(makeStage(number)) }
    program.stages[0].body.insert(
      contentsOf: copies.map { Instruction(.copy, to: Int32($0.to), Int32($0.from)) }, at: 0)
  }

  private mutating func makeStage(_ number: Int) -> RuleStage {
    var made = RuleStage()
    for position in graph.inputCount..<graph.nodes.count where isNeeded[position] {
      let (node, index) = (graph.nodes[position], Index(position))
      if node.operation.isCollective {
        if stage[position] == number + 1 { made.calls.append(call(index)) }
        continue
      }
      guard stage[position] == number, node.operation != .literal else { continue }
      guard rule.isVector(index) else {
        let instruction = Instruction(
          operation: node.operation, target: Int32(register[position]), a: Int32(register[Int(node.a)]),
          b: Int32(register[Int(node.b)]), c: Int32(register[Int(node.c)]))
        if isSettled[position] {
          program.preparation.append(instruction)
        } else {
          made.numbers.append(instruction)
        }
        continue
      }
      let (a, b, c) = (slot(node.a, &made), slot(node.b, &made), slot(node.c, &made))
      let target = row[position] >= 0 ? row[position] : newSlot(index)
      made.body.append(
        Instruction(operation: node.operation, target: Int32(target), a: Int32(a), b: Int32(b), c: Int32(c)))
    }
    return made
  }

  private mutating func newSlot(_ index: Index) -> Int {
    slots[index] = program.slotCount
    program.slotCount += 1
    return program.slotCount - 1
  }

  private mutating func slot(_ index: Index, _ made: inout RuleStage) -> Int {
    if rule.isVector(index), row[Int(index)] >= 0 { return row[Int(index)] }
    if let known = slots[index] { return known }
    let slot = newSlot(index)
    let fill = Move(from: register[Int(index)], to: slot)
    if isSettled[Int(index)] { program.settledFills.append(fill) } else { made.fills.append(fill) }
    return slot
  }

  private func call(_ index: Index) -> RuleStage.Call {
    let node = graph.nodes[Int(index)]
    let argument = argument[index]
    return RuleStage.Call(
      operation: node.operation,
      argument: argument ?? row[Int(node.a)],
      filledFrom: argument == nil ? nil : register[Int(node.a)],
      order: node.operation == .inverseRoot ? register[Int(node.b)] : 0,
      result: node.operation.isReduction ? register[Int(index)] : row[Int(index)])
  }

  private mutating func findConditions(_ isSwitch: [Bool]) {
    let switches = isSwitch.indices.filter { isSwitch[$0] }.map { RuleGraph.firstKnob + $0 }
    let isSwitched = graph.followers(ofInputs: switches)
    let conditions = graph.nodes.indices.filter { isNeeded[$0] && graph.nodes[$0].operation == .select }
      .map { Int(graph.nodes[$0].a) }
    program.conditions = Set(conditions.filter { isSwitched[$0] }.map { register[$0] }).sorted()
  }

  // MARK: Results

  /// Where a result stands at the end of a step. An input that the step overwrites is kept beside.
  private mutating func place(of root: Index) -> RuleProgram.Place {
    let isVector = rule.isVector(root)
    guard isInput(root), root != RuleGraph.gradient,
      root == RuleGraph.point || rule.kept.contains(where: { $0.input == root })
    else { return isVector ? .row(row[Int(root)]) : .register(register[Int(root)]) }
    if isVector {
      let copy = newRow()
      copies.append(Move(from: row[Int(root)], to: copy))
      return .row(copy)
    }
    let copy = newRegister()
    program.firstMoves.append(Move(from: register[Int(root)], to: copy))
    return .register(copy)
  }

  private mutating func placeResults() {
    var known: [Index: RuleProgram.Place] = [:]
    for root in outputs where known[root] == nil { known[root] = place(of: root) }
    program.lines = rule.lines.map { known[$0.root]! }
    program.probes = probes.map { known[$0]! }
    finish(row[Int(RuleGraph.point)], known[rule.pointFinal]!)
    for kept in rule.kept where kept.final != kept.input {
      if kept.isVector {
        finish(row[Int(kept.input)], known[kept.final]!)
      } else if case .register(let from) = known[kept.final]!, from != Int(kept.input) {
        program.registerMoves.append(Move(from: from, to: Int(kept.input)))
      }
    }
  }

  /// Brings a result to the row where the next step reads it.
  private mutating func finish(_ target: Int, _ place: RuleProgram.Place) {
    switch place {
    case .row(target): break
    case .row(let from): program.rowMoves.append(Move(from: from, to: target))
    case .register(let from): program.rowFills.append(Move(from: from, to: target))
    }
  }
}
