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
    /// How that is drawn.
    let drawing: Drawing?
    /// What it computed in this step; empty where that cannot be told from what is known.
    let values: [Double]
    /// Its right side with the meaning of the letters, where that gives these values and thereby shows how they came
    /// about.
    let arithmetic: (expression: RecipeExpression, environment: RecipeExpression.Environment)?
  }

  /// A piece of the state, with its numbers as they are once the line is done.
  struct Slot {
    let symbol: String
    let label: String
    let quantity: Quantity
    let drawing: Drawing
    let values: [Double]
  }

  let entry: Int
  /// The number of the step, from 1; 0 before the first.
  let step: Int
  /// The line that is looked at, from 0.
  let line: Int
  /// Whether the step is done, so that the playhead stands behind it.
  let isDone: Bool
  /// The parameters that the step started from, and those it arrives at.
  let before: [Double]
  let after: [Double]
  let lines: [Line]
  let slots: [Slot]
  /// What happened beyond the plain rule, once the step is done.
  let events: [String]
  /// The optimizer after the step.
  let optimizer: any Optimizer<Double>
  /// The landscape in force during the step.
  let landscape: Landscape

  /// The letters that are known in the lines, with what they stand for.
  let quantities: [String: Quantity]

  /// The letters that the lines may use.
  let symbols: Set<String>

  /// Whether a line's numbers are known by now.
  func isComputed(_ index: Int) -> Bool { step > 0 && index <= line }

  /// - Parameters:
  ///   - run: the run after the step.
  ///   - past: the run before it; nil where that is not known.
  ///   - line: the line that is looked at; nil for the last one, with the step done.
  init(of run: Run, past: Run?, entry: Int, line: Int?, landscape: Landscape) {
    self.entry = entry
    self.landscape = landscape
    step = run.step
    isDone = line == nil
    let record = run.lastStepRecord
    (before, after) = (record.before, record.after)
    optimizer = run.optimizer
    let owned = StepMoment.ownedLines(of: run.optimizer, record)
    self.line = line ?? max(0, owned.count - 1)
    events = line == nil && run.step > 0 ? run.optimizer.events : []

    let present = run.optimizer.state
    let old = past?.optimizer.state
    func drawing(of symbol: String) -> Drawing? { present.first { $0.symbol == symbol }?.drawing }
    var quantities: [String: Quantity] = [:]
    for slot in present {
      quantities[slot.symbol] = Quantity(symbol: slot.symbol, label: slot.label, drawing: slot.drawing)
    }
    for (text, _) in owned where quantities[text.symbol] == nil {
      quantities[text.symbol] = Quantity(symbol: text.symbol, label: text.label, drawing: nil)
    }
    quantities["θ"] = .step
    self.quantities = quantities
    var symbols = Set(quantities.keys).union(["θ", "t", "θ" + RecipeExpression.before])
    for symbol in quantities.keys { symbols.insert(symbol + RecipeExpression.prev) }
    var optimizers: [any Optimizer<Double>] = [run.optimizer]
    while let base = optimizers.last?.wrapped { optimizers.append(base) }
    for optimizer in optimizers { symbols.formUnion(optimizer.knobs.map(\.symbol)) }
    self.symbols = symbols

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
      // A line that moves the point is the last to do so, or what it gives is seen from its arithmetic alone.
      let movesAgain = text.symbol == "θ" && owned[(index + 1)...].contains { $0.text.text.contains("θ ←") }
      var values = movesAgain ? [] : text.values
      var arithmetic: (RecipeExpression, RecipeExpression.Environment)?
      if hasParameters, landscape.dimension == 2 {
        for candidate in StepMoment.rightSides(of: text.text) {
          guard let expression = RecipeExpression(candidate, knowing: symbols),
            let number = expression.value(in: environment)
          else { continue }
          if movesAgain, values.isEmpty, number.values.allSatisfy(\.isFinite) { values = number.values }
          if StepMoment.agrees(number, with: values) {
            arithmetic = (expression, environment)
            break
          }
        }
      }
      if !hasParameters { values = [] }
      if !values.isEmpty { computed[text.symbol] = values }
      if text.symbol == "θ" { point = values.isEmpty ? nil : values }
      lines.append(
        Line(
          text: text.text, symbol: text.symbol, label: text.label, quantity: quantity,
          drawing: drawing(of: text.symbol), values: values, arithmetic: arithmetic))
    }
    self.lines = lines

    // What the lines beyond the one that is looked at compute has its old numbers still.
    let done = self.line
    slots = present.map { slot in
      var values = slot.values
      if line != nil {
        let index = lines.firstIndex { $0.symbol == slot.symbol }
        if index ?? .max > done { values = old?.first { $0.symbol == slot.symbol }?.values ?? [] }
      }
      return Slot(
        symbol: slot.symbol, label: slot.label,
        quantity: Quantity(symbol: slot.symbol, label: slot.label, drawing: slot.drawing),
        drawing: slot.drawing, values: values)
    }
  }

  /// The parameters once the line is done.
  var parameters: [Double] {
    if isDone { return after }
    return lines[...min(line, lines.count - 1)].last { $0.symbol == "θ" && !$0.values.isEmpty }?.values
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
  private static func rightSides(of text: String) -> [String] {
    guard let arrow = text.firstIndex(of: "←") else { return [] }
    let right = String(text[text.index(after: arrow)...])
    let parts = right.split(separator: "  (", maxSplits: 1)
    guard parts.count == 2, let colon = parts[1].firstIndex(of: ":"), parts[1].hasSuffix(")") else {
      return [right]
    }
    return [String(parts[0]), String(parts[1][parts[1].index(after: colon)...].dropLast())]
  }

  /// Whether the arithmetic gives the values, but for rounding.
  private static func agrees(_ number: RecipeExpression.Number, with values: [Double]) -> Bool {
    guard number.values.count == values.count, !values.isEmpty else { return false }
    return values.indices.allSatisfy {
      (number.values[$0] - values[$0]).magnitude <= 1e-9 * max(values[$0].magnitude, number.sizes[$0])
    }
  }
}

