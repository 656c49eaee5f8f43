import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// Two knobs of the selected optimizer against each other, or a knob and a constant of the landscape: each half cell is a
/// run. The cursor is the running experiment: its path is on the contours beside the map, and Enter adopts its values.
struct MapView: View {
  static let name = ViewName.map
  static let key: Character? = "m"
  static let title = "hyperparameter map: each half cell is a run, Enter takes over the one under the cursor"

  /// Whose map it is; another entry has other knobs.
  private var entry: Int
  /// The entry that was selected when the last frame was made.
  private var selected: Int?
  private var across: Axis?
  private var up: Axis?
  private var measure = MapMeasure.steps
  /// The target as it was given, or nil for the standard one; each notch is a power of ten.
  private var target: Double?
  private var targetNotches = 0
  private var cursor: (column: Int, row: Int)?
  /// The values that the cursor keeps when the map changes its size.
  private var values: (x: Double, y: Double)?
  private var sweeps = SweepMemory()
  private var board = SweepBoard()
  private var theory: [TheoryCurve] = []
  /// The landscape under the run at the cursor.
  private var picture = PictureCache()
  /// That run.
  private var shown: (race: Race, experiment: Experiment)?
  private var area = PlotArea.none

  /// The axes of the scene, if it names some that fit the race as it is now.
  init(_ context: ViewContext) {
    let experiment = context.mapExperiment()
    self.init(
      context, x: context.mapAxes.flatMap { try? $0.x.fitted(to: experiment) },
      y: context.mapAxes.flatMap { try? $0.y.fitted(to: experiment) }, target: nil)
  }

  /// A map of one's own axes.
  init(_ context: ViewContext, x: Axis?, y: Axis?, target: Double?) {
    across = x
    up = y
    self.target = target
    entry = MapView.owner(of: [x, y], among: context.entries) ?? context.selectedEntry
  }

  /// The entry whose knobs the axes vary: it is the one that they are a map of.
  private static func owner(of axes: [Axis?], among entries: [Entry]) -> Int? {
    for case .knob(.entry(let name, _))? in axes.map({ $0?.target }) {
      if let index = entries.firstIndex(where: { $0.name == name }) { return index }
    }
    return nil
  }

  static func obstacle(in context: ViewContext) -> String? {
    guard !context.entries.isEmpty else { return "a map needs an entry: a adds one" }
    let choices = MapChoices(experiment: context.mapExperiment(), entry: context.selectedEntry)
    return choices.targets.count < 2 ? "a map needs two things to vary, and there is only one here" : nil
  }

  static var bindings: [ViewBinding<MapView>] {
    [
      ViewBinding(
        "arrows", "move the cursor; Shift ten cells", hint: ("← → ↑ ↓", "cursor"),
        [
          (.left, { view, _ in view.move(-1, 0) }), (.right, { view, _ in view.move(1, 0) }),
          (.up, { view, _ in view.move(0, 1) }), (.down, { view, _ in view.move(0, -1) }),
          (.shiftLeft, { view, _ in view.move(-10, 0) }), (.shiftRight, { view, _ in view.move(10, 0) }),
          (.shiftUp, { view, _ in view.move(0, 10) }), (.shiftDown, { view, _ in view.move(0, -10) }),
        ]),
      ViewBinding(
        "Enter", "begin the race with the values under the cursor", hint: ("Enter", "adopt"),
        [(.enter, { view, _ in view.adopt() })]),
      ViewBinding(
        ", / .", "another knob or constant across, upwards", hint: (", .", "axes"),
        [
          (.character(","), { $0.turnAxis(isAcross: true, $1) }),
          (.character("."), { $0.turnAxis(isAcross: false, $1) }),
        ]),
      ViewBinding(
        "C", "what the colour tells: steps, evaluations, final loss, minimum", hint: ("C", "colour"),
        [(.character("C"), { $0.turnMeasure($1) })]),
      ViewBinding(
        "{ / }", "a target ten times lower, higher",
        [
          (.character("{"), { view, _ in view.turnTarget(-1) }),
          (.character("}"), { view, _ in view.turnTarget(1) }),
        ]),
      ViewBinding(
        "b", "the cursor to the best run", hint: ("b", "best"),
        [(.character("b"), { view, _ in view.toBest() })]),
      ViewBinding(
        "+ = / - / z", "narrow the axes around the cursor, widen them, back to the usual ranges",
        [
          (.character("+"), { $0.zoom(0.5, $1) }), (.character("="), { $0.zoom(0.5, $1) }),
          (.character("-"), { $0.zoom(2, $1) }), (.character("z"), { view, _ in view.resetAxes() }),
        ]),
    ]
  }

