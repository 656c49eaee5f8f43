internal import OptimizerCore

/// A flat program over a buffer of registers: inputs first, then literals, then one register an instruction.
struct Tape: Sendable {
  /// What depends on constants and `t` alone: run once per change of those, not per point.
  let preparation: [Instruction]
  /// What depends on the point.
  let body: [Instruction]
  let literals: [Double]
  let firstLiteral: Int
  let slotCount: Int
  /// The registers of the results.
  let outputs: [Int32]
}

/// A tape with a buffer to run it on, for one thread. Whoever makes one must `deallocate` it.
struct TapeMachine<S: Lane> {
  let registers: UnsafeMutablePointer<S>
  private let tape: Tape
  private let body: UnsafeMutablePointer<Instruction>
  private let bodyCount: Int
  private let first: Int
  private let second: Int
  private let third: Int

  init(_ tape: Tape, constants: [Double], step: Int) {
    self.init(tape, laneConstants: constants.map { S(repeating: $0) }, step: step)
  }

  /// With constants that may differ from lane to lane.
  init(_ tape: Tape, laneConstants constants: [S], step: Int) {
    self.tape = tape
    registers = .allocate(capacity: tape.slotCount)
    registers.initialize(repeating: S.zero, count: tape.slotCount)
    bodyCount = tape.body.count
    body = .allocate(capacity: max(1, bodyCount))
    for (position, instruction) in tape.body.enumerated() {
      (body + position).initialize(to: instruction)
    }
    first = Int(tape.outputs[0])
    second = Int(tape.outputs.count > 1 ? tape.outputs[1] : 0)
    third = Int(tape.outputs.count > 2 ? tape.outputs[2] : 0)
    for (position, value) in tape.literals.enumerated() {
      registers[tape.firstLiteral + position] = S(repeating: value)
    }
    for (position, value) in constants.enumerated() {
      registers[ExpressionGraph.firstConstant + position] = value
    }
    prepare(step: step)
  }

  func deallocate() {
    registers.deallocate()
    body.deallocate()
  }

  /// Runs the part that depends on `t`.
  @inline(__always)
  func prepare(step: Int) {
    registers[Int(ExpressionGraph.step)] = S(repeating: Double(step))
    tape.preparation.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      execute(base, count: $0.count, on: registers)
    }
  }

  /// Runs the tape at a point and returns its first result.
  @inline(__always)
  func run(_ x: S, _ y: S) -> S {
    registers[Int(ExpressionGraph.x)] = x
    registers[Int(ExpressionGraph.y)] = y
    execute(body, count: bodyCount, on: registers)
    return registers[first]
  }

  /// The second result of the last run.
  @inline(__always) var secondResult: S { registers[second] }
  /// The third result of the last run.
  @inline(__always) var thirdResult: S { registers[third] }
}
