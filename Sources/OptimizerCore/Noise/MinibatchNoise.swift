/// The gradient of a few samples in the place of all: `minibatch(size=32, sampling=shuffle)`.
///
/// The batch of a step is the same for every question of the step and for every entry of a race. In expectation every
/// sample has the weight one: step by step with `replacement`, `uniform` and `importance`, over a pass with `shuffle` and
/// `cyclic`.
struct MinibatchNoise: BatchSource {
  /// How a batch is drawn.
  private enum Sampling: Int, CaseIterable {
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

    var word: String { "\(self)" }
  }

  static var declaration: NoiseDeclaration {
    NoiseDeclaration(
      name: "minibatch", summary: "the gradient of a few of the samples that the loss is a mean of",
      arguments: [
        ArgumentDeclaration("size", "samples of a batch", kind: .integer, default: 32, in: 1...1e6),
        ArgumentDeclaration(
          "sampling", "how a batch is drawn", kind: .choice(Sampling.allCases.map(\.word)), default: 0,
          in: 0...Double(Sampling.allCases.count - 1)),
        .toggle("independent", "whether every entry has its own draws", default: false),
      ],
      citation: "Robbins & Monro 1951, doi:10.1214/aoms/1177729586; Needell et al. 2014, arXiv:1310.5715")
  }

  let size: Int
  private let sampling: Sampling

  init(_ arguments: Arguments) {
    size = Int(arguments["size"])
    sampling = Sampling(rawValue: Int(arguments["sampling"])) ?? .shuffle
  }

  var needsImportance: Bool { sampling == .importance }

  func batch(of count: Int, importance: [Double]?, generator: Philox, step: Int, stream: UInt32) -> Batch {
    let place = max(step - 1, 0)
    switch sampling {
    case .cyclic: return Batch(rows: slice(place, of: count).map { Int32($0) })
    case .shuffle:
      let order = Self.order(of: count, generator: generator, pass: place / passLength(count), stream: stream)
      return Batch(rows: slice(place, of: count).map { order[$0] })
    case .replacement:
      return Batch(rows: (0..<size).map { Self.draw($0, of: count, generator, step, stream) })
    case .uniform:
      // The first places of a shuffle of its own.
      var rows = (0..<Int32(count)).map { $0 }
      for first in 0..<min(size, count) {
        let (u, _) = generator.uniforms(step: step, stream: stream, index: first)
        rows.swapAt(first, first + min(count - first - 1, Int(u * Double(count - first))))
      }
      return Batch(rows: Array(rows.prefix(size)))
    case .importance:
      let importance = importance ?? [Double](repeating: 1, count: count)
      var running = importance
      for row in running.indices.dropFirst() { running[row] += running[row - 1] }
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
    }
  }

  /// How many batches a pass has.
  private func passLength(_ count: Int) -> Int { max(1, (count + size - 1) / size) }

  private func slice(_ place: Int, of count: Int) -> Range<Int> {
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
