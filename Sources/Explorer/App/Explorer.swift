public import Canvas
import Experiments
import Landscapes
import OptimizerCore
public import Scenes

/// The application as a value: events in, a canvas out. It does no input or output and reads no clock.
public struct Explorer {
  /// The experiment and how it is looked at.
  var session: Session
  /// How it is drawn.
  public internal(set) var appearance: Appearance
  /// The size of the screen in cells.
  public internal(set) var width: Int
  /// The height of the screen in cells.
  public internal(set) var height: Int

  /// The lecture, if this is one.
  package internal(set) var lecture: Lecture?
  var hidesPanels = false
  /// Whether the curves stand under the picture where there is no panel for them.
  var showsCurve = false
  /// The effective rates of the selected entry, for their curve: a run that is taken once more, and what it has shown.
  var rates = RateRecorder()
  var rateSamples: [RateRecorder.Sample] = []
  var reports = ReportRecorder<DataReport>()
  var regrets = RegretRecorder()
  /// What the curves show of what stands in no history.
  var curveSamples: [[CurveSample]] = []
  /// The expected loss of the models, where every step sees new samples.
  var expectations = ReportRecorder<Double>()
  var expectedSamples: [[CurveSample]] = []
  var curveByEvaluations = false
  var curveAxes = CurveAxes.log
  /// The fixed point that the scene or the beat measures regrets from.
  var regretPoint: Point?
  /// The starts when the arrows began to move one; nil while they do not.
  var startsBeforeMoving: [Point]?
  var dialog: (any Dialog)?
  var status: Status?
  var undo = UndoStack()
  /// What fills the stage.
  var view: any View = ContourView()
  /// Whether the view may frame what it shows: until somebody moves the window.
  var framesByView = true
  /// Counts the views opened, so that a view that opened another is told apart from one that changed itself.
  private var viewsOpened = 0
  /// How many had been opened when the last frame was made.
  private var viewsShown = 0
  /// What the mouse can hit on the last frame.
  var hits = HitMap()
  /// What a click on a key's region asks of the program.
  var pressed: Effect?
  /// What the mouse has taken hold of, until it is released.
  var held: Grip?
  /// The lines entered on the command line, the latest last.
  var commandPast: [String] = []
  /// What is remembered for the next session.
  var rememberedSettings = Settings()
  /// The glyphs that a person chose; nil while they are the terminal's.
  var chosenGlyphs: GlyphSet?
  /// The finest characters that the terminal is known to draw.
  var terminalGlyphs: GlyphSet
  /// Whether octants stay in their cells; where they do not, sextants stand for them.
  public var keepsOctants = true
  /// Whether the terminal shows pictures beside its text.
  var showsPictures = false
  /// The colours that the terminal can show.
  let deepestColours: ColourDepth

  /// The views that can be opened.
  public static var viewNames: [ViewName] { Views.all.map { $0.name } }

  /// Opens a scene.
  public init(scene: Scene, appearance: Appearance, width: Int, height: Int) {
    session = Session(scene)
    self.appearance = appearance
    deepestColours = appearance.depth
    // Whether there are pixels is not known yet.
    terminalGlyphs = appearance.glyphs == .pixels ? .octant : appearance.glyphs
    self.appearance.glyphs = terminalGlyphs
    self.width = max(0, width)
    self.height = max(0, height)
    take(scene.curve)
    openSessionView()
  }

  /// Says something until the next key, such as what the terminal lacks.
  public mutating func note(_ text: String) { status = .note(Text.sanitised(text)) }

  /// The shell command that reproduces what has been run up to the playhead.
  public var replayLine: String { race.experiment.replayLine(steps: race.step) }

  // MARK: Events

  /// Takes in one event.
  @discardableResult
  public mutating func handle(_ event: Event) -> Effect? {
    let effect = take(event)
    leaveViewWithoutSubject()
    return effect
  }

