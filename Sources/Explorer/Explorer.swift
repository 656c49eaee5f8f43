public import Canvas
public import Experiments
import Landscapes
import OptimizerCore
public import Scenes

/// What the explorer asks of the program around it.
public enum Effect: Sendable, Hashable {
  case quit
  case suspend
  case redraw
  /// The looks have changed, and are to be the same the next time.
  case remember(Settings)
  /// What is shown is to be written to a file, its kind chosen by its ending; one that exists only if it may be
  /// overwritten.
  case export(path: String, overwriting: Bool)
}

/// The application as a value: events in, a canvas out. It does no input or output and reads no clock.
public struct Explorer {
  /// What the explorer was opened on; Backspace goes back to it. A lecture goes from one to the next.
  var scene: Scene
  /// The running experiment with its playhead.
  public internal(set) var race: Race
  /// How it is drawn.
  public internal(set) var appearance: Appearance
  /// The size of the screen in cells.
  public internal(set) var width: Int
  /// The height of the screen in cells.
  public internal(set) var height: Int

  var title: String
  var caption: String
  /// The part of the landscape that the plot shows.
  var window: PlotWindow
  /// Whether the race is stepping by itself.
  public internal(set) var isPlaying = false
  /// Steps a second while playing.
  public internal(set) var speed: Double
  /// The part of a step that has not come due yet.
  var due = 0.0
  /// The step at which playing pauses by itself, if a lecture asks for that.
  var playsUntil: Int?
  /// The lecture, if this is one.
  public internal(set) var lecture: Lecture?
  /// The entry whose knobs the arrows turn.
  public internal(set) var selectedEntry = 0
  /// The knob they turn: the entry's first, then the landscape's.
  public internal(set) var selectedKnob = 0
  var isSpotlit = false
  /// Runs kept in grey, oldest first.
  var ghosts: [Ghost] = []
  /// Many draws of the noise beside the run of the selected entry.
  var fan = FanDisplay()
  var hidesPanels = false
  /// What the curves show.
  var curveQuantity = CurveQuantity.loss
  /// Whether the curves stand under the picture where there is no panel for them.
  var showsCurve = false
  /// The effective rates of the selected entry, for their curve.
  let rates = RateRecorder()
  var curveByEvaluations = false
  var curveIsLogarithmic = true
  /// The settings of entries, by name, that nobody has turned: another landscape may fit their learning rates to itself.
  var untouched: [String: OptimizerSpec] = [:]
  /// Whether the arrows move the start.
  var isMovingStart = false
  /// The starts when the arrows began to move one.
  var startBeforeMoving: [Point] = []
  var dialog: Dialog?
  var status: Status?
  var undo = UndoStack()
  /// The sampled landscape of the last frame.
  var picture = PictureCache()
  /// What is drawn over the landscape.
  var overlays = Overlay.usual
  /// The step that they show.
  let overlayMemory = StepMemory()
  /// What fills the stage.
  var view: any View = ContourView()
  /// Counts the views opened, so that a view that opened another is told apart from one that changed itself.
  private var viewsOpened = 0
  /// How many had been opened when the last frame was made.
  private var viewsShown = 0
  /// What the mouse can hit on the last frame.
  var hits = HitMap()
  /// What a click on a key's region asks of the program.
  var pressed: Effect?
  /// What the mouse has taken hold of, until it is released.
  var held: HitMap.Act?
  /// Whether the names of the optimizers are hidden, for the audience to guess.
  public internal(set) var isBlind = false
  /// The lines entered on the command line, the latest last.
  var commandPast: [String] = []
  /// What is remembered for the next session.
  var rememberedSettings = Settings()
  /// The glyphs that a person chose; nil while they are the terminal's.
  var chosenGlyphs: GlyphSet?
  /// The colours that the terminal can show.
  let deepestColours: ColourDepth

  /// The views that can be opened.
  public static var viewNames: [ViewName] { Views.all.map { $0.name } }

