internal import OptimizerCore

extension NetworkProblem {
  /// The smallest and the largest eigenvalue of the Hessian, remembered for the points asked about last: a frame asks about
  /// one and the same point many times, and Lanczos' method takes dozens of products.
  public func curvatures(at parameters: [Double], step: Int) -> (smaller: Double, larger: Double) {
    let extremes = curvatureMemory.extremes(at: parameters, withVectors: false) {
      found(at: parameters, false)
    }
    return (extremes.smallest, extremes.largest)
  }

  /// Unit eigenvectors of both, remembered likewise.
  public func principalDirections(
    at parameters: [Double], step: Int
  ) -> (flattest: [Double], sharpest: [Double]) {
    let extremes = curvatureMemory.extremes(at: parameters, withVectors: true) { found(at: parameters, true) }
    return (extremes.flattest, extremes.sharpest)
  }

  private func found(at parameters: [Double], _ withVectors: Bool) -> ExtremeCurvatures {
    if let hessian = hessian(at: parameters, step: 0) { return ExtremeCurvatures(of: hessian, dimension) }
    // One machine for all products.
    let machine = machine
    return ExtremeCurvatures(dimension: dimension, withVectors: withVectors) { direction in
      var product = [Double](repeating: 0, count: parameters.count)
      var span = product.mutableSpan
      machine.hessianProduct(at: parameters.span, direction: direction.span, into: &span)
      return product
    }
  }
}
