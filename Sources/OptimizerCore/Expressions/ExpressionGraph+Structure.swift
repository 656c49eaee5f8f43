/// What a graph tells of its nodes by its structure.
extension ExpressionGraph {
  /// Which nodes depend on one of some inputs.
  func activity(of inputs: [Index]) -> [Bool] {
    var isActive = [Bool](repeating: false, count: nodes.count)
    for input in inputs { isActive[Int(input)] = true }
    for position in inputCount..<nodes.count {
      let node = nodes[position]
      guard node.operation != .literal else { continue }
      isActive[position] = isActive[Int(node.a)] || isActive[Int(node.b)] || isActive[Int(node.c)]
    }
    return isActive
  }

  /// Which nodes follow from some inputs and literals alone, asking no one.
  func followers(ofInputs inputs: some Sequence<Int>) -> [Bool] {
    var follows = [Bool](repeating: false, count: nodes.count)
    for input in inputs { follows[input] = true }
    for position in inputCount..<nodes.count {
      let node = nodes[position]
      follows[position] =
        node.operation == .literal
        || !node.operation.isCollective && follows[Int(node.a)] && follows[Int(node.b)]
          && follows[Int(node.c)]
    }
    return follows
  }

  /// The degree of each node as a polynomial in some inputs, judged by its structure; nil if it is none.
  func polynomialDegrees(in inputs: [Index]) -> [Int?] {
    let isActive = activity(of: inputs)
    var degrees: [Int?] = []
    degrees.reserveCapacity(nodes.count)
    for (position, node) in nodes.enumerated() {
      guard isActive[position] else {
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
        let isDecidedOutside = !isActive[Int(node.a)]
        degrees.append(isDecidedOutside ? b.flatMap { b in other.map { max(b, $0) } } : nil)
      default: degrees.append(nil)
      }
    }
    return degrees
  }
}
