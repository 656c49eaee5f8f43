public import Experiments
import OptimizerCore
import Scenes

/// What the application does with its session: the way back to the scene, and undo.
extension Explorer {
  /// Begins the session of the scene again.
  mutating func backToScene() {
    remember(.scene)
    session = Session(session.scene)
    openSessionView()
    status = .note("back to the scene; u undoes that")
  }

  /// Keeps the state before a change, for undo.
  mutating func remember(_ reason: UndoStack.Reason) { undo.push(Memento(session), reason: reason) }

  /// Brings a state back, as far as a change of that kind goes.
  mutating func restore(_ memento: Memento, _ reason: UndoStack.Reason) {
    session.restore(memento, reason.parts)
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
    if session.viewName != type(of: view).name { openSessionView() }
  }

  mutating func undoLast() {
    guard let (memento, reason) = undo.undo(from: Memento(session)) else { return }
    restore(memento, reason)
    status = .note("undone; U does it again")
  }

  mutating func redoLast() {
    guard let (memento, reason) = undo.redo(from: Memento(session)) else { return }
    restore(memento, reason)
    status = .note("done again")
  }
}

/// The session's state under the names by which the application's other parts know it.
extension Explorer {
  var scene: Scene { session.scene }
  /// The running experiment with its playhead.
  public internal(set) var race: Race {
    get { session.race }
    _modify { yield &session.race }
  }
  var title: String {
    get { session.title }
    set { session.title = newValue }
  }
  var caption: String {
    get { session.caption }
    set { session.caption = newValue }
  }
  var window: PlotWindow {
    get { session.window }
    set { session.window = newValue }
  }
  /// Whether the race is stepping by itself.
  package internal(set) var isPlaying: Bool {
    get { session.playback.isPlaying }
    set { session.playback.isPlaying = newValue }
  }
  /// Steps a second while playing.
  public internal(set) var speed: Double {
    get { session.speed }
    set { session.speed = newValue }
  }
  /// The entry whose knobs the arrows turn.
  package internal(set) var selectedEntry: Int {
    get { session.selectedEntry }
    set { session.selectedEntry = newValue }
  }
  /// The knob they turn: the entry's first, then the landscape's.
  package internal(set) var selectedKnob: Int {
    get { session.selectedKnob }
    set { session.selectedKnob = newValue }
  }
  var isSpotlit: Bool {
    get { session.isSpotlit }
    set { session.isSpotlit = newValue }
  }
  var ghosts: [Ghost] {
    get { session.ghosts }
    _modify { yield &session.ghosts }
  }
  var fan: FanDisplay {
    get { session.fan }
    _modify { yield &session.fan }
  }
  var overlays: Set<Overlay> {
    get { session.overlays }
    _modify { yield &session.overlays }
  }
  var curveQuantity: CurveQuantity {
    get { session.curveQuantity }
    set { session.curveQuantity = newValue }
  }
  /// Whether the names of the optimizers are hidden, for the audience to guess.
  public var isBlind: Bool { session.isBlind }
  /// The fan as it has been run, if it is the one to be shown.
  var shownFan: Fan? { session.shownFan }
  /// Whether the arrows move the start.
  var isMovingStart: Bool { startsBeforeMoving != nil }
}
