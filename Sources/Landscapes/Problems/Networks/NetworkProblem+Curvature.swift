internal import OptimizerCore

extension NetworkProblem {
  /// The smallest and the largest eigenvalue of the Hessian, remembered for the points asked about last: a frame asks about
  /// one and the same point many times, and Lanczos' method takes dozens of products.
  public func curvatures(at parameters: [Double], step: Int) -> (smaller: Double, larger: Double) {
    let extremes = extremes(at: parameters, .values)
    return (extremes.smallest, extremes.largest)
  }

  /// Remembered likewise, after a dozen products.
  public func largestCurvature(at parameters: [Double], step: Int) -> Double {
    extremes(at: parameters, .largest).largest
  }

  /// Unit eigenvectors of both, remembered likewise.
  public func principalDirections(
    at parameters: [Double], step: Int
  ) -> (flattest: [Double], sharpest: [Double]) {
    let extremes = extremes(at: parameters, .vectors)
    return (extremes.flattest, extremes.sharpest)
  }

  /// About eight for each parameter and row: forward and back, and both along a direction.
  public var curvatureCost: Double {
    dimension > ProblemStructure.denseLimit ? 8 * Double(dimension) * Double(training.count) : 0
  }

  /// Remembered with the scale.
  public func curvatures(
    at parameters: [Double], scaledBy diagonal: [Double], penalty: Double, largestOnly: Bool, step: Int
  ) -> (smaller: Double, larger: Double) {
    let detail: ExtremeCurvatures.Detail = largestOnly ? .largest : .values
    let extremes = curvatureMemory.extremes(at: parameters + diagonal + [penalty], detail) {
      ExtremeCurvatures(
        dimension: dimension, scaledBy: diagonal, penalty: penalty, detail,
        product: hessianProducts(at: parameters))
    }
    return (extremes.smallest, extremes.largest)
  }

  private func extremes(at parameters: [Double], _ wanted: ExtremeCurvatures.Detail) -> ExtremeCurvatures {
    // Of a small network everything is found at once.
    let detail = dimension <= ProblemStructure.denseLimit ? .vectors : wanted
    return curvatureMemory.extremes(at: parameters, detail) {
      if let hessian = hessian(at: parameters, step: 0) { return ExtremeCurvatures(of: hessian, dimension) }
      return ExtremeCurvatures(dimension: dimension, detail, product: hessianProducts(at: parameters))
    }
  }

  /// Products of the Hessian at a point, by one machine for all of them.
  private func hessianProducts(at parameters: [Double]) -> ([Double]) -> [Double] {
    let machine = machine
    return { direction in
      var product = [Double](repeating: 0, count: parameters.count)
      var span = product.mutableSpan
      machine.hessianProduct(at: parameters.span, direction: direction.span, into: &span)
      return product
    }
  }
}