  var progress: Double { board.progress }

  func finishWork(while goesOn: (() -> Bool)?) { board.finish(while: goesOn) }

  mutating func stopWork() { board.stop() }

  // MARK: Axes, measure, target

  private func choices(_ experiment: Experiment) -> MapChoices {
    MapChoices(experiment: experiment, entry: entry)
  }

  private mutating func turnAxis(isAcross: Bool, _ context: ViewContext) -> [ViewRequest] {
    let (present, taken) = isAcross ? (across, up) : (up, across)
    guard let axis = choices(context.mapExperiment()).next(after: present, besides: taken) else {
      return [.note("there is nothing else to vary")]
    }
    if isAcross { across = axis } else { up = axis }
    // The value that the cursor kept is one of the axis before.
    (values, cursor) = (nil, nil)
    return [.note("\(isAcross ? "across" : "upwards"): \(axis)")]
  }

  private mutating func turnMeasure(_ context: ViewContext) -> [ViewRequest] {
    measure = measure.next
    if measure == .minimum, context.nextLandscape.minima.isEmpty { measure = .steps }
    return [.note("colour: \(measure.words)")]
  }

  private mutating func turnTarget(_ notches: Int) -> [ViewRequest] {
    targetNotches += notches
    return []
  }

  private mutating func zoom(_ factor: Double, _ context: ViewContext) -> [ViewRequest] {
    guard let across, let up, let values else { return [] }
    let choices = choices(context.mapExperiment())
    if !across.isWhole, across.words.isEmpty {
      self.across = choices.zoomed(across, about: values.x, factor) ?? across
    }
    if !up.isWhole, up.words.isEmpty { self.up = choices.zoomed(up, about: values.y, factor) ?? up }
    cursor = nil
    return []
  }

  private mutating func resetAxes() -> [ViewRequest] {
    (across, up) = (nil, nil)
    return []
  }

  // MARK: The cursor

  private mutating func move(_ x: Int, _ y: Int) -> [ViewRequest] {
    guard let cursor, let across, let up else { return [] }
    let grid = GridPicture(area: area)
    let column = min(max(0, cursor.column + x), grid.columns - 1)
    let row = min(max(0, cursor.row + y), grid.rows - 1)
    put((column, row), grid, across, up)
    return []
  }

  private mutating func put(_ place: (column: Int, row: Int), _ grid: GridPicture, _ across: Axis, _ up: Axis)
  {
    cursor = place
    values = (
      across.value(at: place.column, of: grid.columns), up.value(at: place.row, of: grid.rows)
    )
  }

  private mutating func toBest() -> [ViewRequest] {
    guard let across, let up, let best = board.snapshot?.grid.best else {
      return [.note("no run of this map got anywhere yet")]
    }
    put(best, GridPicture(area: area), across, up)
    return []
  }

  private func adopt() -> [ViewRequest] {
    guard let sweep = board.job?.sweeps.first, let across, let up, let values else { return [] }
    let words =
      "\(across.symbol) = \(across.text(of: values.x)), \(up.symbol) = \(up.text(of: values.y)) adopted"
    return [.adopt(sweep.experiment(x: values.x, y: values.y), saying: words)]
  }

