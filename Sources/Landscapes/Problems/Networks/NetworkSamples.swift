/// A fixed sample for a network: features and answers, in columns.
package struct NetworkSamples: Sendable, Hashable {
  /// What the outputs are compared with.
  package enum Answers: Sendable, Hashable {
    /// A class 0..<K a sample.
    case classes([Int32])
    /// K columns of a number a sample, one after the other.
    case targets([Double])
  }

  /// The number of samples N.
  package let count: Int
  /// Feature j of sample s stands at j·N + s.
  package let features: [Double]
  /// What the outputs are compared with.
  package let answers: Answers
  /// What each sample counts in the mean; empty where each counts 1.
  package let weights: [Double]

  /// At least one sample.
  package init(count: Int, features: [Double], answers: Answers, weights: [Double] = []) {
    precondition(count >= 1, "a loss is a mean over at least one sample")
    precondition(!features.isEmpty && features.count % count == 0, "every feature has a number a sample")
    precondition(weights.isEmpty || weights.count == count, "every sample has a weight, or none has")
    (self.count, self.features, self.answers, self.weights) = (count, features, answers, weights)
  }

  /// Whether a network can be trained on it.
  package func fits(_ network: Network) -> Bool {
    guard features.count == network.inputs * count else { return false }
    switch (answers, network.loss) {
    case (.classes(let labels), .crossEntropy):
      return labels.count == count && labels.allSatisfy { 0 <= $0 && $0 < network.outputs }
    case (.targets(let targets), .squared):
      return targets.count == network.outputs * count
    default: return false
    }
  }
}
