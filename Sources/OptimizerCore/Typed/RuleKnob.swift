/// A knob as the head of a rule declares it: `lr=0.01`, `k=5 from 1 to 100 log whole`, `nesterov=off`, `form=plain|torch`.
struct RuleKnob: Sendable {
  /// What it is to everybody else.
  let knob: Knob
  /// The declaration as it is written again.
  let text: String

  /// The words of a choice or a toggle with the numbers that they stand for.
  var words: [(word: String, value: Double)] {
    switch knob.kind {
    case .choice(let words): words.enumerated().map { ($1, Double($0)) }
    case .toggle: [("off", 0), ("on", 1)]
    case .real, .integer: []
    }
  }

  /// One of some words, the first of which holds where nothing is said.
  init(_ key: String, words: [String]) {
    if words == ["on"] || words == ["off"] {
      knob = Knob(
        key: key, symbol: key, label: Self.label(key), role: .form, kind: .toggle,
        defaultValue: words == ["on"] ? 1 : 0, range: 0...1)
    } else {
      knob = Knob(
        key: key, symbol: key, label: Self.label(key), role: .form, kind: .choice(words), defaultValue: 0,
        range: 0...Double(words.count - 1))
    }
    text = "\(key)=\(words.joined(separator: "|"))"
  }

  /// A number; what is not said of its range and its scale follows from the name, or else from the value.
  ///
  /// - Throws: a sentence where they do not go together.
  init(
    _ key: String, _ value: Double, range given: ClosedRange<Double>?, scale: Knob.Scale?, isWhole: Bool
  ) throws(SpecError) {
    func check(_ number: Double) throws(SpecError) {
      guard !Self.isUsable(number) else { return }
      throw SpecError(
        "\(key): \(number.shortest) is too \(number.magnitude > 1 ? "large" : "small"); a knob's numbers are 0, or between 1e-100 and 1e100 in size"
      )
    }
    try check(value)
    let usual = Self.usual(key)
    let kind: Knob.Kind = isWhole ? .integer : .real
    let chosenRange = given ?? usual?.range ?? Self.range(around: value, isWhole)
    let chosenScale =
      scale ?? (given == nil ? usual?.scale : nil) ?? (given == nil && value > 0 ? .log : .linear)
    try check(chosenRange.lowerBound)
    try check(chosenRange.upperBound)
    guard chosenRange.contains(value) else {
      throw SpecError(
        "\(key) is declared as \(value.shortest), which is not between \(chosenRange.lowerBound.shortest) and \(chosenRange.upperBound.shortest): write \(key)=\(value.shortest) from … to …"
      )
    }
    if isWhole,
      [value, chosenRange.lowerBound, chosenRange.upperBound].contains(where: { $0 != $0.rounded() })
    {
      throw SpecError("a whole knob has whole numbers alone, as in \(key)=5 from 1 to 100 whole")
    }
    if chosenScale == .log, chosenRange.lowerBound < 0 {
      throw SpecError("a range with numbers below 0 has no scale log: write linear")
    }
    if chosenScale == .logOneMinus, chosenRange.lowerBound < 0 || chosenRange.upperBound >= 1 {
      throw SpecError(
        "the scale decay is for a range within 0 to 1, without 1, as in \(key)=0.9 from 0 to 0.999999 decay")
    }
    knob = Knob(
      key: key, symbol: usual?.symbol ?? RuleDisplay.symbol(key), label: usual?.label ?? Self.label(key),
      // The lines say what a penalty is, so that nobody else need add it to the curvature.
      role: usual.map { $0.role == .penalty ? .other : $0.role } ?? .other, kind: kind, defaultValue: value,
      range: chosenRange, scale: chosenScale,
      floor: Self.floor(value, chosenRange, usual))
    var text = "\(key)=\(value.shortest)"
    if let given { text += " from \(given.lowerBound.shortest) to \(given.upperBound.shortest)" }
    if let scale { text += " \(Self.word(of: scale))" }
    self.text = text + (isWhole ? " whole" : "")
  }