  mutating func handle(_ mouse: Mouse, _ context: ViewContext) -> [ViewRequest]? {
    let grid = GridPicture(area: area)
    switch mouse.kind {
    case .press, .drag:
      guard let place = grid.run(atColumn: mouse.x, row: mouse.y), let across, let up else { return nil }
      if mouse.kind == .press, let cursor, place == cursor { return adopt() }
      put(place, grid, across, up)
      return []
    case .wheelUp, .wheelDown:
      guard grid.run(atColumn: mouse.x, row: mouse.y) != nil else { return nil }
      return zoom(mouse.kind == .wheelUp ? 0.8 : 1.25, context)
    default: return nil
    }
  }

  // MARK: What is computed

  /// What there is to vary, with axes for it where none were asked for.
  ///
  /// - Throws: why there are none.
  private mutating func chooseAxes(_ context: ViewContext) throws(SweepError) -> MapChoices {
    let experiment = context.mapExperiment()
    try fit(to: experiment, context)
    let choices = choices(experiment)
    across = across ?? choices.across(besides: up)
    up = up ?? choices.up(besides: across)
    guard across != nil, up != nil else { throw SweepError("there are no two things to vary here") }
    return choices
  }

  /// Begins what is to be computed for a map of this size, and sees what is known.
  ///
  /// - Throws: why there is no map.
  private mutating func refresh(_ choices: MapChoices, _ grid: GridPicture) throws(SweepError) -> MapPicture?
  {
    guard let across, let up else { return nil }
    let experiment = choices.experiment
    let sweep: Sweep
    do throws(SweepError) {
      sweep = try sweeps.sweep(
        SweepMemory.Request(
          experiment: experiment, entry: entry, x: across, y: up, columns: grid.columns, rows: grid.rows,
          target: target, notches: targetNotches))
    } catch {
      board.look(at: [])
      throw error
    }
    if board.look(at: [sweep]) {
      theory = sweep.theory
      shown = nil
    }
    placeCursor(choices, grid, across, up)
    return board.snapshot.map {
      MapPicture(
        sweep: sweep, snapshot: $0, measure: measure, theory: theory, cursor: cursor, values: values,
        picture: grid)
    }
  }

  /// Takes up the entry that is selected now, and lets go of axes that the experiment has no more: others take their place.
  private mutating func fit(to experiment: Experiment, _ context: ViewContext) throws(SweepError) {
    guard experiment.entries.indices.contains(context.selectedEntry) else {
      throw SweepError("a map needs an entry: a adds one")
    }
    let before = (across?.target, up?.target)
    if let selected, selected != context.selectedEntry {
      (entry, across, up) = (context.selectedEntry, nil, nil)
    }
    selected = context.selectedEntry
    across = across.flatMap { try? $0.fitted(to: experiment) }
    up = up.flatMap { try? $0.fitted(to: experiment) }
    // The value that the cursor kept is one of the axes before.
    if before != (across?.target, up?.target) { (values, cursor) = (nil, nil) }
    if let owner = MapView.owner(of: [across, up], among: experiment.entries) {
      entry = owner
    } else if !experiment.entries.indices.contains(entry) {
      entry = context.selectedEntry
    }
    if measure == .minimum, experiment.landscape.minima.isEmpty { measure = .steps }
  }

  /// Puts the cursor where its values are, or where the race is.
  private mutating func placeCursor(_ choices: MapChoices, _ grid: GridPicture, _ across: Axis, _ up: Axis) {
    guard let values, let column = across.position(of: values.x, of: grid.columns),
      let row = up.position(of: values.y, of: grid.rows)
    else {
      put(
        (choices.cell(of: across, among: grid.columns), choices.cell(of: up, among: grid.rows)), grid, across,
        up)
      return
    }
    // Kept to the last bit while it stays in its cell: another size has other cells.
    guard cursor == nil else { return }
    cursor = (
      min(max(0, Int(clamped: column.rounded())), grid.columns - 1),
      min(max(0, Int(clamped: row.rounded())), grid.rows - 1)
    )
  }

