/// An optimizer's rule as text that can be typed: the lines of the registry, with those of wrappers around them.
package struct WrittenRule: Sendable {
  /// A knob as a spec has it, and its name in the text.
  package typealias Key = (key: String, name: String)

  /// Why an optimizer has no text: one sentence.
  package struct Obstacle: Error, Sendable, CustomStringConvertible {
    /// The sentence.
    package let description: String
  }

  /// What it was made of, as names have it: `sam-adam`.
  private let id: String
  private var knobs: [Knob]
  private let lines: [RuleSyntax.Line]
  /// Its learning rate in a step, as a formula of its names; 1 where it has none.
  let rate: String
  /// Which knob of the text is which of the optimizer's.
  package let keys: [Key]
  /// What does not show in the text.
  package let remarks: [String]

  /// The longest name of a rule.
  private static let longestName = 40
  /// What stands before a name, so that it is no optimizer's.
  private static let mark = "my-"

  /// The text of an optimizer of the registry.
  ///
  /// - Parameter base: what is inside, for a wrapper.
  init(_ entry: OptimizerEntry, around base: WrittenRule? = nil) throws(Obstacle) {
    let about = entry.about
    guard let rule = entry.rule else {
      throw Obstacle(
        description: entry.isWrapper
          ? "\(about.id) has no text: what it does is not said by lines before and after those of its base"
          : "\(about.id) has no text: it is no rule of assignments, but a solver, a search or a flow")
    }
    guard let base else {
      precondition(!entry.isWrapper, "a wrapper is written around its base")
      id = about.id
      knobs = entry.knobs.filter { !rule.omitted.contains($0.key) }
      lines = RuleSyntax.lines(declared: rule.text)
      keys = knobs.map { ($0.key, $0.key) }
      rate = entry.hasLearningRate ? rule.rate : "1"
      remarks =
        (rule.settings.isEmpty ? [] : ["this is \(about.id):\(rule.settings)"])
        + (rule.isOfOneBlock ? ["this is \(about.id) where all parameters are one vector"] : [])
      return
    }
    var wrapping = RuleWrapping(entry, rule, around: base)
    if let obstacle = wrapping.obstacle(in: base.lines) {
      throw Obstacle(description: "\(about.id) has no text here: \(obstacle)")
    }
    id = "\(about.id)-\(base.id)"
    knobs = wrapping.knobs + base.knobs
    let lines = wrapping.lines(around: base.lines)
    self.lines = lines.filter(\.isStart) + lines.filter { !$0.isStart }
    rate = base.rate
    keys = wrapping.keys + base.keys.map { (KnobKey.ofBase($0.key), $0.name) }
    remarks = base.remarks
  }

  /// A rule that was typed.
  init(_ syntax: RuleSyntax) {
    id = syntax.name.hasPrefix(Self.mark) ? String(syntax.name.dropFirst(Self.mark.count)) : syntax.name
    knobs = syntax.knobs.map(\.knob)
    lines = syntax.lines
    keys = knobs.map { ($0.key, $0.key) }
    rate = knobs.contains { $0.key == "lr" } ? "lr" : "1"
    remarks = []
  }

  /// All names in it, of which nothing else may be called.
  var names: Set<String> {
    var names = Set(knobs.map(\.key))
    for knob in knobs { if case .choice(let words) = knob.kind { names.formUnion(words) } }
    for line in lines {
      names.insert(line.name.text)
      for token in line.tokens where token.kind == .name { names.insert(token.text) }
    }
    return names
  }

  /// The text, with a line of its own for the head and for each line.
  package var text: String {
    let name = String((Self.mark + id).prefix(Self.longestName))
    let head = knobs.map { RuleKnob.declaration(of: $0) }.joined(separator: ", ")
    return "\(name)(\(head)):\n" + lines.map { "  \($0.text)" }.joined(separator: "\n")
  }

  /// The same with knobs that begin at other values, by the optimizer's keys.
  package func starting(at values: [String: Double]) -> WrittenRule {
    var other = self
    for (key, name) in keys {
      guard let value = values[key], let place = knobs.firstIndex(where: { $0.key == name }) else { continue }
      other.knobs[place] = knobs[place].starting(at: value)
    }
    return other
  }

  /// What a name says that a rule was made of: `my-sam-adam2` of SAM around Adam; nil where it says nothing.
  static func origin(of name: String) -> WrittenRule? {
    guard name.hasPrefix(mark) else { return nil }
    let id = name.dropFirst(mark.count)
    return made(of: id) ?? made(of: id.prefix { !$0.isNumber })
  }

  private static func made(of id: Substring) -> WrittenRule? {
    if let entry = OptimizerRegistry.entry(String(id)) {
      return entry.isWrapper ? nil : try? WrittenRule(entry)
    }
    for entry in OptimizerRegistry.all where entry.isWrapper && id.hasPrefix("\(entry.about.id)-") {
      return made(of: id.dropFirst(entry.about.id.count + 1)).flatMap { try? WrittenRule(entry, around: $0) }
    }
    return nil
  }
}

extension Knob {
  /// The same that begins at another value; a choice's word comes first.
  fileprivate func starting(at value: Double) -> Knob {
    var (kind, start) = (kind, value)
    if case .choice(let words) = kind {
      let word = words[words.indices.first { Double($0) == value } ?? 0]
      kind = .choice([word] + words.filter { $0 != word })
      start = 0
    }
    return Knob(
      key: key, symbol: symbol, label: label, role: role, kind: kind, defaultValue: start, range: range,
      scale: scale, floor: floor, onset: onset, variesByLane: variesByLane)
  }
}