  /// Opens a scene.
  public init(scene: Scene, appearance: Appearance, width: Int, height: Int) {
    self.scene = scene
    self.appearance = appearance
    deepestColours = appearance.depth
    self.width = max(0, width)
    self.height = max(0, height)
    race = Race(scene.experiment)
    title = scene.title
    caption = scene.caption
    window = scene.experiment.window
    speed = scene.speed
    overlays = scene.overlays.map { Set($0) } ?? Overlay.usual
    for entry in scene.experiment.entries { untouched[entry.name] = entry.spec }
    if scene.view != .contour { open(scene.view) }
  }

  /// Says something until the next key, such as what the terminal lacks.
  public mutating func note(_ text: String) { status = .note(Text.sanitised(text)) }

  /// Whether time must pass for the picture to be right: nothing moves by itself otherwise.
  public var isAnimating: Bool { isPlaying || isWorking || lecture != nil }

  /// Whether something is being computed in the background that the last frame does not show yet.
  public var isWorking: Bool { view.isWorking || fanIsBehind }

  /// Waits until nothing is being computed in the background: for frames without a terminal.
  public mutating func finishWork() {
    // What is to be computed is known once a frame has asked for it.
    _ = frame()
    while isWorking {
      view.finishWork()
      _ = frame()
    }
  }

  /// The shell command that reproduces what has been run up to the playhead.
  public var replayLine: String { race.experiment.replayLine(steps: race.step) }

  /// Seconds between two frames that show what is being computed.
  static let workInterval = 1.0 / 45

  /// Seconds until the picture changes by itself: playing brings the next step, or more has been computed; nil while
  /// nothing moves by itself.
  public var timeToNextStep: Double? {
    var time = isPlaying ? max(0, 1 - due) / speed : nil
    if isWorking { time = min(time ?? .infinity, Explorer.workInterval) }
    // A lecture shows how many minutes it has taken.
    if let lecture { time = min(time ?? .infinity, 60 - lecture.elapsed.truncatingRemainder(dividingBy: 60)) }
    return time
  }

  /// Steps the race as far as `seconds` of playing bring it. Returns whether anything on the screen may have changed.
  ///
  /// - Parameter elapsed: the seconds that a lecture has taken since; more than `seconds` where time was skipped.
  @discardableResult
  public mutating func advance(by seconds: Double, elapsed: Double? = nil) -> Bool {
    let isNewMinute = passTime(elapsed ?? seconds)
    guard isPlaying else { return isWorking || isNewMinute }
    due += max(0, seconds) * speed
    guard due >= 1 else { return isWorking || isNewMinute }
    while due >= 1 {
      due -= 1
      guard race.advance() else {
        pauseAtEnd()
        break
      }
      if race.step == playsUntil {
        playsUntil = nil
        isPlaying = false
        due = 0
      }
    }
    return true
  }

  /// Counts the time of a lecture; true where it shows another number of minutes.
  private mutating func passTime(_ seconds: Double) -> Bool {
    guard let before = lecture?.elapsed else { return false }
    lecture?.elapsed += max(0, seconds)
    return Int(before / 60) != Int((before + max(0, seconds)) / 60)
  }

  /// Goes to a step, as far as the budget and the runs allow.
  public mutating func seek(to step: Int) { race.seek(to: step) }

  private mutating func pauseAtEnd() {
    isPlaying = false
    due = 0
    let on = race.experiment.entries.filter(\.isOn).count
    if on == 0 {
      status = .note("every entry is off: 1 … 9 switch them on, a adds one")
    } else if let steps = race.experiment.budget.steps, race.step >= steps {
      status = .note("\(steps) steps are done, as the scene asks: space goes on, R reruns")
    } else if race.experiment.budget.evaluations != nil {
      status = .note("the budget of gradient evaluations is spent: space goes on, R reruns")
    } else {
      status = .note("every run has ended: R reruns")
    }
  }

  // MARK: Events

