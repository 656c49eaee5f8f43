/// One step of a tape: r[target] = operation(r[a], r[b], r[c]).
///
/// An operand that the operation does not read stands for another that it reads.
struct Instruction: Sendable {
  var operation: Operation
  var target: Int32
  var a: Int32
  var b: Int32
  var c: Int32
}

extension Instruction {
  /// An instruction of fewer operands.
  init(_ operation: Operation, to target: Int32, _ a: Int32, _ b: Int32? = nil, _ c: Int32? = nil) {
    self.init(operation: operation, target: target, a: a, b: b ?? a, c: c ?? a)
  }

  /// What it reads, each once.
  var operands: [Int32] {
    let first = operation.readsTarget ? [target, a] : [a]
    return [b, c].reduce(first) { $0.contains($1) ? $0 : $0 + [$1] }
  }

  /// Whether it reads a register.
  func reads(_ register: Int32) -> Bool { operands.contains(register) }
}
