package import Landscapes
package import OptimizerCore

/// How the gradients of batches scatter about the true gradient at a point: by the law that batches are drawn by, and as
/// batches that are drawn have it.
package struct NoiseScatter: Sendable, Hashable {
  /// The most numbers that the gradients of all samples are.
  package static let mostNumbers = 1 << 22

  /// The covariance in the plane of the picture, by the law.
  package let predicted: SymmetricMatrix2
  /// The same over batches that were drawn.
  package let measured: SymmetricMatrix2
  /// The trace of the covariance in all parameters, by the law.
  package let predictedTrace: Double
  /// The same over batches that were drawn.
  package let measuredTrace: Double
  /// How many batches were drawn.
  package let batches: Int
  /// The law in symbols.
  package let formula: String

  /// The scatter at parameters; nil where the noise draws no batches, or there are too many samples and parameters.
  ///
  /// Batches are those of the seed's first steps, whole passes through the samples: every batch of a fixed order.
  package init?(of noise: Noise, at parameters: [Double], on landscape: Landscape, seed: UInt64) {
    guard let size = noise.batchSize, let data = landscape.data,
      data.training.count * parameters.count <= Self.mostNumbers
    else { return nil }
    let oracle = landscape.makeOracle()
    var gradient = [Double](repeating: 0, count: parameters.count)
    /// The gradient over a batch, or over all samples, with the penalty.
    func mean(_ batch: Batch?) -> [Double] {
      oracle.use(batch.map { [$0] } ?? [])
      var span = gradient.mutableSpan
      _ = oracle.evaluateGradient(at: parameters.span, into: &span)
      return gradient
    }
    // No weight of a sample changes a penalty: what scatters is the loss of the data.
    let penalty = mean(Batch(rows: [0], weights: [0]))
    let gradients = data.sampleGradients(at: parameters).map { zip($0, penalty).map { $0 - $1 } }
    let count = gradients.count
    let shown = gradients.map { gradient in
      let part = landscape.component(of: gradient)
      return [part.x, part.y]
    }
    guard let law = noise.covariance(of: shown, importance: data.importance),
      let trace = noise.variance(of: gradients, importance: data.importance)
    else { return nil }
    predicted = SymmetricMatrix2(xx: law[0], xy: law[1], yy: law[3])
    predictedTrace = trace
    let pass = (count + size - 1) / size
    batches = pass >= 256 ? 256 : pass * ((63 + pass) / pass)
    let whole = mean(nil)
    var (xx, xy, yy, all) = (0.0, 0.0, 0.0, 0.0)
    for step in 1...batches {
      let batch = noise.batch(of: count, importance: data.importance, seed: seed, step: step)
      let deviation = zip(mean(batch), whole).map { $0 - $1 }
      let part = landscape.component(of: deviation)
      xx += part.x * part.x
      xy += part.x * part.y
      yy += part.y * part.y
      all += deviation.reduce(0) { $0 + $1 * $1 }
    }
    let n = Double(batches)
    measured = SymmetricMatrix2(xx: xx / n, xy: xy / n, yy: yy / n)
    measuredTrace = all / n
    formula = noise.covarianceFormula ?? ""
  }
}