  /// Takes in one event.
  @discardableResult
  public mutating func handle(_ event: Event) -> Effect? {
    switch event {
    case .resize(let width, let height):
      self.width = max(0, width)
      self.height = max(0, height)
      return nil
    case .key(let key):
      status = nil
      held = nil
      if dialog != nil { return handleInDialog(key) }
      if let effect = handleInLecture(key) { return effect.flatMap { $0 } }
      if isMovingStart, let effect = moveStart(with: key) { return effect.flatMap { $0 } }
      // Keys that come faster than frames find the view as it will be seen.
      if viewsShown != viewsOpened { _ = frame() }
      if withView({ $0.handle(key, in: &$1) }) { return nil }
      guard let action = KeyMap.action(for: key) else {
        status = .warning("\(key.name) does nothing here; ? shows the keys")
        return nil
      }
      return perform(action)
    case .paste(let text):
      status = nil
      if dialog != nil {
        dialog?.insert(text)
      } else {
        status = .warning("pasted text is not taken as keys; f opens a formula to paste into")
      }
      return nil
    case .mouse(let mouse):
      return handle(mouse)
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
    case .toStart:
      isPlaying = false
      race.seek(to: 0)
    case .toEnd:
      isPlaying = false
      race.seek(to: race.lastStep)
    case .slower: changeSpeed(by: -1)
    case .faster: changeSpeed(by: 1)
    case .rerun: rerun()
    case .selectEntry(let by): selectEntry(by: by)
    case .switchEntry(let index): switchEntry(index)
    case .selectKnob(let by): selectKnob(by: by)
    case .turn(let notches, let fine): turnKnob(by: notches, fine: fine)
    case .knobToDefault: knobToDefault()
    case .knobToLimit: knobToTheory(.limit)
    case .knobToOptimum: knobToTheory(.optimum)
    case .undo: undoLast()
    case .redo: redoLast()
    case .addEntry: dialog = .optimizers(Explorer.optimizerList(for: self))
    case .removeEntry: removeEntry()
    case .chooseLandscape:
      dialog = .landscapes(Explorer.landscapeList(selected: race.experiment.landscape.id))
    case .typeFormula: dialog = .formula(Prompt(text: race.experiment.landscape.formula?.text ?? ""))
    case .stretch(let notches): stretch(by: notches)
    case .rotate(let notches): rotate(by: notches)
    case .turnPlane: turnPlane()
    case .moveStart:
      isMovingStart = true
      startBeforeMoving = race.experiment.starts
      isPlaying = false
      status = .note("arrows move the start, Enter or s ends, Esc takes it back")
      undo.breakRow()
    case .pan(let x, let y): pan(x, y)
    case .zoom(let direction): zoom(direction)
    case .resetView: resetView()
    case .spotlight:
      isSpotlit.toggle()
      status = .note(isSpotlit ? "spotlight on the selected entry: * turns it off" : "spotlight off")
    case .curveQuantity: nextCurve()
    case .keepGhost: keepGhost()
    case .clearGhosts: clearGhosts()
    case .fan: toggleFan()
    case .curveAxis: curveByEvaluations.toggle()
    case .curveScale: curveIsLogarithmic.toggle()
    case .overlays: nextOverlays()
    case .eventLog: dialog = .log(eventLog())
    case .theme: nextTheme()
    case .glyphs: nextGlyphs()
    case .hidePanels: hidesPanels.toggle()
    case .export: dialog = .export(Prompt(text: "\(scene.name).svg"))
    case .blind: switchBlind()
    case .help: dialog = .help(HelpScreen(of: self))
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
    if isBlind, !Explorer.isSilent(name) { return Explorer.blindObstacle }
    return Views.named(name)?.obstacle(in: self)
  }

  /// Opens a view, or leaves it if it is open.
  public mutating func open(_ name: ViewName) {
    let name = type(of: view).name == name ? .contour : name
    guard let type = Views.named(name) else {
      status = .warning("there is no view '\(name.rawValue)'")
      return
    }
    if let obstacle = obstacle(to: name) {
      status = .warning(obstacle)
      return
    }
    open(type.init(self))
  }

  /// Opens a view, which may be open already.
  public mutating func show(_ name: ViewName) {
    if type(of: view).name != name { open(name) }
  }

  /// Opens a view as it is.
  mutating func open(_ view: any View) {
    isMovingStart = false
    self.view = view
    viewsOpened += 1
  }

  /// Notes that the view that is open has been painted.
  mutating func viewWasShown() { viewsShown = viewsOpened }

  /// Lends the view and the explorer to each other.
  mutating func withView<Result>(_ body: (inout any View, inout Explorer) -> Result) -> Result {
    var view = view
    let opened = viewsOpened
    let result = body(&view, &self)
    if viewsOpened == opened { self.view = view }
    return result
  }

  // MARK: The run

  private mutating func playPause() {
    playsUntil = lecture == nil || !isAtBeat ? nil : playsUntil
    if isPlaying {
      isPlaying = false
    } else if race.canStep {
      isPlaying = true
    } else if race.experiment.budget != Budget(), race.experiment.entries.contains(where: \.isOn) {
      race.setBudget(Budget())
      isPlaying = race.canStep
      if !isPlaying { pauseAtEnd() }
    } else {
      pauseAtEnd()
    }
    due = 0
  }

  private mutating func stepBy(_ steps: Int) {
    isPlaying = false
    if steps < 0 {
      race.seek(to: race.step + steps)
    } else {
      if !race.canStep, race.experiment.budget != Budget() { race.setBudget(Budget()) }
      let before = race.step
      race.seek(to: before + steps)
      if race.step == before { pauseAtEnd() }
    }
  }

  /// Steps a second, slowest first.
  static let speeds: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]

