public import Landscapes
public import OptimizerCore

/// Several optimizers stepping in lockstep over one landscape, with a playhead that goes forward and back.
///
/// Runs are ordered entry by entry, starts within. An entry that is off is not stepped; switched on again it catches up,
/// with the same numbers, because runs do not depend on each other.
public struct Race {
  /// What is run. Setting it starts afresh at step 0, unless only entries were switched, the budget or the changes.
  public private(set) var experiment: Experiment
  /// The runs, entry by entry, starts within.
  public private(set) var runs: [Run]
  /// The step at the playhead.
  public private(set) var step = 0
  /// The most rows a run keeps.
  private let historyLimit: Int

  /// A race at step 0. Each run keeps at most `historyLimit` rows.
  public init(_ experiment: Experiment, historyLimit: Int = 1 << 16) {
    precondition(!experiment.starts.isEmpty, "a race has a start")
    self.experiment = experiment
    self.historyLimit = historyLimit
    runs = Race.makeRuns(experiment, historyLimit)
  }

  private static func makeRuns(_ experiment: Experiment, _ historyLimit: Int) -> [Run] {
    experiment.entries.indices.flatMap { index in
      experiment.starts.indices.map { experiment.run(entry: index, start: $0, historyLimit: historyLimit) }
    }
  }

  /// The run of an entry from one of the starts.
  public func run(entry: Int, start: Int = 0) -> Run { runs[entry * experiment.starts.count + start] }

  private func isOn(_ run: Int) -> Bool { experiment.entries[run / experiment.starts.count].isOn }

  /// The last step that any run has recorded.
  public var lastStep: Int {
    var last = 0
    for i in runs.indices where isOn(i) { last = max(last, runs[i].lastStep) }
    return last
  }

  /// The landscape in force at the playhead.
  public var landscape: Landscape { experiment.landscape(at: step) }

  /// Whether at least one run may take another step.
  public var canStep: Bool {
    runs.indices.contains { isOn($0) && runs[$0].mayStep(within: experiment.budget) }
  }

  /// Moves every run that may step one step forward. Returns false if none could.
  @discardableResult
  public mutating func advance() -> Bool {
    var moved = false
    for i in runs.indices where isOn(i) {
      if runs[i].advance(from: step, in: experiment) { moved = true }
    }
    if moved { step += 1 }
    return moved
  }

  /// Goes to a step, back or forward; runs that end earlier stay at their last row. Forward it stops where none can go on.
  public mutating func seek(to target: Int) {
    let target = max(0, target)
    if target > step {
      // As far as it was run before, each goes by its own snapshots; beyond, all step together.
      let known = min(target, lastStep)
      if known > step {
        for i in runs.indices where isOn(i) { runs[i].seek(to: known, in: experiment) }
        for i in runs.indices where isOn(i) { step = max(step, runs[i].step) }
      }
      while step < target, advance() {}
      settle()
      return
    }
    for i in runs.indices where isOn(i) { runs[i].seek(to: target, in: experiment) }
    step = target
  }

  /// Takes loss and gradient of all samples at the playhead, where steps were taken without them.
  public mutating func settle() {
    for i in runs.indices where isOn(i) { runs[i].settle() }
  }

  /// Turns a knob at the playhead, as `Experiment.turn` says.
  ///
  /// What was run beyond the playhead is forgotten, since it would not have happened. The knob must exist and the value lie
  /// in its range.
  ///
  /// A constant that makes another problem starts everything again.
  public mutating func turn(_ knob: KnobPath, to value: Double) {
    if case .landscape(let name) = knob, step > 0, experiment.landscape.constant(name)?.isFixed == true {
      var next = experiment.settled(at: step + 1)
      next.turn(knob, to: value, at: 0)
      start(next)
      return
    }
    var present: Double?
    if case .entry(let name, _) = knob, let index = experiment.entries.firstIndex(where: { $0.name == name })
    {
      present = experiment.value(of: knob, before: step, for: run(entry: index))
    }
    experiment.turn(knob, to: value, at: step, from: present)
    for index in experiment.entries.indices where knob.concerns(experiment.entries[index]) {
      if step == 0 { restart(entry: index) } else { forgetFuture(entry: index) }
    }
  }

  /// Turns a knob of an entry by the entry's place.
  public mutating func turn(entry index: Int, key: String, to value: Double) {
    turn(.entry(name: experiment.entries[index].name, key: key), to: value)
  }

  /// Turns a constant of the landscape.
  public mutating func turn(constant: String, to value: Double) {
    turn(.landscape(constant: constant), to: value)
  }

  /// The value of an entry's knob that the next step will use; nil if there is no such knob.
  public func value(entry index: Int, key: String) -> Double? {
    let knob = KnobPath.entry(name: experiment.entries[index].name, key: key)
    return experiment.value(of: knob, before: step + 1, for: run(entry: index))
  }

