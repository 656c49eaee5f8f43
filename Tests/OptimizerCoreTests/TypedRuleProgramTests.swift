import TestSupport
import Testing

@testable import OptimizerCore

/// What a typed rule's program leaves out and takes together changes no bit.
@Suite struct TypedRuleProgramTests {
  /// The built-in rules that are switched.
  private static let switched = TypedRuleTextTests.ids.filter { id in
    TypedRuleProgramTests.switches(of: id).count > 0
  }

  private static func switches(of id: String) -> [Knob] {
    (try? TypedRule(TypedRuleTextTests.text(id)))?.knobs.filter { $0.kind != .real && $0.kind != .integer }
      ?? []
  }

  /// The rule with numbers in place of switches, whose branches nobody decides beforehand.
  private static func undecided(_ id: String) throws -> TypedRule {
    var text = try TypedRule(TypedRuleTextTests.text(id)).text
    for knob in switches(of: id) {
      if case .choice(let words) = knob.kind {
        text = text.replacing(
          "\(knob.key)=\(words.joined(separator: "|"))", with: "\(knob.key)=0 from 0 to \(words.count)")
        for (place, word) in words.enumerated() {
          for sign in ["==", "!="] { text = text.replacing("\(sign) \(word)", with: "\(sign) \(place)") }
        }
      } else {
        for (place, word) in ["off", "on"].enumerated() {
          text = text.replacing("\(knob.key)=\(word)", with: "\(knob.key)=\(place) from 0 to 1")
        }
      }
    }
    let rule = try TypedRule(text)
    #expect(rule.program.conditions.isEmpty)
    return rule
  }

  /// Steps between which switches are turned, one after the other and back; all that is shown after each.
  private func numbers<Scalar: Lane>(
    _ rule: TypedRule, _ turned: [Knob], in lanes: Range<Int>, from start: [Scalar],
    _ oracle: () -> Oracle<Scalar>
  ) -> [[Scalar]] {
    var optimizer: any Optimizer<Scalar> = TypedOptimizer<Scalar>(rule)
    var x = start
    var shown: [[Scalar]] = []
    var step = 1
    func go(_ count: Int) {
      for _ in 0..<count {
        let before = x
        x = run(&optimizer, on: oracle(), from: x, steps: 1, first: step, prepares: step == 1)
        step += 1
        shown.append(x)
        shown += optimizer.state.map(\.values)
        let record = StepRecord(before: before, after: x, gradient: x)
        shown += optimizer.lines(after: record).map(\.values)
      }
    }
    go(3)
    for knob in turned {
      let usual = Scalar(repeating: knob.defaultValue)
      var other = usual
      for lane in lanes { other[lane: lane] = knob.defaultValue == 0 ? 1 : 0 }
      let before = optimizer
      optimizer.set(knob.key, to: other)
      go(3)
      // A snapshot goes on as it was.
      optimizer = before
      go(2)
      optimizer.set(knob.key, to: other)
      go(2)
      optimizer.set(knob.key, to: usual)
      go(2)
    }
    return shown
  }

  private func expectSame<Scalar: Lane>(_ a: [[Scalar]], _ b: [[Scalar]], _ name: String) {
    #expect(a.count == b.count)
    for (place, (a, b)) in zip(a, b).enumerated() {
      let isSame = a.count == b.count && zip(a, b).allSatisfy { Scalar.identical($0, $1) }
      #expect(isSame, "\(name), number \(place): \(a), not \(b)")
      if !isSame { return }
    }
  }

