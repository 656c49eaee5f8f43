/// A tape with a buffer to run it on, for one thread. Whoever makes one must `deallocate` it.
struct TapeMachine<S: Lane> {
  /// Inputs stand first, in their order.
  let registers: UnsafeMutablePointer<S>
  private let preparation: UnsafeMutablePointer<Instruction>
  private let preparationCount: Int
  private let body: UnsafeMutablePointer<Instruction>
  private let bodyCount: Int
  private let outputs: UnsafeMutablePointer<Int>

  /// A machine with a value for each input, prepared.
  init(_ tape: Tape, inputs: [S]) {
    precondition(inputs.count == tape.firstLiteral, "every input needs a value")
    func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
      let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
      for (place, element) in elements.enumerated() { (memory + place).initialize(to: element) }
      return memory
    }
    registers = .allocate(capacity: tape.slotCount)
    registers.initialize(repeating: S.zero, count: tape.slotCount)
    preparation = copy(tape.preparation)
    preparationCount = tape.preparation.count
    body = copy(tape.body)
    bodyCount = tape.body.count
    outputs = copy(tape.outputs.map { Int($0) })
    for (place, value) in inputs.enumerated() { registers[place] = value }
    for (place, value) in tape.literals.enumerated() {
      registers[tape.firstLiteral + place] = S(repeating: value)
    }
    prepare()
  }

  func deallocate() {
    registers.deallocate()
    preparation.deallocate()
    body.deallocate()
    outputs.deallocate()
  }

  /// Runs the part that depends on no variable, after another value of a constant or of `t`.
  @inline(__always)
  func prepare() { execute(preparation, count: preparationCount, on: registers) }

  /// Runs the tape for the variables that stand in the registers.
  @inline(__always)
  func run() { execute(body, count: bodyCount, on: registers) }

  /// A result of the last run.
  @inline(__always)
  subscript(result place: Int) -> S { registers[outputs[place]] }
}
