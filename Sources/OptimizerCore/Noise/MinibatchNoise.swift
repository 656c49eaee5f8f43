/// The gradient of a few samples in the place of all: `minibatch(size=32, sampling=shuffle)`.
///
/// The batch of a step is the same for every question of the step and for every entry of a race. In expectation every
/// sample has the weight one: step by step with `replacement`, `uniform`, `importance` and `bernoulli`, over a pass with
/// `shuffle` and `cyclic`. With `fresh` the samples are new ones, so that what is descended is the expected loss. Whatever
/// is drawn, `weights` multiplies it by draws of mean one: with `size` that of the data, nothing is left out and all is
/// reweighted (the Bayesian bootstrap, and arbitrary sampling: Gower et al. 2019, definition 1).
struct MinibatchNoise: BatchSource {
  /// How a batch is drawn.
  enum Sampling: Int, CaseIterable {
    /// Every pass in an order of its own; the last batch of a pass has what is left.
    case shuffle
    /// Each sample of a batch is drawn from all.
    case replacement
    /// The samples in their order; the last batch of a pass has what is left.
    case cyclic
    /// Each sample of a batch is drawn from all with a probability in proportion to its curvature, and counts the less.
    case importance
    /// The batch is drawn from all batches without repeats.
    case uniform
    /// Each sample is in or out for itself, and in with the chance that makes `size` of them the mean.
    case bernoulli
    /// Samples that no step has seen: stochastic approximation of the expected loss, for data made by a recipe.
    case fresh

    var word: String { "\(self)" }
  }

  /// What the loss of a drawn sample is multiplied by: a draw of mean one.
  enum Reweighting: Int, CaseIterable {
    /// One.
    case equal
    /// A draw of the exponential law.
    case exponential
    /// None or twice, as a coin falls.
    case coin

    var word: String { "\(self)" }

    /// The variance of a weight.
    var variance: Double { self == .equal ? 0 : 1 }

    /// A weight, of a number that is uniform between 0 and 1.
    func weight(_ u: Double) -> Double {
      switch self {
      case .equal: 1
      case .exponential: -Elementary.log(u)
      case .coin: u < 0.5 ? 0 : 2
      }
    }
  }

  static var declaration: NoiseDeclaration {
    NoiseDeclaration(
      name: "minibatch", summary: "the gradient of a few of the samples that the loss is a mean of",
      arguments: [
        ArgumentDeclaration("size", "samples of a batch", kind: .integer, default: 32, in: 1...1e6),
        ArgumentDeclaration(
          "sampling", "how a batch is drawn", kind: .choice(Sampling.allCases.map(\.word)), default: 0,
          in: 0...Double(Sampling.allCases.count - 1)),
        ArgumentDeclaration(
          "weights", "what a drawn sample counts, one in the mean",
          kind: .choice(Reweighting.allCases.map(\.word)),
          default: 0, in: 0...Double(Reweighting.allCases.count - 1)),
        .toggle("independent", "whether every entry has its own draws", default: false),
        ArgumentDeclaration(
          "losses", "every how many steps the loss of all samples is taken", kind: .integer, default: 1,
          in: 1...1e6),
      ],
      citation:
        "Robbins & Monro 1951, doi:10.1214/aoms/1177729586; Needell et al. 2014, arXiv:1310.5715; "
        + "Gower et al. 2019, arXiv:1901.09401")
  }

  let size: Int
  let lookInterval: Int
  let sampling: Sampling
  let reweighting: Reweighting

  init(_ arguments: Arguments) {
    size = Int(arguments["size"])
    lookInterval = Int(arguments["losses"])
    sampling = Sampling(rawValue: Int(arguments["sampling"])) ?? .shuffle
    reweighting = Reweighting(rawValue: Int(arguments["weights"])) ?? .equal
  }

  var needsImportance: Bool { sampling == .importance }
  var isFresh: Bool { sampling == .fresh }

