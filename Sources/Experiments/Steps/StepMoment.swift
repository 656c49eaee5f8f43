package import Landscapes
package import OptimizerCore

/// A step of one entry, seen at one of its lines: what has been computed by then, and what is still as it was before.
package struct StepMoment {
  /// A line of the update rule.
  package struct Line {
    /// The rule, such as `m ← β₁m + (1−β₁)g`.
    package let text: String
    /// The form of it that is in force.
    package let short: String
    /// What it computes.
    package let symbol: String
    /// What that is called.
    package let label: String
    /// What its letter stands for.
    package let quantity: Quantity
    /// What the rule declares it to be.
    package let role: SlotRole
    /// How that is drawn.
    package var drawing: Drawing { role.drawing }
    /// What it computed in this step; empty where that cannot be told from what is known.
    package let values: [Double]
    /// The line as it is read off the rule; nil where its arithmetic is not told, as of more than two parameters.
    fileprivate let reading: RecipeReading.Line?

    /// Its right side with the meaning of the letters, where that gives these values and thereby shows how they came
    /// about.
    package var arithmetic: (expression: RecipeExpression, environment: RecipeExpression.Environment)? {
      guard let reading else { return nil }
      return reading.arithmetic.map { ($0, reading.environment) }
    }
  }

  /// A piece of the state, with its numbers as they are once the line is done.
  package struct Slot {
    /// Its letter.
    package let symbol: String
    /// What it is called.
    package let label: String
    /// What its letter stands for.
    package let quantity: Quantity
    /// How it is drawn.
    package let drawing: Drawing
    /// Its numbers; empty where they are not known.
    package let values: [Double]

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

  /// The place of the entry in the race.
  package let entry: Int
  /// The number of the step, from 1; 0 before the first.
  package let step: Int
  /// The line that is looked at, from 0; −1 before the first of all.
  package private(set) var line: Int
  /// Whether the step is done, so that the playhead stands behind it.
  package let isDone: Bool
  /// The parameters that the step started from.
  package let before: [Double]
  /// Those that it arrives at.
  package let after: [Double]
  /// The lines of the update rule.
  package let lines: [Line]
  /// The state before the step, where it is known, and after it.
  private let oldSlots: [Slot]?
  private let newSlots: [Slot]
  /// What happened beyond the plain rule, once the step is done.
  package let events: [String]
  /// The optimizer after the step.
  package let optimizer: any Optimizer<Double>
  /// The landscape in force during the step.
  package let landscape: Landscape

  /// The letters that are known in the lines, with what they stand for.
  package let quantities: [String: Quantity]

  /// The letters that the lines may use.
  package let alphabet: RecipeAlphabet

  /// Whether a line's numbers are known by now.
  package func isComputed(_ index: Int) -> Bool { step > 0 && index <= line }

  /// The same step at another of its lines; only the last one of a step that is done has the step done.
  package func at(line: Int) -> StepMoment {
    var copy = self
    copy.line = max(-1, min(line, lines.count - 1))
    return copy
  }

  /// The line that is looked at; nil before the first.
  package var highlighted: Line? { step > 0 && lines.indices.contains(line) ? lines[line] : nil }

  /// The state once the line is done: what the lines beyond it compute has its old numbers still.
  package var slots: [Slot] {
    guard !isDone else { return newSlots }
    return newSlots.map { slot in
      let index = lines.firstIndex { $0.symbol == slot.symbol } ?? .max
      if index <= line { return slot }
      return oldSlots?.first { $0.symbol == slot.symbol } ?? slot.emptied
    }
  }

  /// The step that a run took last.
  ///
  /// - Parameters:
  ///   - run: the run after the step.
  ///   - past: the run before it; nil where that is not known.
  ///   - isDone: whether the playhead stands behind the step.
  ///   - landscape: the landscape in force during the step.
  package init(of run: Run, past: Run?, entry: Int, isDone: Bool, landscape: Landscape) {
    self.entry = entry
    self.landscape = landscape
    self.isDone = isDone
    step = run.step
    let record = run.lastStepRecord
    (before, after) = (record.before, record.after)
    optimizer = run.optimizer
    let present = run.optimizer.state
    let old = past?.optimizer.state
    let reading = RecipeReading(of: run.optimizer, after: record, step: run.step, past: old) { place in
      place.count == landscape.dimension ? landscape.gradient(at: place, step: run.step) : nil
    }
    line = reading.lines.count - 1
    events = isDone && run.step > 0 ? run.optimizer.events : []
    alphabet = reading.alphabet
    var kinds: [String: Quantity] = [:]
    for slot in present {
      kinds[slot.symbol] = Quantity(slot.role)
    }
    for line in reading.lines where kinds[line.text.symbol] == nil {
      kinds[line.text.symbol] = Quantity(line.text.role)
    }
    kinds["θ"] = .step
    quantities = kinds
    lines = reading.lines.map { line in
      Line(
        text: line.text.text, short: line.text.short, symbol: line.text.symbol, label: line.text.label,
        quantity: kinds[line.text.symbol] ?? .other, role: line.text.role, values: line.text.values,
        reading: landscape.dimension == 2 ? line : nil)
    }
    oldSlots = old?.map(Slot.init)
    newSlots = present.map(Slot.init)
  }

  /// The parameters once the line is done.
  package var parameters: [Double] {
    if isDone { return after }
    return lines.prefix(line + 1).last { $0.symbol == "θ" && !$0.values.isEmpty }?.values
      ?? before
  }
}
