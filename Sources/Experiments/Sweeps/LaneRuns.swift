import Landscapes
import OptimizerCore

/// Runs of a sweep, eight side by side, by the same kernels as a single run and with the same bits.
final class LaneRuns {
  private typealias Mask = Lanes.Mask

  private let sweep: Sweep
  private let landscape: Landscape
  /// The optimizer with the entry's settings, before its first step: copied for every block.
  private let template: any Optimizer<Lanes>
  /// Turn the knobs of the axes.
  private let turnX: Turn
  private let turnY: Turn
  private let changes: [Change]
  private let noise: Noise
  /// The oracle of blocks on the sweep's own landscape.
  private let oracle: ObjectiveOracle<Lanes>
  private let dimension: Int
  /// The point, the point before, the gradient and the middle of the window, d numbers each.
  private let x: UnsafeMutableBufferPointer<Lanes>
  private let before: UnsafeMutableBufferPointer<Lanes>
  private let gradient: UnsafeMutableBufferPointer<Lanes>
  private let centre: UnsafeMutableBufferPointer<Lanes>
  private let minimisers: [[Double]]
  private let thresholds: StandingThresholds

  init(_ sweep: Sweep) {
    self.sweep = sweep
    landscape = sweep.experiment.landscape
    let entry = sweep.experiment.entries[sweep.entry]
    guard let template = entry.spec.makeLanes() else {
      preconditionFailure("runs side by side need an optimizer for eight")
    }
    self.template = template
    turnX = LaneRuns.turn(sweep.x, of: template)
    turnY = LaneRuns.turn(sweep.y, of: template)
    changes = sweep.experiment.changes(concerning: entry)
    noise = sweep.experiment.noise
    oracle = landscape.makeLanesOracle()
    dimension = landscape.dimension
    func memory() -> UnsafeMutableBufferPointer<Lanes> {
      let memory = UnsafeMutableBufferPointer<Lanes>.allocate(capacity: sweep.experiment.landscape.dimension)
      memory.initialize(repeating: .zero)
      return memory
    }
    (x, before, gradient, centre) = (memory(), memory(), memory(), memory())
    minimisers = landscape.minimisers
    thresholds = StandingThresholds(in: sweep.experiment.window)
    prepare(oracle)
  }

  deinit { for memory in [x, before, gradient, centre] { memory.deallocate() } }

  private typealias Turn = (inout any Optimizer<Lanes>, Lanes) -> Void

  /// How to turn the knob of an axis, found once: looking it up by its key costs as much as hundreds of steps.
  private static func turn(_ axis: Axis, of template: any Optimizer<Lanes>) -> Turn {
    guard case .knob(.entry(_, let key)) = axis.target else { return { _, _ in } }
    return turn(key, of: template)
  }

  private static func turn<Rule: Optimizer<Lanes>>(_ key: String, of template: Rule) -> Turn {
    // A knob of a base or of what a schedule drives is not among the rule's own.
    guard let found = Rule.hyperparameters.first(where: { $0.knob.key == key }) else {
      return { $0.set(key, to: $1) }
    }
    return { optimizer, value in
      guard var rule = optimizer as? Rule else { preconditionFailure("a block steps the sweep's own rule") }
      found.write(&rule, value)
      optimizer = rule
    }
  }

  private func prepare(_ oracle: ObjectiveOracle<Lanes>) {
    oracle.seed([sweep.experiment.seed])
    guard !noise.isNone else { return }
    oracle.derived(NoisyOracle<Lanes>.self)
      .configure(noise, seeds: [sweep.experiment.seed], stream: sweep.entry)
  }

  /// How far eight runs side by side have got, and how each of them ended.
  private struct LaneResults {
    var startLoss = Lanes.zero
    var loss = Lanes.zero
    var lossBefore = Lanes.zero
    /// Lanes that are still finite.
    var alive: Lanes.Mask
    /// −∞ once a lane has come below the target, or is over.
    var target: Lanes
    /// Below this squared distance a lane is surely not too far; beyond any window once it counts as diverged.
    var nearSquare: Lanes
    var reached = [(step: Int, evaluations: Int)?](repeating: nil, count: Lanes.laneCount)
    var diverged = [(step: Int, evaluations: Int)?](repeating: nil, count: Lanes.laneCount)
    /// Where lanes that are over stopped.
    var last = [(step: Int, loss: Double, point: [Double])?](repeating: nil, count: Lanes.laneCount)
    /// The last step after which the gradient of each lane was not small yet.
    var unrest = Lanes.zero
    var step = 0
    var evaluations = 0
  }

