internal import OptimizerCore

/// A formula as a graph in which equal subexpressions are one node.
///
/// Nodes are only ever appended, operands before their users, so that the order of the nodes is an order of evaluation.
/// Literals are folded as they meet.
struct ExpressionGraph {
  typealias Index = Int32

  /// Which inputs a node depends on.
  struct Dependence: OptionSet {
    let rawValue: UInt8
    static let x = Dependence(rawValue: 1)
    static let y = Dependence(rawValue: 2)
    static let step = Dependence(rawValue: 4)
    static let constants = Dependence(rawValue: 8)
    static let point: Dependence = [.x, .y]
  }

  struct Node: Hashable {
    var operation: Operation
    var a: Index = 0
    var b: Index = 0
    var c: Index = 0
    /// The bits of a literal's value.
    var bits: UInt64 = 0
  }

  /// Inputs in this order: x, y, t, then the named constants.
  static let x: Index = 0
  static let y: Index = 1
  static let step: Index = 2
  static let firstConstant = 3

  private(set) var nodes: [Node] = []
  private(set) var dependences: [Dependence] = []
  let inputCount: Int
  /// While derivatives are being built, zeros come from the structure, so 0·a is 0 and 0+a is a.
  var isDifferentiating = false
  private var known: [Node: Index] = [:]
  /// Integer powers that were written out as multiplications, so that they differentiate as powers.
  private(set) var integerPowers: [Index: (base: Index, exponent: Int)] = [:]

  init(constantCount: Int) {
    inputCount = Self.firstConstant + constantCount
    for input in 0..<inputCount {
      let dependence: Dependence = input == 0 ? .x : input == 1 ? .y : input == 2 ? .step : .constants
      nodes.append(Node(operation: .input, a: Index(input)))
      dependences.append(dependence)
    }
  }

  func literalValue(_ index: Index) -> Double? {
    let node = nodes[Int(index)]
    return node.operation == .literal ? Double(bitPattern: node.bits) : nil
  }

  mutating func literal(_ value: Double) -> Index {
    append(Node(operation: .literal, bits: value.bitPattern), dependence: [])
  }

  private mutating func append(_ node: Node, dependence: Dependence) -> Index {
    if let found = known[node] { return found }
    let index = Index(nodes.count)
    nodes.append(node)
    dependences.append(dependence)
    known[node] = index
    return index
  }

  /// The node for an operation, simplified where that changes no result.
  mutating func make(_ operation: Operation, _ a: Index, _ b: Index? = nil, _ c: Index? = nil) -> Index {
    if let value = folded(operation, a, b, c) { return literal(value) }
    if let simpler = simplified(operation, a, b, c) { return simpler }
    var node = Node(operation: operation, a: a, b: b ?? a, c: c ?? a)
    var dependence = dependences[Int(a)]
    if let b { dependence.formUnion(dependences[Int(b)]) }
    if let c { dependence.formUnion(dependences[Int(c)]) }
    if operation.isSymmetric, node.b < node.a {
      node = Node(operation: operation, a: node.b, b: node.a, c: node.b)
    } else if c == nil {
      node.c = node.a
    }
    return append(node, dependence: dependence)
  }