  private mutating func changeSpeed(by notches: Int) {
    let present = speed
    if notches > 0 {
      speed = Explorer.speeds.first { $0 > present } ?? present
    } else {
      speed = Explorer.speeds.last { $0 < present } ?? present
    }
    if speed == present { status = .note("\(NumberText.brief(speed)) steps a second is the limit") }
  }

  private mutating func rerun() {
    remember(.other)
    race.rerun()
    due = 0
  }

  private mutating func backToScene() {
    remember(.other)
    isPlaying = false
    isMovingStart = false
    race.start(scene.experiment)
    title = scene.title
    caption = scene.caption
    window = scene.experiment.window
    speed = scene.speed
    overlays = scene.overlays.map { Set($0) } ?? Overlay.usual
    selectedEntry = 0
    selectedKnob = 0
    isSpotlit = false
    ghosts = []
    fan.count = nil
    open(ContourView(self))
    if scene.view != .contour { open(scene.view) }
    status = .note("back to the scene; u undoes that")
  }

  // MARK: Undo

  var memento: Memento {
    Memento(
      experiment: race.experiment, step: race.step,
      view: Memento.View(title: title, caption: caption, window: window), selectedEntry: selectedEntry,
      ghosts: ghosts.map(\.frozen), fan: fan.count)
  }

  mutating func remember(_ reason: UndoStack.Reason) { undo.push(memento, reason: reason) }

  /// Brings a state back: only the window where only the window was changed, and without moving the playhead where only
  /// the entries were.
  mutating func restore(_ memento: Memento, _ reason: UndoStack.Reason) {
    window = memento.view.window
    if reason == .window { return }
    restore(ghosts: memento.ghosts)
    fan.count = memento.fan
    if reason == .ghosts { return }
    if reason == .fan {
      selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
      return
    }
    race.resume(memento.experiment, at: reason == .entries ? race.step : memento.step)
    title = memento.view.title
    caption = memento.view.caption
    selectedEntry = min(memento.selectedEntry, max(0, race.experiment.entries.count - 1))
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
  }

  private mutating func undoLast() {
    guard let (memento, reason) = undo.undo(from: memento) else { return }
    restore(memento, reason)
    status = .note("undone; U does it again")
  }

  private mutating func redoLast() {
    guard let (memento, reason) = undo.redo(from: memento) else { return }
    restore(memento, reason)
    status = .note("done again")
  }

  // MARK: Appearance

  private mutating func nextTheme() {
    let all = Theme.allCases
    appearance.theme = all[((all.firstIndex(of: appearance.theme) ?? 0) + 1) % all.count]
    status = .note("theme: \(appearance.theme.rawValue)")
  }

  private mutating func nextGlyphs() {
    appearance.glyphs = appearance.glyphs.next
    chosenGlyphs = appearance.glyphs
    status = .note("glyphs: \(appearance.glyphs.rawValue)")
  }
}
