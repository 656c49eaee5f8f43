/// The optimizer of a typed rule.
///
/// One run and eight side by side carry out the same instructions in the same order, so that they agree to the bit. A step
/// allocates nothing, but for the first of a run.
struct TypedOptimizer<Scalar: Lane>: Optimizer {
  let rule: TypedRule
  /// The values of the knobs, in their order.
  private(set) var settings: [Scalar]
  /// Whether a knob was turned since what follows from knobs was computed.
  private var isTurned = true
  private var memory = Vector<Scalar>()
  /// The Hessian of this step, where it is asked for.
  private var hessian = Vector<Scalar>()
  private var code: RuleCode?
  private var stepCount = 0.0
  private let rateIndex: Int?

  private typealias Plan = UnsafeMutablePointer<RuleCode.Plan>

  init(_ rule: TypedRule) {
    self.rule = rule
    settings = rule.knobs.map { Scalar(repeating: $0.defaultValue) }
    rateIndex = rule.rateIndex
  }

  /// The plainest rule.
  init() { self.init(TypedRule.plain) }

  // What the type declares is what the plainest rule would; a rule of the user's answers for itself below.
  static var about: About { TypedRule.plain.about }
  static var hyperparameters: [Hyperparameter<Self>] { [] }
  static var recipe: [RecipeLine<Self>] { [] }

  var about: About { rule.about }
  var knobs: [Knob] { rule.knobs }

  func value(of key: String) -> Scalar? {
    rule.place(of: key).map { settings[$0] }
  }

  mutating func set(_ key: String, to value: Scalar) {
    guard let place = rule.place(of: key) else {
      preconditionFailure("\(rule.name) has no knob '\(key)'")
    }
    turn(place, to: value)
  }

  var learningRate: Scalar? {
    get { rateIndex.map { settings[$0] } }
    set { if let rateIndex, let newValue { turn(rateIndex, to: newValue) } }
  }

  mutating func use(learningRate: Scalar) { if let rateIndex { turn(rateIndex, to: learningRate) } }

  private mutating func turn(_ place: Int, to value: Scalar) {
    guard !Scalar.identical(settings[place], value) else { return }
    settings[place] = value
    isTurned = true
    // Between steps: no schedule turns a switch.
    if rule.isSwitch(place), let code { lay(for: code.layout) }
  }

  func matrixNumbers(for layout: ParameterLayout) -> Double {
    rule.program.asks(.hessianProduct) ? Double(layout.count) * Double(layout.count) : 0
  }

  mutating func prepare(for layout: ParameterLayout) {
    let code = lay(for: layout)
    memory = Vector(code.plan.pointee.size)
    let numbers = memory.writable()
    for (register, value) in rule.program.literals {
      numbers[code.plan.pointee.registers + register] = Scalar(repeating: value)
    }
    if rule.program.asks(.hessianProduct) { hessian = Vector(layout.count * layout.count) }
    stepCount = 0
    isTurned = true
  }

  /// Lays the program out as the switches stand. All its forms have the same places for the same numbers.
  @discardableResult
  private mutating func lay(for layout: ParameterLayout) -> RuleCode {
    let decisions = rule.program.decisions(for: settings)
    if let code, code.decisions == decisions, code.layout == layout { return code }
    let made = RuleCode(
      rule.program(resolvedBy: decisions), decisions, for: layout,
      pair: Scalar.Pair.laneCount / Scalar.laneCount, pack: Scalar.Pack.laneCount / Scalar.laneCount)
    code = made
    return made
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    guard let code = code?.plan else { preconditionFailure("an optimizer is prepared before its first step") }
    let rows = memory.writable().baseAddress.unsafelyUnwrapped
    let registers = rows + code.pointee.registers
    let d = code.pointee.count
    if stepCount == 0 { start(at: θ, code, rows, registers) }
    stepCount += 1
    if isTurned { settle(code, rows, registers) }
    // Two parameters are by far the most frequent, and a loop over them costs as much as an instruction.
    if d == 2 {
      (rows[0], rows[1]) = (θ[unchecked: 0], θ[unchecked: 1])
    } else {
      for i in 0..<d { rows[i] = θ[unchecked: i] }
    }
    registers[Int(RuleGraph.step)] = Scalar(repeating: stepCount)
    if code.pointee.usesGradient {
      let gradient = UnsafeMutableBufferPointer(start: rows + code.pointee.stride, count: d)
      registers[Int(RuleGraph.loss)] = oracle.gradient(at: θ, into: gradient)
    } else if code.pointee.usesLoss {
      registers[Int(RuleGraph.loss)] = oracle.value(at: θ.span)
    }
    for move in 0..<code.pointee.firstMoves.count {
      Self.move(code.pointee.firstMoves.elements[move], registers)
    }
    for place in 0..<code.pointee.stages.count {
      let stage = code.pointee.stages.elements + place
      Self.run(stage.pointee.numbers, on: registers)
      Self.fill(stage.pointee.fills, code, rows)
      switch code.pointee.grasp {
      case .one: Self.compute(stage, code, rows, by: Scalar.self)
      case .pair: Self.compute(stage, code, rows, by: Scalar.Pair.self)
      case .pack: Self.compute(stage, code, rows, by: Scalar.Pack.self)
      }
      for call in 0..<stage.pointee.calls.count {
        answer(stage.pointee.calls.elements[call], code, rows, θ, oracle)
      }
    }
    Self.finish(code, rows, registers)
    if d == 2 {
      (θ[unchecked: 0], θ[unchecked: 1]) = (rows[0], rows[1])
    } else {
      for i in 0..<d { θ[unchecked: i] = rows[i] }
    }
  }

