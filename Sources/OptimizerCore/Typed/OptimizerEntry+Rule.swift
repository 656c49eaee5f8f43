extension OptimizerEntry {
  /// The rule as text that can be typed, with a line of its own for the head and for each line, under the name `my-adam`; nil
  /// where the language cannot say it.
  package var ruleText: String? {
    guard let rule else { return nil }
    let declared = knobs.filter { !rule.omitted.contains($0.key) }.map { RuleKnob.declaration(of: $0) }
    return "my-\(about.id)(\(declared.joined(separator: ", "))):\n"
      + rule.text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
  }
}
