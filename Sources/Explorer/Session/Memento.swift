import Experiments
import OptimizerCore
import Scenes

/// What undo keeps of a session. Runs are not kept: the experiment determines them.
struct Memento {
  let experiment: Experiment
  let step: Int
  let title: String
  let caption: String
  let window: PlotWindow
  let home: PlotWindow
  let viewName: ViewName
  let overlays: Set<Overlay>
  let speed: Double
  let selectedEntry: Int
  let isSpotlit: Bool
  let ghosts: [Ghost.Frozen]
  /// How many runs the fan has, nil without one.
  let fan: Int?
  let isBlind: Bool
  let curveQuantity: CurveQuantity
  let dataPicture: DataPicture
  let untouched: [String: OptimizerSpec]

  init(_ session: Session) {
    experiment = session.race.experiment
    step = session.race.step
    title = session.title
    caption = session.caption
    window = session.window
    home = session.home
    viewName = session.viewName
    overlays = session.overlays
    speed = session.speed
    selectedEntry = session.selectedEntry
    isSpotlit = session.isSpotlit
    ghosts = session.ghosts.map(\.frozen)
    fan = session.fan.count
    isBlind = session.isBlind
    curveQuantity = session.curveQuantity
    dataPicture = session.dataPicture
    untouched = session.untouched
  }

  /// What of a session no undo brings back, and why.
  static let left: [(field: String, why: String)] = [
    ("scene", "it is what the session began with, and stays"),
    ("playback", "whether it plays is a matter of now: space pauses and goes on"),
    ("selectedKnob", "the list of knobs may have changed; the selection stays at its place in it"),
  ]
}

extension Memento {
  /// A part of what is kept.
  enum Part: CaseIterable {
    /// What is run, with its words and the selected entry.
    case experiment
    /// Where the playhead stands.
    case step
    case window
    case ghosts
    case fan
    /// How the race is looked at and how fast it plays. Each of these has a key that takes it back, and whoever takes
    /// back a knob is not to be led into another view.
    case presentation
  }
}

extension UndoStack.Reason {
  /// What taking back a change brings back: what the change, or one of its kind, may have touched.
  var parts: Set<Memento.Part> {
    switch self {
    case .window: [.window]
    case .ghosts: [.ghosts]
    case .fan: [.fan]
    case .entries: [.experiment, .window, .ghosts, .fan]
    case .knob, .constant, .start, .plane, .noise, .race: [.experiment, .step, .window, .ghosts, .fan]
    case .scene: Set(Memento.Part.allCases)
    }
  }
}

extension Session {
  /// Takes back what is kept of a state, as far as the parts go. What has been run and is the same there is not run again.
  mutating func restore(_ memento: Memento, _ parts: Set<Memento.Part>) {
    if parts.contains(.experiment) {
      race.resume(memento.experiment, at: parts.contains(.step) ? memento.step : race.step)
      title = memento.title
      caption = memento.caption
      selectedEntry = min(memento.selectedEntry, max(0, race.experiment.entries.count - 1))
      untouched = memento.untouched
    }
    if parts.contains(.window) {
      settle(in: memento.home)
      window = memento.window
    }
    if parts.contains(.ghosts) { restore(ghosts: memento.ghosts) }
    if parts.contains(.fan) { fan.count = memento.fan }
    if parts.contains(.presentation) {
      viewName = memento.viewName
      overlays = memento.overlays
      speed = memento.speed
      isSpotlit = memento.isSpotlit
      isBlind = memento.isBlind
      curveQuantity = memento.curveQuantity
      dataPicture = memento.dataPicture
    }
  }

  /// Makes the ghosts those that were, without running again what is still here.
  private mutating func restore(ghosts frozen: [Ghost.Frozen]) {
    guard frozen != ghosts.map(\.frozen) else { return }
    let before = ghosts
    ghosts = frozen.map { frozen in before.first { $0.frozen == frozen } ?? Ghost(frozen) }
  }
}
