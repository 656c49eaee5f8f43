/// Some of the samples that a loss is a mean of: what one step sees of them.
public struct Batch: Sendable, Hashable {
  /// Rows that are in no table: they are made for the step, from what the table was made from.
  public struct Fresh: Sendable, Hashable {
    /// What they are drawn from.
    public let seed: UInt64
    /// The first of them, counted from the end of the table.
    public let first: Int

    /// Rows of a seed.
    public init(seed: UInt64, first: Int) { (self.seed, self.first) = (seed, first) }
  }

  /// The places of its samples; one may be there several times.
  public let rows: [Int32]
  /// What each sample's loss is multiplied by before the mean is taken; nil where all count alike.
  public let weights: [Double]?
  /// Set where the samples are no rows of the table; `rows` then only counts them.
  public private(set) var fresh: Fresh?

  /// A batch of at least one sample, with a weight for each or none.
  public init(rows: [Int32], weights: [Double]? = nil) {
    precondition(!rows.isEmpty, "a batch has a sample")
    precondition(weights.map { $0.count == rows.count } ?? true, "every sample of a batch has a weight")
    self.rows = rows
    self.weights = weights
  }

  /// So many rows that are in no table.
  public init(fresh count: Int, seed: UInt64, first: Int) {
    self.init(rows: (0..<Int32(count)).map { $0 })
    fresh = Fresh(seed: seed, first: first)
  }

  /// The same samples, each of which counts so many times what it did.
  public func reweighted(by factor: (_ place: Int) -> Double) -> Batch {
    var batch = Batch(rows: rows, weights: rows.indices.map { (weights?[$0] ?? 1) * factor($0) })
    batch.fresh = fresh
    return batch
  }

  /// How many samples there are.
  public var count: Int { rows.count }
}
