internal import OptimizerCore

/// Looking along lines through the space of the parameters, whatever plane the picture shows.
extension Landscape {
  /// The losses at `origin + t·direction` for each t of `lengths`, at step `step`.
  public func values(
    from origin: [Double], along direction: [Double], at lengths: [Double], step: Int = 0
  ) -> [Double] {
    precondition(
      origin.count == dimension && direction.count == dimension,
      "a line has as many coordinates as the landscape has parameters")
    let oracle: ObjectiveOracle<Lanes> = makeLanesOracle()
    oracle.beginStep(step)
    var losses = [Double](repeating: 0, count: lengths.count)
    var parameters = [Lanes](repeating: .zero, count: dimension)
    for first in stride(from: 0, to: lengths.count, by: Lanes.laneCount) {
      let used = min(Lanes.laneCount, lengths.count - first)
      var t = Lanes()
      for lane in 0..<used { t[lane] = lengths[first + lane] }
      for k in parameters.indices { parameters[k] = origin[k] + t * direction[k] }
      let result = oracle.evaluateValue(at: parameters.span)
      for lane in 0..<used { losses[first + lane] = result[lane] }
    }
    return losses
  }

  /// The exact gradient in all parameters, whether they are in the plane of the picture or not, at step `step`.
  public func gradient(at parameters: [Double], step: Int = 0) -> [Double] {
    if let matrixProblem { return matrixProblem.gradient(at: parameters) }
    let gradient = gradient(at: Point(x: parameters[0], y: parameters[1]), step: step)
    return [gradient.x, gradient.y]
  }

  /// The second derivative of the loss along a direction of length 1, uᵀHu, at step `step`.
  public func curvature(along direction: [Double], at parameters: [Double], step: Int = 0) -> Double {
    if let matrixProblem { return matrixProblem.curvature(direction, direction) }
    let hessian = hessian(at: Point(x: parameters[0], y: parameters[1]), step: step)
    let (x, y) = (direction[0], direction[1])
    return hessian.xx * x * x + 2 * hessian.xy * x * y + hessian.yy * y * y
  }

  /// Unit eigenvectors of the Hessian in all parameters: of its smallest and of its largest eigenvalue.
  public func principalDirections(
    at parameters: [Double], step: Int = 0
  ) -> (flattest: [Double], sharpest: [Double]) {
    if let matrixProblem { return (matrixProblem.flattestDirection, matrixProblem.sharpestDirection) }
    let vectors = hessian(at: Point(x: parameters[0], y: parameters[1]), step: step).eigenvectors
    return ([vectors.smaller.x, vectors.smaller.y], [vectors.larger.x, vectors.larger.y])
  }

  /// The loss on a grid of a picture that is made otherwise than this landscape's own: the pixel at (x, y) of `window`
  /// shows the parameters `origin + x·across + y·up`. The directions need not have length 1 nor be perpendicular.
  public func field(
    columns: Int, rows: Int, window: Window, step: Int = 0, origin: [Double], across: [Double], up: [Double]
  ) -> Field {
    let oracle: ObjectiveOracle<Lanes> = makeLanesOracle()
    oracle.beginStep(step)
    return Field(
      of: oracle, origin: origin, across: across, up: up, columns: columns, rows: rows, window: window)
  }
}
