/// What is known of a result before it is computed.
extension ExpressionGraph {
  func folded(_ operation: Operation, _ a: Index, _ b: Index?, _ c: Index?) -> Double? {
    guard let first = literalValue(a), !operation.isCollective else { return nil }
    var registers = (first, first, first, 0.0)
    if let b {
      guard let value = literalValue(b) else { return nil }
      registers.1 = value
    }
    if let c {
      guard let value = literalValue(c) else { return nil }
      registers.2 = value
    }
    var instruction = Instruction(operation: operation, target: 3, a: 0, b: 1, c: 2)
    return withUnsafeMutablePointer(to: &registers) {
      $0.withMemoryRebound(to: Double.self, capacity: 4) { registers in
        execute(&instruction, count: 1, on: registers)
        return registers[3]
      }
    }
  }

  mutating func simplified(_ operation: Operation, _ a: Index, _ b: Index?, _ c: Index?) -> Index? {
    let first = literalValue(a)
    let second = b.flatMap { literalValue($0) }
    switch operation {
    case .add:
      if isDifferentiating, first == 0 { return b! }
      if isDifferentiating, second == 0 { return a }
      if let inner = negated(b!) { return make(.subtract, a, inner) }
      if let inner = negated(a) { return make(.subtract, b!, inner) }
    case .subtract:
      if second == 0, second?.sign == .plus { return a }
      if isDifferentiating, first == 0 { return make(.negate, b!) }
      if let inner = negated(b!) { return make(.add, a, inner) }
    case .multiply, .guardedMultiply:
      if first == 1 { return b! }
      if second == 1 { return a }
      if isDifferentiating, first == 0 || second == 0 { return literal(0) }
      if first == -1 { return make(.negate, b!) }
      if second == -1 { return make(.negate, a) }
      if operation == .multiply, a == b! { return make(.square, a) }
      if let inner = negated(a) { return make(.negate, make(operation, inner, b)) }
      if let inner = negated(b!) { return make(.negate, make(operation, a, inner)) }
      if isDifferentiating, operation == .multiply {
        if let first, let merged = merged(factor: first, into: b!) { return merged }
        if let second, let merged = merged(factor: second, into: a) { return merged }
      }
    case .divide:
      if second == 1 { return a }
      if isDifferentiating, first == 0 { return literal(0) }
      if let inner = negated(a) { return make(.negate, make(.divide, inner, b)) }
    case .negate:
      if let inner = negated(a) { return inner }
    case .square, .absolute:
      if let inner = negated(a) { return make(operation, inner) }
    case .select:
      if let first { return first.isNaN ? a : first == 0 ? c! : b! }
    case .gate:
      if let first, !first.isNaN { return first == 0 ? c! : b! }
      if b == c { return b! }
    default: break
    }
    return nil
  }

  private func negated(_ index: Index) -> Index? {
    let node = nodes[Int(index)]
    return node.operation == .negate ? node.a : nil
  }

  /// 2·(100·v) = 200·v, where one of the factors is a power of two, so that no rounding changes.
  private mutating func merged(factor: Double, into index: Index) -> Index? {
    let node = nodes[Int(index)]
    guard node.operation == .multiply else { return nil }
    for (literalOperand, rest) in [(node.a, node.b), (node.b, node.a)] {
      guard let inner = literalValue(literalOperand) else { continue }
      let isExact =
        factor.isNormal && inner.isNormal
        && (factor.significand == 1 || inner.significand == 1)
        && abs(Int(factor.exponent)) < 64 && abs(Int(inner.exponent)) < 64
      if isExact { return make(.multiply, literal(factor * inner), rest) }
    }
    return nil
  }
}
