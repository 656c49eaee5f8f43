extension OptimizerSpec {
  /// The rule as text that can be typed, with the knobs at their defaults.
  package func written() throws(WrittenRule.Obstacle) -> WrittenRule {
    if let rule { return WrittenRule(rule.syntax) }
    guard let entry = OptimizerRegistry.entry(id) else {
      throw WrittenRule.Obstacle(description: "\(id) has no text: it is a run that was recorded")
    }
    return try WrittenRule(entry, around: try base?.written())
  }

  /// The settings that were given, by their keys; a base's as `base.lr`.
  package var given: [String: Double] {
    var given = Dictionary(uniqueKeysWithValues: settings.map { ($0.key, $0.value) })
    for (key, value) in base?.given ?? [:] { given[KnobKey.ofBase(key)] = value }
    return given
  }
}
