import Foundation
import Testing
import TestSupport

@testable import OptimizerCore

/// ½·Lᵢ(x − cᵢ)² for a few samples, one parameter.
final class SampleBowls: ObjectiveOracle<Double> {
  static let curvatures = [0.1, 0.4, 0.9, 1.3, 2, 2.2, 3.1, 4, 5.5, 6.1, 7, 7.4]
  static let centres = [3.0, -1, 0.5, 2, -2, 1, 0.25, -0.5, 4, 1.5, -3, 0]

  init() {
    super.init(layout: .vector(1), offers: [], dependsOnStep: false, samples: Self.centres.count)
  }

  override var sampleImportance: [Double]? { Self.curvatures }

  static func slope(_ row: Int, _ x: Double) -> Double { curvatures[row] * (x - centres[row]) }

  private func mean(_ function: (Int) -> Double) -> Double {
    guard let batch = batches.first else {
      return Self.centres.indices.reduce(0) { $0 + function($1) } / Double(sampleCount)
    }
    var sum = 0.0
    for (place, row) in batch.rows.enumerated() {
      sum += (batch.weights?[place] ?? 1) * function(Int(row))
    }
    return sum / Double(batch.count)
  }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    let at = x[0]
    gradient[0] = mean { Self.slope($0, at) }
    return evaluateValue(at: x)
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double {
    let at = x[0]
    return mean { 0.5 * Self.curvatures[$0] * (at - Self.centres[$0]) * (at - Self.centres[$0]) }
  }
}

/// Batches of samples: that they are drawn as said, and that a step sees one of them.
@Suite struct MinibatchTests {
  private let n = SampleBowls.centres.count

