public import Experiments
public import Landscapes
import OptimizerCore

/// What a beat shows: everything that a picture of it depends on.
///
/// A function of the scene alone, so that a beat is the same whatever happened before it.
public struct LectureState: Sendable, Hashable {
  /// What is run, with everything that the beats have set so far.
  public var experiment: Experiment
  /// The step at which the playhead stands when the beat begins.
  public var step: Int
  /// The step to which it plays, `step` if it does not.
  public var until: Int
  /// The view that is open.
  public var view: ViewName
  /// What pictures show, if the beats say so; else what frames all of the scene.
  public var window: Window?
  /// What is drawn over the picture; nil leaves it to the view.
  public var overlays: [Overlay]?
  /// The entry that is selected, by its name; nil for the first.
  public var selected: String?
  /// What the curves show; nil for what is usual.
  public var curve: CurveChoice?
  /// What the view of the data shows of the models.
  public var picture: DataPicture
  /// Whether the names of the entries are hidden.
  public var isBlind: Bool
  /// What the caption says.
  public var caption: String
  /// The question that is open, if there is one.
  public var question: Beat.Question?
}

extension Scene {
  /// The stage before the first beat.
  public var opening: LectureState {
    LectureState(
      experiment: experiment, step: 0, until: 0, view: view, window: nil, overlays: overlays,
      selected: selected, curve: curve, picture: picture, isBlind: false, caption: caption, question: nil)
  }

  /// The stage of a beat, `0..<beats.count`.
  public func stage(_ index: Int) -> LectureState {
    var stage = opening
    for beat in beats[...index] {
      stage.step = stage.until
      if beat.restarts {
        stage.experiment = stage.experiment.settled(at: stage.step + 1)
        stage.step = 0
        stage.until = 0
      }
      if let start = beat.start { stage.experiment.starts = [start] }
      if let noise = beat.noise { stage.experiment.noise = noise }
      if let seed = beat.seed { stage.experiment.seed = seed }
      for setting in beat.settings { stage.experiment.set(setting, at: stage.step) }
      stage.view = beat.view ?? stage.view
      stage.window = beat.window ?? stage.window
      stage.overlays = beat.overlays ?? stage.overlays
      stage.selected = beat.selected ?? stage.selected
      stage.curve = beat.curve ?? stage.curve
      stage.picture = beat.picture ?? stage.picture
      stage.isBlind = beat.isBlind ?? stage.isBlind
      stage.caption = beat.say ?? stage.caption
      stage.question = beat.question
      stage.until = beat.until ?? stage.step
    }
    return stage
  }
}

extension Experiment {
  /// Sets something when `step` steps are done: an entry on or off, or a knob as by hand.
  mutating func set(_ setting: Beat.Setting, at step: Int) {
    switch setting {
    case .entry(let name, let isOn):
      for i in entries.indices where entries[i].name == name { entries[i].isOn = isOn }
    case .knob(let knob, let value): turn(knob, to: value, at: step)
    }
  }
}
