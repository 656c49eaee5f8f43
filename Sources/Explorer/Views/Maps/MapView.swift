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

  /// What the colour of a run tells.
  enum Measure: String, CaseIterable {
    case steps
    case evaluations
    case loss
    case minimum
  }

  /// Whose map it is; another entry has other knobs.
  private var entry: Int
  /// The entry that was selected when the last frame was made.
  private var selected: Int?
  private var across: Axis?
  private var up: Axis?
  private var measure = Measure.steps
  /// The target as it was given, or nil for the standard one; each notch is a power of ten.
  private var target: Double?
  private var targetNotches = 0
  private var cursor: (column: Int, row: Int)?
  /// The values that the cursor keeps when the map changes its size.
  private var values: (x: Double, y: Double)?
  private var board = SweepBoard()
  private var theory: [TheoryCurve] = []
  private var picture = PictureCache()
  private var shown: (race: Race, experiment: Experiment)?
  private var obstacle: String?
  private var area = PlotArea.none

  /// The axes of the scene, if it names some that fit the race as it is now.
  init(_ explorer: Explorer) {
    let experiment = explorer.mapExperiment()
    let axes = explorer.scene.map
    self.init(
      explorer, x: axes.flatMap { try? $0.x.fitted(to: experiment) },
      y: axes.flatMap { try? $0.y.fitted(to: experiment) }, target: nil)
  }

  /// A map of one's own axes.
  init(_ explorer: Explorer, x: Axis?, y: Axis?, target: Double?) {
    entry = explorer.selectedEntry
    across = x
    up = y
    self.target = target
    // Whose knobs they are is whose map it is.
    for case .knob(.entry(let name, _))? in [x?.target, y?.target] {
      if let index = explorer.race.experiment.entries.firstIndex(where: { $0.name == name }) { entry = index }
    }
  }

  static func obstacle(in explorer: Explorer) -> String? {
    guard !explorer.race.experiment.entries.isEmpty else { return "a map needs an entry: a adds one" }
    let candidates = MapView.candidates(in: explorer, entry: explorer.selectedEntry)
    return candidates.count < 2 ? "a map needs two things to vary, and there is only one here" : nil
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
        [(.enter, { view, explorer in view.adopt(in: &explorer) })]),
      ViewBinding(
        ", / .", "another knob or constant across, upwards", hint: (", .", "axes"),
        [
          (.character(","), { view, explorer in view.turnAxis(isAcross: true, in: &explorer) }),
          (.character("."), { view, explorer in view.turnAxis(isAcross: false, in: &explorer) }),
        ]),
      ViewBinding(
        "C", "what the colour tells: steps, evaluations, final loss, minimum", hint: ("C", "colour"),
        [(.character("C"), { view, explorer in view.turnMeasure(in: &explorer) })]),
      ViewBinding(
        "{ / }", "a target ten times lower, higher",
        [
          (.character("{"), { view, _ in view.targetNotches -= 1 }),
          (.character("}"), { view, _ in view.targetNotches += 1 }),
        ]),
      ViewBinding(
        "b", "the cursor to the best run", hint: ("b", "best"),
        [(.character("b"), { view, explorer in view.toBest(in: &explorer) })]),
      ViewBinding(
        "+ = / - / z", "narrow the axes around the cursor, widen them, back to the usual ranges",
        [
          (.character("+"), { view, explorer in view.zoom(0.5, in: explorer) }),
          (.character("="), { view, explorer in view.zoom(0.5, in: explorer) }),
          (.character("-"), { view, explorer in view.zoom(2, in: explorer) }),
          (.character("z"), { view, _ in (view.across, view.up) = (nil, nil) }),
        ]),
    ]
  }

  var isWorking: Bool { board.isWorking }

  func finishWork() { board.finish() }

  // MARK: Axes

  /// What can vary, in the order of `,` and `.`: the knobs of the entry, the constants, how far off the start is.
  private static func candidates(in explorer: Explorer, entry: Int) -> [Axis.Target] {
    let experiment = explorer.race.experiment
    guard experiment.entries.indices.contains(entry) else { return [] }
    let knobs =
      KnobPath.all(of: experiment.entries[entry]) + KnobPath.all(of: explorer.race.nextLandscape)
    return knobs.map(Axis.Target.knob) + [.startDistance]
  }

  /// An axis with the range that suits it.
  private static func axis(_ target: Axis.Target, in experiment: Experiment, entry: Int) -> Axis? {
    switch target {
    case .knob(.entry(_, let key)):
      guard let axis = try? Axis.suggested(for: key, of: experiment.entries[entry], in: experiment) else {
        return nil
      }
      // What matters of a momentum lies as much in 0…0.9 as beyond.
      guard KnobKey.word(of: key) == "beta", axis.scale == .logOneMinus else { return axis }
      return try? Axis(target, from: 0, to: 0.99, scale: .linear, in: experiment)
    case .startDistance:
      let size = 0.5 * experiment.window.diagonal
      return try? Axis(target, from: size / 100, to: size, in: experiment)
    default: return try? Axis(target.path, in: experiment)
    }
  }

  /// The usual axes: the learning rate, and the first decay rate or the first thing else that varies.
  private mutating func chooseAxes(in experiment: Experiment, _ explorer: Explorer) {
    let candidates = MapView.candidates(in: explorer, entry: entry)
    func first(_ words: [String], not taken: Axis.Target?) -> Axis.Target? {
      for word in words {
        let found = candidates.first { candidate in
          guard case .knob(let knob) = candidate else { return false }
          return knob.word == word && candidate != taken
        }
        if let found { return found }
      }
      return candidates.first { $0 != taken }
    }
    if across == nil, let target = first(["lr"], not: up?.target) {
      across = MapView.axis(target, in: experiment, entry: entry)
    }
    if up == nil, let target = first(["beta", "beta1", "rho", "kappa"], not: across?.target) {
      up = MapView.axis(target, in: experiment, entry: entry)
    }
  }

  private mutating func turnAxis(isAcross: Bool, in explorer: inout Explorer) {
    let candidates = MapView.candidates(in: explorer, entry: entry)
    let taken = isAcross ? up?.target : across?.target
    let present = isAcross ? across?.target : up?.target
    let experiment = explorer.mapExperiment()
    let index = candidates.firstIndex { $0 == present } ?? -1
    for offset in 1...max(1, candidates.count) {
      let target = candidates[(index + offset) % candidates.count]
      guard target != taken, let axis = MapView.axis(target, in: experiment, entry: entry) else { continue }
      if isAcross { across = axis } else { up = axis }
      // The value that the cursor kept is one of the axis before.
      (values, cursor) = (nil, nil)
      explorer.status = .note("\(isAcross ? "across" : "upwards"): \(axis)")
      return
    }
    explorer.status = .note("there is nothing else to vary")
  }

  private mutating func turnMeasure(in explorer: inout Explorer) {
    let all = Measure.allCases
    measure = all[((all.firstIndex(of: measure) ?? 0) + 1) % all.count]
    if measure == .minimum, explorer.race.nextLandscape.minima.isEmpty { measure = .steps }
    explorer.status = .note("colour: \(words(of: measure))")
  }

  private func words(of measure: Measure) -> String {
    switch measure {
    case .steps: "steps to the target"
    case .evaluations: "gradient evaluations to the target"
    case .loss: "loss at the end"
    case .minimum: "minimum reached"
    }
  }

  /// The axis about a value of it, its range `factor` times as wide on its scale; within what the knob allows.
  private func zoomed(_ axis: Axis, about value: Double, _ factor: Double, in experiment: Experiment) -> Axis?
  {
    // Places as fractions of the axis: the scale is the axis's own, told by where its cells lie.
    let count = 1001
    guard let centre = axis.position(of: value, of: count) else { return nil }
    let half = Double(count - 1) / 2 * factor
    func end(_ position: Double) -> Double {
      switch axis.scale {
      case .linear: return axis.low + (axis.high - axis.low) * position / Double(count - 1)
      case .log:
        return axis.low * Elementary.pow(axis.high / axis.low, position / Double(count - 1))
      case .logOneMinus:
        return 1 - (1 - axis.low)
          * Elementary.pow((1 - axis.high) / (1 - axis.low), position / Double(count - 1))
      }
    }
    var (low, high) = (end(centre - half), end(centre + half))
    // Where the knob ends the axis does.
    if case .knob(.entry(_, let key)) = axis.target,
      let knob = experiment.entries[entry].spec.knobs.first(where: { $0.key == key })
    {
      (low, high) = (knob.clamped(low), knob.clamped(high))
      if axis.scale == .log { low = max(low, knob.floor) }
    }
    if case .knob(.landscape(let name)) = axis.target,
      let range = experiment.landscape.constants.first(where: { $0.name == name })?.range
    {
      (low, high) = (max(low, range.lowerBound), min(high, range.upperBound))
    }
    return try? Axis(axis.target, from: low, to: high, scale: axis.scale, in: experiment)
  }

  private mutating func zoom(_ factor: Double, in explorer: Explorer) {
    guard let across, let up, let values else { return }
    let experiment = explorer.mapExperiment()
    if !across.isWhole, across.words.isEmpty {
      self.across = zoomed(across, about: values.x, factor, in: experiment) ?? across
    }
    if !up.isWhole, up.words.isEmpty {
      self.up = zoomed(up, about: values.y, factor, in: experiment) ?? up
    }
    cursor = nil
  }

  // MARK: The cursor

  private mutating func move(_ x: Int, _ y: Int) {
    guard let cursor, let across, let up else { return }
    let grid = GridPicture(area: area)
    let column = min(max(0, cursor.column + x), grid.columns - 1)
    let row = min(max(0, cursor.row + y), grid.rows - 1)
    put((column, row), grid, across, up)
  }

  private mutating func put(_ place: (column: Int, row: Int), _ grid: GridPicture, _ across: Axis, _ up: Axis)
  {
    cursor = place
    values = (
      across.value(at: place.column, of: grid.columns), up.value(at: place.row, of: grid.rows)
    )
  }

  private mutating func toBest(in explorer: inout Explorer) {
    guard let across, let up, let best = board.snapshot?.grid.best else {
      explorer.status = .note("no run of this map got anywhere yet")
      return
    }
    put(best, GridPicture(area: area), across, up)
  }

  private func adopt(in explorer: inout Explorer) {
    guard let sweep = board.job?.sweeps.first, let across, let up, let values else { return }
    let words =
      "\(across.symbol) = \(across.text(of: values.x)), \(up.symbol) = \(up.text(of: values.y)) adopted"
    explorer.adopt(sweep.experiment(x: values.x, y: values.y), saying: words)
  }

  mutating func handle(_ mouse: Mouse, in explorer: inout Explorer) -> Bool {
    let grid = GridPicture(area: area)
    switch mouse.kind {
    case .press, .drag:
      guard let place = grid.run(atColumn: mouse.x, row: mouse.y), let across, let up else { return false }
      if mouse.kind == .press, let cursor, place == cursor {
        adopt(in: &explorer)
      } else {
        put(place, grid, across, up)
      }
      return true
    case .wheelUp, .wheelDown:
      guard grid.run(atColumn: mouse.x, row: mouse.y) != nil else { return false }
      zoom(mouse.kind == .wheelUp ? 0.8 : 1.25, in: explorer)
      return true
    default: return false
    }
  }

  // MARK: Painting

  /// Begins what is to be computed for a map of this size, and sees what is known.
  private mutating func refresh(_ explorer: Explorer, _ grid: GridPicture) -> Sweep? {
    if let selected, selected != explorer.selectedEntry {
      entry = explorer.selectedEntry
      (across, up, values, cursor) = (nil, nil, nil, nil)
    }
    selected = explorer.selectedEntry
    let experiment = explorer.mapExperiment()
    guard experiment.entries.indices.contains(entry) else {
      obstacle = "a map needs an entry: a adds one"
      return nil
    }
    chooseAxes(in: experiment, explorer)
    guard let across, let up else {
      obstacle = "there are no two things to vary here"
      return nil
    }
    var target = target ?? Sweep.standardTarget(of: experiment)
    // Notches measure from the lowest known minimum, as the standard target does.
    if targetNotches != 0 {
      let lowest = experiment.landscape.minimisers.map { experiment.landscape.value(at: $0) }.min() ?? 0
      target = lowest + (target - lowest) * Elementary.pow(10, Double(targetNotches))
    }
    do {
      let sweep = try Sweep(
        experiment, entry: entry, x: across, y: up, columns: grid.columns, rows: grid.rows, target: target)
      obstacle = nil
      if board.look(at: [sweep]) {
        theory = sweep.theory
        shown = nil
      }
      if let values, let column = across.position(of: values.x, of: grid.columns),
        let row = up.position(of: values.y, of: grid.rows)
      {
        // Kept to the last bit while it stays in its cell: another size has other cells.
        if cursor == nil {
          cursor = (
            min(max(0, Int(column.rounded())), grid.columns - 1),
            min(max(0, Int(row.rounded())), grid.rows - 1)
          )
        }
      } else {
        let place = (start(of: across, experiment, grid.columns), start(of: up, experiment, grid.rows))
        put(place, grid, across, up)
      }
      return sweep
    } catch {
      obstacle = error.message
      _ = board.look(at: [])
      return nil
    }
  }

  /// The cell nearest to the value that the race has now.
  private func start(of axis: Axis, _ experiment: Experiment, _ count: Int) -> Int {
    let value: Double? =
      switch axis.target {
      case .knob(let knob): experiment.value(of: knob, at: 0)
      case .startX: experiment.starts[0].x
      case .startY: experiment.starts[0].y
      case .startDistance, .startNumber: nil
      }
    guard let value, let position = axis.position(of: value, of: count) else { return count / 2 }
    return min(max(0, Int(position.rounded())), count - 1)
  }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, in explorer: inout Explorer, _ look: Look) {
    let hasPanel = ScreenLayout(explorer).panel != nil
    let rowsAbove = stage.height >= 10 ? 2 : stage.height >= 6 ? 1 : 0
    var (head, body) = (stage.splitTop(rowsAbove).top, stage.splitTop(rowsAbove).rest)
    // Without a panel the run under the cursor stands beside the map, if there is room for both.
    var beside: Rect?
    if !hasPanel, stage.width >= 60, body.height >= 8 {
      let split = body.splitRight(stage.width * 2 / 5)
      beside = split.right
      body = split.rest.inset(right: 2)
      head = stage.splitTop(rowsAbove).top
    }
    let area = PlotArea(body, isShort: explorer.height < 20)
    if area != self.area {
      self.area = area
      cursor = nil
    }
    let grid = GridPicture(area: area)
    guard let sweep = refresh(explorer, grid), let snapshot = board.snapshot else {
      canvas.text(
        Text.truncated(obstacle ?? "", to: stage.width), x: stage.x, y: stage.y, style: look.warning)
      return
    }
    paintGrid(sweep, snapshot.grid, on: &canvas, grid, explorer, look)
    grid.paintAxes(x: sweep.x, y: sweep.y, on: &canvas, look)
    if rowsAbove == 1 {
      canvas.text(
        Text.truncated(cursorWords(sweep, snapshot.grid), to: head.width), x: head.x, y: head.y,
        style: look.text)
    } else if rowsAbove >= 2 {
      paintLegend(sweep, snapshot, on: &canvas, head, explorer, look)
    }
    if rowsAbove >= 2 {
      let row = Rect(x: head.x, y: head.y + 1, width: head.width, height: 1)
      if hasPanel {
        paintTheory(on: &canvas, row, look)
      } else {
        canvas.text(
          Text.truncated(cursorWords(sweep, snapshot.grid), to: row.width), x: row.x, y: row.y,
          style: look.text)
      }
    }
    if let beside { paintRun(sweep, on: &canvas, beside, in: &explorer, look) }
  }

  private func paintGrid(
    _ sweep: Sweep, _ grid: SweepGrid, on canvas: inout Canvas, _ picture: GridPicture, _ explorer: Explorer,
    _ look: Look
  ) {
    var plot = picture.plot(explorer.appearance, look.palette)
    let minima = sweep.experiment.landscape.minima.count
    let tones = MapTones(look.palette, minima: measure == .minimum ? minima : 0)
    let scale = MapScale(grid, measure: measure, budget: sweep.experiment.budget)
    plot.shade(tones: tones.tones) { x, y in
      guard let cell = grid.shown(x, picture.rows - 1 - y) else { return nil }
      return scale.tone(of: cell, tones)
    }
    for curve in theory {
      var places: [SIMD2<Double>] = []
      for (index, value) in curve.values.enumerated() {
        let axis = curve.isAlongX ? sweep.x : sweep.y
        let count = curve.isAlongX ? picture.columns : picture.rows
        guard let value, let position = axis.position(of: value, of: count) else { continue }
        places.append(
          curve.isAlongX
            ? picture.place(column: position, row: Double(index))
            : picture.place(column: Double(index), row: position))
      }
      plot.line(places, colour: curve.kind == .limit ? look.palette.strong : look.palette.accent)
    }
    if let best = grid.best, measure != .minimum {
      plot.marker(
        "*", at: picture.place(column: Double(best.column), row: Double(best.row)),
        style: Style(look.palette.onEntry, on: look.palette.warning, [.bold]))
    }
    if let cursor {
      plot.marker(
        explorer.appearance.glyphs == .ascii ? "+" : "╋",
        at: picture.place(column: Double(cursor.column), row: Double(cursor.row)),
        style: look.palette.depth == .none
          ? Style(.terminal, on: .terminal, [.reverse, .bold])
          : Style(look.palette.ground, on: look.palette.strong, [.bold]))
    }
    plot.paint(on: &canvas, at: picture.area.plot)
  }

  /// One row: what the colours tell.
  private func paintLegend(
    _ sweep: Sweep, _ snapshot: SweepJob.Snapshot, on canvas: inout Canvas, _ row: Rect, _ explorer: Explorer,
    _ look: Look
  ) {
    let scale = MapScale(snapshot.grid, measure: measure, budget: sweep.experiment.budget)
    let minima = sweep.experiment.landscape.minima.count
    let tones = MapTones(look.palette, minima: measure == .minimum ? minima : 0)
    var x = row.x
    if !snapshot.isFinished, row.width >= 40 {
      paintProgress(snapshot.progress, on: &canvas, x: row.right - 12, y: row.y, width: 12, look)
    }
    let right = !snapshot.isFinished && row.width >= 40 ? row.right - 13 : row.right
    func text(_ text: String, _ style: Style) {
      x += canvas.text(Text.truncated(text, to: max(0, right - x)), x: x, y: row.y, style: style)
    }
    func swatch(_ tone: Int, _ columns: Int = 1) {
      let tone = tones.tones[tone]
      for _ in 0..<columns where x < right {
        let sign = look.palette.depth == .none ? tone.sign : tone.stipple
        let ink = tone.ink == .terminal ? look.palette.text : tone.ink
        canvas[x, row.y] = Cell(sign, Style(ink, on: tone.ground))
        x += 1
      }
    }
    let target = NumberText.brief(sweep.target, digits: 3)
    switch measure {
    case .steps, .evaluations:
      let unit = measure == .steps ? "steps" : "evals"
      text(row.width >= 60 ? "\(unit) to loss < \(target)  " : "\(unit) to \(target) ", look.text)
    case .loss: text("final loss  ", look.text)
    case .minimum: text("minimum  ", look.text)
    }
    if measure == .minimum {
      for minimum in 0..<min(minima, 9) {
        swatch(tones.minimum(minimum + 1, speed: 1), 2)
        text("\(minimum + 1) ", look.muted)
      }
    } else {
      text("\(scale.lowLabel) ", look.muted)
      let columns = row.width >= 60 ? 10 : 6
      for index in 0..<columns { swatch(tones.mapped(1 - Double(index) / Double(columns - 1))) }
      text(" \(scale.highLabel)  ", look.muted)
    }
    swatch(tones.unreached, 2)
    text(measure == .loss ? " unknown  " : measure == .minimum ? " at none  " : " not in time  ", look.muted)
    swatch(tones.gone, 2)
    text(row.width >= 90 ? " grew or diverged" : " diverged", look.muted)
  }

  private func paintTheory(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    var x = row.x
    for curve in theory {
      let style = look.text.with(curve.kind == .limit ? look.palette.strong : look.palette.accent)
      let name = curve.kind == .limit ? "limit" : "optimum"
      let text = "── \(name) \(curve.formula)\(curve.isExact ? "" : " near the minimum")   "
      guard x + Text.width(of: text) <= row.right else { break }
      x += canvas.text(text, x: x, y: row.y, style: style)
    }
    let text = "* best"
    if x + 6 <= row.right { canvas.text(text, x: x, y: row.y, style: look.warning) }
  }

  /// The run under the cursor, in one row.
  private func cursorWords(_ sweep: Sweep, _ grid: SweepGrid) -> String {
    guard let cursor, let values else { return "" }
    let place =
      "\(sweep.x.symbol) \(sweep.x.brief(values.x))  \(sweep.y.symbol) \(sweep.y.brief(values.y))"
    guard let cell = grid[cursor.column, cursor.row] else { return "\(place): computing" }
    return "\(place): \(words(of: cell, sweep))"
  }

  private func words(of cell: SweepCell, _ sweep: Sweep) -> String {
    let loss = NumberText.scientific(cell.loss)
    switch cell.outcome {
    case .reached: return "target at step \(NumberText.count(cell.steps)), then \(loss)"
    case .notReached: return "target not reached, loss \(loss)"
    case .growing: return "grew to \(loss)"
    case .diverged: return "diverged at step \(NumberText.count(cell.steps))"
    }
  }

  /// The contours with the path of the run under the cursor.
  private mutating func paintRun(
    _ sweep: Sweep, on canvas: inout Canvas, _ rect: Rect, in explorer: inout Explorer, _ look: Look
  ) {
    guard let values else { return }
    var experiment = sweep.experiment(x: values.x, y: values.y)
    experiment.entries = [experiment.entries[entry]]
    if shown?.experiment != experiment {
      var race = Race(experiment)
      race.seek(to: experiment.budget.steps ?? experiment.budget.evaluations ?? Explorer.mapSteps)
      shown = (race, experiment)
    }
    guard let race = shown?.race else { return }
    explorer.paintContour(
      of: race, on: &canvas, PlotArea(rect, isShort: rect.height < 14), keeping: &picture, look)
  }

  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, in explorer: Explorer, _ look: Look) {
    guard let sweep = board.job?.sweeps.first, let snapshot = board.snapshot else {
      explorer.paintPanel(on: &canvas, panel, look)
      return
    }
    let facts = 13
    let split = panel.splitTop(max(6, panel.height - facts))
    let label = Text.sanitised(explorer.race.experiment.entries[entry].label)
    explorer.paintRule(
      "The run under the cursor", remark: label, on: &canvas, split.top.splitTop(1).top, look)
    var copy = explorer
    paintRun(sweep, on: &canvas, split.top.splitTop(1).rest, in: &copy, look)

    var y = split.rest.y + 1
    func line(_ name: String, _ value: String, _ style: Style) {
      guard y < panel.bottom else { return }
      canvas.text(Text.truncated(name, to: 8), x: panel.x, y: y, style: look.muted)
      canvas.text(Text.truncated(value, to: panel.width - 9), x: panel.x + 9, y: y, style: style)
      y += 1
    }
    let grid = snapshot.grid
    if let values {
      line(sweep.x.symbol, "\(sweep.x.brief(values.x))  \(sweep.x.label)", look.strong)
      line(sweep.y.symbol, "\(sweep.y.brief(values.y))  \(sweep.y.label)", look.strong)
    }
    if let cursor {
      if let cell = grid[cursor.column, cursor.row] {
        let isGood = cell.outcome == .reached
        line(
          "ends", words(of: cell, sweep),
          isGood ? look.good : cell.outcome == .notReached ? look.text : look.warning)
        let minimum = cell.minimum.map { ", at minimum \($0)" } ?? ""
        line("cost", "\(NumberText.count(cell.evaluations)) evaluations\(minimum)", look.text)
      } else {
        line("ends", "computing …", look.muted)
        line("cost", "", look.muted)
      }
    }
    y += 1
    explorer.paintRule("Map", on: &canvas, Rect(x: panel.x, y: y, width: panel.width, height: 1), look)
    y += 1
    if let best = grid.best, let cell = grid[best.column, best.row] {
      let values = sweep.values(column: best.column, row: best.row)
      let place =
        "\(sweep.x.symbol) \(sweep.x.brief(values.x))  \(sweep.y.symbol) \(sweep.y.brief(values.y))"
      let cost =
        cell.outcome == .reached ? "\(NumberText.count(cell.steps)) steps" : NumberText.scientific(cell.loss)
      let isAtEdge =
        best.column == 0 || best.column == grid.columns - 1 || best.row == 0 || best.row == grid.rows - 1
      line("* best", "\(place): \(cost)\(isAtEdge ? " (edge)" : "")", look.warning)
    } else {
      line("* best", "none got there yet", look.muted)
    }
    line(
      "target",
      "loss < \(NumberText.brief(sweep.target, digits: 4)) in \(Explorer.words(of: sweep.experiment.budget))",
      look.text)
    line(
      "runs",
      "\(NumberText.count(grid.count(.reached))) reached it, \(NumberText.count(grid.count(.notReached))) did not",
      look.text)
    line(
      "",
      "\(NumberText.count(grid.count(.growing))) grew, \(NumberText.count(grid.count(.diverged))) diverged",
      look.text)
    if !snapshot.isFinished, y < panel.bottom {
      line("", "\(Int(snapshot.progress * 100)) %", look.accent)
      paintProgress(snapshot.progress, on: &canvas, x: panel.x + 15, y: y - 1, width: panel.width - 15, look)
    }
  }
}