  @Test(arguments: switched) func aSwitchIsTurnedDuringARun(_ id: String) throws {
    let rule = try TypedRule(TypedRuleTextTests.text(id))
    let undecided = try Self.undecided(id)
    let turned = Self.switches(of: id)
    for start in [[-1.2, 0.7], [-1.2, 0.7, 0.4], (0..<41).map { 0.1 * Double($0 % 7) - 0.3 }] {
      let d = start.count
      expectSame(
        numbers(rule, turned, in: 0..<1, from: start) { Valley<Double>(dimension: d) },
        numbers(undecided, turned, in: 0..<1, from: start) { Valley<Double>(dimension: d) }, "\(id), \(d)")
    }
    var start = [-1.2, 0.7].map { Lanes(repeating: $0) }
    for lane in 0..<8 { start[0][lane] += 0.05 * Double(lane) }
    // Turned in all lanes they are decided; turned in some they are not.
    for lanes in [0..<8, 2..<5] {
      expectSame(
        numbers(rule, turned, in: lanes, from: start) { Valley<Lanes>(dimension: 2) },
        numbers(undecided, turned, in: lanes, from: start) { Valley<Lanes>(dimension: 2) }, "\(id), \(lanes)")
    }
  }

  /// What was decided is left out, or there would be nothing to turn.
  @Test func branchesThatAreNotTakenAreLeftOut() throws {
    let program = try TypedRule(TypedRuleTextTests.text("adam")).program
    #expect(program.conditions.count == 2)
    func count(_ decisions: RuleProgram.Decisions) -> Int {
      program.resolved(by: decisions).stages.map { $0.body.count + $0.numbers.count }.reduce(0, +)
    }
    let usual = program.decisions(for: [0.1, 0.9, 0.999, 1e-8, 1, 0, 0.0])
    #expect(Set(usual.values) == [true, false])
    #expect(count(usual) <= count([:]) - 3)
    let selects = program.resolved(by: usual).stages.flatMap { $0.body + $0.numbers }
      .filter { $0.operation == .select }
    #expect(selects.isEmpty)
    var mixed = Lanes(repeating: 1)
    mixed[3] = 0
    let settings =
      [0.1, 0.9, 0.999, 1e-8].map { Lanes(repeating: $0) } + [mixed, Lanes(repeating: 0), .zero]
    #expect(program.decisions(for: settings).count == 1)
  }

  /// A state as it was when the step began, read after the new one stands in its place.
  @Test func theOldStateIsReadBesideTheNew() throws {
    var (x, v) = (4.0, 1.0)
    var expected = [x]
    for _ in 0..<5 {
      let old = v
      v = 0.5 * v + x
      x -= 0.1 * (old + 3 * v)
      expected.append(x)
    }
    for (head, chosen) in [
      ("r", "v"), ("r(k=on)", "if(k, v, 2*v)"), ("r(k=off)", "if(k, 2*v, v)"),
      ("r(k=1 from 0 to 1)", "if(k, v, 2*v)"),
    ] {
      for d in [1, 2, 3, 40] {
        let path = try TypedRuleTests.path(
          "\(head): v := 1; w = \(chosen); v = 0.5*v + g; x = x - 0.1*(w + 3*v)",
          on: Quadratic<Double>.diagonal([Double](repeating: 1, count: d)),
          from: [Double](repeating: 4, count: d), steps: 5)
        #expect(path.map { $0[d - 1] } == expected, "\(head), \(d)")
      }
    }
  }

