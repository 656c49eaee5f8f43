extension ExpressionGraph {
  /// The flat program that computes some nodes and nothing else: what depends on no variable comes first, to be computed once
  /// for many evaluations.
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
      if dependences[position].isDisjoint(with: .variables) {
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
