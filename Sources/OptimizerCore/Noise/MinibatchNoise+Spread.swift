/// The law that batches are drawn by, of which their covariance comes.
extension MinibatchNoise {
  func spread(of vectors: [[Double]], importance: [Double]?) -> [(weight: Double, deviation: [Double])] {
    let drawn = spreadOfDraws(vectors, importance: importance)
    guard reweighting != .equal else { return drawn }
    return drawn + spreadOfWeights(vectors, importance: importance)
  }

  /// What weights of mean one add, given the draws: their variance times the mean over draws of Σ w²gg′/b², w the weight
  /// that the draw itself has.
  private func spreadOfWeights(
    _ vectors: [[Double]], importance: [Double]?
  ) -> [(weight: Double, deviation: [Double])] {
    let (n, b) = (Double(vectors.count), Double(size))
    switch sampling {
    case .replacement, .fresh, .uniform, .bernoulli:
      return seconds(of: vectors, weight: reweighting.variance / b)
    case .shuffle, .cyclic:
      let batches = passLength(vectors.count)
      let sizes = (0..<batches).map { Double(slice($0, of: vectors.count).count) }
      if sampling == .shuffle {
        return seconds(
          of: vectors, weight: reweighting.variance * sizes.reduce(0) { $0 + 1 / $1 } / Double(batches))
      }
      return (0..<batches).flatMap { batch in
        slice(batch, of: vectors.count).map {
          (reweighting.variance / (Double(batches) * sizes[batch] * sizes[batch]), vectors[$0])
        }
      }
    case .importance:
      let importance = importance ?? [Double](repeating: 1, count: vectors.count)
      let total = importance.reduce(0, +)
      return zip(vectors, importance).map { vector, own in
        (reweighting.variance * total / (n * n * own * b), vector)
      }
    }
  }

  /// The mean of gg′ over the samples, times a weight.
  private func seconds(
    of vectors: [[Double]], weight: Double
  ) -> [(weight: Double, deviation: [Double])] {
    vectors.map { (weight / Double(vectors.count), $0) }
  }

  private func spreadOfDraws(
    _ vectors: [[Double]], importance: [Double]?
  ) -> [(weight: Double, deviation: [Double])] {
    let n = Double(vectors.count)
    let mean = Self.mean(of: vectors.indices, vectors)
    func deviations(_ weight: Double) -> [(Double, [Double])] {
      vectors.map { (weight, zip($0, mean).map { $0 - $1 }) }
    }
    let (b, batches) = (Double(size), passLength(vectors.count))
    /// What drawing so many without repeats leaves of a variance.
    func left(_ size: Double) -> Double { n > 1 ? (n - size) / (n - 1) / size : 0 }
    switch sampling {
    case .bernoulli: return seconds(of: vectors, weight: (1 - b / n) / b)
    case .replacement, .fresh: return deviations(1 / (n * b))
    case .uniform: return deviations(left(b) / n)
    case .shuffle:
      // The last batch of a pass may be a smaller one.
      let all = (0..<batches).reduce(0) { $0 + left(Double(slice($1, of: vectors.count).count)) }
      return deviations(all / Double(batches) / n)
    case .cyclic:
      return (0..<batches).map {
        let own = Self.mean(of: slice($0, of: vectors.count), vectors)
        return (1 / Double(batches), zip(own, mean).map { $0 - $1 })
      }
    case .importance:
      let importance = importance ?? [Double](repeating: 1, count: vectors.count)
      let total = importance.reduce(0, +)
      return zip(vectors, importance).map { vector, own in
        (own / total / b, zip(vector, mean).map { total / (n * own) * $0 - $1 })
      }
    }
  }

  var covarianceFormula: String {
    let drawn =
      switch sampling {
      case .replacement, .fresh: "Σ/b"
      case .uniform, .shuffle: "Σ/b·(N−b)/(N−1)"
      case .cyclic: "that of its batches"
      case .importance: "Σ/b of g/(N·p)"
      case .bernoulli: "mean of gg′/b·(1−b/N)"
      }
    return reweighting == .equal ? drawn : "\(drawn), and of the weights"
  }

  private static func mean(of rows: Range<Int>, _ vectors: [[Double]]) -> [Double] {
    var mean = [Double](repeating: 0, count: vectors[0].count)
    for row in rows { for k in mean.indices { mean[k] += vectors[row][k] } }
    return mean.map { $0 / Double(rows.count) }
  }
}
