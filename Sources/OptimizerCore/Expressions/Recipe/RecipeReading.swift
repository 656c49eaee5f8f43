/// A step read off the lines of its rule: what each letter stood for, and which lines' arithmetic gives what the kernel
/// computed.
package struct RecipeReading {
  /// A line of the rule.
  package struct Line {
    /// The line with its numbers; empty ones where the step is not told.
    package let text: RecipeText<Double>
    /// What the letters of its right side stood for.
    package let environment: RecipeExpression.Environment
    private let alphabet: RecipeAlphabet

    init(text: RecipeText<Double>, environment: RecipeExpression.Environment, alphabet: RecipeAlphabet) {
      self.text = text
      self.environment = environment
      self.alphabet = alphabet
    }

    /// The right side in each form that is arithmetic and whose letters all have numbers, with its value.
    package var forms: [(expression: RecipeExpression, value: RecipeNumber)] {
      RecipeReading.rightSides(of: text.text).compactMap { side in
        guard let expression = RecipeExpression(side, knowing: alphabet),
          let value = expression.value(in: environment)
        else { return nil }
        return (expression, value)
      }
    }

    /// The right side, where it gives these values and thereby shows how they came about.
    package var arithmetic: RecipeExpression? {
      guard !text.values.isEmpty else { return nil }
      return forms.first { $0.value.agrees(with: text.values) }?.expression
    }
  }

  /// The lines, a wrapper's own and its base's.
  package let lines: [Line]
  /// The letters that the lines may use.
  package let alphabet: RecipeAlphabet

  /// Reads the last step of an optimizer.
  ///
  /// - Parameters:
  ///   - optimizer: the optimizer after the step.
  ///   - record: the step as seen from outside.
  ///   - step: its number, from 1; 0 before the first, when no line has numbers.
  ///   - past: the state before the step; nil where that is not known.
  ///   - gradient: the true gradient at a place during the step; nil where it is not told.
  package init(
    of optimizer: any Optimizer<Double>, after record: StepRecord<Double>, step: Int,
    past: [SlotValue<Double>]?, gradient: @escaping ([Double]) -> [Double]?
  ) {
    let owned = Self.ownedLines(of: optimizer, record)
    let present = optimizer.state
    alphabet = Self.alphabet(of: optimizer, present.map(\.symbol) + owned.map(\.text.symbol))
    var lines: [Line] = []
    var letters = Letters(record: record, step: step, past: past, present: present, point: record.before)
    for (index, (text, owner)) in owned.enumerated() {
      letters.owner = owner
      letters.later = Set(owned[index...].map(\.text.symbol))
      let known = letters
      let values = step > 0 ? text.values : []
      lines.append(
        Line(
          text: RecipeText(
            text: text.text, symbol: text.symbol, label: text.label, role: text.role, values: values,
            isInOtherForm: text.isInOtherForm),
          environment: RecipeExpression.Environment(
            symbol: { known.symbol($0) }, previous: { known.previous($0) }, gradient: gradient),
          alphabet: alphabet))
      if !values.isEmpty { letters.computed[text.symbol] = values }
      if text.symbol == "θ" { letters.point = values.isEmpty ? nil : values }
    }
    self.lines = lines
  }

  /// What letters stand for while a line is computed.
  private struct Letters {
    let record: StepRecord<Double>
    let step: Int
    let past: [SlotValue<Double>]?
    let present: [SlotValue<Double>]
    /// Where the point is by now; nil where that is not told.
    var point: [Double]?
    /// What the lines before have computed.
    var computed: [String: [Double]] = [:]
    /// What this line and those after it compute.
    var later: Set<String> = []
    /// The optimizer whose line it is.
    var owner: (any Optimizer<Double>)?

    init(
      record: StepRecord<Double>, step: Int, past: [SlotValue<Double>]?, present: [SlotValue<Double>],
      point: [Double]
    ) {
      self.record = record
      self.step = step
      self.past = past
      self.present = present
      self.point = point
    }

    func symbol(_ name: String) -> RecipeExpression.Meaning? {
      if name == "θ" { return point.map { .init($0) } }
      if let owner, let value = RecipeReading.setting(name, of: owner) { return .init([value], isKnob: true) }
      // A decay of 0 is a line left out.
      if name == "w", computed[name] == nil { return .init([0], isKnob: true) }
      if name == "t" { return .init([Double(step)]) }
      if let values = computed[name] { return .init(values) }
      guard let slot = (past ?? present).first(where: { $0.symbol == name }) else { return nil }
      // What a later line computes is still as it was; without the past it is not known.
      let isLater = later.contains(name)
      if isLater, past == nil { return nil }
      let values = isLater ? slot.values : present.first { $0.symbol == name }?.values ?? slot.values
      let isEmpty = values.isEmpty && slot.drawing != .scalar
      return .init(isEmpty ? record.before.map { _ in 0 } : values)
    }

    func previous(_ name: String) -> RecipeExpression.Meaning? {
      if name == "θ" { return .init(record.before) }
      guard let slot = past?.first(where: { $0.symbol == name }), !slot.values.isEmpty else { return nil }
      return .init(slot.values)
    }
  }

  private static func alphabet(of optimizer: any Optimizer<Double>, _ symbols: [String]) -> RecipeAlphabet {
    var letters = Set(symbols).union(["θ"])
    for symbol in letters { letters.insert(symbol + RecipeExpression.prev) }
    letters.formUnion(["t", "w"])
    var optimizers: [any Optimizer<Double>] = [optimizer]
    while let base = optimizers.last?.wrapped { optimizers.append(base) }
    for optimizer in optimizers { letters.formUnion(optimizer.knobs.map(\.symbol)) }
    return RecipeAlphabet(letters)
  }

  /// The lines with the optimizer that each belongs to: a wrapper's own, or the base's.
  private static func ownedLines(of optimizer: any Optimizer<Double>, _ record: StepRecord<Double>) -> [(
    text: RecipeText<Double>, owner: any Optimizer<Double>
  )] {
    let lines = optimizer.lines(after: record)
    guard let base = optimizer.wrapped else { return lines.map { ($0, optimizer) } }
    // The numbers are those that the wrapper hands on: its base's step may have ended elsewhere than the whole.
    let inner = ownedLines(of: base, record)
    let texts = inner.map(\.text.text)
    var owners = lines.map { _ in optimizer }
    if lines.suffix(inner.count).map(\.text) == texts {
      owners.replaceSubrange((lines.count - inner.count)..., with: inner.map(\.owner))
    } else if lines.prefix(inner.count).map(\.text) == texts {
      owners.replaceSubrange(..<inner.count, with: inner.map(\.owner))
    }
    return zip(lines, owners).map { ($0, $1) }
  }

  /// The setting that a letter stands for, as the step used it: of the optimizer, or of what it wraps.
  private static func setting(_ symbol: String, of optimizer: any Optimizer<Double>) -> Double? {
    for knob in optimizer.knobs where knob.symbol == symbol && !knob.key.contains(".") {
      guard knob.kind == .real || knob.kind == .integer else { continue }
      return optimizer.valueInForce(of: knob.key)
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
}
