import Testing

@testable import OptimizerCore

/// The covariance of a batch's mean by the law that batches are drawn by, against all batches there are.
@Suite struct BatchCovarianceTests {
  private static let vectors = [[1.0, 2], [-3, 0.5], [0.25, -1], [4, 4], [-2, 1.5], [0.5, 0.75]]
  private static let importance = [1.0, 2, 0.5, 4, 1.5, 1]
  private let n = vectors.count

  private func mean(_ rows: [Int], _ weights: [Double]? = nil) -> [Double] {
    (0..<2).map { k in
      rows.enumerated().reduce(0) { $0 + (weights?[$1.offset] ?? 1) * Self.vectors[$1.element][k] }
        / Double(rows.count)
    }
  }

  /// Σ p (m − ḡ)(m − ḡ)ᵀ over outcomes with their probabilities.
  private func covariance(_ outcomes: [(p: Double, mean: [Double])]) -> [Double] {
    let whole = mean(Array(0..<n))
    return (0..<4).map { place in
      outcomes.reduce(0) {
        $0 + $1.p * ($1.mean[place / 2] - whole[place / 2]) * ($1.mean[place % 2] - whole[place % 2])
      }
    }
  }

  private func expect(_ text: String, _ wanted: [Double], _ comment: Comment) throws {
    let noise = try Noise("minibatch(\(text))")
    let found = try #require(noise.covariance(of: Self.vectors, importance: Self.importance))
    for (found, wanted) in zip(found, wanted) { #expect(abs(found - wanted) < 1e-12, comment) }
    let trace = try #require(noise.variance(of: Self.vectors, importance: Self.importance))
    #expect(abs(trace - wanted[0] - wanted[3]) < 1e-12, comment)
  }

  @Test func pairsWithReplacement() throws {
    let pairs = (0..<n).flatMap { i in (0..<n).map { j in (1 / Double(n * n), mean([i, j])) } }
    try expect("size=2,sampling=replacement", covariance(pairs), "all ordered pairs")
  }

  @Test func subsetsWithoutRepeats() throws {
    var subsets: [[Int]] = []
    for i in 0..<n { for j in (i + 1)..<n { for k in (j + 1)..<n { subsets.append([i, j, k]) } } }
    let law = covariance(subsets.map { (1 / Double(subsets.count), mean($0)) })
    try expect("size=3,sampling=uniform", law, "all subsets")
    // Three divides six: each batch of a shuffle is such a subset.
    try expect("size=3,sampling=shuffle", law, "a pass of two")
    // All samples leave no noise.
    try expect("size=6,sampling=uniform", [0, 0, 0, 0], "all samples")
  }

  /// A pass of four and two: the mean over both kinds of batches.
  @Test func theLastBatchOfAPassIsSmaller() throws {
    func law(_ size: Int) -> [Double] {
      var outcomes: [(Double, [Double])] = []
      func choose(_ from: Int, _ chosen: [Int]) {
        if chosen.count == size { return outcomes.append((1, mean(chosen))) }
        for next in from..<n { choose(next + 1, chosen + [next]) }
      }
      // An empty range has no next.
      func all() { for first in 0..<n { choose(min(first + 1, n), [first]) } }
      if size == 1 { outcomes = (0..<n).map { (1, mean([$0])) } } else { all() }
      let count = Double(outcomes.count)
      return covariance(outcomes.map { ($0.0 / count, $0.1) })
    }
    let (four, two) = (law(4), law(2))
    try expect("size=4,sampling=shuffle", zip(four, two).map { ($0 + $1) / 2 }, "four and two")
  }

  @Test func theBatchesOfAFixedOrder() throws {
    try expect(
      "size=4,sampling=cyclic", covariance([(0.5, mean([0, 1, 2, 3])), (0.5, mean([4, 5]))]), "two batches")
  }

  @Test func pairsByImportance() throws {
    let total = Self.importance.reduce(0, +)
    let pairs = (0..<n).flatMap { i in
      (0..<n).map { j in
        let weights = [i, j].map { total / (Double(n) * Self.importance[$0]) }
        return (Self.importance[i] * Self.importance[j] / total / total, mean([i, j], weights))
      }
    }
    try expect("size=2,sampling=importance", covariance(pairs), "all ordered pairs with their weights")
  }

  @Test func otherNoiseHasNone() throws {
    #expect(try Noise("gaussian").covariance(of: Self.vectors) == nil)
    #expect(Noise.none.variance(of: Self.vectors) == nil)
  }

  /// What is remembered from step to step changes no batch.
  @Test(arguments: ["shuffle", "replacement", "cyclic", "importance", "uniform", "fresh"])
  func memoryChangesNothing(_ sampling: String) throws {
    let noise = try Noise("minibatch(size=4,sampling=\(sampling))")
    let memory = BatchMemory()
    for step in [1, 2, 3, 7, 2, 1, 9] {
      for seed in [UInt64(0), 3] {
        let kept = noise.batch(
          of: n, importance: Self.importance, seed: seed, step: step, stream: 0, memory: memory)
        #expect(kept == noise.batch(of: n, importance: Self.importance, seed: seed, step: step))
      }
    }
  }

  @Test func newSamplesFollowEachOther() throws {
    let noise = try Noise("minibatch(size=4,sampling=fresh)")
    let firsts = (1...3).map { noise.batch(of: n, seed: 5, step: $0)?.fresh }
    #expect(firsts == [0, 4, 8].map { Batch.Fresh(seed: 5, first: $0) })
    #expect(noise.isFresh && noise.lookInterval == 1)
    #expect(try Noise("minibatch(losses=25)").lookInterval == 25)
    #expect(
      #expect(throws: SpecError.self) {
        try noise.check(
          dimension: 2, samples: 9, hasImportance: false, freshObstacle: "these data come from a file")
      }?.message == "sampling=fresh makes new samples for every step, and these data come from a file")
  }
}
