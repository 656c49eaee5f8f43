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
  /// The part that was asked for.
  private var asked: PlotWindow
  /// The start under the cursor.
  private(set) var cursor: Point
  private var sweeps = SweepMemory()
  private var paths: (experiment: Experiment, cursor: Point, race: Race)?

  init(_ context: ViewContext) {
    window = context.window
    asked = context.window
    cursor = context.race.experiment.starts[0]
  }

  /// The grid of half cells.
  var grid: GridPicture { GridPicture(area: area) }

  /// The rows above the map, for a legend and the run under the cursor.
  static func rowsAbove(in stage: Rect) -> Int { stage.height >= 10 ? 2 : stage.height >= 6 ? 1 : 0 }

  /// Where the map stands on a stage.
  static func body(of stage: Rect) -> Rect { stage.splitTop(rowsAbove(in: stage)).rest }

  /// Takes up the place on the screen and the window of this frame.
  mutating func place(_ area: PlotArea, showing asked: PlotWindow) {
    self.area = area
    self.asked = asked
    window = area.shown(asked)
    cursor = inside(cursor)
  }

  /// The sweep of an entry over the starts of this window.
  mutating func sweep(of experiment: Experiment, entry: Int) throws(SweepError) -> Sweep {
    let x = try Axis(
      .startX, from: window.x.lowerBound, to: window.x.upperBound, scale: .linear, isCentred: true,
      in: experiment)
    let y = try Axis(
      .startY, from: window.y.lowerBound, to: window.y.upperBound, scale: .linear, isCentred: true,
      in: experiment)
    return try sweeps.sweep(
      SweepMemory.Request(
        experiment: experiment, entry: entry, x: x, y: y, columns: grid.columns, rows: grid.rows))
  }

  private var unit: SIMD2<Double> {
    SIMD2(window.width / Double(grid.columns), window.height / Double(grid.rows))
  }

  /// The cell under the cursor.
  var cell: (column: Int, row: Int) {
    (
      min(max(0, Int(clamped: (cursor.x - window.x.lowerBound) / unit.x)), grid.columns - 1),
      min(max(0, Int(clamped: (cursor.y - window.y.lowerBound) / unit.y)), grid.rows - 1)
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

  /// Takes a click or a drag; nil where it lay beside the map. A second click on the same cell begins the race there.
  mutating func handle(_ mouse: Mouse) -> [ViewRequest]? {
    guard mouse.kind == .press || mouse.kind == .drag, let place = grid.run(atColumn: mouse.x, row: mouse.y)
    else { return nil }
    // Of the two runs in a character the upper one is meant, unless the cursor is on the lower already.
    if mouse.kind == .press, cell.column == place.column, (place.row - 1...place.row).contains(cell.row) {
      return [.beginAt(cursor)]
    }
    put(place)
    return []
  }

  /// The keys that move the cursor and begin the race there, for a view that has a start map at a key path.
  static func bindings<V: View>(_ map: any (WritableKeyPath<V, StartMap> & Sendable)) -> [ViewBinding<V>] {
    func move(_ x: Int, _ y: Int) -> (inout V, ViewContext) -> [ViewRequest] {
      { view, _ in
        view[keyPath: map].move(x, y)
        return []
      }
    }
    return [
      ViewBinding(
        "arrows", "move the cursor; Shift ten cells", hint: ("← → ↑ ↓", "cursor"),
        [
          (.left, move(-1, 0)), (.right, move(1, 0)), (.up, move(0, 1)), (.down, move(0, -1)),
          (.shiftLeft, move(-10, 0)), (.shiftRight, move(10, 0)), (.shiftUp, move(0, 10)),
          (.shiftDown, move(0, -10)),
        ]),
      ViewBinding(
        "Enter", "begin the race at the cursor", hint: ("Enter", "start here"),
        [(.enter, { view, _ in [.beginAt(view[keyPath: map].cursor)] })]),
    ]
  }

  /// The runs from the cursor's start, to the end of their budget.
  mutating func race(of experiment: Experiment) -> Race {
    if let paths, paths.experiment == experiment, paths.cursor == cursor { return paths.race }
    var there = experiment
    there.starts = [cursor]
    var race = Race(there)
    race.seek(to: there.budget.furthest)
    paths = (experiment, cursor, race)
    return race
  }

  /// Where a point stands on the plot.
  func place(_ point: Point) -> SIMD2<Double> {
    SIMD2(
      (point.x - window.x.lowerBound) / window.width * Double(area.plot.width),
      (window.y.upperBound - point.y) / window.height * Double(area.plot.height))
  }

  /// Draws the paths from the cursor, the minima with their numbers, a start and the cursor.
  func draw(_ race: Race, start: Point, on plot: inout Plot, _ look: Look, colour: (Int) -> Colour) {
    let scale = PlotScale(area, showing: asked)
    let landscape = race.landscape
    for index in race.experiment.entries.indices {
      let trail = scale.trail(through: Portrait.Way(of: race.run(entry: index), on: landscape).points)
      plot.trail(trail, TrailPen(colour(index), sign: "o", fade: 1 << 20))
    }
    let mark = look.strong.on(.terminal)
    for (index, minimum) in landscape.minima.enumerated() {
      // A number of two digits stands with its first on the spot.
      for (column, digit) in "\(index + 1)".enumerated() {
        plot.marker(Glyph(digit), at: place(minimum) + SIMD2(Double(column), 0), style: mark)
      }
    }
    plot.marker(look.startMark, at: place(start), style: mark)
    plot.marker(look.cursor.mark, at: place(cursor), style: look.cursor.style)
  }
}
