internal import OptimizerCore

/// The parameters of consecutive steps, oldest first, where a history keeps them: every frame looks at dozens of pairs of
/// them.
struct Tail {
  /// All that the history keeps.
  let numbers: [Double]
  /// The place of the first step among those of the history.
  let first: Int
  /// The number of steps.
  let count: Int
  /// The number of parameters.
  let dimension: Int

  /// The distance of two of them.
  func distance(_ i: Int, _ j: Int) -> Double {
    let (a, b) = ((first + i) * dimension, (first + j) * dimension)
    let sum = numbers.withUnsafeBytes { bytes in
      func eight(_ place: Int) -> SIMD8<Double> {
        bytes.loadUnaligned(fromByteOffset: 8 * place, as: SIMD8.self)
      }
      var squares = SIMD8<Double>.zero
      var k = 0
      while k + 8 <= dimension {
        let difference = eight(a + k) - eight(b + k)
        squares += difference * difference
        k += 8
      }
      var sum = squares.sum()
      for place in k..<dimension {
        let difference = numbers[a + place] - numbers[b + place]
        sum += difference * difference
      }
      return sum
    }
    // Squares that are too large or too small for their numbers are left to the slow way.
    return (1e-280...1e280).contains(sum)
      ? sum.squareRoot() : (0..<dimension).lazy.map { numbers[a + $0] - numbers[b + $0] }.euclideanNorm
  }

  /// The product of the steps that led to two of them.
  func dot(_ i: Int, _ j: Int) -> Double {
    var sum = 0.0
    for k in 0..<dimension {
      let (a, b) = ((first + i) * dimension + k, (first + j) * dimension + k)
      sum += (numbers[a] - numbers[a - dimension]) * (numbers[b] - numbers[b - dimension])
    }
    return sum
  }
}