  /// Computes what follows from knobs alone.
  @inline(never)
  private mutating func settle(
    _ code: Plan, _ rows: UnsafeMutablePointer<Scalar>, _ registers: UnsafeMutablePointer<Scalar>
  ) {
    let knobs = registers + RuleGraph.firstKnob
    for place in settings.indices { knobs[place] = settings[place] }
    Self.run(code.pointee.preparation, on: registers)
    Self.fill(code.pointee.settledFills, code, rows)
    isTurned = false
  }

  @inline(__always)
  private static func move(_ move: RuleStage.Move, _ memory: UnsafeMutablePointer<Scalar>) {
    memory[move.to] = memory[move.from]
  }

  @inline(__always)
  private static func fill(
    _ fills: RuleCode.List<RuleStage.Move>, _ code: Plan, _ rows: UnsafeMutablePointer<Scalar>
  ) {
    for place in 0..<fills.count {
      let value = rows[code.pointee.registers + fills.elements[place].from]
      let to = rows + (code.pointee.slots + fills.elements[place].to)
      to[0] = value
      if code.pointee.width == 2 {
        to[1] = value
      } else {
        for i in 1..<code.pointee.width { to[i] = value }
      }
    }
  }

  @inline(never)
  private static func run<Number: Lane>(
    _ list: RuleCode.List<Instruction>, on memory: UnsafeMutablePointer<Number>
  ) {
    execute(list.elements, count: list.count, on: memory)
  }

  /// What a stage computes for each parameter, as many parameters at a time as a number of this type holds.
  @inline(__always)
  private static func compute<Number: Lane>(
    _ stage: UnsafeMutablePointer<RuleCode.Stage>, _ code: Plan, _ rows: UnsafeMutablePointer<Scalar>,
    by type: Number.Type
  ) {
    let body = stage.pointee.body
    guard body.count > 0 else { return }
    let slots = UnsafeMutableRawPointer(rows + code.pointee.slots).assumingMemoryBound(to: Number.self)
    let taken = Number.laneCount / Scalar.laneCount
    if code.pointee.holdsRows {
      for i in 0..<code.pointee.width / taken { run(body, on: slots + i) }
      return
    }
    let (loads, stores) = (stage.pointee.loads, stage.pointee.stores)
    let rows = UnsafeMutableRawPointer(rows).assumingMemoryBound(to: Number.self)
    for i in 0..<code.pointee.stride / taken {
      for place in 0..<loads.count {
        slots[loads.elements[place].to / taken] = rows[loads.elements[place].from / taken + i]
      }
      run(body, on: slots)
      for place in 0..<stores.count {
        rows[stores.elements[place].to / taken + i] = slots[stores.elements[place].from / taken]
      }
    }
  }

  /// What goes on to the next step.
  @inline(__always)
  private static func finish(
    _ code: Plan, _ rows: UnsafeMutablePointer<Scalar>, _ registers: UnsafeMutablePointer<Scalar>
  ) {
    for place in 0..<code.pointee.registerMoves.count {
      move(code.pointee.registerMoves.elements[place], registers)
    }
    for place in 0..<code.pointee.rowMoves.count {
      let (from, to) = (
        rows + code.pointee.rowMoves.elements[place].from, rows + code.pointee.rowMoves.elements[place].to
      )
      for i in 0..<code.pointee.count { to[i] = from[i] }
    }
    for place in 0..<code.pointee.rowFills.count {
      let to = rows + code.pointee.rowFills.elements[place].to
      let value = registers[code.pointee.rowFills.elements[place].from]
      for i in 0..<code.pointee.count { to[i] = value }
    }
  }

  /// The states before the first step.
  @inline(never)
  private func start(
    at θ: borrowing MutableSpan<Scalar>, _ code: Plan, _ rows: UnsafeMutablePointer<Scalar>,
    _ registers: UnsafeMutablePointer<Scalar>
  ) {
    let machine = TapeMachine<Scalar>(rule.starts, inputs: [.zero] + settings)
    defer { machine.deallocate() }
    for i in 0..<code.pointee.count {
      machine.registers[0] = θ[i]
      machine.prepare()
      machine.run()
      for (place, home) in rule.stateHomes.enumerated() {
        switch home {
        case .row(let row): rows[row * code.pointee.stride + i] = machine[result: place]
        case .register(let register): registers[register] = machine[result: place]
        }
      }
    }
  }

