import Experiments
import Landscapes
import OptimizerCore

/// A step of one entry, seen at one of its lines: what has been computed by then, and what is still as it was before.
struct StepMoment {
  /// A line of the update rule.
  struct Line {
    /// The rule, such as `m ← β₁m + (1−β₁)g`.
    let text: String
    /// What it computes.
    let symbol: String
    let label: String
    let quantity: Quantity
    let role: SlotRole
    /// How that is drawn.
    var drawing: Drawing { role.drawing }
    /// What it computed in this step; empty where that cannot be told from what is known.
    let values: [Double]
    /// What the letters of its right side stood for; nil where that is not told, as of more than two parameters.
    fileprivate let environment: RecipeExpression.Environment?
    fileprivate let alphabet: RecipeAlphabet

    /// Its right side with the meaning of the letters, where that gives these values and thereby shows how they came
    /// about.
    var arithmetic: (expression: RecipeExpression, environment: RecipeExpression.Environment)? {
      guard let environment, !values.isEmpty else { return nil }
      for candidate in StepMoment.rightSides(of: text) {
        guard let expression = RecipeExpression(candidate, knowing: alphabet),
          let number = expression.value(in: environment), StepMoment.agrees(number, with: values)
        else { continue }
        return (expression, environment)
      }
      return nil
    }
  }

  /// A piece of the state, with its numbers as they are once the line is done.
  struct Slot {
    let symbol: String
    let label: String
    let quantity: Quantity
    let drawing: Drawing
    let values: [Double]

    init(_ slot: SlotValue<Double>) {
      self.init(
        symbol: slot.symbol, label: slot.label,
        quantity: Quantity(slot.role),
        drawing: slot.drawing, values: slot.values)
    }

    private init(symbol: String, label: String, quantity: Quantity, drawing: Drawing, values: [Double]) {
      self.symbol = symbol
      self.label = label
      self.quantity = quantity
      self.drawing = drawing
      self.values = values
    }

    /// The same without numbers.
    var emptied: Slot {
      Slot(symbol: symbol, label: label, quantity: quantity, drawing: drawing, values: [])
    }
  }

  let entry: Int
  /// The number of the step, from 1; 0 before the first.
  let step: Int
  /// The line that is looked at, from 0; −1 before the first of all.
  private(set) var line: Int
  /// Whether the step is done, so that the playhead stands behind it.
  let isDone: Bool
  /// The parameters that the step started from, and those it arrives at.
  let before: [Double]
  let after: [Double]
  let lines: [Line]
  /// The state before the step, where it is known, and after it.
  private let oldSlots: [Slot]?
  private let newSlots: [Slot]
  /// What happened beyond the plain rule, once the step is done.
  let events: [String]
  /// The optimizer after the step.
  let optimizer: any Optimizer<Double>
  /// The landscape in force during the step.
  let landscape: Landscape

  /// The letters that are known in the lines, with what they stand for.
  let quantities: [String: Quantity]

  /// The letters that the lines may use.
  let alphabet: RecipeAlphabet

  /// Whether a line's numbers are known by now.
  func isComputed(_ index: Int) -> Bool { step > 0 && index <= line }

  /// The same step at another of its lines; only the last one of a step that is done has the step done.
  func at(line: Int) -> StepMoment {
    var copy = self
    copy.line = max(-1, min(line, lines.count - 1))
    return copy
  }

  /// The line that is looked at; nil before the first.
  var highlighted: Line? { step > 0 && lines.indices.contains(line) ? lines[line] : nil }

  /// The state once the line is done: what the lines beyond it compute has its old numbers still.
  var slots: [Slot] {
    guard !isDone else { return newSlots }
    return newSlots.map { slot in
      let index = lines.firstIndex { $0.symbol == slot.symbol } ?? .max
      if index <= line { return slot }
      return oldSlots?.first { $0.symbol == slot.symbol } ?? slot.emptied
    }
  }

