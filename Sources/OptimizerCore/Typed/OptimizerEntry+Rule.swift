extension OptimizerEntry {
  /// The rule as text that can be typed; a wrapper's stands around plain descent.
  package func written() throws(WrittenRule.Obstacle) -> WrittenRule {
    guard isWrapper, let plain = OptimizerRegistry.entry(SGD<Double>.about.id) else {
      return try WrittenRule(self)
    }
    return try WrittenRule(self, around: try WrittenRule(plain))
  }

  /// The text; nil where the language cannot say it.
  package var ruleText: String? { try? written().text }
}
