/// A formula as a graph in which equal subexpressions are one node.
///
/// Nodes are only ever appended, operands before their users, so that the order of the nodes is an order of evaluation.
/// Literals are folded as they meet.
struct ExpressionGraph {
  typealias Index = Int32

  /// What a node depends on, by how often that changes.
  struct Dependence: OptionSet {
    let rawValue: UInt8
    static let variables = Dependence(rawValue: 1)
    static let step = Dependence(rawValue: 2)
    static let constants = Dependence(rawValue: 4)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ role: ExpressionInput.Role) {
      switch role {
      case .variable: self = .variables
      case .step: self = .step
      case .constant: self = .constants
      }
    }
  }

  struct Node: Hashable {
    var operation: Operation
    var a: Index = 0
    var b: Index = 0
    var c: Index = 0
    /// The bits of a literal's value.
    var bits: UInt64 = 0
  }

  private(set) var nodes: [Node] = []
  private(set) var dependences: [Dependence] = []
  let inputCount: Int
  /// While derivatives are being built, zeros come from the structure, so 0·a is 0 and 0+a is a.
  var isDifferentiating = false
  private var known: [Node: Index] = [:]
  /// Integer powers that were written out as multiplications, so that they differentiate as powers.
  private(set) var integerPowers: [Index: (base: Index, exponent: Int)] = [:]

  /// A graph of its inputs alone, which are its first nodes.
  init(_ inputs: [ExpressionInput]) {
    inputCount = inputs.count
    for (place, input) in inputs.enumerated() {
      nodes.append(Node(operation: .input, a: Index(place)))
      dependences.append(Dependence(input.role))
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
    if operation.isReduction {
      dependence = dependence.subtracting(.variables).union(.step)
    } else if operation.isCollective {
      dependence.formUnion(.variables)
    }
    if operation.isSymmetric, node.b < node.a {
      node = Node(operation: operation, a: node.b, b: node.a, c: node.b)
    } else if c == nil {
      node.c = node.a
    }
    return append(node, dependence: dependence)
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
}
