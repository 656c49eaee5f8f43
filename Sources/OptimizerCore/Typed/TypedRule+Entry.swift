extension TypedRule {
  /// The rule as a registry would have it.
  package var entry: OptimizerEntry {
    let rule = self
    return OptimizerEntry(
      about: about, recurrence: lines.map(\.text).joined(separator: "; "), knobs: knobs,
      hasLearningRate: rateIndex != nil, makeScalar: { TypedOptimizer<Double>(rule) },
      makeLanes: { TypedOptimizer<Lanes>(rule) })
  }
}
