public import OptimizerCore

/// The loss and its derivatives, at points of the picture and at parameters.
extension Landscape {
  /// The loss as text: the formula as it was written, or the rule of the problem.
  public var text: String { problem.words.text }

  /// The loss for the screen, with the constants' symbols.
  public var display: String {
    DisplayPart.text(
      of: problem.words.display,
      symbols: Dictionary(uniqueKeysWithValues: constants.map { ($0.name, $0.symbol) }))
  }

  /// Whether the loss changes with the step `t`.
  public var usesStep: Bool { problem.structure.usesStep }

  /// Whether the loss is a polynomial of degree 2 or less in its parameters, judged by its structure.
  public var isQuadratic: Bool { problem.structure.isQuadratic }

  /// The shape of the parameters.
  public var layout: ParameterLayout { problem.layout }

  /// The number of parameters.
  public var dimension: Int { problem.dimension }

  /// Why an optimizer cannot run here, in one sentence; nil if it can.
  public func obstacle(to spec: OptimizerSpec) -> String? { problem.obstacle(to: spec) }

  /// The problem as one over rows of data, if it is.
  public var data: (any DataProblem)? { problem as? any DataProblem }

  /// The problem as that of a network, without a factor of the loss, if it is one.
  package var network: NetworkProblem? {
    problem as? NetworkProblem ?? (problem as? ScaledProblem<NetworkProblem>)?.base
  }

  /// What multiplies the loss of a network; 1 where nothing does.
  package var lossFactor: Double {
    (problem as? ScaledProblem<NetworkProblem>)?.factor ?? 1
  }

  /// Says why a noise does not go with this landscape, if it does not.
  public func check(_ noise: Noise) throws(SpecError) {
    try noise.check(
      dimension: dimension, samples: data?.training.count ?? 1, hasImportance: data?.importance != nil,
      freshObstacle: data?.fresh.obstacle)
  }

  // MARK: Oracles

  /// An oracle for one run, on one thread.
  public func makeOracle() -> ObjectiveOracle<Double> { problem.makeOracle() }

  /// An oracle for eight runs side by side; where the problem has none of its own, eight of one run.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes> { problem.anyLanesOracle() }

  /// An oracle for eight runs side by side with constants of their own, in the order of `constants`; nil where all runs
  /// must share one problem.
  public func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? {
    problem.makeLanesOracle(constants: constants)
  }

  /// Whether eight runs side by side may have constants of their own.
  public var variesByLane: Bool {
    makeLanesOracle(constants: constants.map { Lanes(repeating: $0.value) }) != nil
  }

  // MARK: At points of the picture

  /// The Hessian (of what the plane shows) that is the same everywhere and at every step, or nil if it is not.
  public var constantHessian: SymmetricMatrix2? {
    isQuadratic && !usesStep ? hessian(at: Point(x: 0, y: 0)) : nil
  }

  /// The loss at a point of the picture, at step `t` (0 before the first).
  public func value(at point: Point, step: Int = 0) -> Double { value(at: lift(point), step: step) }

  /// The exact gradient at a point of the picture; of more than two parameters, its part in the plane.
  public func gradient(at point: Point, step: Int = 0) -> Point {
    component(of: gradient(at: lift(point), step: step))
  }

  /// The exact Hessian at a point of the picture; of more than two parameters, of the loss within the plane.
  public func hessian(at point: Point, step: Int = 0) -> SymmetricMatrix2 {
    let parameters = lift(point)
    if let plane {
      func curvature(_ u: [Double], _ v: [Double]) -> Double {
        problem.curvature(u, v, at: parameters, step: step)
      }
      return SymmetricMatrix2(
        xx: curvature(plane.u, plane.u), xy: curvature(plane.u, plane.v), yy: curvature(plane.v, plane.v))
    }
    guard let hessian = problem.hessian(at: parameters, step: step) else {
      preconditionFailure("a Hessian of two parameters is always written out")
    }
    return SymmetricMatrix2(xx: hessian[0], xy: hessian[1], yy: hessian[3])
  }

