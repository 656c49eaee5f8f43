// What a step need not do: branches that are not taken while the switches stand as they do, and calls that two instructions can
// share.
extension RuleProgram {
  /// What conditions are, by their registers. One that is not the same in all lanes, or is undefined, is left out.
  typealias Decisions = [Int: Bool]

  /// What the conditions on switches alone are.
  func decisions<Scalar: Lane>(for settings: [Scalar]) -> Decisions {
    guard !conditions.isEmpty else { return [:] }
    var registers = [Scalar](repeating: .zero, count: registerCount)
    for (register, value) in literals { registers[register] = Scalar(repeating: value) }
    for (place, value) in settings.enumerated() { registers[RuleGraph.firstKnob + place] = value }
    registers.withUnsafeMutableBufferPointer { registers in
      guard let first = registers.baseAddress else { return }
      preparation.withUnsafeBufferPointer { list in
        if let list = list.baseAddress { execute(list, count: preparation.count, on: first) }
      }
    }
    var decisions: Decisions = [:]
    for condition in conditions {
      let value = registers[condition]
      if Scalar.all(value .== .zero) {
        decisions[condition] = false
      } else if !Scalar.any(value .== .zero), Scalar.all(value .== value) {
        decisions[condition] = true
      }
    }
    return decisions
  }

  /// The program in which these conditions are decided.
  func resolved(by decisions: Decisions) -> RuleProgram {
    var program = self
    if !decisions.isEmpty {
      var ofNumbers: [Int32: Bool] = [:]
      var ofSlots: [Int32: Bool] = [:]
      for (register, decision) in decisions { ofNumbers[Int32(register)] = decision }
      for fill in settledFills { ofSlots[Int32(fill.to)] = decisions[fill.from] }
      for place in stages.indices {
        program.stages[place].numbers = Self.resolved(stages[place].numbers, ofNumbers)
        program.stages[place].body = Self.resolved(stages[place].body, ofSlots)
      }
      program.prune()
    }
    program.join()
    return program
  }

  /// A list whose choices are made: each is a copy, and who reads it reads the original.
  private static func resolved(_ list: [Instruction], _ decisions: [Int32: Bool]) -> [Instruction] {
    var originals: [Int32: Int32] = [:]
    var made: [Instruction] = []
    for (place, instruction) in list.enumerated() {
      let target = instruction.target
      let (a, b, c) = (
        originals[instruction.a] ?? instruction.a, originals[instruction.b] ?? instruction.b,
        originals[instruction.c] ?? instruction.c
      )
      guard instruction.operation == .select, let decision = decisions[instruction.a] else {
        made.append(Instruction(operation: instruction.operation, target: target, a: a, b: b, c: c))
        continue
      }
      let chosen = decision ? b : c
      made.append(Instruction(.copy, to: target, chosen))
      // A row may become the next state before all have read it.
      if !list[(place + 1)...].contains(where: { $0.target == chosen }) { originals[target] = chosen }
    }
    return made
  }

  /// The registers that are read by other than instructions and fills.
  private var results: [Int] {
    var results = (registerMoves + rowFills).map(\.from)
    for case .register(let register) in lines + probes { results.append(register) }
    for call in stages.flatMap(\.calls) {
      results.append(call.order)
      if let number = call.filledFrom { results.append(number) }
    }
    return results
  }

  /// Leaves out what nobody reads.
  private mutating func prune() {
    var isRead = (registers: [Bool](repeating: false, count: registerCount), slots: [Bool]())
    isRead.slots = (0..<slotCount).map { $0 < rowCount }
    for result in results { isRead.registers[result] = true }
    func pruned(_ list: [Instruction], _ isRead: inout [Bool]) -> [Instruction] {
      var kept: [Instruction] = []
      for instruction in list.reversed() where isRead[Int(instruction.target)] {
        for operand in instruction.operands { isRead[Int(operand)] = true }
        kept.append(instruction)
      }
      return kept.reversed()
    }
    for place in stages.indices.reversed() {
      stages[place].body = pruned(stages[place].body, &isRead.slots)
      stages[place].fills.removeAll { !isRead.slots[$0.to] }
      for fill in stages[place].fills { isRead.registers[fill.from] = true }
      stages[place].numbers = pruned(stages[place].numbers, &isRead.registers)
    }
    settledFills.removeAll { !isRead.slots[$0.to] }
  }

  /// Joins instructions that follow each other.
  private mutating func join() {
    var reads = (registers: [Int](repeating: 0, count: registerCount), slots: [Int]())
    reads.slots = (0..<slotCount).map { $0 < rowCount ? 1 : 0 }
    for register in results + stages.flatMap(\.fills).map(\.from) { reads.registers[register] += 1 }
    for stage in stages {
      for operand in stage.numbers.flatMap(\.operands) { reads.registers[Int(operand)] += 1 }
      for operand in stage.body.flatMap(\.operands) { reads.slots[Int(operand)] += 1 }
    }
    for place in stages.indices {
      stages[place].numbers = Instruction.joined(stages[place].numbers) { reads.registers[Int($0)] == 1 }
      stages[place].body = Instruction.joined(stages[place].body) { reads.slots[Int($0)] == 1 }
    }
  }
}