  /// - Parameters:
  ///   - run: the run after the step.
  ///   - past: the run before it; nil where that is not known.
  ///   - isDone: whether the playhead stands behind the step.
  ///   - landscape: the landscape in force during the step.
  init(of run: Run, past: Run?, entry: Int, isDone: Bool, landscape: Landscape) {
    self.entry = entry
    self.landscape = landscape
    self.isDone = isDone
    step = run.step
    let record = run.lastStepRecord
    (before, after) = (record.before, record.after)
    optimizer = run.optimizer
    let owned = StepMoment.ownedLines(of: run.optimizer, record)
    line = owned.count - 1
    events = isDone && run.step > 0 ? run.optimizer.events : []

    let present = run.optimizer.state
    let old = past?.optimizer.state
    var kinds: [String: Quantity] = [:]
    for slot in present {
      kinds[slot.symbol] = Quantity(slot.role)
    }
    for (text, _) in owned where kinds[text.symbol] == nil {
      kinds[text.symbol] = Quantity(text.role)
    }
    kinds["θ"] = .step
    let quantities = kinds
    self.quantities = quantities
    var symbols = Set(quantities.keys).union(["θ", "t", "w", "θ" + RecipeExpression.before])
    for symbol in quantities.keys { symbols.insert(symbol + RecipeExpression.prev) }
    var optimizers: [any Optimizer<Double>] = [run.optimizer]
    while let base = optimizers.last?.wrapped { optimizers.append(base) }
    for optimizer in optimizers { symbols.formUnion(optimizer.knobs.map(\.symbol)) }
    let alphabet = RecipeAlphabet(symbols)
    self.alphabet = alphabet

    // Line by line, each with what the lines before it have computed.
    var lines: [Line] = []
    var computed: [String: [Double]] = [:]
    var point: [Double]? = record.before
    let hasParameters = run.step > 0
    for (index, (text, owner)) in owned.enumerated() {
      let known = computed
      let here = point
      let quantity = quantities[text.symbol] ?? .other
      let environment = RecipeExpression.Environment(
        symbol: { name in
          if name == "θ" { return here.map { .init(values: $0, quantity: .step) } }
          if name == "θ" + RecipeExpression.before { return .init(values: record.before, quantity: .step) }
          if let value = StepMoment.setting(name, of: owner) {
            return .init(values: [value], quantity: nil, isKnob: true)
          }
          // A decay of 0 is a line left out.
          if name == "w", known[name] == nil { return .init(values: [0], quantity: .decay, isKnob: true) }
          if name == "t" { return .init(values: [Double(run.step)], quantity: nil) }
          let quantity = quantities[name]
          if let values = known[name] { return .init(values: values, quantity: quantity) }
          if let slot = (old ?? present).first(where: { $0.symbol == name }) {
            // What a later line computes is still as it was; without the past it is not known.
            let isLater = owned[index...].contains { $0.text.symbol == name }
            if isLater, old == nil { return nil }
            let values = isLater ? slot.values : present.first { $0.symbol == name }?.values ?? slot.values
            let isEmpty = values.isEmpty && slot.drawing != .scalar
            return .init(values: isEmpty ? record.before.map { _ in 0 } : values, quantity: quantity)
          }
          return nil
        },
        previous: { name in
          guard let slot = old?.first(where: { $0.symbol == name }), !slot.values.isEmpty else { return nil }
          return .init(values: slot.values, quantity: quantities[name])
        },
        gradient: { place in
          guard place.count == 2, landscape.dimension == 2 else { return nil }
          let gradient = landscape.gradient(at: Point(x: place[0], y: place[1]), step: run.step)
          return [gradient.x, gradient.y]
        })
      let values = hasParameters ? text.values : []
      if !values.isEmpty { computed[text.symbol] = values }
      if text.symbol == "θ" { point = values.isEmpty ? nil : values }
      lines.append(
        Line(
          text: text.text, symbol: text.symbol, label: text.label, quantity: quantity,
          role: text.role, values: values,
          environment: landscape.dimension == 2 ? environment : nil, alphabet: alphabet))
    }
    self.lines = lines

    oldSlots = old?.map(Slot.init)
    newSlots = present.map(Slot.init)
  }

  /// The parameters once the line is done.
  var parameters: [Double] {
    if isDone { return after }
    return lines.prefix(line + 1).last { $0.symbol == "θ" && !$0.values.isEmpty }?.values
      ?? before
  }

  // MARK: Reading the rule

  /// The lines with the optimizer that each belongs to: a wrapper's own, or the base's.
  private static func ownedLines(of optimizer: any Optimizer<Double>, _ record: StepRecord<Double>) -> [(
    text: RecipeText<Double>, owner: any Optimizer<Double>
  )] {
    let lines = optimizer.lines(after: record)
    guard let base = optimizer.wrapped else { return lines.map { ($0, optimizer) } }
    let inner = ownedLines(of: base, record)
    let texts = inner.map(\.text.text)
    guard lines.count >= inner.count else { return lines.map { ($0, optimizer) } }
    if lines.suffix(inner.count).map(\.text) == texts {
      return lines.dropLast(inner.count).map { ($0, optimizer) } + inner
    }
    if lines.prefix(inner.count).map(\.text) == texts {
      return inner + lines.dropFirst(inner.count).map { ($0, optimizer) }
    }
    return lines.map { ($0, optimizer) }
  }

  /// The setting that a letter stands for, as the step used it: of the optimizer, or of what it wraps.
  private static func setting(_ symbol: String, of optimizer: any Optimizer<Double>) -> Double? {
    for knob in optimizer.knobs where knob.symbol == symbol && !knob.key.contains(".") {
      guard knob.kind == .real || knob.kind == .integer else { continue }
      return knob.key == "lr" ? optimizer.learningRate : optimizer.value(of: knob.key)
    }
    return optimizer.wrapped.flatMap { setting(symbol, of: $0) }
  }

  /// What stands to the right of the arrow, and in brackets behind it for another form of the rule.
  fileprivate static func rightSides(of text: String) -> [String] {
    guard let arrow = text.firstIndex(of: "←") else { return [] }
    let right = String(text[text.index(after: arrow)...])
    let parts = right.split(separator: "  (", maxSplits: 1)
    guard parts.count == 2, let colon = parts[1].firstIndex(of: ":"), parts[1].hasSuffix(")") else {
      return [right]
    }
    return [String(parts[0]), String(parts[1][parts[1].index(after: colon)...].dropLast())]
  }

  /// Whether the arithmetic gives the values, but for rounding.
  fileprivate static func agrees(_ number: RecipeExpression.Number, with values: [Double]) -> Bool {
    guard number.values.count == values.count, !values.isEmpty else { return false }
    return values.indices.allSatisfy {
      (number.values[$0] - values[$0]).magnitude <= 1e-9 * max(values[$0].magnitude, number.sizes[$0])
    }
  }
}
