/// Which samples a mean is over, and how each counts.
///
/// The loss is (1/b) Σ weight · loss of the sample, over the b members; a sample that has a weight of its own counts that too.
package struct SampleBatch: Sendable, Hashable {
  /// The members' samples, each as often as it was drawn; empty for all samples in order.
  package var rows: [Int32]
  /// A weight for each member; empty where each is 1.
  package var weights: [Double]

  /// All samples, each with weight 1, or those of some rows.
  package init(rows: [Int32] = [], weights: [Double] = []) {
    (self.rows, self.weights) = (rows, weights)
  }

  /// All samples, each with weight 1.
  package static let all = SampleBatch()
}
