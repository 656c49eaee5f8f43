public import Landscapes
public import OptimizerCore

/// One optimizer on its way from one start: it steps forward, and back to any step, exactly.
///
/// A value: a copy is a run of its own. Rows are recorded once; going back restores a snapshot and steps forward again,
/// which gives the same bits because a step depends on nothing but the state.
public struct Run {
  /// Which entry of the experiment it is.
  public internal(set) var entry: Entry
  /// The start, as a point of the picture.
  public let start: Point
  /// Every recorded step.
  public private(set) var history: History
  /// What happened up to the last recorded step; nothing where the past is not kept.
  public private(set) var log = EventLog()
  private let keepsLog: Bool
  /// Where the run stands now: at the playhead, not necessarily at the last recorded step.
  private(set) var now: Snapshot
  /// Where it can go back to: at most `mostSnapshots` of its past.
  private(set) var snapshots: [Snapshot] = []
  private var snapshotInterval = 256
  private let mostSnapshots: Int
  /// The most numbers that a history keeps, and what is kept anyway; snapshots are fewer in proportion.
  private static let (mostNumbers, fewestRows, fewestSnapshots) = (16 << 20, 8, 2)
  /// What it asks; it remembers where it was asked last.
  private(set) var oracle: ObjectiveOracle<Double>
  /// Whose noise it sees where each entry has its own.
  let stream: Int
  let noise: Noise
  private let seed: UInt64
  private var oracleLandscape: Landscape
  private var landscapeIsStale = false
  /// The last step that was run; rows may be fewer.
  private var furthest = 0
  /// Whether loss and gradient are those of an earlier step: all samples are looked at now and then.
  private var isUnseen = false
  /// How many of the experiment's changes lie before the next step: a guess that `apply` checks.
  private var changesDone = 0
  private var gradient: [Double]
  private var before: [Double]
  private let window: Window
  /// How far is too far, how short a step is rest, by the window of the experiment.
  let thresholds: StandingThresholds
  /// The parameters in the middle of that window.
  private let centre: [Double]

  /// - Parameter stream: the place of the run in the race, which noise that is independent draws by.
  init(
    entry: Entry, start: Point, stream: Int, experiment: Experiment, historyLimit: Int = 1 << 16,
    keepsPast: Bool = true
  ) {
    self.entry = entry
    self.start = start
    self.stream = stream
    window = experiment.window
    thresholds = StandingThresholds(in: experiment.window)
    centre = experiment.landscape.lift(window.centre)
    noise = experiment.noise
    seed = experiment.seed
    oracleLandscape = experiment.landscape
    oracle = experiment.landscape.makeOracle()
    var optimizer = entry.spec.makeScalar()
    optimizer.prepare(for: oracle.layout)
    let parameters = experiment.startParameters(start, of: entry.spec)
    history = History(
      dimension: parameters.count, limit: min(historyLimit, Run.historyLimit(of: parameters.count)),
      keepsPast: keepsPast)
    mostSnapshots = min(128, max(Run.fewestSnapshots, Run.mostNumbers / (8 * parameters.count)))
    keepsLog = keepsPast
    gradient = [Double](repeating: 0, count: parameters.count)
    before = parameters
    now = Snapshot(point: parameters, optimizer: optimizer)
    configureOracle()
    observe()
    if isSeenFinite {
      mark(stepLength: 0)
    } else {
      now.isOver = true
      now.divergedAt = 0
      now.endReason = oracleLandscape.reasonForNoValue(at: parameters)
    }
    record()
    snapshots.append(now)
  }

  /// The most rows that are kept of so many parameters.
  static func historyLimit(of parameters: Int) -> Int { max(fewestRows, mostNumbers / parameters) }

  /// The last step that was run.
  public var lastStep: Int { max(history.lastStep, furthest) }
  /// The point of the picture at the playhead; of more than two parameters, their projection onto the plane.
  public var point: Point { oracleLandscape.project(now.point) }
  /// How far the parameters are from the plane that the picture shows; 0 where there are two.
  public var distanceFromPlane: Double { oracleLandscape.distanceFromPlane(now.point) }
  /// What the last step before the playhead started from, with the gradient at the playhead.
  public var lastStepRecord: StepRecord<Double> {
    StepRecord(before: before, after: now.point, gradient: gradient)
  }

