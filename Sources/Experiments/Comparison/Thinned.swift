package import Landscapes
package import OptimizerCore

/// A run of which rows were left out: every k-th step of one that a rule takes.
package struct Thinned: Sendable {
  /// How many steps lie between two rows.
  package let steps: Int
  /// The rule, by the rows numbered so.
  package let comparison: Comparison

  /// How many steps people leave between two rows that they write down.
  package static let usual = [2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 25, 50, 100]
  /// The rules whose runs are written down, in their usual forms.
  private static let rules = OptimizerRegistry.all.filter {
    [.firstOrder, .adaptive].contains($0.about.group) && $0.hasLearningRate && $0.about.onVectors == nil
  }.map(\.about.id)
  /// The rows that are looked at first, and the most then; how many rules then.
  private static let (few, many, mostClose) = (8, 60, 6)
  /// The most steps that are followed to find numbers.
  private static let mostSteps = 2000

  /// Looks for one; nil where there is none, and of a run whose file says which step each row is.
  ///
  /// - Parameters:
  ///   - tolerance: as of `Comparison`.
  ///   - usual: how many steps there may be from row to row.
  package init?(
    _ recorded: Trajectory, on landscape: Landscape, tolerance: Double, trying usual: [Int] = Thinned.usual
  ) {
    guard recorded.isDense else { return nil }
    let specs = Self.rules.compactMap { try? OptimizerSpec($0) }.filter { landscape.obstacle(to: $0) == nil }
    for steps in usual {
      let numbered = recorded.numbered(every: steps)
      @Sendable func pursuit() -> Pursuit { Pursuit(of: numbered, on: landscape) }
      let looked = RuleSearch.improved(
        specs.map { FittedKnobs(defaultsOf: $0) }, pursuit, rows: Self.few
      ) {
        $0.lookAround()
        $0.run()
      }
      let close = RuleSearch.improved(
        RuleSearch.closest(looked, most: Self.mostClose), pursuit,
        rows: min(Self.many, Self.mostSteps / steps)
      ) { $0.refine() }
      let found = close.sorted { $0.complexity < $1.complexity }.lazy.map {
        Comparison($0.spec, of: pursuit(), tolerance: tolerance)
      }.first(where: \.fits)
      guard let found else { continue }
      self.steps = steps
      comparison = found
      return
    }
    return nil
  }
}