  /// The loss on a grid: one sample at the centre of each of `columns`×`rows` equal pixels of the window, the top row
  /// first.
  public func field(columns: Int, rows: Int, window: Window, step: Int = 0) -> Field {
    guard let plane else { return problem.field(columns: columns, rows: rows, window: window, step: step) }
    return field(
      columns: columns, rows: rows, window: window, step: step, origin: plane.origin, across: plane.u,
      up: plane.v)
  }

  /// The loss on a grid of a picture that is made otherwise than this landscape's own: the pixel at (x, y) of `window`
  /// shows the parameters `origin + x·across + y·up`. The directions need not have length 1 nor be perpendicular.
  public func field(
    columns: Int, rows: Int, window: Window, step: Int = 0, origin: [Double], across: [Double], up: [Double]
  ) -> Field {
    let oracle = makeLanesOracle()
    oracle.beginStep(step)
    return Field(
      of: oracle, origin: origin, across: across, up: up, columns: columns, rows: rows, window: window)
  }

  // MARK: At parameters

  /// The loss at parameters, whether they are in the plane or not, at step `t`.
  public func value(at parameters: [Double], step: Int = 0) -> Double {
    problem.value(at: parameters, step: step)
  }

  /// The exact gradient in all parameters, whether they are in the plane of the picture or not, at step `t`.
  public func gradient(at parameters: [Double], step: Int = 0) -> [Double] {
    problem.gradient(at: parameters, step: step)
  }

  /// Why there is no loss at parameters, in a few words, where the problem knows a reason.
  public func reasonForNoValue(at parameters: [Double]) -> String? {
    problem.reasonForNoValue(at: parameters)
  }

  /// The Hessian of all parameters, d·d numbers, row-major; nil where there are more than
  /// `ProblemStructure.denseLimit`.
  public func hessian(at parameters: [Double], step: Int = 0) -> [Double]? {
    problem.hessian(at: parameters, step: step)
  }

  /// The known minima as parameters, in the order of `minima`.
  public var minimisers: [[Double]] { problem.minimisers }

  /// The smallest and the largest eigenvalue of the Hessian of all parameters.
  public func curvatures(at parameters: [Double], step: Int = 0) -> (smaller: Double, larger: Double) {
    problem.curvatures(at: parameters, step: step)
  }

  /// The largest eigenvalue of it alone, which of a large network is had for much less.
  public func largestCurvature(at parameters: [Double], step: Int = 0) -> Double {
    problem.largestCurvature(at: parameters, step: step)
  }

  /// The smallest and the largest eigenvalue of D(H + penalty·I)D, with H the Hessian of all parameters and D diagonal; by
  /// Lanczos' method.
  ///
  /// - Parameter largestOnly: whether the smallest, which takes most of the time, is left out: it is then NaN.
  package func curvatures(
    at parameters: [Double], scaledBy diagonal: [Double], penalty: Double = 0, largestOnly: Bool = false,
    step: Int = 0
  ) -> (smaller: Double, larger: Double) {
    problem.curvatures(
      at: parameters, scaledBy: diagonal, penalty: penalty, largestOnly: largestOnly, step: step)
  }

  /// Unit eigenvectors of the Hessian in all parameters: of its smallest and of its largest eigenvalue.
  public func principalDirections(
    at parameters: [Double], step: Int = 0
  ) -> (flattest: [Double], sharpest: [Double]) {
    problem.principalDirections(at: parameters, step: step)
  }

  /// The second derivative of the loss along a direction of length 1, uᵀHu, at step `t`.
  public func curvature(along direction: [Double], at parameters: [Double], step: Int = 0) -> Double {
    guard plane == nil else { return problem.curvature(direction, direction, at: parameters, step: step) }
    let hessian = hessian(at: Point(x: parameters[0], y: parameters[1]), step: step)
    let (x, y) = (direction[0], direction[1])
    return hessian.xx * x * x + 2 * hessian.xy * x * y + hessian.yy * y * y
  }

  /// The losses at `origin + t·direction` for each t of `lengths`, at step `step`.
  public func values(
    from origin: [Double], along direction: [Double], at lengths: [Double], step: Int = 0
  ) -> [Double] {
    precondition(
      origin.count == dimension && direction.count == dimension,
      "a line has as many coordinates as the landscape has parameters")
    let oracle = makeLanesOracle()
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
}
