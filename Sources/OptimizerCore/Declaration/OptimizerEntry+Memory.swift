extension OptimizerEntry {
  /// What it stores from step to step besides the d parameters of a block, counted from the slots that it keeps:
  /// `2 d numbers (m, v)`; then what it stores of an n × m matrix, where that is something else.
  public var memory: String {
    let vector = StoredNumbers.words(of: makeScalar(), isMatrix: false, and: [about.memory])
    let matrix = StoredNumbers.words(of: makeScalar(), isMatrix: true, and: [about.memory])
    return vector == matrix ? vector : "\(vector); of an n × m matrix \(matrix)"
  }
}

extension OptimizerSpec {
  /// What it and its base store from step to step, of parameters of this shape.
  package func memory(for layout: ParameterLayout) -> String {
    let rules = Array(sequence(first: self) { $0.base })
    return StoredNumbers.words(
      of: makeScalar(), isMatrix: !layout.blocks.allSatisfy(\.isVector), and: rules.map(\.about.memory))
  }
}