  /// The cells of at most eight indices, in their order, or nil if it was called off.
  func compute(_ cells: [Int], isCancelled: () -> Bool) -> [SweepCell]? {
    var optimizer = template
    var oracle = self.oracle
    let experiments = place(cells, &optimizer, &oracle)
    oracle.forget()
    oracle.restore(cost: Cost(), step: 0)
    optimizer.prepare(for: oracle.layout)
    let used = (0..<Lanes.laneCount).map { $0 < cells.count }
    var alive = Mask(repeating: false)
    for lane in 0..<Lanes.laneCount { alive[lane] = used[lane] }
    var results = LaneResults(
      alive: alive, target: Lanes(repeating: sweep.target),
      nearSquare: Lanes(repeating: thresholds.surelyNearSquare))
    observeStart(oracle, &results)
    guard LaneRuns.run(&optimizer, self, oracle, &results, isCancelled) else { return nil }
    return cells.indices.map { cell(lane: $0, results, experiments.isEmpty ? nil : experiments[$0]) }
  }

  /// Sets the starts, the knobs and the constants of the lanes. Returns the experiment of each cell where they are on
  /// landscapes of their own; of fewer than eight cells the last stands in the lanes that are left.
  private func place(
    _ cells: [Int], _ optimizer: inout any Optimizer<Lanes>, _ oracle: inout ObjectiveOracle<Lanes>
  ) -> [Experiment] {
    var (xs, ys) = (Lanes.zero, Lanes.zero)
    for lane in 0..<Lanes.laneCount {
      let index = cells[min(lane, cells.count - 1)]
      (xs[lane], ys[lane]) = sweep.values(column: index % sweep.columns, row: index / sweep.columns)
    }
    var setsConstants = false
    var movesStart = false
    for (axis, turn, values) in [(sweep.x, turnX, xs), (sweep.y, turnY, ys)] {
      switch axis.target {
      case .knob(.entry): turn(&optimizer, values)
      case .knob(.landscape): setsConstants = true
      case .startX, .startY, .startDistance, .startNumber: movesStart = true
      }
    }
    let window = sweep.experiment.window
    guard setsConstants || movesStart else {
      let start = sweep.experiment.startParameters(sweep.experiment.starts[sweep.start])
      let middle = landscape.lift(window.centre)
      for k in 0..<dimension {
        x[k] = Lanes(repeating: start[k])
        centre[k] = Lanes(repeating: middle[k])
      }
      return []
    }
    let experiments = (0..<Lanes.laneCount).map { sweep.experiment(x: xs[$0], y: ys[$0]) }
    for (lane, experiment) in experiments.enumerated() {
      let start = experiment.startParameters(experiment.starts[0])
      let middle = experiment.landscape.lift(window.centre)
      for k in 0..<dimension {
        x[k][lane] = start[k]
        centre[k][lane] = middle[k]
      }
    }
    guard setsConstants else { return experiments }
    var constants = landscape.constants.map { _ in Lanes.zero }
    for (lane, experiment) in experiments.enumerated() {
      for (i, value) in experiment.landscape.constantValues.enumerated() { constants[i][lane] = value }
    }
    // What does not vary by lane has the same constants in all, see `Sweep.grouping`.
    oracle =
      landscape.makeLanesOracle(constants: constants) ?? experiments[0].landscape.makeLanesOracle()
    prepare(oracle)
    return experiments
  }

  private func look(_ oracle: ObjectiveOracle<Lanes>) -> Lanes {
    var span = gradient.mutableSpan
    return oracle.peek(at: x.span, into: &span)
  }

  private func observeStart(_ oracle: ObjectiveOracle<Lanes>, _ results: inout LaneResults) {
    results.loss = look(oracle)
    results.startLoss = results.loss
    for k in 0..<dimension { before[k] = x[k] }
    results.lossBefore = results.loss
    note(&results)
  }

