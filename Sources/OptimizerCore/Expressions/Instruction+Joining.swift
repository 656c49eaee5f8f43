// Two instructions as one: what is saved is the call and the way through memory. Each keeps its rounding.
extension Instruction {
  /// This after a first, whose result nobody else reads; nil where no operation does both.
  private func joined(to first: Instruction) -> Instruction? {
    let other = a == first.target ? b : a
    let isProduct = first.operation == .multiply || first.operation == .square
    func with(_ operation: Operation, _ c: Int32?) -> Instruction? {
      c == first.target ? nil : Instruction(operation, to: target, first.a, first.b, c)
    }
    switch operation {
    // What was chosen is computed where it is wanted.
    case .copy where !first.operation.readsTarget:
      return Instruction(operation: first.operation, target: target, a: first.a, b: first.b, c: first.c)
    case .rootAdd where isProduct && a == first.target && b != first.target:
      return Instruction(.rootMultiplyAdd, to: target, first.a, first.b, b)
    case .divide where first.operation == .subtract && b == first.target && a != first.target:
      return Instruction(.divideDifference, to: target, a, first.a, first.b)
    case .add where isProduct: return with(.multiplyAdd, other)
    case .add where first.operation == .squareRoot && other != first.target:
      return Instruction(.rootAdd, to: target, first.a, other)
    case .subtract where isProduct && b == first.target: return with(.subtractMultiply, a)
    case .subtractMultiply where first.operation == .divide && c == target && other != first.target:
      return Instruction(.descend, to: target, other, first.a, first.b)
    case .multiply where isProduct: return with(.multiplyMultiply, other)
    case .flush where isProduct: return with(.multiplyFlush, nil)
    case .flush where first.operation == .multiplyAdd: return with(.multiplyAddFlush, first.c)
    case .multiplyAddFlush where c == first.target: return average(with: first)
    default: return nil
    }
  }

  /// The sum of two products, flushed, where one is of what stands in its target and the other was computed first.
  private func average(with first: Instruction) -> Instruction? {
    guard a != first.target, b != first.target else { return nil }
    func factor(_ product: Instruction) -> Int32? {
      product.a == target ? product.b : product.b == target ? product.a : nil
    }
    if first.operation == .multiply, let factor = factor(first) {
      return Instruction(operation: .average, target: target, a: factor, b: a, c: b)
    }
    guard let factor = factor(self) else { return nil }
    switch first.operation {
    case .multiply: return Instruction(operation: .average, target: target, a: factor, b: first.a, c: first.b)
    case .multiplyMultiply where first.c == first.a || first.c == first.b:
      let share = first.c == first.a ? first.b : first.a
      return Instruction(operation: .averageSquare, target: target, a: factor, b: share, c: first.c)
    default: return nil
    }
  }

  /// A list in which neighbours are joined, where one alone reads what the other writes.
  static func joined(_ list: [Instruction], isReadOnce: (Int32) -> Bool) -> [Instruction] {
    var made: [Instruction?] = []
    var writers: [Int32: Int] = [:]
    for var next in list {
      var isOpen = true
      while isOpen {
        isOpen = false
        // The later of two first: it is what the other waits for.
        let places = next.operands.filter(isReadOnce).compactMap { writers[$0] }.sorted(by: >)
        for place in places {
          guard let first = made[place], let both = next.joined(to: first) else { continue }
          // What the first reads must still be there.
          let isKept = !made[(place + 1)...].contains { later in later.map { first.reads($0.target) } ?? false
          }
          guard isKept else { continue }
          made[place] = nil
          (next, isOpen) = (both, true)
          break
        }
      }
      writers[next.target] = made.count
      made.append(next)
    }
    return made.compactMap(\.self)
  }
}