  // MARK: Painting

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let look = context.look
    let hasPanel = context.layout.panel != nil
    let rowsAbove = stage.height >= 10 ? 2 : stage.height >= 6 ? 1 : 0
    let head = stage.splitTop(rowsAbove).top
    var body = stage.splitTop(rowsAbove).rest
    // Without a panel the run under the cursor stands beside the map, if there is room for both.
    var beside: Rect?
    if !hasPanel, stage.width >= 60, body.height >= 8 {
      let split = body.splitRight(stage.width * 2 / 5)
      beside = split.right
      body = split.rest.inset(right: 2)
    }
    do {
      let choices = try chooseAxes(context)
      let area = PlotArea(body, isShort: context.layout.isShort) { area in
        up.map { GridPicture(area: area).ticks(upwards: $0).map(\.label) } ?? []
      }
      if area != self.area {
        self.area = area
        cursor = nil
      }
      guard let map = try refresh(choices, GridPicture(area: area)) else { return [] }
      map.paint(on: &canvas, look)
      if rowsAbove >= 2 {
        map.paintLegend(on: &canvas, head, look)
        let row = Rect(x: head.x, y: head.y + 1, width: head.width, height: 1)
        if hasPanel { map.paintTheory(on: &canvas, row, look) }
      }
      if rowsAbove == 1 || rowsAbove >= 2 && !hasPanel {
        canvas.text(
          Text.truncated(map.cursorWords, to: head.width), x: head.x, y: head.bottom - 1, style: look.text)
      }
      if let beside { paintRun(map.sweep, on: &canvas, beside, context) }
    } catch {
      board.look(at: [])
      canvas.text(
        Text.truncated(error.message, to: stage.width), x: stage.x, y: stage.y, style: look.warning)
    }
    return []
  }

  /// The contours with the path of the run under the cursor.
  private mutating func paintRun(
    _ sweep: Sweep, on canvas: inout Canvas, _ rect: Rect, _ context: ViewContext
  ) {
    guard let values else { return }
    var experiment = sweep.experiment(x: values.x, y: values.y)
    experiment.entries = [experiment.entries[entry]]
    if shown?.experiment != experiment {
      var race = Race(experiment)
      race.seek(to: experiment.budget.furthest)
      shown = (race, experiment)
    }
    guard let race = shown?.race else { return }
    // The ghosts are runs of their own; the fan is one of another run, and the panel names this one.
    var subject = Portrait.Subject(race, on: race.landscape)
    subject.overlays = context.overlays
    subject.ghosts = context.subject.ghosts
    subject.hasNames = false
    subject.window = context.window
    ContourPlot(subject: subject).paint(
      on: &canvas, PlotArea(rect, isShort: rect.height < 14, showing: context.window), context.look,
      keeping: &picture)
  }

  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, _ context: ViewContext) -> [HitRegion] {
    guard let sweep = board.job?.sweeps.first, let snapshot = board.snapshot else {
      return RacePanel(context: context).paint(on: &canvas, panel)
    }
    let split = panel.splitTop(max(6, panel.height - MapPanel.rows))
    let label = Text.sanitised(context.entries[entry].label)
    canvas.rule(
      titled: "The run under the cursor", remark: label, in: split.top.splitTop(1).top, context.look)
    paintRun(sweep, on: &canvas, split.top.splitTop(1).rest, context)
    let map = MapPicture(
      sweep: sweep, snapshot: snapshot, measure: measure, theory: theory, cursor: cursor, values: values,
      picture: GridPicture(area: area))
    MapPanel(map: map).paint(on: &canvas, split.rest.inset(top: 1), context.look)
    return []
  }
}
