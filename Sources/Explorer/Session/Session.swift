import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The experiment on the screen and how it is looked at: all that a scene or a beat of a lecture determines.
///
/// It begins in one way from a scene and in one from a beat; `Memento` says what undo brings back of it.
struct Session {
  /// What it began with; Backspace goes back to it.
  let scene: Scene
  /// The running experiment with its playhead.
  var race: Race
  var title: String
  var caption: String
  /// The part of the landscape that the plot shows.
  var window: PlotWindow
  /// The part that it began with, to which the window can be reset.
  private(set) var home: PlotWindow
  /// Which view fills the stage.
  var viewName: ViewName
  /// What is drawn over the landscape.
  var overlays: Set<Overlay>
  /// Steps a second while playing.
  var speed: Double
  /// Whether the race is stepping by itself, and how far.
  var playback = Playback()
  /// The entry whose knobs the arrows turn.
  var selectedEntry = 0
  /// The knob they turn: the entry's first, then the landscape's.
  var selectedKnob = 0
  var isSpotlit = false
  /// Runs kept in grey, oldest first.
  var ghosts: [Ghost] = []
  /// Many draws of the noise beside the run of the selected entry.
  var fan = FanDisplay()
  /// Whether the names of the optimizers are hidden, for the audience to guess.
  var isBlind = false
  /// What the curves show.
  var curveQuantity: CurveQuantity
  /// What the view of the data shows of the models.
  var dataPicture: DataPicture
  /// The settings of entries, by name, that nobody has turned: another landscape may fit their learning rates to itself.
  var untouched: [String: OptimizerSpec] = [:]

  /// The session that a scene opens with.
  init(_ scene: Scene) { self.init(scene, at: scene.opening, frame: scene.frame()) }

  /// The session that a place in a scene opens with: its opening, or one of its beats.
  ///
  /// - Parameter frame: what of the landscape pictures of the scene show (`Scene.frame`).
  init(_ scene: Scene, at stage: LectureState, frame: PlotWindow) {
    self.scene = scene
    race = Race(stage.experiment)
    race.seek(to: stage.step)
    title = scene.title
    caption = stage.caption
    window = stage.window ?? frame
    home = window
    viewName = stage.view
    curveQuantity = stage.curve?.quantity ?? .loss
    dataPicture = stage.picture
    overlays = stage.shownOverlays
    speed = scene.speed
    selectedEntry = stage.selectedEntry
    // A scene that names its controls keeps all else as it is, on whatever landscape.
    if scene.controls == nil {
      for entry in stage.experiment.entries { untouched[entry.name] = entry.spec }
    }
    if stage.isBlind { hideNames() }
  }

  /// Looks at another part of the landscape from now on; that is also where a reset leads back to.
  mutating func settle(in window: PlotWindow) {
    self.window = window
    home = window
  }

  /// Hides which optimizer is which: what would tell goes from the picture.
  mutating func hideNames() {
    isBlind = true
    if !viewName.isSilent { viewName = .contour }
    overlays.formIntersection(Overlay.usual)
    curveQuantity = .loss
  }
}

extension ViewName {
  /// Whether the view says nothing of the optimizers but where they are.
  var isSilent: Bool { self == .contour || self == .surface || self == .fan }
}
