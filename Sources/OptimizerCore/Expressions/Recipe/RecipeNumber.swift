/// A value with the size of what it was computed from, which says how much rounding it may carry.
package struct RecipeNumber {
  /// A number for each coordinate, or one for all.
  package let values: [Double]
  /// The size of what each was computed from.
  package let sizes: [Double]
  /// Whether it is one for all.
  package var isScalar: Bool { values.count == 1 }

  init(_ values: [Double], sizes: [Double]? = nil) {
    self.values = values
    self.sizes = sizes ?? values.map(\.magnitude)
  }

  static func combined(
    _ a: RecipeNumber, _ b: RecipeNumber, _ value: (Double, Double) -> Double,
    _ size: (Double, Double) -> Double
  )
    -> RecipeNumber?
  {
    let count = max(a.values.count, b.values.count)
    // A letter without numbers, such as a state that is still empty, has no value.
    guard !a.values.isEmpty, !b.values.isEmpty, a.isScalar || b.isScalar || a.values.count == b.values.count
    else { return nil }
    func at(_ values: [Double], _ i: Int) -> Double { values.count == 1 ? values[0] : values[i] }
    return RecipeNumber(
      (0..<count).map { value(at(a.values, $0), at(b.values, $0)) },
      sizes: (0..<count).map { size(at(a.sizes, $0), at(b.sizes, $0)) })
  }

  /// Whether these are the numbers of a line, but for rounding.
  package func agrees(with values: [Double]) -> Bool {
    guard self.values.count == values.count, !values.isEmpty else { return false }
    return values.indices.allSatisfy {
      (self.values[$0] - values[$0]).magnitude <= 1e-9 * max(values[$0].magnitude, sizes[$0])
    }
  }
}