  private func folded(_ operation: Operation, _ a: Index, _ b: Index?, _ c: Index?) -> Double? {
    guard let first = literalValue(a) else { return nil }
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

  private mutating func simplified(_ operation: Operation, _ a: Index, _ b: Index?, _ c: Index?) -> Index? {
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

  /// a^b, as multiplications or a root where the exponent is known and that is exact enough.
  mutating func makePower(_ a: Index, _ b: Index) -> Index {
    if literalValue(a) != nil, literalValue(b) != nil { return make(.power, a, b) }
    if let exponent = literalValue(b) {
      if exponent == 0.5 { return make(.squareRoot, a) }
      if exponent == -0.5 { return make(.divide, literal(1), make(.squareRoot, a)) }
      if exponent == exponent.rounded(), abs(exponent) <= 64 { return integerPower(a, Int(exponent)) }
    }
    if let base = literalValue(a), base == Self.eulersNumber { return make(.exp, b) }
    return make(.power, a, b)
  }

  static let eulersNumber = 0x1.5bf0a8b145769p+1

  /// a^n by squaring, |n| ≤ 64.
  mutating func integerPower(_ a: Index, _ n: Int) -> Index {
    if n < 0 { return make(.divide, literal(1), integerPower(a, -n)) }
    if n == 0 { return literal(1) }
    if n == 1 { return a }
    let half = integerPower(a, n / 2)
    let squared = make(.square, half)
    let result = n % 2 == 0 ? squared : make(.multiply, squared, a)
    if n > 2, literalValue(result) == nil, integerPowers[result] == nil { integerPowers[result] = (a, n) }
    return result
  }

  /// The derivatives of a node along x and y.
  mutating func gradient(of root: Index) -> (x: Index, y: Index) {
    var sweep = ReverseSweep(self, from: root)
    let slopes = (sweep.derivative(along: Self.x), sweep.derivative(along: Self.y))
    self = sweep.graph
    return slopes
  }

  // MARK: Structure

  /// The degree of a node as a polynomial in x and y, judged by its structure; nil if it is none.
  func polynomialDegrees() -> [Int?] {
    var degrees: [Int?] = []
    degrees.reserveCapacity(nodes.count)
    for (position, node) in nodes.enumerated() {
      if dependences[position].isDisjoint(with: .point) {
        degrees.append(0)
        continue
      }
      let a = node.operation == .input ? nil : degrees[Int(node.a)]
      let b = node.operation == .input ? nil : degrees[Int(node.b)]
      switch node.operation {
      case .input: degrees.append(1)
      case .add, .subtract: degrees.append(a.flatMap { a in b.map { max(a, $0) } })
      case .multiply: degrees.append(a.flatMap { a in b.map { min(a + $0, 1 << 20) } })
      case .square: degrees.append(a.map { min(2 * $0, 1 << 20) })
      case .negate: degrees.append(a)
      case .divide: degrees.append(b == 0 ? a : nil)
      case .select:
        let other = degrees[Int(node.c)]
        let isDecidedOutside = dependences[Int(node.a)].isDisjoint(with: .point)
        degrees.append(isDecidedOutside ? b.flatMap { b in other.map { max(b, $0) } } : nil)
      default: degrees.append(nil)
      }
    }
    return degrees
  }

  // MARK: Tapes

  /// The flat program that computes some nodes and nothing else.
  func tape(for outputs: [Index]) -> Tape {
    var isNeeded = [Bool](repeating: false, count: nodes.count)
    for output in outputs { isNeeded[Int(output)] = true }
    for position in stride(from: nodes.count - 1, through: inputCount, by: -1) where isNeeded[position] {
      let node = nodes[position]
      guard node.operation != .literal else { continue }
      isNeeded[Int(node.a)] = true
      isNeeded[Int(node.b)] = true
      isNeeded[Int(node.c)] = true
    }
    var slots = [Int32](repeating: -1, count: nodes.count)
    for input in 0..<inputCount { slots[input] = Int32(input) }
    var slotCount = Int32(inputCount)
    var literals: [Double] = []
    for position in inputCount..<nodes.count where isNeeded[position] {
      guard let value = literalValue(Index(position)) else { continue }
      slots[position] = slotCount
      literals.append(value)
      slotCount += 1
    }
    var preparation: [Instruction] = []
    var body: [Instruction] = []
    for position in inputCount..<nodes.count where isNeeded[position] {
      let node = nodes[position]
      guard node.operation != .literal else { continue }
      slots[position] = slotCount
      let instruction = Instruction(
        operation: node.operation, target: slotCount, a: slots[Int(node.a)], b: slots[Int(node.b)],
        c: slots[Int(node.c)])
      if dependences[position].isDisjoint(with: .point) {
        preparation.append(instruction)
      } else {
        body.append(instruction)
      }
      slotCount += 1
    }
    return Tape(
      preparation: preparation, body: body, literals: literals, firstLiteral: inputCount,
      slotCount: Int(slotCount), outputs: outputs.map { slots[Int($0)] })
  }
}
