/// The program of a rule laid out for so many parameters: every place is an offset in one memory.
///
/// The memory holds the rows, one number a parameter each; then the registers; then the slots, of a few parameters at a time,
/// because a rule over many parameters would otherwise carry all its intermediate results from snapshot to snapshot.
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

  let program: RuleProgram
  /// The number of parameters.
  let count: Int
  /// How many parameters the slots hold at a time.
  let width: Int
  let stages: List<Stage>
  let firstMoves: List<RuleStage.Move>
  let registerMoves: List<RuleStage.Move>
  let rowMoves: List<RuleStage.Move>
  let rowFills: List<RuleStage.Move>
  let usesGradient: Bool
  let usesLoss: Bool
  /// Where the registers and the slots begin.
  let (registers, slots): (Int, Int)
  /// How many numbers the memory has.
  let size: Int
  let blocks: [BlockShape]

  /// At most so many numbers for all slots.
  private static let slotLimit = 1 << 14
  /// At most so many parameters at a time.
  private static let widthLimit = 32

  init(_ program: RuleProgram, for layout: ParameterLayout) {
    self.program = program
    let d = layout.count
    count = d
    let width = max(1, min(d, Self.widthLimit, Self.slotLimit / max(1, program.slotCount)))
    self.width = width
    usesGradient = program.usesGradient
    usesLoss = program.usesLoss
    registers = program.rowCount * d
    slots = registers + program.registerCount
    size = slots + program.slotCount * width
    blocks = layout.blocks.map(BlockShape.init)
    func scaled(_ moves: [RuleStage.Move], from: Int, to: Int) -> List<RuleStage.Move> {
      List(moves.map { RuleStage.Move(from: $0.from * from, to: $0.to * to) })
    }
    stages = List(
      program.stages.map { stage in
        Stage(
          numbers: List(stage.numbers), fills: scaled(stage.fills, from: 1, to: width),
          loads: scaled(stage.loads, from: d, to: width), body: List(Self.scaled(stage.body, by: width)),
          stores: scaled(stage.stores, from: width, to: d),
          calls: List(stage.calls.map { Self.scaled($0, by: d) }))
      })
    firstMoves = scaled(program.firstMoves, from: 1, to: 1)
    registerMoves = scaled(program.registerMoves, from: 1, to: 1)
    rowMoves = scaled(program.rowMoves, from: d, to: d)
    rowFills = scaled(program.rowFills, from: 1, to: d)
  }

  deinit {
    for place in 0..<stages.count { stages.elements[place].deallocate() }
    stages.elements.deallocate()
    for list in [firstMoves, registerMoves, rowMoves, rowFills] { list.elements.deallocate() }
  }

  private static func scaled(_ body: [Instruction], by width: Int) -> [Instruction] {
    let width = Int32(width)
    return body.map {
      Instruction(
        operation: $0.operation, target: $0.target * width, a: $0.a * width, b: $0.b * width, c: $0.c * width)
    }
  }

  private static func scaled(_ call: RuleStage.Call, by count: Int) -> RuleStage.Call {
    var call = call
    call.argument *= count
    if !call.operation.isReduction { call.result *= count }
    return call
  }
}