  func batch(
    of count: Int, importance: [Double]?, seed: UInt64, step: Int, stream: UInt32, memory: BatchMemory
  ) -> Batch {
    let drawn = draw(
      of: count, importance: importance, seed: seed, step: step, stream: stream, memory: memory)
    guard reweighting != .equal else { return drawn }
    let generator = Philox(seed: seed)
    return drawn.reweighted { place in
      // A stream of its own: weights are no draws of samples.
      reweighting.weight(
        generator.uniforms(step: step, stream: stream ^ 0x2000_0000, index: place).0)
    }
  }

  private func draw(
    of count: Int, importance: [Double]?, seed: UInt64, step: Int, stream: UInt32, memory: BatchMemory
  ) -> Batch {
    let place = max(step - 1, 0)
    let generator = Philox(seed: seed)
    switch sampling {
    case .cyclic: return Batch(rows: slice(place, of: count).map { Int32($0) })
    case .shuffle:
      let pass = BatchMemory.Pass(
        seed: seed, stream: stream, count: count, number: place / passLength(count))
      let order = memory.order(of: pass) {
        Self.order(of: count, generator: generator, pass: pass.number, stream: stream)
      }
      return Batch(rows: Array(order[slice(place, of: count)]))
    case .replacement:
      return Batch(rows: (0..<size).map { Self.draw($0, of: count, generator, step, stream) })
    case .uniform:
      return Batch(
        rows: memory.first(min(size, count), of: count) { first in
          let (u, _) = generator.uniforms(step: step, stream: stream, index: first)
          return first + min(count - first - 1, Int(u * Double(count - first)))
        })
    case .bernoulli:
      let chance = min(1, Double(size) / Double(count))
      let rows = (0..<Int32(count)).filter {
        generator.uniforms(step: step, stream: stream, index: Int($0)).0 < chance
      }
      // A step of no samples sees one that does not count.
      guard !rows.isEmpty else { return Batch(rows: [0], weights: [0]) }
      let weight = Double(rows.count) / (chance * Double(count))
      return Batch(rows: rows, weights: [Double](repeating: weight, count: rows.count))
    case .importance:
      let importance = importance ?? [Double](repeating: 1, count: count)
      let running = memory.running(importance)
      let total = running[count - 1]
      var rows: [Int32] = []
      var weights: [Double] = []
      for index in 0..<size {
        let (u, _) = generator.uniforms(step: step, stream: stream, index: index)
        var (low, high) = (0, count - 1)
        while low < high {
          let middle = (low + high) / 2
          if running[middle] <= u * total { low = middle + 1 } else { high = middle }
        }
        rows.append(Int32(low))
        weights.append(total / (Double(count) * importance[low]))
      }
      return Batch(rows: rows, weights: weights)
    case .fresh:
      // A stream of its own has rows of its own: far behind those of the others.
      return Batch(fresh: size, seed: seed, first: place * size + Int(stream & 0xFFFF) << 40)
    }
  }

  /// How many batches a pass has.
  func passLength(_ count: Int) -> Int { max(1, (count + size - 1) / size) }

  func slice(_ place: Int, of count: Int) -> Range<Int> {
    let first = place % passLength(count) * size
    return first..<min(first + size, count)
  }

  private static func draw(
    _ index: Int, of count: Int, _ generator: Philox, _ step: Int, _ stream: UInt32
  ) -> Int32 {
    let (u, _) = generator.uniforms(step: step, stream: stream, index: index)
    return Int32(min(count - 1, Int(u * Double(count))))
  }

  /// The order of a pass, by the shuffle of Fisher and Yates.
  private static func order(of count: Int, generator: Philox, pass: Int, stream: UInt32) -> [Int32] {
    var rows = (0..<Int32(count)).map { $0 }
    for last in stride(from: count - 1, to: 0, by: -1) {
      // A stream of its own: passes are not steps.
      let (u, _) = generator.uniforms(step: pass, stream: stream ^ 0x4000_0000, index: last)
      rows.swapAt(last, min(last, Int(u * Double(last + 1))))
    }
    return rows
  }
}