  /// Steps until the budget is spent, nothing is finite any more, or it is called off: then false.
  ///
  /// Opens the box of the optimizer once for all steps.
  @inline(never)
  private static func run<Rule: Optimizer<Lanes>>(
    _ optimizer: inout Rule, _ runs: LaneRuns, _ oracle: ObjectiveOracle<Lanes>, _ results: inout LaneResults,
    _ isCancelled: () -> Bool
  ) -> Bool {
    let noisy: Oracle<Lanes> = runs.noise.isNone ? oracle : oracle.derived(NoisyOracle<Lanes>.self)
    let budget = runs.sweep.experiment.budget
    let lastStep = budget.steps ?? .max
    let mostEvaluations = budget.evaluations ?? .max
    let (x, before, gradient, centre) = (runs.x, runs.before, runs.gradient, runs.centre)
    let dimension = runs.dimension
    let greatest = Lanes(repeating: .greatestFiniteMagnitude)
    let restSquare = Lanes(repeating: runs.sweep.restSlope.map { $0 * $0 } ?? .infinity)
    var change = 0
    while results.step < lastStep, results.evaluations < mostEvaluations, Lanes.any(results.alive) {
      if results.step % 32 == 0, isCancelled() { return false }
      let next = results.step + 1
      while change < runs.changes.count, runs.changes[change].step <= next {
        if case .entry(_, let key) = runs.changes[change].target, runs.changes[change].step == next {
          optimizer.set(key, to: Lanes(repeating: runs.changes[change].value))
        }
        change += 1
      }
      for k in 0..<dimension { before[k] = x[k] }
      results.lossBefore = results.loss
      noisy.beginStep(next)
      var point = x.mutableSpan
      optimizer.step(&point, oracle: noisy)
      results.step = next
      let spent = oracle.cost.evaluations
      results.loss = runs.look(oracle)
      // A step that changes no lane's standing costs a few comparisons.
      var (slope, distance) = (Lanes.zero, Lanes.zero)
      for k in 0..<dimension {
        slope += gradient[k] * gradient[k]
        let away = x[k] - centre[k]
        distance += away * away
      }
      results.unrest.replace(with: Lanes(repeating: Double(next)), where: slope .> restSquare)
      // A NaN is in no order, so each comparison also finds what is not finite. A sum that overflows is looked at closer.
      let isOrdinary =
        (slope + results.loss .<= greatest) .& (distance .<= results.nearSquare)
        .& (results.loss .>= results.target)
      if Lanes.any(results.alive .& .!isOrdinary) { runs.note(&results, spent: spent) }
      results.evaluations = spent
    }
    return true
  }

  /// Takes down which lanes have come below the target, have gone too far or are over.
  @inline(never)
  private func note(_ results: inout LaneResults, spent: Int = 0) {
    for lane in 0..<Lanes.laneCount where results.alive[lane] {
      let loss = results.loss[lane]
      var distance = 0.0
      var isFinite = loss.isFinite
      for k in 0..<dimension {
        // The square of a finite slope may overflow.
        isFinite = isFinite && x[k][lane].isFinite && gradient[k][lane].isFinite
        distance += (x[k][lane] - centre[k][lane]) * (x[k][lane] - centre[k][lane])
      }
      guard isFinite else {
        results.alive[lane] = false
        if results.diverged[lane] == nil { results.diverged[lane] = (results.step, results.evaluations) }
        results.last[lane] = (
          max(results.step - 1, 0), results.lossBefore[lane], (0..<dimension).map { before[$0][lane] }
        )
        continue
      }
      if results.diverged[lane] == nil, thresholds.isTooFar(distance.squareRoot()) {
        results.diverged[lane] = (results.step, spent)
        // Not infinite, so that a point that is not finite is seen by its distance still.
        results.nearSquare[lane] = .greatestFiniteMagnitude
      }
      if results.reached[lane] == nil, loss < sweep.target {
        results.reached[lane] = (results.step, spent)
        results.target[lane] = -.infinity
      }
    }
  }

  private func cell(lane: Int, _ results: LaneResults, _ experiment: Experiment?) -> SweepCell {
    let loss = results.last[lane]?.loss ?? results.loss[lane]
    let point = results.last[lane]?.point ?? (0..<dimension).map { x[$0][lane] }
    let outcome: SweepCell.Outcome
    let end: (step: Int, evaluations: Int)
    if let reached = results.reached[lane] {
      (outcome, end) = (.reached, reached)
    } else if let diverged = results.diverged[lane] {
      (outcome, end) = (.diverged, diverged)
    } else {
      outcome = loss > results.startLoss[lane] ? .growing : .notReached
      end = (results.step, results.evaluations)
    }
    return SweepCell(
      outcome: outcome, steps: end.step, evaluations: end.evaluations, loss: loss,
      minimum: thresholds.minimum(near: point, among: experiment?.landscape.minimisers ?? minimisers),
      restedAt: sweep.restedAt(
        Int(results.unrest[lane]), of: results.step, hasLeft: results.diverged[lane] != nil))
  }
}
