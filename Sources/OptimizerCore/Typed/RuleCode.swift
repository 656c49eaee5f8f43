/// The program of a rule laid out for so many parameters: every place is an offset in one memory.
///
/// The memory holds the rows, one number a parameter each; then the other slots; then the registers. Where parameters are few,
/// the rows are slots themselves; a rule over many parameters would otherwise carry all its intermediate results from snapshot to
/// snapshot, so that its slots hold a few parameters at a time.
final class RuleCode: @unchecked Sendable {
  /// A list in memory of its own, never changed.
  struct List<Element> {
    let elements: UnsafeMutablePointer<Element>
    let count: Int

    fileprivate init(_ values: [Element]) {
      elements = .allocate(capacity: max(1, values.count))
      for (place, value) in values.enumerated() { (elements + place).initialize(to: value) }
      count = values.count
    }
  }

  /// A stage with its lists.
  struct Stage {
    let numbers: List<Instruction>
    let fills: List<RuleStage.Move>
    let loads: List<RuleStage.Move>
    let body: List<Instruction>
    let stores: List<RuleStage.Move>
    let calls: List<RuleStage.Call>

    fileprivate func deallocate() {
      numbers.elements.deallocate()
      fills.elements.deallocate()
      loads.elements.deallocate()
      body.elements.deallocate()
      stores.elements.deallocate()
      calls.elements.deallocate()
    }
  }

  /// How many parameters an instruction takes at once.
  enum Grasp: Sendable {
    case one, pair, pack
  }

  /// What the conditions on switches are in this program.
  let decisions: RuleProgram.Decisions
  let layout: ParameterLayout
  let blocks: [BlockShape]
  /// All that a step reads, in memory of its own: to hold an object costs a step as much as an instruction.
  let plan: UnsafeMutablePointer<Plan>

  /// - Parameters:
  ///   - program: resolved by the decisions.
  ///   - pair: the parameters in a pair.
  ///   - pack: those in a pack.
  init(
    _ program: RuleProgram, _ decisions: RuleProgram.Decisions, for layout: ParameterLayout, pair: Int,
    pack: Int
  ) {
    self.decisions = decisions
    self.layout = layout
    blocks = layout.blocks.map(BlockShape.init)
    plan = .allocate(capacity: 1)
    plan.initialize(to: Plan(program, count: layout.count, pair: pair, pack: pack))
  }

  deinit {
    plan.pointee.deallocate()
    plan.deallocate()
  }
}

extension RuleCode {
  /// What a step does, and where.
  struct Plan {
    /// The number of parameters.
    let count: Int
    let grasp: Grasp
    /// The numbers from one row to the next: what is beyond the parameters is computed and never read.
    let stride: Int
    /// How many parameters the slots hold at a time.
    let width: Int
    /// Whether the rows are slots, so that nothing is loaded and stored.
    let holdsRows: Bool
    let preparation: List<Instruction>
    let settledFills: List<RuleStage.Move>
    let stages: List<Stage>
    let firstMoves: List<RuleStage.Move>
    let registerMoves: List<RuleStage.Move>
    let rowMoves: List<RuleStage.Move>
    let rowFills: List<RuleStage.Move>
    let usesGradient: Bool
    let usesLoss: Bool
    /// Where the slots and the registers begin.
    let (slots, registers): (Int, Int)
    /// How many numbers the memory has.
    let size: Int

    /// At most so many numbers for all slots.
    private static let slotLimit = 1 << 14
    /// At most so many parameters at a time.
    private static let widthLimit = 32

    fileprivate init(_ program: RuleProgram, count d: Int, pair: Int, pack: Int) {
      count = d
      grasp = d == 1 ? .one : d == 2 ? .pair : .pack
      let taken = d == 1 ? 1 : d == 2 ? pair : pack
      let stride = (d + taken - 1) / taken * taken
      self.stride = stride
      let holdsRows = stride <= Self.widthLimit && program.slotCount * stride <= Self.slotLimit
      self.holdsRows = holdsRows
      let width = holdsRows ? stride : taken
      self.width = width
      usesGradient = program.usesGradient
      usesLoss = program.usesLoss
      slots = holdsRows ? 0 : program.rowCount * stride
      registers = slots + program.slotCount * width
      size = registers + program.registerCount
      func scaled(_ moves: [RuleStage.Move], from: Int, to: Int) -> List<RuleStage.Move> {
        List(moves.map { RuleStage.Move(from: $0.from * from, to: $0.to * to) })
      }
      preparation = List(program.preparation)
      settledFills = scaled(program.settledFills, from: 1, to: width)
      stages = List(
        program.stages.map { stage in
          let (read, written) = holdsRows ? ([], []) : Self.rows(of: stage.body, below: program.rowCount)
          return Stage(
            numbers: List(stage.numbers), fills: scaled(stage.fills, from: 1, to: width),
            loads: scaled(read.map { RuleStage.Move(from: $0, to: $0) }, from: stride, to: width),
            body: List(Self.scaled(stage.body, by: width / taken)),
            stores: scaled(written.map { RuleStage.Move(from: $0, to: $0) }, from: width, to: stride),
            calls: List(stage.calls.map { Self.scaled($0, by: stride) }))
        })
      firstMoves = scaled(program.firstMoves, from: 1, to: 1)
      registerMoves = scaled(program.registerMoves, from: 1, to: 1)
      rowMoves = scaled(program.rowMoves, from: stride, to: stride)
      rowFills = scaled(program.rowFills, from: 1, to: stride)
    }

    fileprivate func deallocate() {
      for place in 0..<stages.count { stages.elements[place].deallocate() }
      stages.elements.deallocate()
      preparation.elements.deallocate()
      for list in [settledFills, firstMoves, registerMoves, rowMoves, rowFills] { list.elements.deallocate() }
    }

    /// The rows that a list reads before it writes them, and those that it writes.
    private static func rows(of body: [Instruction], below count: Int) -> (read: [Int], written: [Int]) {
      var (read, written): (Set<Int>, Set<Int>) = ([], [])
      for instruction in body {
        for operand in instruction.operands where operand < count && !written.contains(Int(operand)) {
          read.insert(Int(operand))
        }
        if instruction.target < count { written.insert(Int(instruction.target)) }
      }
      return (read.sorted(), written.sorted())
    }

    private static func scaled(_ body: [Instruction], by width: Int) -> [Instruction] {
      let width = Int32(width)
      return body.map {
        Instruction(
          operation: $0.operation, target: $0.target * width, a: $0.a * width, b: $0.b * width,
          c: $0.c * width)
      }
    }

    private static func scaled(_ call: RuleStage.Call, by count: Int) -> RuleStage.Call {
      var call = call
      call.argument *= count
      if !call.operation.isReduction { call.result *= count }
      return call
    }
  }
}