  private mutating func take(_ event: Event) -> Effect? {
    switch event {
    case .resize(let width, let height):
      self.width = max(0, width)
      self.height = max(0, height)
      return nil
    case .key(let key):
      status = nil
      held = nil
      if dialog != nil { return handleInDialog(key) }
      if case .used(let effect) = handleInLecture(key) { return effect }
      if isMovingStart, case .used(let effect) = moveStart(with: key) { return effect }
      // Keys that come faster than frames find the view as it will be seen.
      if viewsShown != viewsOpened { _ = frame() }
      if ask({ $0.handle(key, $1) }) { return nil }
      guard let action = KeyMap.action(for: key) else {
        status = .warning("\(key.name) does nothing here; ? shows the keys")
        return nil
      }
      return perform(action)
    case .paste(let text):
      status = nil
      if dialog != nil {
        dialog?.paste(text)
      } else {
        status = .warning("pasted text is not taken as keys; f opens a formula to paste into")
      }
      return nil
    case .mouse(let mouse):
      return handle(mouse)
    case .draws(let glyphs):
      terminalGlyphs = glyphs
      updateGlyphs()
      return nil
    case .showsPictures(let shows):
      if !shows, appearance.glyphs == .pixels {
        status = .note("this terminal is too slow for pictures: characters again")
      }
      showsPictures = shows
      updateGlyphs()
      return nil
    case .focus:
      return nil
    }
  }

  /// Does what a key asks for, or says why that is nothing now.
  mutating func perform(_ action: Action) -> Effect? {
    if let obstacle = obstacle(to: action) {
      status = .note(obstacle)
      return nil
    }
    let before = settings
    return act(action) ?? remembered(since: before)
  }

  private mutating func act(_ action: Action) -> Effect? {
    switch action {
    case .playPause: playPause()
    case .step(let steps): stepBy(steps)
    case .toStart: pause(at: 0)
    case .toEnd: pause(at: race.lastStep)
    case .slower: changeSpeed(by: -1)
    case .faster: changeSpeed(by: 1)
    case .rerun: rerun()
    case .selectEntry(let by): selectEntry(by: by)
    case .switchEntry(let index): switchEntry(index)
    case .selectKnob(let by): selectKnob(by: by)
    case .turn(let notches, let fine): turnKnob(by: notches, fine: fine)
    case .typeValue: typeValue()
    case .knobToDefault: knobToDefault()
    case .knobToLimit: knobToTheory(.limit)
    case .knobToOptimum: knobToTheory(.optimum)
    case .undo: undoLast()
    case .redo: redoLast()
    case .addEntry: dialog = optimizerList
    case .editRule: editRule()
    case .removeEntry: removeEntry()
    case .chooseLandscape: dialog = PickList.landscapes(selected: race.experiment.landscape.id)
    case .typeFormula: dialog = Prompt.formula(race.experiment.landscape.formula?.text ?? "")
    case .stretch(let notches): stretch(by: notches)
    case .rotate(let notches): rotate(by: notches)
    case .unbounded: switchUnbounded()
    case .turnPlane: turnPlane()
    case .choosePlane: dialog = PickList.planes(of: context)
    case .moveStart: beginMovingStart()
    case .pan(let x, let y): pan(x, y)
    case .zoom(let direction): zoom(direction)
    case .resetView: resetView()
    case .frameRuns: frameRuns()
    case .spotlight: switchSpotlight()
    case .curveQuantity: nextCurve()
    case .keepGhost: keepGhost()
    case .clearGhosts: clearGhosts()
    case .fan: toggleFan()
    case .curveAxis: curveByEvaluations.toggle()
    case .curveScale: nextCurveAxes()
    case .overlays: nextOverlays()
    case .eventLog: dialog = PickList.log(of: race)
    case .theme: nextTheme()
    case .glyphs: choose(glyphs: nextGlyphs)
    case .hidePanels: hidesPanels.toggle()
    case .export: dialog = Prompt.export("\(scene.name).svg")
    case .blind: switchBlind()
    case .help: dialog = helpScreen
    case .commandLine: openCommandLine()
    case .backToScene: backToScene()
    case .view(let name): open(name)
    case .leave: open(.contour)
    case .redraw: return .redraw
    case .suspend: return .suspend
    case .quit: return .quit
    }
    return nil
  }

