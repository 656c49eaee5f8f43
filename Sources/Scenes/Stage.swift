public import Experiments
import Landscapes
import OptimizerCore

/// What a beat shows: everything that a picture of it depends on.
///
/// A function of the scene alone, so that a beat is the same whatever happened before it.
public struct Stage: Sendable, Hashable {
  /// What is run, with everything that the beats have set so far.
  public var experiment: Experiment
  /// The step at which the playhead stands when the beat begins.
  public var step: Int
  /// The step to which it plays, `step` if it does not.
  public var until: Int
  /// The view that is open.
  public var view: ViewName
  /// Whether the names of the entries are hidden.
  public var isBlind: Bool
  /// What the caption says.
  public var caption: String
  /// The question that is open, if there is one.
  public var question: Beat.Question?
}

extension Scene {
  /// The stage before the first beat.
  public var opening: Stage {
    Stage(
      experiment: experiment, step: 0, until: 0, view: view, isBlind: false, caption: caption, question: nil)
  }

  /// The stage of a beat, `0..<beats.count`.
  public func stage(_ index: Int) -> Stage {
    var stage = opening
    for beat in beats[...index] {
      stage.step = stage.until
      if beat.restarts {
        stage.experiment = stage.experiment.rerun(from: stage.step)
        stage.step = 0
        stage.until = 0
      }
      for setting in beat.settings { stage.experiment.set(setting, at: stage.step) }
      stage.view = beat.view ?? stage.view
      stage.isBlind = beat.isBlind ?? stage.isBlind
      stage.caption = beat.say ?? stage.caption
      stage.question = beat.question
      stage.until = beat.until ?? stage.step
    }
    return stage
  }
}

extension Experiment {
  /// The experiment that a rerun at a step begins: the knobs as the next step would have used them, and no changes.
  func rerun(from step: Int) -> Experiment {
    var next = self
    next.landscape = landscape(at: step + 1)
    for i in next.entries.indices { next.entries[i].spec = spec(of: entries[i], at: step + 1) }
    next.changes = []
    return next
  }

  /// Sets something when `step` steps are done: at the start it is part of the experiment, later a change.
  ///
  /// As with a knob turned by hand, changes that waited for later steps of the same run are dropped: they would not have
  /// happened. The target must exist and the value lie in its range.
  mutating func set(_ setting: Beat.Setting, at step: Int) {
    switch setting {
    case .entry(let name, let isOn):
      for i in entries.indices where entries[i].name == name { entries[i].isOn = isOn }
    case .knob(let target, let value):
      changes.removeAll { change in
        if change.step == step + 1, change.target == target { return true }
        switch (target, change.target) {
        case (.landscape, _): return change.step > step + 1 || step == 0
        case (.entry(let name, _), .entry(let other, _)): return change.step > step + 1 && name == other
        case (.entry, .landscape): return false
        }
      }
      if step == 0 {
        apply(target, value)
      } else if present(target, at: step + 1) != value {
        changes.append(Change(step: step + 1, target: target, value: value))
        changes.sort { $0.step < $1.step }
      }
    }
  }

  private mutating func apply(_ target: Change.Target, _ value: Double) {
    switch target {
    case .landscape(let constant):
      guard let changed = try? landscape.setting(constant, to: value) else {
        preconditionFailure("a constant is set within its range")
      }
      landscape = changed
    case .entry(let name, let key):
      for i in entries.indices where entries[i].name == name { entries[i].spec.set(key, to: value) }
    }
  }

  /// The value of a knob as a step uses it; nil if there is no such knob.
  func present(_ target: Change.Target, at step: Int) -> Double? {
    switch target {
    case .landscape(let constant): landscape(at: step).constant(constant)?.value
    case .entry(let name, let key):
      entries.first { $0.name == name }.flatMap { spec(of: $0, at: step).setting(key) }
    }
  }
}
