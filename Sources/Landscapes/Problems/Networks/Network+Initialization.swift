import OptimizerCore

extension Network {
  /// How the parameters of a run begin.
  public enum Initialization: String, Sendable, Hashable, CaseIterable {
    /// Uniform in ±gain·√(6 ⁄ (fan in + fan out)); biases 0. Glorot and Bengio 2010.
    case xavier
    /// Normal with variance gain²·2 ⁄ fan in; biases 0. He et al. 2015, doi:10.1109/ICCV.2015.123.
    case he
    /// Uniform in ±gain ⁄ √(fan in), weights and biases alike: what PyTorch's `Linear` does.
    case torch
    /// Normal with standard deviation gain; biases 0.
    case normal
    /// 0.
    case zero
  }

  /// Parameters to begin with: the same for the same scheme, gain and seed.
  public func initialParameters(
    _ scheme: Initialization, gain: Double = 1, seed: UInt64
  ) -> [Double] {
    let random = Philox(seed: seed)
    var parameters: [Double] = []
    parameters.reserveCapacity(parameterCount)
    for (index, layer) in layers.enumerated() {
      let inputs = fanIn(index)
      // One stream for a layer's weights and one for its biases: no change of a width moves another layer's.
      func append(_ count: Int, stream: Int, isBias: Bool) {
        for i in 0..<count {
          guard let spread = spread(scheme, layer: index, isBias: isBias) else {
            parameters.append(0)
            continue
          }
          let stream = UInt32(truncatingIfNeeded: stream)
          let (first, second) =
            spread.isNormal
            ? random.normals(step: 0, stream: stream, index: i / 2)
            : random.uniforms(step: 0, stream: stream, index: i / 2)
          let number = i % 2 == 0 ? first : second
          parameters.append(gain * spread.size * (spread.isNormal ? number : 2 * number - 1))
        }
      }
      append(layer.width * inputs, stream: 2 * index, isBias: false)
      if layer.bias { append(layer.width, stream: 2 * index + 1, isBias: true) }
    }
    return parameters
  }

  /// The standard deviation of a normal distribution, or half the width of a uniform one; nil is 0.
  private func spread(
    _ scheme: Initialization, layer: Int, isBias: Bool
  ) -> (size: Double, isNormal: Bool)? {
    let inputs = Double(fanIn(layer))
    switch scheme {
    case .torch: return (1 / inputs.squareRoot(), false)
    case .zero: return nil
    case _ where isBias: return nil
    case .xavier: return ((6 / (inputs + Double(layers[layer].width))).squareRoot(), false)
    case .he: return ((2 / inputs).squareRoot(), true)
    case .normal: return (1, true)
    }
  }
}
