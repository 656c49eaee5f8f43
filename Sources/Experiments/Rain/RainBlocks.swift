import Landscapes
import OptimizerCore

/// Points with their optimizers, one run (`Double`) or eight (`Lanes`) to a block.
struct RainBlocks<Scalar: Lane>: RainRuns {
  private var optimizers: [any Optimizer<Scalar>]
  /// The parameters, `dimension` numbers a block.
  private var coordinates: [Scalar]
  /// Where the step of a block that is looked at began.
  private var before: [Scalar]
  private var gradient: [Scalar]
  private var costs: [Cost]
  /// 1 in lanes that are not gone yet, 0 in the others.
  private var isHere: [Scalar]
  private var oracle: ObjectiveOracle<Scalar>
  private let makeOracle: (Landscape) -> ObjectiveOracle<Scalar>
  private var landscape: Landscape
  private let experiment: Experiment
  private let entry: Int
  /// Whether each run draws by a seed of its own.
  private let drawsApart: Bool
  private let centre: [Double]
  private let thresholds: StandingThresholds
  private let dimension: Int
  private let pointCount: Int

  init(
    _ template: any Optimizer<Scalar>, of experiment: Experiment, entry: Int, at points: [Point],
    drawsApart: Bool, makeOracle: @escaping (Landscape) -> ObjectiveOracle<Scalar>
  ) {
    let landscape = experiment.landscape
    let oracle = makeOracle(landscape)
    let count = (points.count + Scalar.laneCount - 1) / Scalar.laneCount
    let d = oracle.dimension
    self.experiment = experiment
    self.entry = entry
    self.drawsApart = drawsApart
    self.makeOracle = makeOracle
    self.landscape = landscape
    self.oracle = oracle
    dimension = d
    pointCount = points.count
    centre = landscape.lift(experiment.window.centre)
    thresholds = StandingThresholds(in: experiment.window)
    optimizers = (0..<count).map { _ in
      var optimizer = template
      optimizer.prepare(for: oracle.layout)
      return optimizer
    }
    before = Array(repeating: .zero, count: d)
    gradient = before
    costs = Array(repeating: Cost(), count: count)
    isHere = Array(repeating: .zero, count: count)
    coordinates = Array(repeating: .zero, count: count * d)
    for i in 0..<(count * Scalar.laneCount) {
      let (block, lane) = (i / Scalar.laneCount, i % Scalar.laneCount)
      // In the lanes that are left over stands the last point once more, unseen.
      let start = experiment.startParameters(points[min(i, points.count - 1)])
      for k in 0..<d { coordinates[block * d + k][lane: lane] = start[k] }
      if i < points.count { isHere[block][lane: lane] = 1 }
    }
    prepareOracle()
  }

  private func prepareOracle() {
    oracle.seed([experiment.seed])
    guard !experiment.noise.isNone else { return }
    oracle.derived(NoisyOracle<Scalar>.self)
      .configure(experiment.noise, seeds: [experiment.seed], stream: entry)
  }

  mutating func use(_ landscape: Landscape) {
    self.landscape = landscape
    oracle = makeOracle(landscape)
    prepareOracle()
  }

  mutating func set(_ key: String, to value: Double) {
    for block in optimizers.indices { optimizers[block].set(key, to: Scalar(repeating: value)) }
  }

  func mayStep(after step: Int, within budget: Budget) -> Bool {
    optimizers.indices.contains { mayStep($0, after: step, within: budget) }
  }

