extension Network {
  /// Where the Kronecker factors of a layer stand among those of all layers.
  ///
  /// The layer's block of the Fisher matrix is about S ⊗ A, its parameters in the order of units, and within a unit its
  /// inputs, the bias last. Martens and Grosse 2015, arXiv:1503.05671.
  package struct KroneckerFactors: Sendable, Hashable {
    /// The side of A = E[ā āᵀ]: the inputs, and 1 for the bias.
    package let inputs: Int
    /// The side of S = E[δ δᵀ].
    package let units: Int
    /// The place of A, row-major.
    package let inputFactor: Range<Int>
    /// The place of S, row-major.
    package let unitFactor: Range<Int>
  }

  /// The places of all layers' factors: A1, S1, A2, S2, …
  package var kroneckerFactors: [KroneckerFactors] {
    var begin = 0
    return layers.indices.map { layer in
      let inputs = fanIn(layer) + (layers[layer].bias ? 1 : 0)
      let units = layers[layer].width
      let middle = begin + inputs * inputs
      let end = middle + units * units
      defer { begin = end }
      return KroneckerFactors(
        inputs: inputs, units: units, inputFactor: begin..<middle, unitFactor: middle..<end)
    }
  }

  /// How many numbers the factors of all layers are.
  package var kroneckerCount: Int { kroneckerFactors.last?.unitFactor.upperBound ?? 0 }
}
