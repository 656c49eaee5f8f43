internal import OptimizerCore

/// Eight oracles of one run as one of eight runs side by side, for problems that have none: as many evaluations, one after
/// the other, to the bit those of the single runs.
final class LaneByLaneOracle: ObjectiveOracle<SIMD8<Double>> {
  private let oracles: [ObjectiveOracle<Double>]
  private var point: [Double]
  private var slope: [Double]
  private var matrix: [Double]
  private var factors: [Double]

  /// Eight oracles of a problem.
  init(_ problem: some Problem) {
    oracles = (0..<Lanes.laneCount).map { _ in problem.makeOracle() }
    let d = problem.dimension
    point = [Double](repeating: 0, count: d)
    slope = point
    let isSquare = !problem.offers.isDisjoint(with: [.hessian, .gaussNewton, .fisher])
    matrix = [Double](repeating: 0, count: isSquare ? d * d : 0)
    let hasFactors = problem.offers.contains(.kroneckerFactors)
    factors = [Double](repeating: 0, count: hasFactors ? problem.layout.factorCount : 0)
    super.init(
      layout: problem.layout, offers: problem.offers, dependsOnStep: problem.structure.usesStep,
      samples: oracles[0].sampleCount, outputs: oracles[0].outputCount)
  }

  override func beginStep(_ t: Int) {
    super.beginStep(t)
    for oracle in oracles { oracle.beginStep(t) }
  }

  private func take(_ lane: Int, of x: borrowing Span<Lanes>) {
    if oracles[lane].step != step { oracles[lane].beginStep(step) }
    let batches = batches
    oracles[lane].use(batches.count > 1 ? [batches[lane]] : batches)
    for k in point.indices { point[k] = x[k][lane] }
  }

  override func evaluateValue(at x: borrowing Span<Lanes>) -> Lanes {
    var values = Lanes()
    for lane in oracles.indices {
      take(lane, of: x)
      values[lane] = oracles[lane].evaluateValue(at: point.span)
    }
    return values
  }

  override func evaluateGradient(
    at x: borrowing Span<Lanes>, into gradient: inout MutableSpan<Lanes>
  ) -> Lanes {
    var values = Lanes()
    for lane in oracles.indices {
      take(lane, of: x)
      var span = slope.mutableSpan
      values[lane] = oracles[lane].evaluateGradient(at: point.span, into: &span)
      for k in slope.indices { gradient[k][lane] = slope[k] }
    }
    return values
  }

  override func evaluateHessian(at x: borrowing Span<Lanes>, into hessian: inout MutableSpan<Lanes>) {
    for lane in oracles.indices {
      take(lane, of: x)
      var span = matrix.mutableSpan
      oracles[lane].evaluateHessian(at: point.span, into: &span)
      for k in matrix.indices { hessian[k][lane] = matrix[k] }
    }
  }

  override func evaluateGaussNewton(at x: borrowing Span<Lanes>, into matrix: inout MutableSpan<Lanes>) {
    for lane in oracles.indices {
      take(lane, of: x)
      var span = self.matrix.mutableSpan
      oracles[lane].evaluateGaussNewton(at: point.span, into: &span)
      for k in self.matrix.indices { matrix[k][lane] = self.matrix[k] }
    }
  }

  override func evaluateFisher(
    at x: borrowing Span<Lanes>, isEmpirical: Bool, into matrix: inout MutableSpan<Lanes>
  ) {
    for lane in oracles.indices {
      take(lane, of: x)
      var span = self.matrix.mutableSpan
      oracles[lane].evaluateFisher(at: point.span, isEmpirical: isEmpirical, into: &span)
      for k in self.matrix.indices { matrix[k][lane] = self.matrix[k] }
    }
  }

  override func evaluateKroneckerFactors(
    at x: borrowing Span<Lanes>, into factors: inout MutableSpan<Lanes>
  ) {
    for lane in oracles.indices {
      take(lane, of: x)
      var span = self.factors.mutableSpan
      oracles[lane].evaluateKroneckerFactors(at: point.span, into: &span)
      for k in self.factors.indices { factors[k][lane] = self.factors[k] }
    }
  }
}