  /// Whether the budget lets another step start.
  func mayStep(within budget: Budget) -> Bool { Run.mayStep(from: now, within: budget) }

  private static func mayStep(from snapshot: Snapshot, within budget: Budget) -> Bool {
    if snapshot.isOver { return false }
    if let steps = budget.steps, snapshot.step >= steps { return false }
    if let evaluations = budget.evaluations, snapshot.cost.evaluations >= evaluations { return false }
    return true
  }

  /// One step forward, recorded if it is new. The changes of the experiment that fall on it happen first.
  ///
  /// Returns false, and stays, where the step would be non-finite.
  @discardableResult
  mutating func advance(in experiment: Experiment) -> Bool {
    guard !now.isOver else { return false }
    let next = now.step + 1
    apply(experiment, before: next)
    refreshOracle()
    for k in before.indices { before[k] = now.point[k] }
    stepOptimizer(next)
    now.step = next
    now.cost = oracle.cost
    now.learningRate = now.optimizer.learningRate
    let isFinite = now.point.allSatisfy(\.isFinite)
    isUnseen = !next.isMultiple(of: noise.lookInterval)
    if isFinite, !isUnseen { look() }
    if hasNoStep {
      stayAtLastRow(before: next, in: experiment)
      return false
    }
    guard isFinite, isUnseen || isSeenFinite else {
      // Of the steps since all samples were looked at last none is known to be finite.
      stayAtLastRow(before: (next - 1) / noise.lookInterval * noise.lookInterval + 1, in: experiment)
      return false
    }
    var squares = 0.0
    for k in before.indices { squares += (now.point[k] - before[k]) * (now.point[k] - before[k]) }
    let (wasDiverged, wasConverged) = (now.divergedAt != nil, now.convergedAt != nil)
    mark(stepLength: squares.squareRoot())
    if keepsLog, next > log.lastStep {
      log.record(next, now.optimizer.events)
      if !wasDiverged, now.divergedAt != nil {
        note(next, .divergence, "diverged: further than 1000 windows away")
      }
      if wasConverged != (now.convergedAt != nil) {
        note(next, .convergence, wasConverged ? "left its minimum" : "at rest at a minimum")
      }
    }
    if next > lastStep {
      if !isUnseen { record() }
      if next % snapshotInterval == 0 { takeSnapshot() }
      furthest = next
    }
    return true
  }

  /// Steps the optimizer in place: a copy would be a snapshot, and the step would have to copy its state.
  ///
  /// A function of its own, so that when it returns the oracle is held by the run alone again: one that is shared is made
  /// anew, with nothing remembered.
  @inline(never)
  private mutating func stepOptimizer(_ next: Int) {
    let noisy: Oracle<Double> = noise.isNone ? oracle : oracle.derived(NoisyOracle<Double>.self)
    noisy.beginStep(next)
    // Taken out while its span is lent, which costs no copy.
    var point: [Double] = []
    swap(&point, &now.point)
    var span = point.mutableSpan
    now.optimizer.step(&span, oracle: noisy)
    swap(&point, &now.point)
  }

  /// Goes to a step, back or forward, within what the experiment lets it run. Returns whether it got there.
  ///
  /// At least the last step is taken anew, so that `lastStepRecord` is that of the step asked for.
  @discardableResult
  mutating func seek(to step: Int, in experiment: Experiment) -> Bool {
    if step == now.step {
      // That the next step would fail is known only once it was tried.
      forgetEnd()
      return true
    }
    // A budget may have become smaller since; from a snapshot that it allows, it stops the run by itself.
    let budget = experiment.budget
    let nearest =
      snapshots.last { $0.step < max(step, 1) && Run.mayStep(from: $0, within: budget) } ?? snapshots[0]
    if step < now.step || nearest.step > now.step {
      now = nearest
      landscapeIsStale = true
      apply(experiment, before: now.step)
      observe()
      isUnseen = false
      for k in before.indices { before[k] = now.point[k] }
    }
    while now.step < step {
      guard mayStep(within: experiment.budget), advance(in: experiment) else {
        settle()
        return false
      }
    }
    settle()
    return true
  }