  // MARK: Views

  /// Why a view cannot be opened now, or nil.
  public func obstacle(to name: ViewName) -> String? {
    if isBlind, !name.isSilent { return Explorer.blindObstacle }
    return Views.named(name)?.obstacle(in: context)
  }

  /// Opens a view, or leaves it if it is open.
  public mutating func open(_ name: ViewName) {
    let name = openView == name ? .contour : name
    guard let type = Views.named(name) else {
      status = .warning("there is no view '\(name.rawValue)'")
      return
    }
    if let obstacle = obstacle(to: name) {
      status = .warning(obstacle)
      return
    }
    open(type.init(context))
  }

  /// Opens a view, which may be open already.
  public mutating func show(_ name: ViewName) {
    if openView != name { open(name) }
  }

  /// The view that fills the stage.
  package var openView: ViewName { session.viewName }

  /// Closes the view that is open if it could not be opened any more, and says why: what it shows may be gone with an
  /// entry or a landscape.
  private mutating func leaveViewWithoutSubject() {
    guard openView != .contour, let obstacle = obstacle(to: openView) else { return }
    open(ContourView())
    status = .note(obstacle)
  }

  /// Opens the view that the session names, afresh; the landscape from above, with the reason, where it cannot be.
  mutating func openSessionView() {
    let name = session.viewName
    open(ContourView())
    if name != .contour { open(name) }
  }

  /// Opens a view as it is.
  mutating func open(_ view: any View) {
    startsBeforeMoving = nil
    self.view = view
    framesByView = true
    session.change(to: type(of: view).name)
    viewsOpened += 1
  }

  /// Notes that the view that is open has been painted.
  mutating func viewWasShown() { viewsShown = viewsOpened }

  // MARK: Appearance

  private mutating func nextTheme() {
    let all = Theme.allCases
    choose(theme: all[((all.firstIndex(of: appearance.theme) ?? 0) + 1) % all.count])
  }

  /// Draws in a theme from now on.
  mutating func choose(theme: Theme) {
    appearance.theme = theme
    status = .note("theme: \(theme.rawValue)")
  }

  /// Draws with a set of glyphs from now on, and remembers it as chosen.
  mutating func choose(glyphs: GlyphSet) {
    chosenGlyphs = glyphs
    updateGlyphs()
    status = .note(
      glyphs == .octant && !keepsOctants ? Explorer.octantNotice : "glyphs: \(glyphs.rawValue)")
  }

  /// The set after the present one, of those that can be shown.
  private var nextGlyphs: GlyphSet {
    var next = appearance.glyphs.next
    if next == .octant, !keepsOctants { next = next.next }
    return next == .pixels && !canDrawPixels ? next.next : next
  }

  /// Whether pictures can be shown; without colours they say less than signs.
  var canDrawPixels: Bool { showsPictures && appearance.depth != .none }

  /// Draws with what was chosen, or with the best that the terminal shows.
  mutating func updateGlyphs() {
    guard appearance.isUnicode else { return }
    let wanted = chosenGlyphs ?? (canDrawPixels ? .pixels : terminalGlyphs)
    let shown = wanted == .pixels && !canDrawPixels ? terminalGlyphs : wanted
    appearance.glyphs = shown == .octant && !keepsOctants ? .sextant : shown
  }

  /// What to say where octants were asked for that would not stay in their cells.
  public static let octantNotice =
    "within tmux or screen octants would tear the picture, so it is drawn in sextants"

  private mutating func switchSpotlight() {
    isSpotlit.toggle()
    status = .note(isSpotlit ? "spotlight on the selected entry: * turns it off" : "spotlight off")
  }
}