  /// The same of a number: in the place of the old one only if nobody reads that any more.
  @Test func theOldNumberIsReadBesideTheNew() throws {
    var (x, p) = (4.0, 1.0)
    var expected = [x]
    for t in 1...5 {
      let old = p
      p = 0.5 * p + Double(t)
      x -= 0.01 * (old + 3 * p) * x
      expected.append(x)
    }
    for text in [
      // Before and after the new one is computed, by numbers and by what has a value for each parameter.
      "w = p; p = 0.5*p + t; x = x - 0.01*(w + 3*p)*g",
      "w = p + 0*g; p = 0.5*p + t; x = x - 0.01*(w + 3*p)*g",
      "w = p*sign(1 + g*g); p = 0.5*p + t; x = x - 0.01*(w + 3*p)*g",
      "w = mean(p + 0*g); p = 0.5*p + t; x = x - 0.01*(w + 3*p)*g",
      "n = 0.5*p + t; x = x - 0.01*(p + 3*n)*g; p = n", "p = 0.5*p + t; x = x - 0.01*(previous(p) + 3*p)*g",
    ] {
      for d in [1, 2, 3, 40] {
        let path = try TypedRuleTests.path(
          "r: p := 1; \(text)", on: Quadratic<Double>.diagonal([Double](repeating: 1, count: d)),
          from: [Double](repeating: 4, count: d), steps: 5)
        for (a, b) in zip(path, expected) {
          #expect(
            (a[d - 1] - b).magnitude <= 1e-14, "\(text), \(d): \(path.map { $0[d - 1] }), not \(expected)")
        }
      }
    }
    // What is kept goes where it was, so that nothing is moved.
    #expect(try TypedRule(TypedRuleTextTests.text("adam")).program.registerMoves.isEmpty)
  }

  // MARK: Taken together

  /// Two operations as one round twice.
  @Test func joinedOperationsRoundTwice() {
    func result<Number: Lane>(_ operation: Operation, _ operands: [Double], as type: Number.Type) -> Double {
      var registers = ([0] + operands).map { Number(repeating: $0) }
      let list = [Instruction(operation: operation, target: 0, a: 1, b: 2, c: 3)]
      registers.withUnsafeMutableBufferPointer { execute(list, count: 1, on: $0.baseAddress!) }
      for lane in 0..<Number.laneCount {
        #expect(registers[0][lane: lane].bitPattern == registers[0][lane: 0].bitPattern)
      }
      return registers[0][lane: 0]
    }
    let (near, product) = (1 + 0x1p-30, 1 + 0x1p-29)
    let third = 1.0 / 3
    let cases: [(Operation, [Double], Double)] = [
      // (1 + 2⁻³⁰)² loses 2⁻⁶⁰, which a fused operation would keep.
      (.multiplyAdd, [near, near, -product], 0), (.subtractMultiply, [near, near, product], 0),
      (.multiplyAddFlush, [near, near, -product], 0),
      (.multiplyMultiply, [third, 0.1, 0.3], third * 0.1 * 0.3),
      (.rootAdd, [2, -(2.0.squareRoot()), 0], 0),
      // Flushed after the sum, not before.
      (.multiplyAddFlush, [1e-150, 1e-141, 1], 1), (.multiplyAddFlush, [1e-150, 1e-142, 1e-291], 0),
      (.multiplyFlush, [1e-150, 1e-141, 0], 0), (.multiplyFlush, [1e-150, -1e-139, 0], 1e-150 * -1e-139),
      // The target holds 0.
      (.descend, [near, near, 1], -product), (.descend, [near, 1, 3], -(near * (1.0 / 3))),
      (.divideDifference, [1, 1 + 0x1p-52, 1], 0x1p52), (.divideDifference, [1, 3, 0.1], 1 / (3 - 0.1)),
      (.rootMultiplyAdd, [near, near, -near], product.squareRoot() - near),
      (.copy, [-0.0, 1, 1], -0.0),
      (.average, [1, third, 0.1], third * 0.1), (.averageSquare, [1, third, 0.1], third * 0.1 * 0.1),
      (.average, [1, 1e-150, 1e-141], 0), (.averageSquare, [1, 1e-150, 1e-71], 0),
    ]
    for (operation, operands, expected) in cases {
      let results = [
        result(operation, operands, as: Double.self), result(operation, operands, as: SIMD2<Double>.self),
        result(operation, operands, as: Lanes.self), result(operation, operands, as: SIMD16<Double>.self),
      ]
      #expect(
        results.map(\.bitPattern) == [UInt64](repeating: expected.bitPattern, count: 4),
        "\(operation) of \(operands)")
    }
    #expect(product.addingProduct(-near, near) != 0)
    #expect(third * 0.1 * 0.3 != third * (0.1 * 0.3))
  }

  /// Lists made at random, of operations that are joined and others, over registers of which some are written again.
  @Test func joinedListsComputeTheSame() {
    let operations: [Operation] = [
      .add, .subtract, .subtract, .multiply, .multiply, .square, .squareRoot, .flush, .flush, .negate,
      .divide, .copy,
    ]
    var joined = 0
    for seed in 0..<400 {
      var random = SplitMix64(state: UInt64(seed))
      func below(_ limit: Int32) -> Int32 { Int32(random.next() % UInt64(limit)) }
      // The first four last; each may be written once.
      var list: [Instruction] = []
      var isWritten = Set<Int32>()
      for place in 0..<(4 + below(14)) {
        let target = below(3) == 0 ? below(4) : 4 + place
        guard isWritten.insert(target).inserted else { continue }
        let known = Array(0..<4) + isWritten.filter { $0 >= 4 && $0 != target }.sorted()
        func operand() -> Int32 {
          below(2) == 0 ? known[known.count - 1] : known[Int(below(Int32(known.count)))]
        }
        let operation = operations[Int(below(Int32(operations.count)))]
        let isUnary = [.square, .squareRoot, .flush, .negate, .copy].contains(operation)
        let a = operand()
        list.append(Instruction(operation, to: target, a, isUnary ? a : operand()))
      }
      var reads = [Int](repeating: 0, count: 32)
      for operand in list.flatMap(\.operands) { reads[Int(operand)] += 1 }
      let short = Instruction.joined(list) { $0 >= 4 && reads[Int($0)] == 1 }
      joined += list.count - short.count
      func results(_ list: [Instruction]) -> [UInt64] {
        var registers = [1.7, -0.3, 2.1e-146, 0.6] + [Double](repeating: 0, count: 28)
        registers.withUnsafeMutableBufferPointer { execute(list, count: list.count, on: $0.baseAddress!) }
        return registers[..<4].map { $0.isNaN ? 0 : $0.bitPattern }
      }
      #expect(results(short) == results(list), "\(seed): \(list), joined \(short)")
    }
    #expect(joined > 100)
  }

  /// An operand that is written again in between keeps two instructions apart.
  @Test func whatIsWrittenBetweenIsReadBefore() {
    let product = Instruction(.multiply, to: 4, 0, 1)
    let next = Instruction(.negate, to: 0, 2)
    let sum = Instruction(.add, to: 3, 4, 2)
    func joined(_ list: [Instruction]) -> [Operation] {
      Instruction.joined(list) { $0 == 4 }.map(\.operation)
    }
    #expect(joined([product, next, sum]) == [.multiply, .negate, .add])
    #expect(joined([next, product, sum]) == [.negate, .multiplyAdd])
    // In place where the point is, and nowhere else.
    let quotient = Instruction(.divide, to: 4, 1, 2)
    func step(to target: Int32) -> [Operation] {
      joined([quotient, Instruction(.subtractMultiply, to: target, 3, 4, 0)])
    }
    #expect(step(to: 0) == [.descend] && step(to: 5) == [.divide, .subtractMultiply])
  }

  /// An average is one operation where it stands, whichever of its products comes first; each of them is rounded.
  @Test func anAverageGoesOnWhereItStands() throws {
    let (share, gradient): (Int32, Int32) = (1, 2)
    func list(to target: Int32, squared: Bool, isFirst: Bool) -> [Instruction] {
      let kept = Instruction(.multiply, to: 4, 3, 0)
      let fresh =
        squared
        ? [
          Instruction(.multiply, to: 6, isFirst ? share : gradient, isFirst ? gradient : share),
          Instruction(.multiply, to: 5, 6, gradient),
        ]
        : [Instruction(.multiply, to: 5, share, gradient)]
      return (isFirst ? [kept] + fresh : fresh + [kept])
        + [Instruction(.add, to: 7, 4, 5), Instruction(.flush, to: target, 7)]
    }
    func result(_ list: [Instruction]) -> [Double] {
      var registers = [0.7, 1 / 3.0, 0.1, 0.9] + [Double](repeating: 0, count: 6)
      registers.withUnsafeMutableBufferPointer { execute(list, count: list.count, on: $0.baseAddress!) }
      return [registers[0], registers[8]]
    }
    for squared in [false, true] {
      for isFirst in [false, true] {
        let here = list(to: 0, squared: squared, isFirst: isFirst)
        let short = Instruction.joined(here) { $0 >= 4 }
        #expect(short.map(\.operation) == [squared ? .averageSquare : .average])
        #expect(short[0].operands.contains(0) && result(short) == result(here))
        // Elsewhere it is two.
        let other = list(to: 8, squared: squared, isFirst: isFirst)
        #expect(Instruction.joined(other) { $0 >= 4 && $0 < 8 }.count == 2)
      }
    }
    // Compiled so: Adam has both.
    let adam = try TypedRule(TypedRuleTextTests.text("adam"))
    let decisions = adam.program.decisions(for: adam.knobs.map(\.defaultValue))
    let operations = adam.program(resolvedBy: decisions).stages.flatMap(\.body).map(\.operation)
    #expect(operations.starts(with: [.multiplyAdd, .average, .averageSquare]), "\(operations)")
  }

  /// However many parameters there are, each is computed as if it were alone.
  @Test(arguments: [1, 2, 3, 4, 7, 8, 9, 16, 31, 32, 33, 40, 77])
  func parametersSideBySideAreAsAlone(_ d: Int) throws {
    let start = (0..<d).map { 0.3 * Double($0 % 11) - 1.1 }
    // The last reads the point nowhere but where it moves.
    let texts =
      ["adam", "rmsprop", "nesterov", "lion", "sgdw", "yogi"].map(TypedRuleTextTests.text)
      + ["r(lr=0.1): v := 0; v = v + g*g; x = x - lr*(g/(sqrt(v) + 1))"]
    for text in texts {
      let together = try TypedRuleTests.path(
        text, on: Quadratic<Double>.diagonal([Double](repeating: 3, count: d)), from: start, steps: 12)
      for i in Set([0, 1, d - 1]) where i < d {
        let alone = try TypedRuleTests.path(
          text, on: Quadratic<Double>.diagonal([3]), from: [start[i]], steps: 12)
        #expect(together.map { $0[i].bitPattern } == alone.map { $0[0].bitPattern }, "\(i) of \(d): \(text)")
      }
    }
  }

  /// Nothing is allocated in a step, whatever was turned before it.
  @Test func stepsAllocateNothing() throws {
    let rule = try TypedRule(TypedRuleTextTests.text("adam"))
    func expectNone<Scalar: Lane>(_ oracle: Oracle<Scalar>) {
      var optimizer = TypedOptimizer<Scalar>(rule)
      optimizer.prepare(for: oracle.layout)
      var x = [Scalar(repeating: -1.2), Scalar(repeating: 0.7)]
      func step(_ t: Int) {
        oracle.beginStep(t)
        var span = x.mutableSpan
        optimizer.step(&span, oracle: oracle)
      }
      step(1)
      var count = allocations { for t in 2..<9 { step(t) } }
      #expect(count == 0)
      optimizer.set("eps_inside", to: .one)
      count = allocations {
        for t in 9..<19 {
          optimizer.use(learningRate: Scalar(repeating: 0.1 / Double(t)))
          optimizer.set("beta1", to: Scalar(repeating: 0.9 - 0.01 * Double(t)))
          step(t)
        }
      }
      #expect(count == 0)
    }
    expectNone(Valley<Double>(dimension: 2))
    expectNone(Valley<Lanes>(dimension: 2))
  }
}