  /// Looks at all samples where the run stands, if that was left out on the way there.
  mutating func settle() {
    guard isUnseen else { return }
    observe()
    isUnseen = false
  }

  /// Forgets everything after the playhead, so that the run can go on differently.
  mutating func forgetFuture() {
    settle()
    history.truncate(after: now.step)
    furthest = now.step
    snapshots.removeAll { $0.step > now.step }
    log.truncate(after: now.step)
    // In the thinned past the row of the playhead may be missing.
    if history.lastStep < now.step { record() }
    forgetEnd()
    landscapeIsStale = true
  }

  /// Makes the run one of another experiment, as far as it is the same there; false if not even its start is.
  ///
  /// What differs are later changes at most: the run keeps what was run before the first of them, and nothing else.
  mutating func join(
    _ experiment: Experiment, from old: Experiment, as entry: Entry, start: Point, stream: Int
  ) -> Bool {
    guard entry.spec == self.entry.spec, entry.name == self.entry.name, start == self.start,
      experiment.window == window, experiment.noise == noise, experiment.seed == seed,
      stream == self.stream || !noise.isIndependent, experiment.landscape == old.landscape
    else { return false }
    let (mine, theirs) = (old.changes(concerning: entry), experiment.changes(concerning: entry))
    let same = zip(mine, theirs).prefix { $0 == $1 }.count
    let firstOther = min(
      same < mine.count ? mine[same].step : .max, same < theirs.count ? theirs[same].step : .max)
    guard firstOther > 0 else { return false }
    self.entry = entry
    landscapeIsStale = true
    // A smaller budget may not reach where the run stands; from the start it goes as far as it may.
    if experiment.budget != old.budget { seek(to: 0, in: old) }
    if firstOther <= lastStep + 1 {
      seek(to: firstOther - 1, in: experiment)
      forgetFuture()
    }
    return true
  }

  /// Makes the run one of which it is not known whether it can go on, unless it cannot even start.
  private mutating func forgetEnd() {
    guard now.isOver, now.divergedAt ?? .max > now.step else { return }
    now.isOver = false
    now.endReason = nil
    now.divergedAt = nil
  }

  /// Whether the optimizer had no step to take, as a recorded run at its end.
  private var hasNoStep: Bool { now.optimizer.events.contains(StepEvent.recordingEnds) }

  /// Takes back a step that was none, or ended on a value that is not finite: the state before it is found again from a
  /// snapshot.
  private mutating func stayAtLastRow(before failed: Int, in experiment: Experiment) {
    let isAtEnd = hasNoStep
    let reason =
      isAtEnd
      ? entry.spec.trajectory?.ending
      : now.optimizer.events.first { StepEvent.ends.contains($0) }
        ?? oracleLandscape.reasonForNoValue(at: now.point)
    seek(to: failed - 1, in: experiment)
    now.isOver = true
    now.endReason = reason
    if keepsLog, failed > log.lastStep {
      log.record(failed, [])
      note(failed, isAtEnd ? .end : .divergence, reason ?? "ended: the next step is not finite")
    }
    if !isAtEnd { now.divergedAt = now.divergedAt ?? failed }
  }

  private mutating func note(_ step: Int, _ kind: LogEntry.Kind, _ text: String) {
    log.add(LogEntry(step: step, lastStep: step, kind: kind, text: text))
  }

  /// The run as its next step will find it, with the knobs that wait to be turned before it.
  func waiting(for changes: [Change]) -> Run {
    var run = self
    for change in changes where change.step == step + 1 {
      if case .entry(entry.name, let key) = change.target { run.now.optimizer.set(key, to: change.value) }
    }
    return run
  }

