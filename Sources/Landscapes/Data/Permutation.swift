internal import OptimizerCore

/// The numbers 0..<n in an order that a seed decides, by the shuffle of Fisher and Yates (Durstenfeld 1964,
/// doi:10.1145/364520.364540).
struct Permutation {
  let places: [Int]

  /// - Parameters:
  ///   - step: which of the seed's permutations.
  ///   - stream: what it is for, so that one seed gives independent orders for different things.
  init(of count: Int, seed: UInt64, step: Int = 0, stream: UInt32) {
    let generator = Philox(seed: seed)
    var places = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      let (u, _) = generator.uniforms(step: step, stream: stream, index: last)
      // u is below 1, so the product is below last + 1, but for rounding.
      places.swapAt(last, min(last, Int(u * Double(last + 1))))
    }
    self.places = places
  }
}
