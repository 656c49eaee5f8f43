import Landscapes
import OptimizerCore

/// What is to be seen of a rain.
struct RainSight {
  var positions: [Point]
  var fates: [Rain.Fate]
  var counts: Rain.Counts

  init(at points: [Point], minima: Int) {
    positions = points
    fates = Array(repeating: .moving, count: points.count)
    counts = Rain.Counts(minima: minima)
    counts.add(points.count, to: .moving)
  }

  /// Gives a point its fate, and counts it there.
  mutating func set(_ fate: Rain.Fate, at point: Int) {
    guard fates[point] != fate else { return }
    counts.add(-1, to: fates[point])
    counts.add(1, to: fate)
    fates[point] = fate
  }
}

/// The points of a rain with their optimizers, however many to a drop.
protocol Falling {
  /// Whether the budget lets a point take the step after `step`.
  func mayStep(after step: Int, within budget: Budget) -> Bool
  /// Turns a knob of every optimizer.
  mutating func set(_ key: String, to value: Double)
  /// Goes on over another landscape.
  mutating func use(_ landscape: Landscape)
  /// Takes every point to a step, and shows it.
  mutating func fall(to step: Int, within budget: Budget, in sight: inout RainSight)
}

/// Points with their optimizers, one run (`Double`) or eight (`Lanes`) to a drop.
struct RainDrops<Scalar: Lane>: Falling {
  private var optimizers: [any Optimizer<Scalar>]
  /// The parameters, `dimension` numbers a drop.
  private var coordinates: [Scalar]
  /// Where the step of a drop that is looked at began.
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
      let (drop, lane) = (i / Scalar.laneCount, i % Scalar.laneCount)
      // In the lanes that are left over stands the last point once more, unseen.
      let start = experiment.startParameters(points[min(i, points.count - 1)])
      for k in 0..<d { coordinates[drop * d + k][lane: lane] = start[k] }
      if i < points.count { isHere[drop][lane: lane] = 1 }
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
    for drop in optimizers.indices { optimizers[drop].set(key, to: Scalar(repeating: value)) }
  }

  func mayStep(after step: Int, within budget: Budget) -> Bool {
    optimizers.indices.contains { mayStep($0, after: step, within: budget) }
  }

  private func mayStep(_ drop: Int, after step: Int, within budget: Budget) -> Bool {
    if let steps = budget.steps, step >= steps { return false }
    if let evaluations = budget.evaluations, costs[drop].evaluations >= evaluations { return false }
    return true
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func fall(to step: Int, within budget: Budget, in sight: inout RainSight) {
    kernel(step, budget, &sight)
  }

  @inline(never)
  private mutating func kernel(_ step: Int, _ budget: Budget, _ sight: inout RainSight) {
    let isNoisy = !experiment.noise.isNone
    let noisy: Oracle<Scalar> = isNoisy ? oracle.derived(NoisyOracle<Scalar>.self) : oracle
    let (d, lanes) = (dimension, Scalar.laneCount)
    let farthest = 1000 * experiment.window.diagonal
    let limit = Scalar(repeating: 0.999 * farthest * farthest)
    let isPlane = d == 2
    if !drawsApart { noisy.beginStep(step) }
    for drop in optimizers.indices {
      guard mayStep(drop, after: step - 1, within: budget) else { continue }
      // Where nobody is left, nothing is computed.
      if Scalar.all(isHere[drop] .== Scalar.zero) { continue }
      for k in 0..<d { before[k] = coordinates[drop * d + k] }
      oracle.restore(cost: costs[drop], step: step)
      if drawsApart {
        draw(by: drop)
        noisy.beginStep(step)
      }
      coordinates.withUnsafeMutableBufferPointer { all in
        var point = UnsafeMutableBufferPointer(rebasing: all[(drop * d)..<((drop + 1) * d)]).mutableSpan
        optimizers[drop].step(&point, oracle: noisy)
      }
      costs[drop] = oracle.cost
      var distance = Scalar.zero
      for k in 0..<d {
        let away = coordinates[drop * d + k] - centre[k]
        distance += away * away
      }
      let isNear = Scalar.select(distance .<= limit, Scalar.one, Scalar.zero)
      // Those that are gone are not asked any more.
      if !Scalar.all(isHere[drop] .<= isNear) { leave(drop, &sight) }
      if drop % Rain.lookInterval == step % Rain.lookInterval { look(at: drop, step, &sight) }
      let first = drop * lanes
      guard isPlane else {
        project(drop, &sight)
        continue
      }
      for lane in 0..<min(lanes, pointCount - first) where isHere[drop][lane: lane] != 0 {
        sight.positions[first + lane] = Point(
          x: coordinates[2 * drop][lane: lane], y: coordinates[2 * drop + 1][lane: lane])
      }
    }
  }

  private func draw(by drop: Int) {
    let first = experiment.seed &+ UInt64(drop * Scalar.laneCount)
    let seeds = (0..<Scalar.laneCount).map { first &+ UInt64($0) }
    oracle.seed(seeds)
    if !experiment.noise.isNone {
      oracle.derived(NoisyOracle<Scalar>.self).configure(experiment.noise, seeds: seeds, stream: entry)
    }
  }

  private func parameters(_ drop: Int, _ lane: Int) -> [Double] {
    (0..<dimension).map { coordinates[drop * dimension + $0][lane: lane] }
  }

  private func project(_ drop: Int, _ sight: inout RainSight) {
    let first = drop * Scalar.laneCount
    for lane in 0..<min(Scalar.laneCount, pointCount - first) where isHere[drop][lane: lane] != 0 {
      sight.positions[first + lane] = landscape.project(parameters(drop, lane))
    }
  }

  /// Takes out those that are too far away, or nowhere; they stay where they were seen last.
  private mutating func leave(_ drop: Int, _ sight: inout RainSight) {
    let farthest = 1000 * experiment.window.diagonal
    for lane in 0..<Scalar.laneCount where isHere[drop][lane: lane] != 0 {
      var distance = 0.0
      for (k, value) in parameters(drop, lane).enumerated() {
        distance += (value - centre[k]) * (value - centre[k])
      }
      if !(distance.squareRoot() <= farthest) { remove(drop, lane, &sight) }
    }
  }

  private mutating func remove(_ drop: Int, _ lane: Int, _ sight: inout RainSight) {
    isHere[drop][lane: lane] = 0
    sight.set(.gone, at: drop * Scalar.laneCount + lane)
  }

  /// Finds out which runs of a drop are at rest, and where.
  private mutating func look(at drop: Int, _ step: Int, _ sight: inout RainSight) {
    let d = dimension
    // Taken out while its span is lent, which costs no copy.
    var seen: [Scalar] = []
    swap(&seen, &gradient)
    var target = seen.mutableSpan
    let value = coordinates.withUnsafeBufferPointer { all in
      oracle.look(at: UnsafeBufferPointer(rebasing: all[(drop * d)..<((drop + 1) * d)]).span, into: &target)
    }
    swap(&seen, &gradient)
    var (slope, length) = (Scalar.zero, Scalar.zero)
    for k in 0..<d {
      slope += gradient[k] * gradient[k]
      let moved = coordinates[drop * d + k] - before[k]
      length += moved * moved
    }
    let rest = Run.tolerance * experiment.window.diagonal
    for lane in 0..<Scalar.laneCount where isHere[drop][lane: lane] != 0 {
      let point = drop * Scalar.laneCount + lane
      let norm = slope[lane: lane].squareRoot()
      guard value[lane: lane].isFinite, norm.isFinite else {
        remove(drop, lane, &sight)
        continue
      }
      let isResting = length[lane: lane].squareRoot() <= rest
      let wasConverged = if case .converged = sight.fates[point] { true } else { false }
      if norm < Run.tolerance {
        if sight.fates[point] == .moving || !isResting {
          sight.set(fate(of: parameters(drop, lane), step), at: point)
        }
      } else if !(wasConverged && isResting) {
        sight.set(.moving, at: point)
      }
    }
  }

  /// What a point with a vanishing gradient is at, by the rules of a run's outcome.
  private func fate(of parameters: [Double], _ step: Int) -> Rain.Fate {
    let window = experiment.window
    let (smallest, largest) = landscape.curvatures(at: parameters, step: step)
    let place = landscape.project(parameters)
    let isAtSaddle = landscape.saddles.contains { place.distance(to: $0) <= 1e-3 * window.diagonal }
    if smallest >= -Run.tolerance * max(smallest.magnitude, largest.magnitude), !isAtSaddle {
      return .converged(minimum: Run.minimum(near: parameters, of: landscape, in: window) ?? 0)
    }
    return smallest < -1e-4 || isAtSaddle ? .saddle : .plateau
  }
}