  /// The landscape and the knobs as they are before step `next`.
  private mutating func apply(_ experiment: Experiment, before next: Int) {
    let hasChanges = changesFall(on: next, in: experiment.changeSteps)
    guard landscapeIsStale || hasChanges else { return }
    var changesLandscape = landscapeIsStale
    if hasChanges {
      for change in experiment.changes where change.step == next {
        switch change.target {
        case .landscape: changesLandscape = true
        case .entry(entry.name, let key): now.optimizer.set(key, to: change.value)
        case .entry: break
        }
      }
    }
    guard changesLandscape else { return }
    landscapeIsStale = false
    oracleLandscape = experiment.landscape(at: next)
    makeOracle()
  }

  /// Whether a change falls on step `next`. `steps` are those of the changes, in order; from one step to the next the
  /// place in them moves little, so that a step without a change costs a comparison.
  private mutating func changesFall(on next: Int, in steps: [Int]) -> Bool {
    guard !steps.isEmpty else { return false }
    var place = min(changesDone, steps.count)
    while place > 0, steps[place - 1] >= next { place -= 1 }
    while place < steps.count, steps[place] < next { place += 1 }
    changesDone = place
    return place < steps.count && steps[place] == next
  }

  private mutating func makeOracle() {
    oracle = oracleLandscape.makeOracle()
    configureOracle()
  }

  private func configureOracle() {
    oracle.seed([seed])
    if !noise.isNone {
      oracle.derived(NoisyOracle<Double>.self).configure(noise, seeds: [seed], stream: stream)
    }
  }

  /// A copy of a run shares its oracle until one of the two needs it; what it counts is set from the run each time.
  private mutating func refreshOracle() {
    if !isKnownUniquelyReferenced(&oracle) { makeOracle() }
    oracle.restore(cost: now.cost, step: now.step)
  }

  /// The true loss and gradient at the playhead, free of charge.
  private mutating func observe() {
    refreshOracle()
    look()
  }

  /// The same with the oracle as it is after a step: the next step from here finds it remembered.
  private mutating func look() {
    var seen: [Double] = []
    swap(&seen, &gradient)
    var span = seen.mutableSpan
    now.loss = oracle.peek(at: now.point.span, into: &span)
    swap(&seen, &gradient)
    var squares = 0.0
    for component in gradient { squares += component * component }
    now.gradientNorm = Norm.of(squares: squares, count: gradient.count) { gradient[$0] }
  }

  /// Whether loss and gradient at the playhead are finite: of a finite gradient the length may still be none.
  private var isSeenFinite: Bool {
    now.loss.isFinite && (now.gradientNorm.isFinite || gradient.allSatisfy(\.isFinite))
  }

  /// The marks of `contracts`: diverged for good, converged until a longer step.
  private mutating func mark(stepLength: Double) {
    var squares = 0.0
    for k in centre.indices { squares += (now.point[k] - centre[k]) * (now.point[k] - centre[k]) }
    if now.divergedAt == nil, thresholds.isTooFar(squares.squareRoot()) { now.divergedAt = now.step }
    if now.convergedAt != nil, stepLength > thresholds.restLength { now.convergedAt = nil }
    if now.convergedAt == nil, !isUnseen, now.gradientNorm < StandingThresholds.gradientNorm,
      thresholds.isMinimum(
        now.point, oracleLandscape.curvatures(at: now.point, step: now.step), of: oracleLandscape,
        step: now.step)
    {
      now.convergedAt = now.step
    }
  }

  private mutating func record() {
    history.append(
      step: now.step, point: now.point, loss: now.loss, gradientNorm: now.gradientNorm,
      learningRate: now.learningRate, evaluations: now.cost.evaluations, values: now.cost.values,
      samples: now.cost.samples)
  }

  /// Keeps at most `mostSnapshots`: then every second goes and the interval doubles.
  private mutating func takeSnapshot() {
    snapshots.append(now)
    guard snapshots.count > mostSnapshots else { return }
    snapshotInterval *= 2
    let interval = snapshotInterval
    snapshots.removeAll { $0.step % interval != 0 }
  }
}