  private func mayStep(_ block: Int, after step: Int, within budget: Budget) -> Bool {
    if let steps = budget.steps, step >= steps { return false }
    if let evaluations = budget.evaluations, costs[block].evaluations >= evaluations { return false }
    return true
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(to step: Int, within budget: Budget, showing points: inout RainPoints) {
    kernel(step, budget, &points)
  }

  @inline(never)
  private mutating func kernel(_ step: Int, _ budget: Budget, _ points: inout RainPoints) {
    let isNoisy = !experiment.noise.isNone
    let noisy: Oracle<Scalar> = isNoisy ? oracle.derived(NoisyOracle<Scalar>.self) : oracle
    let (d, lanes) = (dimension, Scalar.laneCount)
    let limit = Scalar(repeating: thresholds.surelyNearSquare)
    let isPlane = d == 2
    if !drawsApart { noisy.beginStep(step) }
    for block in optimizers.indices {
      guard mayStep(block, after: step - 1, within: budget) else { continue }
      // Where nobody is left, nothing is computed.
      if Scalar.all(isHere[block] .== Scalar.zero) { continue }
      for k in 0..<d { before[k] = coordinates[block * d + k] }
      oracle.restore(cost: costs[block], step: step)
      if drawsApart {
        draw(by: block)
        noisy.beginStep(step)
      }
      coordinates.withUnsafeMutableBufferPointer { all in
        var point = UnsafeMutableBufferPointer(rebasing: all[(block * d)..<((block + 1) * d)]).mutableSpan
        optimizers[block].step(&point, oracle: noisy)
      }
      costs[block] = oracle.cost
      var distance = Scalar.zero
      for k in 0..<d {
        let away = coordinates[block * d + k] - centre[k]
        distance += away * away
      }
      let isNear = Scalar.select(distance .<= limit, Scalar.one, Scalar.zero)
      // Those that are gone are not asked any more.
      if !Scalar.all(isHere[block] .<= isNear) { leave(block, &points) }
      if block % Rain.judgingInterval == step % Rain.judgingInterval { judge(block, step, &points) }
      let first = block * lanes
      guard isPlane else {
        project(block, &points)
        continue
      }
      for lane in 0..<min(lanes, pointCount - first) where isHere[block][lane: lane] != 0 {
        points.positions[first + lane] = Point(
          x: coordinates[2 * block][lane: lane], y: coordinates[2 * block + 1][lane: lane])
      }
    }
  }

  private func draw(by block: Int) {
    let first = experiment.seed &+ UInt64(block * Scalar.laneCount)
    let seeds = (0..<Scalar.laneCount).map { first &+ UInt64($0) }
    oracle.seed(seeds)
    if !experiment.noise.isNone {
      oracle.derived(NoisyOracle<Scalar>.self).configure(experiment.noise, seeds: seeds, stream: entry)
    }
  }

  private func parameters(_ block: Int, _ lane: Int) -> [Double] {
    (0..<dimension).map { coordinates[block * dimension + $0][lane: lane] }
  }

  private func project(_ block: Int, _ points: inout RainPoints) {
    let first = block * Scalar.laneCount
    for lane in 0..<min(Scalar.laneCount, pointCount - first) where isHere[block][lane: lane] != 0 {
      points.positions[first + lane] = landscape.project(parameters(block, lane))
    }
  }

  /// Takes out those that are too far away, or nowhere; they stay where they were seen last.
  private mutating func leave(_ block: Int, _ points: inout RainPoints) {
    for lane in 0..<Scalar.laneCount where isHere[block][lane: lane] != 0 {
      var distance = 0.0
      for (k, value) in parameters(block, lane).enumerated() {
        distance += (value - centre[k]) * (value - centre[k])
      }
      if thresholds.isTooFar(distance.squareRoot()) { remove(block, lane, &points) }
    }
  }

  private mutating func remove(_ block: Int, _ lane: Int, _ points: inout RainPoints) {
    isHere[block][lane: lane] = 0
    points.set(.diverged, at: block * Scalar.laneCount + lane)
  }

  /// Finds out which runs of a block are at rest, and where.
  private mutating func judge(_ block: Int, _ step: Int, _ points: inout RainPoints) {
    let d = dimension
    // Taken out while its span is lent, which costs no copy.
    var seen: [Scalar] = []
    swap(&seen, &gradient)
    var target = seen.mutableSpan
    let value = coordinates.withUnsafeBufferPointer { all in
      oracle.peek(at: UnsafeBufferPointer(rebasing: all[(block * d)..<((block + 1) * d)]).span, into: &target)
    }
    swap(&seen, &gradient)
    var (slope, length) = (Scalar.zero, Scalar.zero)
    for k in 0..<d {
      slope += gradient[k] * gradient[k]
      let moved = coordinates[block * d + k] - before[k]
      length += moved * moved
    }
    let norms = Norm.of(squares: slope, count: d) { gradient[$0] }
    for lane in 0..<Scalar.laneCount where isHere[block][lane: lane] != 0 {
      let point = block * Scalar.laneCount + lane
      let norm = norms[lane: lane]
      guard value[lane: lane].isFinite, gradient.allSatisfy({ $0[lane: lane].isFinite }) else {
        remove(block, lane, &points)
        continue
      }
      let isResting = length[lane: lane].squareRoot() <= thresholds.restLength
      let wasConverged = if case .minimum = points.standings[point] { true } else { false }
      if norm < StandingThresholds.gradientNorm {
        if points.standings[point] == .moving || !isResting {
          points.set(standing(at: parameters(block, lane), step), at: point)
        }
      } else if !(wasConverged && isResting) {
        points.set(.moving, at: point)
      }
    }
  }

  /// What a point with a vanishing gradient is at.
  private func standing(at parameters: [Double], _ step: Int) -> Standing {
    let curvatures = landscape.curvatures(at: parameters, step: step)
    let isAtSaddle = thresholds.isAtSaddle(landscape.project(parameters), of: landscape)
    if !isAtSaddle, thresholds.isMinimum(parameters, curvatures, of: landscape, step: step) {
      return .minimum(thresholds.minimum(near: parameters, of: landscape))
    }
    return thresholds.critical(curvatures, isAtSaddle: isAtSaddle)
  }
}
