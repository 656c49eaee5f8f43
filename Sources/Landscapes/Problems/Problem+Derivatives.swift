internal import OptimizerCore

/// What follows from the oracle alone.
extension Problem {
  /// None: a start is what it is, for every seed.
  public func drawnStart(seed: UInt64) -> [Double]? { nil }

  private func oracle(at step: Int) -> ObjectiveOracle<Double> {
    let oracle = makeOracle()
    oracle.beginStep(step)
    return oracle
  }

  /// The loss, by an oracle of its own.
  public func value(at parameters: [Double], step: Int) -> Double {
    oracle(at: step).evaluateValue(at: parameters.span)
  }

  /// The gradient, by an oracle of its own.
  public func gradient(at parameters: [Double], step: Int) -> [Double] {
    var gradient = [Double](repeating: 0, count: parameters.count)
    var span = gradient.mutableSpan
    _ = oracle(at: step).evaluateGradient(at: parameters.span, into: &span)
    return gradient
  }

  /// By the Hessian where it is offered and small, else by the difference of two gradients, good to nine digits or so where
  /// the loss is smooth.
  public func hessianProduct(_ direction: [Double], at parameters: [Double], step: Int) -> [Double] {
    let d = dimension
    if let hessian = offeredHessian(at: parameters, step: step) {
      return (0..<d).map { i in (0..<d).reduce(0) { $0 + hessian[i * d + $1] * direction[$1] } }
    }
    let length = direction.euclideanNorm
    guard length > 0, length.isFinite else { return direction.map { $0 * 0 } }
    // The cube root of the rounding, at the scale of the parameters: where truncation and rounding weigh the same.
    let scale = max(1, parameters.euclideanNorm / Double(d).squareRoot())
    let h = 0x1p-17 * scale / length
    let oracle = oracle(at: step)
    var sides: [[Double]] = []
    for side in [h, -h] {
      var gradient = [Double](repeating: 0, count: d)
      let point = zip(parameters, direction).map { $0 + side * $1 }
      var span = gradient.mutableSpan
      _ = oracle.evaluateGradient(at: point.span, into: &span)
      sides.append(gradient)
    }
    return zip(sides[0], sides[1]).map { ($0 - $1) / (2 * h) }
  }

  private func offeredHessian(at parameters: [Double], step: Int) -> [Double]? {
    let d = dimension
    guard offers.contains(.hessian), d <= ProblemStructure.denseLimit else { return nil }
    var hessian = [Double](repeating: 0, count: d * d)
    var span = hessian.mutableSpan
    oracle(at: step).evaluateHessian(at: parameters.span, into: &span)
    return hessian
  }

  /// As it is offered, else column by column from its products with the unit vectors.
  public func hessian(at parameters: [Double], step: Int) -> [Double]? {
    if let offered = offeredHessian(at: parameters, step: step) { return offered }
    let d = dimension
    guard d <= ProblemStructure.denseLimit else { return nil }
    let columns = (0..<d).map { column in
      hessianProduct((0..<d).map { $0 == column ? 1 : 0 }, at: parameters, step: step)
    }
    // Differences are symmetric but for rounding; the mean of both is.
    return (0..<d * d).map { 0.5 * columns[$0 / d][$0 % d] + 0.5 * columns[$0 % d][$0 / d] }
  }

  /// uᵀ H v, by a product of the Hessian.
  public func curvature(_ u: [Double], _ v: [Double], at parameters: [Double], step: Int) -> Double {
    zip(u, hessianProduct(v, at: parameters, step: step)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// In closed form for two parameters, from all eigenvalues where the Hessian is small, else by Lanczos' method.
  public func curvatures(at parameters: [Double], step: Int) -> (smaller: Double, larger: Double) {
    if let pair = pairHessian(at: parameters, step: step) { return pair.eigenvalues }
    let extremes = extremeCurvatures(at: parameters, step: step)
    return (extremes.smallest, extremes.largest)
  }

  /// By Lanczos' method.
  public func curvatures(
    at parameters: [Double], scaledBy diagonal: [Double], penalty: Double, largestOnly: Bool, step: Int
  ) -> (smaller: Double, larger: Double) {
    let extremes = ExtremeCurvatures(
      dimension: dimension, scaledBy: diagonal, penalty: penalty, largestOnly ? .largest : .values
    ) { hessianProduct($0, at: parameters, step: step) }
    return (extremes.smallest, extremes.largest)
  }

  /// With the smallest.
  public func largestCurvature(at parameters: [Double], step: Int) -> Double {
    curvatures(at: parameters, step: step).larger
  }

  /// Few.
  public var curvatureCost: Double { 0 }

  /// As `curvatures`.
  public func principalDirections(
    at parameters: [Double], step: Int
  ) -> (flattest: [Double], sharpest: [Double]) {
    if let pair = pairHessian(at: parameters, step: step) {
      let vectors = pair.eigenvectors
      return ([vectors.smaller.x, vectors.smaller.y], [vectors.larger.x, vectors.larger.y])
    }
    let extremes = extremeCurvatures(at: parameters, step: step)
    return (extremes.flattest, extremes.sharpest)
  }

  /// The Hessian of two parameters.
  private func pairHessian(at parameters: [Double], step: Int) -> SymmetricMatrix2? {
    guard dimension == 2, let hessian = hessian(at: parameters, step: step) else { return nil }
    return SymmetricMatrix2(xx: hessian[0], xy: hessian[1], yy: hessian[3])
  }

  private func extremeCurvatures(at parameters: [Double], step: Int) -> ExtremeCurvatures {
    if let hessian = hessian(at: parameters, step: step) { return ExtremeCurvatures(of: hessian, dimension) }
    return ExtremeCurvatures(dimension: dimension) { hessianProduct($0, at: parameters, step: step) }
  }

  /// By the oracle for eight runs side by side.
  public func field(columns: Int, rows: Int, window: Window, step: Int) -> Field {
    precondition(dimension == 2, "a problem of \(dimension) parameters is sampled on a plane")
    let oracle = anyLanesOracle()
    oracle.beginStep(step)
    return Field(of: oracle, columns: columns, rows: rows, window: window)
  }
}