  private func batch(_ text: String, step: Int, seed: UInt64 = 1, stream: Int = 0, of count: Int? = nil)
    throws
    -> Batch
  {
    let noise = try Noise("minibatch(\(text))")
    return try #require(
      noise.batch(
        of: count ?? n, importance: SampleBowls.curvatures, seed: seed, step: step, stream: stream))
  }

  /// How often each row is there in the batches of some steps.
  private func counts(_ text: String, steps: ClosedRange<Int>, seed: UInt64 = 1) throws -> [Int] {
    var counts = [Int](repeating: 0, count: n)
    for step in steps { for row in try batch(text, step: step, seed: seed).rows { counts[Int(row)] += 1 } }
    return counts
  }

  // MARK: Mean one

  /// Every pass has every sample once, also where the size does not divide their number.
  @Test(arguments: ["shuffle", "cyclic"], [1, 3, 5, 12]) func aPassHasEverySampleOnce(
    sampling: String, size: Int
  ) throws {
    let length = (n + size - 1) / size
    for pass in 0..<4 {
      let steps = pass * length + 1...(pass + 1) * length
      #expect(
        try counts("size=\(size),sampling=\(sampling)", steps: steps) == [Int](repeating: 1, count: n))
    }
  }

  @Test func cyclicBatchesGoInOrder() throws {
    #expect(try batch("size=5,sampling=cyclic", step: 1).rows == [0, 1, 2, 3, 4])
    #expect(try batch("size=5,sampling=cyclic", step: 3).rows == [10, 11])
    #expect(try batch("size=5,sampling=cyclic", step: 4).rows == [0, 1, 2, 3, 4])
  }

  @Test func everyPassHasAnOrderOfItsOwn() throws {
    let orders = try (0..<20).map { pass in
      try (1...4).flatMap { try batch("size=3,sampling=shuffle", step: 4 * pass + $0).rows }
    }
    #expect(Set(orders).count == 20)
    // Each sample is as likely first as any other: 12 cells of 600 expected each, 11 degrees of freedom.
    var first = [Int](repeating: 0, count: n)
    for step in 1...7200 { first[Int(try batch("size=12,sampling=shuffle", step: step).rows[0])] += 1 }
    let square = first.reduce(0.0) { $0 + pow(Double($1) - 600, 2) / 600 }
    #expect(square < 31.3, "a share of one in a thousand of fair draws is above")
  }

  /// Draws one by one are uniform and may repeat; batches without repeats are uniform and do not.
  @Test func drawsAreUniform() throws {
    let steps = 1...2400
    for sampling in ["replacement", "uniform"] {
      let text = "size=3,sampling=\(sampling)"
      let square = try counts(text, steps: steps).reduce(0.0) { $0 + pow(Double($1) - 600, 2) / 600 }
      #expect(square < 31.3, "\(sampling)")
      let repeats = try steps.count { Set(try batch(text, step: $0).rows).count < 3 }
      // 1 − 11·10⁄144 of 2400 have a repeat.
      if sampling == "uniform" {
        #expect(repeats == 0)
      } else {
        let expected = 2400.0 * 34 / 144
        #expect((Double(repeats) - expected).magnitude < 100)
      }
    }
    // All pairs are as likely: 66 cells.
    var pairs: [Set<Int32>: Int] = [:]
    for step in 1...6600 {
      pairs[Set(try batch("size=2,sampling=uniform", step: step).rows), default: 0] += 1
    }
    #expect(pairs.count == 66)
    let square = pairs.values.reduce(0.0) { $0 + pow(Double($1) - 100, 2) / 100 }
    #expect(square < 112)
  }

  /// Σ p w = 1 for every sample: its weight is one over n times its probability.
  @Test func importanceHasWeightsOfMeanOne() throws {
    let total = SampleBowls.curvatures.reduce(0, +)
    var seen = [Int](repeating: 0, count: n)
    for step in 1...4000 {
      let batch = try batch("size=2,sampling=importance", step: step)
      for (row, weight) in zip(batch.rows, try #require(batch.weights)) {
        let p = SampleBowls.curvatures[Int(row)] / total
        #expect((p * Double(n) * weight - 1).magnitude < 1e-14)
        seen[Int(row)] += 1
      }
    }
    for (row, count) in seen.enumerated() {
      let expected = 8000 * SampleBowls.curvatures[row] / total
      #expect((Double(count) - expected).magnitude < 4.5 * expected.squareRoot(), "row \(row)")
    }
  }

  /// In with the same chance, for itself: as many as the binomial law says, none among them, and then nothing counts.
  @Test func eachIsInOrOutForItself() throws {
    var sizes = [Int](repeating: 0, count: n + 1)
    for step in 1...4000 {
      let batch = try batch("size=3,sampling=bernoulli", step: step)
      let weights = try #require(batch.weights)
      if weights == [0] {
        sizes[0] += 1
      } else {
        #expect(Set(batch.rows).count == batch.count)
        #expect(weights.allSatisfy { ($0 - Double(batch.count) / 3).magnitude < 1e-15 })
        sizes[batch.count] += 1
      }
    }
    var expected: Double = 4000 * pow(0.75, 12.0)
    for size in 0...6 {
      let difference = Double(sizes[size]) - expected
      #expect(difference.magnitude < 4.5 * expected.squareRoot(), "\(size)")
      expected *= Double(n - size)
      expected /= 3 * Double(size + 1)
    }
  }

  /// Weights are drawn for themselves: they change no draw of samples, have the mean one, and go onto what is drawn.
  @Test func weightsHaveTheMeanOne() throws {
    for (word, mostly) in [("exponential", 1 - exp(-1.0)), ("coin", 0.5)] {
      var (sum, squares, below) = (0.0, 0.0, 0)
      for step in 1...1000 {
        let plain = try batch("size=12,sampling=shuffle", step: step)
        let weighted = try batch("size=12,sampling=shuffle,weights=\(word)", step: step)
        #expect(plain.rows == weighted.rows && plain.weights == nil)
        for weight in try #require(weighted.weights) {
          sum += weight
          squares += (weight - 1) * (weight - 1)
          below += weight < 1 ? 1 : 0
        }
      }
      #expect((sum / 12000 - 1).magnitude < 0.04 && (squares / 12000 - 1).magnitude < 0.12, "\(word)")
      #expect((Double(below) / 12000 - mostly).magnitude < 0.02, "\(word)")
    }
    let fresh = try batch("size=4,sampling=fresh,weights=coin", step: 3)
    #expect(fresh.fresh != nil && fresh.weights?.count == 4)
    let drawn = try batch("size=2,sampling=importance", step: 3)
    let both = try batch("size=2,sampling=importance,weights=coin", step: 3)
    for (one, other) in zip(try #require(drawn.weights), try #require(both.weights)) {
      #expect(other == 0 || other == 2 * one)
    }
  }

  // MARK: What the draws depend on

  @Test(arguments: [
    "shuffle", "replacement", "importance", "uniform", "bernoulli", "replacement,weights=exponential",
  ])
  func drawsDependOnSeedAndStepAlone(_ sampling: String) throws {
    let text = "size=4,sampling=\(sampling)"
    let forward = try (1...30).map { try batch(text, step: $0) }
    let backward = try (1...30).reversed().map { try batch(text, step: $0) }.reversed()
    #expect(forward == Array(backward))
    #expect(Set(forward).count > 15)
    #expect(try (1...30).map { try batch(text, step: $0, seed: 2) } != forward)
    // Entries see the same batches, unless each is to have its own.
    #expect(try (1...30).map { try batch(text, step: $0, stream: 3) } == forward)
    let own = try (1...30).map { try batch(text + ",independent=on", step: $0, stream: 3) }
    #expect(own != forward)
    #expect(try (1...30).map { try batch(text + ",independent=on", step: $0, stream: 4) } != own)
  }

  // MARK: Variance

  /// Over all batches that there are: Σ⁄b with replacement, ×(N − b)⁄(N − 1) without, and what importance leaves.
  @Test func variancesAreThoseOfTheBook() throws {
    let x = 2.0
    let slopes = (0..<n).map { SampleBowls.slope($0, x) }
    let mean = slopes.reduce(0, +) / Double(n)
    let variance = slopes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)
    let total = SampleBowls.curvatures.reduce(0, +)
    let square = slopes.reduce(0) { $0 + $1 * $1 } / Double(n)
    let second = (0..<n).reduce(0.0) { sum, i in
      sum + slopes[i] * slopes[i] * total / (SampleBowls.curvatures[i] * Double(n * n))
    }
    let expected: [(String, Double)] = [
      ("size=1,sampling=uniform", variance), ("size=3,sampling=replacement", variance / 3),
      ("size=3,sampling=uniform", variance / 3 * 9 / 11), ("size=12,sampling=uniform", 0),
      ("size=12,sampling=shuffle", 0), ("size=1,sampling=importance", second - mean * mean),
      // Chance q for each: the mean of g² times (1 − q)⁄(n q). Weights of variance 1 add what the mean of Σ w²g²⁄b² is.
      ("size=3,sampling=bernoulli", square / 3 * 9 / 12), ("size=12,sampling=bernoulli", 0),
      ("size=3,sampling=replacement,weights=exponential", (variance + square) / 3),
      ("size=12,sampling=cyclic,weights=coin", square / 12),
      ("size=3,sampling=bernoulli,weights=coin", square / 3 * 9 / 12 + square / 3),
      ("size=2,sampling=importance,weights=exponential", (second - mean * mean) / 2 + second / 2),
    ]
    let oracle = SampleBowls()
    for (text, variance) in expected {
      var (sum, squares) = (0.0, 0.0)
      let steps = 8000
      for step in 1...steps {
        oracle.use([try batch(text, step: step)])
        var gradient = [0.0]
        oracle.gradient(at: [x], into: &gradient)
        sum += gradient[0]
        squares += (gradient[0] - mean) * (gradient[0] - mean)
      }
      let deviation = (variance / Double(steps)).squareRoot()
      #expect((sum / Double(steps) - mean).magnitude < 4 * deviation + 1e-11, "\(text): the mean")
      #expect((squares / Double(steps) - variance).magnitude <= 0.08 * variance + 1e-11, "\(text)")
    }
    #expect(second - mean * mean < 0.5 * variance)
  }

  // MARK: A step

  private func noisy(_ oracle: SampleBowls, _ text: String, seed: UInt64 = 1) throws -> NoisyOracle<Double> {
    let noisy = oracle.derived(NoisyOracle<Double>.self)
    noisy.configure(try Noise("minibatch(\(text))"), seeds: [seed])
    return noisy
  }

  /// Within a step the batch is one: value, slope and what is asked again are of one loss.
  @Test func theBatchIsFrozenWithinAStep() throws {
    let oracle = SampleBowls()
    let noisy = try noisy(oracle, "size=3,sampling=replacement")
    var seen: Set<Double> = []
    for step in 1...20 {
      noisy.beginStep(step)
      let rows = try batch("size=3,sampling=replacement", step: step).rows.map { Int($0) }
      for x in [0.5, -1, 0.5] {
        var gradient = [0.0]
        let point = [x]
        let loss = noisy.gradient(at: point, into: &gradient)
        let mean = rows.reduce(0.0) { $0 + SampleBowls.slope($1, x) } / 3
        #expect((gradient[0] - mean).magnitude < 1e-14)
        #expect(noisy.value(at: point.span) == loss)
      }
      var gradient = [0.0]
      noisy.gradient(at: [0], into: &gradient)
      seen.insert(gradient[0])
    }
    #expect(seen.count > 15)
  }

  /// What is reported is the loss over all samples, free of charge, and the batch stays in use.
  @Test func thePeekIsOverAllSamples() throws {
    let oracle = SampleBowls()
    let noisy = try noisy(oracle, "size=1,sampling=cyclic")
    noisy.beginStep(2)
    let point = [1.0]
    var (one, all) = ([0.0], [0.0])
    noisy.gradient(at: [1], into: &one)
    var span = all.mutableSpan
    _ = oracle.peek(at: point.span, into: &span)
    #expect(one[0] == SampleBowls.slope(1, 1))
    let mean = (0..<n).reduce(0) { $0 + SampleBowls.slope($1, 1) } / Double(n)
    #expect((all[0] - mean).magnitude < 1e-14)
    var again = [0.0]
    noisy.gradient(at: [1], into: &again)
    #expect(again == one && oracle.cost.samples == 2)
  }

  /// A pass is one evaluation, and so is a gradient over all samples.
  @Test func aPassCostsAnEvaluation() throws {
    let oracle = SampleBowls()
    let noisy = try noisy(oracle, "size=5,sampling=shuffle")
    var (costs, gradient): ([Cost], [Double]) = ([], [0])
    for step in 1...7 {
      noisy.beginStep(step)
      noisy.gradient(at: [0], into: &gradient)
      costs.append(noisy.cost)
    }
    // 5, 5 and the 2 that are left.
    #expect(costs.map(\.samples) == [5, 10, 12, 17, 22, 24, 29])
    #expect(costs.map(\.evaluations) == [0, 0, 1, 1, 1, 2, 2])
    noisy.configure(.none, seeds: [1])
    oracle.use([])
    noisy.gradient(at: [0], into: &gradient)
    #expect(noisy.cost.samples == 41 && noisy.cost.evaluations == 3)
  }

  // MARK: Words

  @Test(arguments: [
    ("minibatch", "minibatch()"), ("minibatch(8)", "minibatch(size=8)"),
    ("minibatch(size=8, sampling=cyclic)", "minibatch(size=8,sampling=cyclic)"),
  ])
  func normalises(_ text: String, _ expected: String) throws {
    let noise = try Noise(text)
    #expect(noise.description == expected)
    #expect(try Noise(noise.description) == noise)
  }

  @Test func theUsualBatchHas32() throws { #expect(try Noise("minibatch").batchSize == 32) }

  @Test(arguments: [
    ("minibatch(size=0)", "minibatch: size must be a whole number between 1 and 1000000, got '0'"),
    ("minibatch(size=1.5)", "minibatch: size must be a whole number between 1 and 1000000, got '1.5'"),
    (
      "minibatch(sampling=random)",
      "minibatch: sampling must be one of shuffle, replacement, cyclic, importance, uniform, bernoulli, fresh, got 'random'"
    ),
  ])
  func explains(_ text: String, _ message: String) {
    let error = #expect(throws: SpecError.self) { try Noise(text) }
    #expect(error?.message == message)
  }

  @Test func whatALossDoesNotHaveIsSaid() throws {
    func complaint(_ text: String, samples: Int, hasImportance: Bool = false) throws -> String? {
      let noise = try Noise(text)
      return #expect(throws: SpecError.self) {
        try noise.check(dimension: 2, samples: samples, hasImportance: hasImportance)
      }?.message
    }
    #expect(
      try complaint("minibatch(size=8)", samples: 1)
        == "minibatch draws from samples, and this loss is not made of any; gaussian is for any loss")
    #expect(
      try complaint("minibatch(size=8)", samples: 7)
        == "size of minibatch must be at most 7, the number of samples, got '8'")
    #expect(
      try complaint("minibatch(size=8,sampling=importance)", samples: 9)
        == "this problem does not say how steep its samples are; sampling=replacement needs nothing")
    try Noise("minibatch(size=8,sampling=importance)").check(dimension: 2, samples: 8, hasImportance: true)
  }
}
