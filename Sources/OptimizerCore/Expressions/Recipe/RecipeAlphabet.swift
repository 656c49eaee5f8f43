/// The letters that are known, by their first character, the longest first.
package struct RecipeAlphabet: Sendable {
  private let byFirst: [Character: [[Character]]]

  /// An alphabet of these letters.
  package init(_ symbols: Set<String>) {
    byFirst = Dictionary(grouping: symbols.filter { !$0.isEmpty }.map(Array.init)) { $0[0] }
      .mapValues { $0.sorted { $0.count > $1.count } }
  }

  func letters(from first: Character) -> [[Character]] { byFirst[first] ?? [] }
}
