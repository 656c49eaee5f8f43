import Landscapes
import OptimizerCore

extension Experiment {
  /// The experiment that would begin with the knobs as step `step` finds them: its changes up to that step are settings,
  /// and none is left for later.
  public func settled(at step: Int) -> Experiment {
    var next = self
    next.changes = []
    next.landscape = landscape(at: step)
    for i in entries.indices { next.entries[i].spec = spec(of: entries[i], at: step) }
    return next
  }

  /// The value that a knob was given by step `step`; nil if there is no such knob.
  public func value(of knob: KnobPath, at step: Int) -> Double? {
    switch knob {
    case .landscape(let constant): landscape(at: step).settableConstant(constant)?.value
    case .entry(let name, let key):
      entries.first { $0.name == name }.flatMap { spec(of: $0, at: step).setting(key) }
    }
  }

  /// The value of a knob as step `next` finds it, where a run stands before it; nil if there is no such knob.
  ///
  /// Some rules move a knob of their own, so the run is asked, but for what was turned since it ended.
  func value(of knob: KnobPath, before next: Int, for run: Run) -> Double? {
    guard case .entry(_, let key) = knob else { return value(of: knob, at: next) }
    let turned = changesInOrder.last { $0.target == knob && $0.step > run.step && $0.step <= next }
    return turned?.value ?? run.optimizer.value(of: key)
  }

  /// Turns a knob when `step` steps are done: at the start it is part of the settings, later a change before the next step.
  ///
  /// Changes that waited for later steps of the runs that see the knob are dropped: they would not have happened. A turn
  /// that changes nothing is none. The knob must exist and the value lie in its range.
  ///
  /// - Parameter present: the value that the knob has then; nil is the one it was given last.
  public mutating func turn(_ knob: KnobPath, to value: Double, at step: Int, from present: Double? = nil) {
    changes = changes.filter { change in
      if change.target == knob { return change.step <= step }
      guard knob.isSeenByRuns(of: change.target) else { return true }
      // At the start a constant makes another race, of which no change is known.
      if case .landscape = knob, step == 0 { return false }
      return change.step <= step + 1
    }
    if step == 0 {
      set(knob, to: value)
    } else if (present ?? self.value(of: knob, at: step + 1)) != value {
      add(Change(step: step + 1, target: knob, value: value))
    }
  }

  /// Adds a change in its place; one of the same knob before the same step is replaced.
  public mutating func add(_ change: Change) {
    var all = changes.filter { $0.step != change.step || $0.target != change.target }
    let place = all.firstIndex { $0.step > change.step } ?? all.count
    all.insert(change, at: place)
    changes = all
  }

  private mutating func set(_ knob: KnobPath, to value: Double) {
    switch knob {
    case .landscape(let constant):
      // Whoever turns it has asked whether it can be.
      if let changed = try? landscape.setting(constant, to: value) { landscape = changed }
    case .entry(let name, let key):
      for i in entries.indices where entries[i].name == name { entries[i].spec.set(key, to: value) }
    }
  }
}

extension KnobPath {
  /// Whether every run that sees another knob sees this one.
  fileprivate func isSeenByRuns(of other: KnobPath) -> Bool {
    switch (self, other) {
    case (.landscape, _): true
    case (.entry(let mine, _), .entry(let theirs, _)): mine == theirs
    case (.entry, .landscape): false
    }
  }
}
