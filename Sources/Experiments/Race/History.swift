/// The recorded steps of a run, in bounded memory.
///
/// Past the limit the older half is thinned evenly, so that a run of any length keeps its whole course, coarsely, and
/// its recent part completely.
public struct History: Sendable {
  /// Whether the past is thinned past the limit, rather than forgotten but for the first row.
  private let keepsPast: Bool
  /// The most rows kept.
  public let limit: Int
  /// The number of parameters of a point.
  public let dimension: Int
  /// The recorded steps, increasing, from 0.
  public private(set) var steps: [Int] = []
  /// The points, `dimension` numbers a row.
  public private(set) var coordinates: [Double] = []
  /// The true losses, a row each.
  public private(set) var losses: [Double] = []
  /// The norms of the true gradients, a row each.
  public private(set) var gradientNorms: [Double] = []
  /// NaN where there is none.
  private var learningRates: [Double] = []
  private var evaluations: [Int] = []
  private var values: [Int] = []
  private var samples: [Int] = []
  /// The lowest loss recorded, infinity if there is none.
  public private(set) var lowestLoss = Double.infinity

  /// An empty history that keeps at most `limit` rows; without its past, the first and the recent ones.
  public init(dimension: Int, limit: Int = 1 << 16, keepsPast: Bool = true) {
    precondition(dimension >= 1 && limit >= 8, "a history has a dimension and room for a few rows")
    self.dimension = dimension
    self.limit = limit
    self.keepsPast = keepsPast
  }

  /// The number of rows kept.
  public var count: Int { steps.count }
  /// The last recorded step, −1 if there is none.
  public var lastStep: Int { steps.last ?? -1 }

  /// The row at an index, `0..<count`.
  public subscript(index: Int) -> Row {
    Row(
      step: steps[index],
      point: Array(coordinates[(index * dimension)..<((index + 1) * dimension)]),
      loss: losses[index], gradientNorm: gradientNorms[index],
      learningRate: learningRates[index].isNaN ? nil : learningRates[index],
      evaluations: evaluations[index], values: values[index], samples: samples[index])
  }

  /// The parameters at an index, `dimension` numbers.
  public func parameters(at index: Int) -> ArraySlice<Double> {
    coordinates[(index * dimension)..<((index + 1) * dimension)]
  }

  /// One coordinate of the point at an index.
  public func coordinate(_ k: Int, at index: Int) -> Double { coordinates[index * dimension + k] }

  /// The learning rate used to arrive at an index, nil at the start and for a rule that has none.
  public func learningRate(at index: Int) -> Double? {
    learningRates[index].isNaN ? nil : learningRates[index]
  }

  /// What the run had cost at an index, in gradient evaluations.
  public func evaluations(at index: Int) -> Int { evaluations[index] }

  /// The gradients of single samples that the run had taken at an index.
  package func samples(at index: Int) -> Int { samples[index] }

  /// The index of the last row at or before a step, or nil before the first.
  public func index(at step: Int) -> Int? {
    guard let first = steps.first, step >= first else { return nil }
    // Without thinning the rows are consecutive and the guess is right.
    var low = 0
    var high = steps.count - 1
    let guess = min(step - first, high)
    if steps[guess] == step { return guess }
    while low < high {
      let middle = (low + high + 1) / 2
      if steps[middle] <= step { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Appends a step; it must be later than the last.
  public mutating func append(
    step: Int, point: [Double], loss: Double, gradientNorm: Double, learningRate: Double?, evaluations: Int,
    values: Int, samples: Int? = nil
  ) {
    precondition(step > lastStep, "steps are recorded in order")
    if steps.count >= limit { thin() }
    steps.append(step)
    coordinates.append(contentsOf: point)
    losses.append(loss)
    lowestLoss = min(lowestLoss, loss)
    gradientNorms.append(gradientNorm)
    learningRates.append(learningRate ?? .nan)
    self.evaluations.append(evaluations)
    self.values.append(values)
    self.samples.append(samples ?? evaluations)
  }

  /// Forgets every row after a step.
  package mutating func truncate(after step: Int) {
    let keep = index(at: step).map { $0 + 1 } ?? 0
    remove(keep..<count)
    lowestLoss = losses.min() ?? .infinity
  }

  private mutating func remove(_ rows: Range<Int>) {
    steps.removeSubrange(rows)
    coordinates.removeSubrange((rows.lowerBound * dimension)..<(rows.upperBound * dimension))
    losses.removeSubrange(rows)
    gradientNorms.removeSubrange(rows)
    learningRates.removeSubrange(rows)
    evaluations.removeSubrange(rows)
    values.removeSubrange(rows)
    samples.removeSubrange(rows)
  }

  /// Thins the older half to the multiples of a power of two, as small a one as leaves a quarter of the room free; the
  /// first row stays. Evenly, because halving the same rows again and again would leave nothing of a long run's middle.
  private mutating func thin() {
    let half = steps.count / 2
    guard keepsPast else {
      remove(1..<half)
      return
    }
    var stride = 1
    while steps[..<half].count(where: { $0 % stride == 0 }) > limit / 4 { stride *= 2 }
    var write = 0
    for read in 0..<steps.count where read >= half || steps[read] % stride == 0 {
      steps[write] = steps[read]
      for k in 0..<dimension { coordinates[write * dimension + k] = coordinates[read * dimension + k] }
      losses[write] = losses[read]
      gradientNorms[write] = gradientNorms[read]
      learningRates[write] = learningRates[read]
      evaluations[write] = evaluations[read]
      values[write] = values[read]
      samples[write] = samples[read]
      write += 1
    }
    remove(write..<count)
  }
}
