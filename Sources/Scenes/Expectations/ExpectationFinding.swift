/// What came of an expectation.
public struct ExpectationFinding: Sendable, Hashable {
  /// The expectation.
  public let expectation: Expectation
  /// Whether it holds.
  public let holds: Bool
  /// Why it does not hold, with both sides as they came out; empty if it does.
  public let reason: String
  /// The sides of its comparisons as they came out, where that was asked for and there are some.
  public var values = ""

  /// `ravine.yaml:18:5: sgd.loss(400) < 1e-4: 0.0123 < 1e-4 does not hold`
  public var description: String {
    let place = "\(expectation.file):\(expectation.line):\(expectation.column): \(expectation.text)"
    return holds ? "\(place): holds" : "\(place): \(reason)"
  }
}
