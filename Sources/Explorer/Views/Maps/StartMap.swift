import Canvas
import Experiments
import Landscapes
import Scenes

/// A map whose cells are starts, over the window that the plot would show: what the basin and the difference map share.
struct StartMap {
  /// Where the map stands.
  private(set) var area = PlotArea.none
  /// The part of the landscape that it covers.
  private(set) var window: PlotWindow
  /// The start under the cursor.
  private(set) var cursor: Point
  private var paths: (experiment: Experiment, cursor: Point, race: Race)?

  init(_ explorer: Explorer) {
    window = explorer.window
    cursor = explorer.race.experiment.starts[0]
  }

  /// The grid of half cells.
  var grid: GridPicture { GridPicture(area: area) }

  /// The rows above the map, for a legend and the run under the cursor.
  static func rowsAbove(in stage: Rect) -> Int { stage.height >= 10 ? 2 : stage.height >= 6 ? 1 : 0 }

  /// Where the map stands on a stage.
  static func body(of stage: Rect) -> Rect { stage.splitTop(rowsAbove(in: stage)).rest }

  /// Takes up the place on the screen and the window of this frame.
  mutating func place(_ area: PlotArea, _ explorer: Explorer) {
    self.area = area
    window = area.shown(explorer.window)
    cursor = inside(cursor)
  }

  /// The sweep of an entry over the starts of this window.
  func sweep(of experiment: Experiment, entry: Int) throws(SweepError) -> Sweep {
    let x = try Axis(
      .startX, from: window.x.lowerBound, to: window.x.upperBound, scale: .linear, isCentred: true,
      in: experiment)
    let y = try Axis(
      .startY, from: window.y.lowerBound, to: window.y.upperBound, scale: .linear, isCentred: true,
      in: experiment)
    return try Sweep(experiment, entry: entry, x: x, y: y, columns: grid.columns, rows: grid.rows)
  }

  private var unit: SIMD2<Double> {
    SIMD2(window.width / Double(grid.columns), window.height / Double(grid.rows))
  }

  /// The cell under the cursor.
  var cell: (column: Int, row: Int) {
    (
      min(max(0, Int((cursor.x - window.x.lowerBound) / unit.x)), grid.columns - 1),
      min(max(0, Int((cursor.y - window.y.lowerBound) / unit.y)), grid.rows - 1)
    )
  }

  /// The nearest point of the window.
  private func inside(_ point: Point) -> Point {
    Point(
      x: min(max(point.x, window.x.lowerBound), window.x.upperBound),
      y: min(max(point.y, window.y.lowerBound), window.y.upperBound))
  }

  /// Moves the cursor by cells, onto the middle of one.
  mutating func move(_ x: Int, _ y: Int) {
    put((min(max(0, cell.column + x), grid.columns - 1), min(max(0, cell.row + y), grid.rows - 1)))
  }

  /// Puts the cursor onto a cell.
  mutating func put(_ cell: (column: Int, row: Int)) {
    cursor = Point(
      x: window.x.lowerBound + (Double(cell.column) + 0.5) * unit.x,
      y: window.y.lowerBound + (Double(cell.row) + 0.5) * unit.y)
  }

  /// Takes a click or a drag; true where it lay on the map. A second click on the same cell is `again`.
  mutating func click(_ mouse: Mouse, again: () -> Void) -> Bool {
    guard mouse.kind == .press || mouse.kind == .drag, let place = grid.run(atColumn: mouse.x, row: mouse.y)
    else { return false }
    // Of the two runs in a character the upper one is meant, unless the cursor is on the lower already.
    if mouse.kind == .press, cell.column == place.column, (place.row - 1...place.row).contains(cell.row) {
      again()
    } else {
      put(place)
    }
    return true
  }

  /// The keys that move the cursor, for a view that has a start map at a key path.
  static func bindings<V: View>(_ map: any (WritableKeyPath<V, StartMap> & Sendable)) -> ViewBinding<V> {
    func move(_ x: Int, _ y: Int) -> (inout V, inout Explorer) -> Void {
      { view, _ in view[keyPath: map].move(x, y) }
    }
    return ViewBinding(
      "arrows", "move the cursor; Shift ten cells", hint: ("← → ↑ ↓", "cursor"),
      [
        (.left, move(-1, 0)), (.right, move(1, 0)), (.up, move(0, 1)), (.down, move(0, -1)),
        (.shiftLeft, move(-10, 0)), (.shiftRight, move(10, 0)), (.shiftUp, move(0, 10)),
        (.shiftDown, move(0, -10)),
      ])
  }

  /// The runs from the cursor's start, to the end of their budget.
  mutating func race(of experiment: Experiment) -> Race {
    if let paths, paths.experiment == experiment, paths.cursor == cursor { return paths.race }
    var there = experiment
    there.starts = [cursor]
    var race = Race(there)
    race.seek(to: there.budget.steps ?? there.budget.evaluations ?? Explorer.mapSteps)
    paths = (experiment, cursor, race)
    return race
  }

  /// Where a point stands on the plot.
  func place(_ point: Point) -> SIMD2<Double> {
    SIMD2(
      (point.x - window.x.lowerBound) / window.width * Double(area.plot.width),
      (window.y.upperBound - point.y) / window.height * Double(area.plot.height))
  }

  /// Draws the paths from the cursor, the minima with their numbers, the start and the cursor.
  func draw(
    _ race: Race, on plot: inout Plot, _ explorer: Explorer, _ look: Look, colour: (Int) -> Colour
  ) {
    let scale = PlotScale(area, showing: explorer.window)
    let landscape = race.landscape
    for index in race.experiment.entries.indices {
      let places = explorer.trail(of: race.run(entry: index), on: landscape, scale)
      plot.trail(places, colour: colour(index), fade: 1 << 20, sign: "o")
    }
    let mark = look.strong.on(.terminal)
    for (index, minimum) in landscape.minima.enumerated() {
      let sign: Glyph = index < 9 ? Glyph(Character("\(index + 1)")) : "+"
      plot.marker(sign, at: place(minimum), style: mark)
    }
    let start: Glyph = explorer.appearance.glyphs == .ascii ? "S" : "◆"
    plot.marker(start, at: place(explorer.race.experiment.starts[0]), style: mark)
    plot.marker(
      explorer.appearance.glyphs == .ascii ? "+" : "╋", at: place(cursor),
      style: look.palette.depth == .none
        ? Style(.terminal, on: .terminal, [.reverse, .bold])
        : Style(look.palette.ground, on: look.palette.strong, [.bold]))
  }

  /// Begins the live race at the cursor: what Enter does.
  func adopt(in explorer: inout Explorer) {
    explorer.isPlaying = false
    explorer.setStart(cursor)
    let words = explorer.status?.text ?? ""
    explorer.open(.contour)
    explorer.status = .note("\(words); u goes back")
  }
}