/// The last moment computed, kept while nothing that it depends on changes.
final class StepMemory {
  private struct Key: Equatable {
    let step: Int
    let entry: Int
    let line: Int?
    let wantsPast: Bool
    let runStep: Int
    let experiment: Experiment
  }

  private var kept: (key: Key, moment: StepMoment)?

  /// The step of an entry at one of its lines: the step that led to the playhead if it is done, the next one otherwise.
  ///
  /// Returns nil if there is no next step.
  ///
  /// - Parameter wantsPast: whether what was before a step that is done is to be found out.
  func moment(of race: Race, entry: Int, line: Int?, wantsPast: Bool) -> StepMoment? {
    let run = race.run(entry: entry)
    let key = Key(
      step: race.step, entry: entry, line: line, wantsPast: wantsPast, runStep: run.step,
      experiment: race.experiment)
    if let kept, kept.key == key { return kept.moment }
    guard let moment = StepMemory.made(of: race, run, entry: entry, line: line, wantsPast: wantsPast) else {
      return nil
    }
    kept = (key, moment)
    return moment
  }

  private static func made(of race: Race, _ run: Run, entry: Int, line: Int?, wantsPast: Bool) -> StepMoment?
  {
    // The other entries are left out, so that one run alone moves.
    func alone() -> Race {
      var copy = race
      for other in race.experiment.entries.indices where other != entry { copy.setOn(false, entry: other) }
      return copy
    }
    if line != nil {
      var ahead = alone()
      ahead.setBudget(Budget())
      let next = run.step + 1
      guard ahead.advance(), ahead.run(entry: entry).step == next else { return nil }
      return StepMoment(
        of: ahead.run(entry: entry), past: run, entry: entry, line: line,
        landscape: race.experiment.landscape(at: next))
    }
    var past: Run?
    if wantsPast, run.step > 0 {
      var back = alone()
      back.seek(to: run.step - 1)
      past = back.run(entry: entry)
    }
    return StepMoment(
      of: run, past: past, entry: entry, line: nil, landscape: race.experiment.landscape(at: run.step))
  }
}
