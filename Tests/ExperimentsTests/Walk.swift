import Landscapes
import OptimizerCore
import Testing

/// An optimizer on a landscape from parameters of one's own, without a race.
struct Walk {
  let landscape: Landscape
  let spec: OptimizerSpec
  var noise = Noise.none

  init(_ landscape: Landscape, _ spec: String, noise: String = "none") throws {
    self.landscape = landscape
    self.spec = try OptimizerSpec(spec)
    self.noise = try Noise(noise)
  }

  /// A text of data in a file's place.
  static func landscape(_ text: String, csv: String) throws -> Landscape {
    try LandscapeText.landscape(text) { @Sendable (_: String) throws(DataError) -> [UInt8] in Array(csv.utf8)
    }
  }

  private func steps<Scalar: Lane>(
    _ optimizer: any Optimizer<Scalar>, _ objective: ObjectiveOracle<Scalar>, from start: [Scalar],
    count: Int, seeds: [UInt64]
  ) -> [[Scalar]] {
    var (optimizer, x, points) = (optimizer, start, [start])
    let noisy = objective.derived(NoisyOracle<Scalar>.self)
    noisy.configure(noise, seeds: seeds)
    optimizer.prepare(for: objective.layout)
    for t in 1..<count + 1 {
      noisy.beginStep(t)
      var span = x.mutableSpan
      optimizer.step(&span, oracle: noisy)
      points.append(x)
    }
    return points
  }

  /// The points of a run, the start first.
  func points(from start: [Double], steps count: Int, seed: UInt64 = 0) -> [[Double]] {
    steps(spec.makeScalar(), landscape.makeOracle(), from: start, count: count, seeds: [seed])
  }

  /// Whether eight runs side by side end where each ends alone, to the bit; they start a little apart, and with seeds of
  /// their own.
  func lanesAgree(from start: [Double], steps count: Int) throws -> Bool {
    let starts = start.map { x in
      var lanes = Lanes(repeating: x)
      for lane in 1..<8 { lanes[lane] += 0.0625 * Double(lane) }
      return lanes
    }
    let seeds = (0..<8).map { UInt64($0) }
    let eight = try #require(spec.makeLanes())
    let together = steps(eight, landscape.makeLanesOracle(), from: starts, count: count, seeds: seeds)[count]
    return (0..<8).allSatisfy { lane in
      let alone = points(from: starts.map { $0[lane] }, steps: count, seed: seeds[lane])[count]
      return zip(alone, together).allSatisfy { $0.bitPattern == $1[lane].bitPattern }
    }
  }
}

/// A matrix that an oracle fills.
func filled(_ count: Int, _ fill: (inout MutableSpan<Double>) -> Void) -> [Double] {
  var numbers = [Double](repeating: .nan, count: count)
  var span = numbers.mutableSpan
  fill(&span)
  return numbers
}
