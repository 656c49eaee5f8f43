import Scenes

/// What a key, a click or a command asks for.
enum Action: Hashable {
  case playPause
  case step(Int)
  case toStart, toEnd
  case slower, faster, unbounded
  case rerun
  case selectEntry(Int)
  case switchEntry(Int)
  case selectKnob(Int)
  case turn(Int, fine: Bool)
  case typeValue
  case knobToOptimum, knobToLimit, knobToDefault
  case undo, redo
  case addEntry, removeEntry, editRule
  case chooseLandscape, typeFormula
  case stretch(Int), rotate(Int), turnPlane, choosePlane
  case moveStart
  case pan(Int, Int)
  case zoom(Int), resetView, frameRuns
  case spotlight
  case curveQuantity, curveAxis, curveScale
  case overlays, eventLog
  case keepGhost, clearGhosts
  case fan
  case theme, glyphs, hidePanels, blind
  case export
  case help, commandLine
  case backToScene
  case view(ViewName)
  case leave
  case redraw, suspend, quit

  /// Whether it would bring names, rules or numbers of the optimizers onto the screen.
  var tellsNames: Bool {
    switch self {
    case .overlays, .eventLog, .keepGhost, .curveQuantity, .editRule: true
    default: false
    }
  }
}
