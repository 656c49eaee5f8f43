internal import OptimizerCore

/// One oracle for each of eight runs, or of very many parameters one for all, as one of eight runs side by side, for problems that have none: as many evaluations, one after
/// the other, to the bit those of the single runs.
final class LaneByLaneOracle: ObjectiveOracle<SIMD8<Double>> {
  /// One for each lane; of very many parameters one for all.
  private let oracles: [ObjectiveOracle<Double>]
  private static let mostParametersOfEight = 1 << 17
  private var point: [Double]
  private var slope: [Double]
  // Made when they are first wanted: few ask for them, and of wide networks they are large.
  private var matrix: [Double] = []
  private var factors: [Double] = []

  /// For a problem.
  init(_ problem: some Problem) {
    let isLarge = problem.dimension > Self.mostParametersOfEight
    oracles = (0..<(isLarge ? 1 : Lanes.laneCount)).map { _ in problem.makeOracle() }
    point = [Double](repeating: 0, count: problem.dimension)
    slope = point
    super.init(
      layout: problem.layout, offers: problem.offers, dependsOnStep: problem.structure.usesStep,
      samples: oracles[0].sampleCount, outputs: oracles[0].outputCount)
  }

  override func beginStep(_ t: Int) {
    super.beginStep(t)
    for oracle in oracles { oracle.beginStep(t) }
  }

  /// The oracle of a lane, with the lane's batch and point.
  private func oracle(of lane: Int, at x: borrowing Span<Lanes>) -> ObjectiveOracle<Double> {
    let oracle = oracles[lane % oracles.count]
    if oracle.step != step { oracle.beginStep(step) }
    let batches = batches
    oracle.use(batches.count > 1 ? [batches[lane]] : batches)
    for k in point.indices { point[k] = x[k][lane] }
    return oracle
  }

  private func makeMatrix() {
    if matrix.isEmpty { matrix = [Double](repeating: 0, count: dimension * dimension) }
  }

  override func evaluateValue(at x: borrowing Span<Lanes>) -> Lanes {
    var values = Lanes()
    for lane in 0..<Lanes.laneCount {
      let oracle = oracle(of: lane, at: x)
      values[lane] = oracle.evaluateValue(at: point.span)
    }
    return values
  }

  override func evaluateGradient(
    at x: borrowing Span<Lanes>, into gradient: inout MutableSpan<Lanes>
  ) -> Lanes {
    var values = Lanes()
    for lane in 0..<Lanes.laneCount {
      let oracle = oracle(of: lane, at: x)
      var span = slope.mutableSpan
      values[lane] = oracle.evaluateGradient(at: point.span, into: &span)
      for k in slope.indices { gradient[k][lane] = slope[k] }
    }
    return values
  }

  override func evaluateHessian(at x: borrowing Span<Lanes>, into hessian: inout MutableSpan<Lanes>) {
    makeMatrix()
    for lane in 0..<Lanes.laneCount {
      let oracle = oracle(of: lane, at: x)
      var span = matrix.mutableSpan
      oracle.evaluateHessian(at: point.span, into: &span)
      for k in matrix.indices { hessian[k][lane] = matrix[k] }
    }
  }

  override func evaluateGaussNewton(at x: borrowing Span<Lanes>, into matrix: inout MutableSpan<Lanes>) {
    makeMatrix()
    for lane in 0..<Lanes.laneCount {
      let oracle = oracle(of: lane, at: x)
      var span = self.matrix.mutableSpan
      oracle.evaluateGaussNewton(at: point.span, into: &span)
      for k in self.matrix.indices { matrix[k][lane] = self.matrix[k] }
    }
  }

  override func evaluateFisher(
    at x: borrowing Span<Lanes>, isEmpirical: Bool, into matrix: inout MutableSpan<Lanes>
  ) {
    makeMatrix()
    for lane in 0..<Lanes.laneCount {
      let oracle = oracle(of: lane, at: x)
      var span = self.matrix.mutableSpan
      oracle.evaluateFisher(at: point.span, isEmpirical: isEmpirical, into: &span)
      for k in self.matrix.indices { matrix[k][lane] = self.matrix[k] }
    }
  }

  override func evaluateKroneckerFactors(
    at x: borrowing Span<Lanes>, into factors: inout MutableSpan<Lanes>
  ) {
    if self.factors.isEmpty { self.factors = [Double](repeating: 0, count: layout.factorCount) }
    for lane in 0..<Lanes.laneCount {
      let oracle = oracle(of: lane, at: x)
      var span = self.factors.mutableSpan
      oracle.evaluateKroneckerFactors(at: point.span, into: &span)
      for k in self.factors.indices { factors[k][lane] = self.factors[k] }
    }
  }
}
