package import OptimizerCore

extension NetworkProblem {
  /// A layer's block of the Fisher matrix beside the product of its two Kronecker factors, both row-major, the parameters in
  /// the order of units and within a unit of its inputs, the bias last.
  package struct FisherBlock: Sendable {
    /// The side of both.
    public let side: Int
    /// F.
    public let exact: [Double]
    /// S ⊗ A.
    public let product: [Double]

    /// ‖F − A⊗S‖/‖F‖ by Frobenius' norm; NaN where F is 0.
    public var error: Double {
      var (error, size) = (0.0, 0.0)
      for (exact, product) in zip(exact, product) {
        error += (exact - product) * (exact - product)
        size += exact * exact
      }
      return size > 0 ? (error / size).squareRoot() : .nan
    }
  }

  /// The block of a layer, counted from 0; nil where there are too many parameters for the matrix.
  public func fisherBlock(layer: Int, at parameters: [Double]) -> FisherBlock? {
    guard offers.contains(.fisher) else { return nil }
    let (machine, p) = (machine, network.parameterCount)
    var fisher = [Double](repeating: 0, count: p * p)
    var factors = [Double](repeating: 0, count: network.kroneckerCount)
    var whole = fisher.mutableSpan
    machine.gaussNewtonMatrix(at: parameters.span, into: &whole)
    var parts = factors.mutableSpan
    machine.kroneckerFactors(at: parameters.span, into: &parts)
    let part = network.kroneckerFactors[layer]
    let (a, s) = (part.inputFactor.lowerBound, part.unitFactor.lowerBound)
    let own = layout.layers[layer]
    let weights = layout.blocks[own.weights]
    let side = part.units * part.inputs
    let places = (0..<side).map { place in
      let (unit, input) = (place / part.inputs, place % part.inputs)
      guard let bias = own.bias, input == part.inputs - 1 else {
        return weights.offset + unit * weights.columns + input
      }
      return layout.blocks[bias].offset + unit
    }
    var (exact, product) = (
      [Double](repeating: 0, count: side * side), [Double](repeating: 0, count: side * side)
    )
    for i in 0..<side {
      let (unit, input) = (i / part.inputs, i % part.inputs)
      for j in 0..<side {
        exact[i * side + j] = fisher[places[i] * p + places[j]]
        product[i * side + j] =
          factors[s + unit * part.units + j / part.inputs]
          * factors[a + input * part.inputs + j % part.inputs]
      }
    }
    return FisherBlock(side: side, exact: exact, product: product)
  }

  /// ‖F − A⊗S‖/‖F‖ of the Fisher matrix of a layer, counted from 0, by Frobenius' norm: what K-FAC leaves out within a
  /// layer. NaN where there are too many parameters for the matrix.
  public func fisherError(layer: Int, at parameters: [Double]) -> Double {
    fisherBlock(layer: layer, at: parameters)?.error ?? .nan
  }
}
