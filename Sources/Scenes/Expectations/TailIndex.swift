import OptimizerCore

/// How heavy the tail of a sample is: P(X > x) falls as x to the power of minus the tail index.
enum TailIndex {
  /// The share of a sample that counts as its tail.
  private static let share = 20
  /// The fewest values that a tail is judged by.
  private static let fewest = 5

  /// Hill's estimate from the largest twentieth of a sample (Hill 1975): one over the mean of the logarithms of how much
  /// larger they are than the next one. Nil for a sample too small, or without a tail.
  static func hill(_ sample: [Double]) -> Double? {
    let sorted = sample.filter { $0 > 0 && $0.isFinite }.sorted(by: >)
    let count = sorted.count / share
    guard count >= fewest else { return nil }
    let mean = sorted[..<count].reduce(0) { $0 + Elementary.log($1 / sorted[count]) } / Double(count)
    return mean > 0 ? 1 / mean : nil
  }
}