  /// A question about all parameters, or to the loss.
  @inline(never)
  private mutating func answer(
    _ call: RuleStage.Call, _ code: Plan, _ rows: UnsafeMutablePointer<Scalar>,
    _ θ: borrowing MutableSpan<Scalar>, _ oracle: Oracle<Scalar>
  ) {
    let (d, registers) = (code.pointee.count, rows + code.pointee.registers)
    let argument = UnsafeMutableBufferPointer(start: rows + call.argument, count: d)
    if let number = call.filledFrom { argument.update(repeating: registers[number]) }
    guard !call.operation.isReduction else {
      registers[call.result] =
        call.operation == .loss
        ? oracle.value(at: argument.span) : Self.reduced(argument, call.operation)
      return
    }
    let result = UnsafeMutableBufferPointer(start: rows + call.result, count: d)
    switch call.operation {
    case .gradient: oracle.gradient(at: argument, into: result)
    case .random: oracle.normals(into: result)
    case .hessianProduct:
      let matrix = hessian.writable()
      oracle.hessian(at: θ, into: matrix)
      for i in 0..<d {
        var sum = Scalar.zero
        for j in 0..<d { sum += matrix[i * d + j] * argument[j] }
        result[i] = sum
      }
    default:
      guard let blocks = self.code?.blocks else { return }
      let isSign = call.operation == .matrixSign
      let order = registers[call.order]
      for index in blocks.indices {
        let block = blocks[index]
        for lane in 0..<Scalar.laneCount {
          RuleMatrices.apply(
            to: argument, into: result, block, lane, rootOrder: isSign ? nil : order[lane: lane])
        }
      }
    }
  }

  /// One number of a row.
  @inline(__always)
  private static func reduced(_ row: UnsafeMutableBufferPointer<Scalar>, _ operation: Operation) -> Scalar {
    var sum = operation == .largest ? row[0] : Scalar.zero
    for number in row {
      switch operation {
      case .norm: sum += number * number
      // A NaN stays one.
      case .largest:
        sum = Scalar.select(
          sum .< number, number, Scalar.select(number .<= sum, sum, sum + number))
      default: sum += number
      }
    }
    switch operation {
    case .norm: return Norm.of(squares: sum, count: row.count) { row[$0] }
    case .mean: return sum / Double(row.count)
    default: return sum
    }
  }
}

// MARK: What it shows

extension TypedOptimizer {
  /// The numbers of a result; zeros before the first step.
  private func numbers(at place: RuleProgram.Place, dimension: Int) -> [Scalar] {
    guard let code = code?.plan.pointee else {
      if case .row = place { return [Scalar](repeating: .zero, count: dimension) }
      return [.zero]
    }
    let memory = memory.values
    switch place {
    case .row(let row): return Array(memory[row * code.stride..<row * code.stride + code.count])
    case .register(let register): return [memory[code.registers + register]]
    }
  }

  var state: [SlotValue<Scalar>] {
    rule.slots.map {
      SlotValue(
        symbol: $0.symbol, label: $0.label, role: $0.role,
        values: stepCount == 0 ? [] : numbers(at: $0.place, dimension: 0))
    }
  }

  func lines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>] {
    rule.lines.map {
      RecipeText(
        text: $0.text, symbol: $0.symbol, label: $0.label, role: $0.role,
        values: numbers(at: $0.place, dimension: step.before.count))
    }
  }

  var effectiveRates: [Scalar]? {
    guard rule.program.probes.count == 2, case .diagonal(_, _, let isAdded) = rule.shape, stepCount > 0 else {
      return nil
    }
    let step = numbers(at: rule.program.probes[0], dimension: 0)
    let average = numbers(at: rule.program.probes[1], dimension: 0)
    return known(zip(step, average).map { isAdded ? -$0 / $1 : $0 / $1 })
  }

  var ball: UnitBall {
    let d = code?.layout.count ?? 0
    if let effectiveRates { return .diagonal(effectiveRates.map { $0[lane: 0] }) }
    switch rule.shape {
    case .sign: return .box(halfSides: [Double](repeating: 1, count: d))
    case .matrixSign:
      let blocks = code?.blocks ?? []
      if blocks.count == 1, blocks[0].isVector { return .ellipse(halfAxes: [Double](repeating: 1, count: d)) }
      return .spectral(blocks: blocks.map { UnitBall.Block(rows: $0.rows, columns: $0.columns) })
    case .diagonal, .other:
      guard rule.linearity != nil else { return .undefined("the step is not steepest descent in a ball") }
      return .ellipse(halfAxes: [Double](repeating: 1, count: d))
    }
  }

  var stability: Stability {
    let settings = settings.map { $0[lane: 0] }
    if let linearity = rule.linearity {
      guard let matrix = linearity.matrix(of: rule, settings: settings) else {
        return .unknown("it is another rule at every step")
      }
      return .matrix(matrix)
    }
    switch rule.shape {
    case .sign: return .signs
    case .matrixSign: return .none("a step by the sign of a matrix is as long on flat ground as on steep")
    case .diagonal(_, let average, _):
      let linearity = RuleLinearity(rule.graph, factor: average)
      return linearity?.matrix(of: rule, settings: settings).map { .matrix($0) }
        ?? .unknown("what it divides is no linear function of gradients")
    case .other: return .unknown("a step of it is no linear function of gradients")
    }
  }
}
