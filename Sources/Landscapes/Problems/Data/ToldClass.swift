/// The class that a model tells of a row.
public enum ToldClass {
  /// The one with the largest probability, the first of equals; nil where a probability is no number.
  ///
  /// - Parameter probabilities: a column for each class.
  public static func of(_ probabilities: [[Double]], row: Int) -> Int? {
    var best = 0
    for k in probabilities.indices {
      guard !probabilities[k][row].isNaN else { return nil }
      if probabilities[k][row] > probabilities[best][row] { best = k }
    }
    return best
  }
}