  /// The spec of an entry with the knobs that its next step will use.
  package func spec(entry index: Int) -> OptimizerSpec {
    experiment.spec(of: experiment.entries[index], at: step + 1)
  }

  /// The run of an entry with the knobs that its next step will use: what a gauge looks at.
  package func waitingRun(entry index: Int) -> Run { run(entry: index).waiting(for: experiment.changes) }

  /// The landscape that the next step will use: with the changes that wait for it.
  public var nextLandscape: Landscape { experiment.landscape(at: step + 1) }

  /// Starts everything again with the present knobs as settings, state cleared, same seed.
  public mutating func rerun() { start(experiment.settled(at: step + 1)) }

  /// Replaces what is run and starts at step 0.
  public mutating func start(_ experiment: Experiment) { self = Race(experiment, historyLimit: historyLimit) }

  /// Replaces what is run and returns to a step, as undo needs it: runs that are the same there are kept, the others are
  /// run again.
  public mutating func resume(_ experiment: Experiment, at step: Int) {
    precondition(!experiment.starts.isEmpty, "a race has a start")
    let old = self.experiment
    // Taken out of the race, so that going on does not copy them.
    var kept: [Run?] = runs
    runs = []
    self.experiment = experiment
    self.step = 0
    for (index, entry) in experiment.entries.enumerated() {
      for (startIndex, start) in experiment.starts.enumerated() {
        let stream = index * experiment.starts.count + startIndex
        var joined: Run?
        for place in kept.indices where joined == nil {
          guard var run = kept[place].take() else { continue }
          if run.join(experiment, from: old, as: entry, start: start, stream: stream) {
            joined = run
          } else {
            kept[place] = run
          }
        }
        runs.append(joined ?? experiment.run(entry: index, start: startIndex, historyLimit: historyLimit))
      }
    }
    let target = max(0, step)
    for i in runs.indices where isOn(i) {
      runs[i].seek(to: target, in: experiment)
      self.step = max(self.step, runs[i].step)
    }
  }

  /// Sets the budget. What was run beyond it is forgotten, since it would not have happened, and the playhead goes back as
  /// far; runs that the old budget held back catch up with the playhead.
  public mutating func setBudget(_ budget: Budget) {
    let isLess = budget.allowsLess(than: experiment.budget)
    experiment.budget = budget
    var last = 0
    for i in runs.indices {
      if isLess { runs[i].keep(within: experiment) }
      guard isOn(i) else { continue }
      runs[i].seek(to: step, in: experiment)
      last = max(last, runs[i].step)
    }
    if experiment.entries.contains(where: \.isOn) { step = min(step, last) }
  }

  /// Switches an entry on or off; switched on, it catches up with the playhead.
  public mutating func setOn(_ isOn: Bool, entry index: Int) {
    experiment.entries[index].isOn = isOn
    guard isOn else { return }
    for i in runs.indices where i / experiment.starts.count == index {
      runs[i].seek(to: step, in: experiment)
    }
  }

  /// Adds an entry, which catches up with the playhead.
  public mutating func add(_ entry: Entry) {
    experiment.entries.append(entry)
    for start in experiment.starts.indices {
      var run = experiment.run(entry: experiment.entries.count - 1, start: start, historyLimit: historyLimit)
      run.seek(to: step, in: experiment)
      runs.append(run)
    }
  }

  /// Makes a typed rule known, for entries to be of.
  public mutating func add(_ rule: TypedRule) {
    if !experiment.rules.contains(rule) { experiment.rules.append(rule) }
  }

  /// Removes an entry, with its changes; the rule that it is of stays known.
  public mutating func remove(entry index: Int) {
    let name = experiment.entries[index].name
    let count = experiment.starts.count
    runs.removeSubrange((index * count)..<((index + 1) * count))
    experiment.entries.remove(at: index)
    experiment.changes.removeAll { if case .entry(name, _) = $0.target { true } else { false } }
    // Independent noise is drawn by place in the race, and those behind have moved up.
    guard experiment.noise.isIndependent else { return }
    for entry in index..<experiment.entries.count {
      restart(entry: entry)
      if experiment.entries[entry].isOn { setOn(true, entry: entry) }
    }
  }

  private mutating func restart(entry index: Int) {
    for start in experiment.starts.indices {
      runs[index * experiment.starts.count + start] = experiment.run(
        entry: index, start: start, historyLimit: historyLimit)
    }
  }

  private mutating func forgetFuture(entry index: Int) {
    // A run that ended before the playhead has no future that could change.
    for i in runs.indices where i / experiment.starts.count == index && runs[i].step == step {
      runs[i].forgetFuture()
    }
  }
}

extension Experiment {
  /// The run of an entry from one of the starts, at its start.
  func run(entry index: Int, start: Int, historyLimit: Int, keepsPast: Bool = true) -> Run {
    Run(
      entry: entries[index], start: starts[start], stream: index * starts.count + start, experiment: self,
      historyLimit: historyLimit, keepsPast: keepsPast)
  }
}