  /// Whether a slider can be made of a number.
  private static func isUsable(_ number: Double) -> Bool {
    number == 0 || (1e-100...1e100).contains(number.magnitude)
  }

  /// Where a logarithmic scale from 0 begins: below the default, so that notches lead to it.
  private static func floor(_ value: Double, _ range: ClosedRange<Double>, _ usual: Knob?) -> Double {
    let least = usual.map { Swift.min($0.floor, range.upperBound * 1e-8) } ?? range.upperBound * 1e-8
    return value > 0 ? Swift.min(least, value / 4) : least
  }

  /// What is typed to declare a knob that there is: no more than does not follow from its name and its value.
  static func declaration(of knob: Knob) -> String {
    switch knob.kind {
    case .toggle: return "\(knob.key)=\(knob.defaultValue == 0 ? "off" : "on")"
    case .choice(let words): return "\(knob.key)=\(words.joined(separator: "|"))"
    case .real, .integer: break
    }
    let isWhole = knob.kind == .integer
    let value = knob.defaultValue
    func isSame(_ made: RuleKnob?) -> Bool {
      made?.knob.range == knob.range && made?.knob.scale == knob.scale
    }
    let plain = try? RuleKnob(knob.key, value, range: nil, scale: nil, isWhole: isWhole)
    if let plain, isSame(plain) { return plain.text }
    let ranged = try? RuleKnob(knob.key, value, range: knob.range, scale: nil, isWhole: isWhole)
    if let ranged, isSame(ranged) { return ranged.text }
    let full = try? RuleKnob(knob.key, value, range: knob.range, scale: knob.scale, isWhole: isWhole)
    guard let full else { preconditionFailure("\(knob.key) can be declared as it is") }
    return full.text
  }

  /// The words for scales.
  static let scales: [(word: String, scale: Knob.Scale)] = [
    ("linear", .linear), ("log", .log), ("decay", .logOneMinus),
  ]

  private static func word(of scale: Knob.Scale) -> String { scales.first { $0.scale == scale }!.word }

  private static func label(_ key: String) -> String { key.replacing("_", with: " ") }

  private static func range(around value: Double, _ isWhole: Bool) -> ClosedRange<Double> {
    if isWhole { return Swift.min(0, 100 * value)...Swift.max(100, 100 * value) }
    if value > 0 { return Swift.max(value / 1e6, 1e-100)...Swift.min(value * 1e6, 1e100) }
    let most = Swift.min(-100 * value, 1e100)
    return value < 0 ? -most...most : -100...100
  }

  /// What a name is everywhere else, as the built-in rules declare it.
  private static func usual(_ key: String) -> Knob? {
    typealias Owner = Hyperparameter<SGD<Double>>
    switch key {
    case "lr": return Owner.learningRate(0.01, \.rate).knob
    case "l2": return Owner.l2(\.l2).knob
    case "weight_decay": return Owner.weightDecay(0, \.l2).knob
    case "eps": return Owner.epsilon(default: 1e-8, \.l2).knob
    case "beta": return Owner.decayRate("beta", "β", "momentum", role: .memory, default: 0.9, \.l2).knob
    case "beta1", "beta2", "beta3":
      let digit = key.last!
      let isOfSquares = digit == "2"
      return Owner.decayRate(
        key, "β" + RuleDisplay.lowered(digit), isOfSquares ? "decay of the squares" : "decay of the mean",
        role: isOfSquares ? .memoryOfSquares : .memory, default: 0.9, \.l2
      ).knob
    case "rho":
      return Owner.decayRate(
        "rho", "ρ", "decay of the squares", role: .memoryOfSquares, default: 0.9, \.l2
      ).knob
    case "momentum": return Owner.decayRate("momentum", "μ", "momentum", role: .memory, default: 0, \.l2).knob
    default: return nil
    }
  }
}
