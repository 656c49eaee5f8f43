import Canvas
import Experiments
import Landscapes
import Scenes

/// Each half cell is a start: its colour tells the minimum that the selected optimizer reaches from there, its brightness
/// how soon. The cursor's path is drawn over it, and Enter begins the race there.
struct BasinView: View {
  static let name = ViewName.basin
  static let key: Character? = "M"
  static let title = "basin map: which minimum each start ends at, Enter starts at the cursor"

  private var map: StartMap
  private var board = SweepBoard()

  init(_ context: ViewContext) { map = StartMap(context) }

  static func obstacle(in context: ViewContext) -> String? {
    context.entries.isEmpty ? "a basin map needs an entry: a adds one" : nil
  }

  static var bindings: [ViewBinding<BasinView>] { StartMap.bindings(\.map) }

  var progress: Double { board.progress }

  func finishWork(while goesOn: (() -> Bool)?) { board.finish(while: goesOn) }

  mutating func stopWork() { board.stop() }

  func contour(in stage: Rect, panel: Rect?) -> Rect? { StartMap.body(of: stage) }

  mutating func handle(_ mouse: Mouse, _ context: ViewContext) -> [ViewRequest]? { map.handle(mouse) }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let look = context.look
    map.place(context.layout.area, showing: context.window)
    let experiment = context.mapExperiment()
    guard experiment.entries.indices.contains(context.selectedEntry) else { return [] }
    do {
      board.look(at: [try map.sweep(of: experiment, entry: context.selectedEntry)])
    } catch {
      board.look(at: [])
      canvas.text(Text.truncated(error.message, to: stage.width), x: stage.x, y: stage.y, style: look.warning)
      return []
    }
    guard let grid = board.snapshot?.grid, let sweep = board.job?.sweeps.first else { return [] }
    let minima = experiment.landscape.minima.count
    let tones = MapTones(look.palette, minima: max(1, minima))
    let scale = MapScale(grid, measure: .minimum)
    var plot = map.grid.plot(look)
    plot.shade(tones: tones.tones) { x, y in
      grid.shown(x, map.grid.rows - 1 - y).map { scale.tone(of: $0, tones) }
    }
    var alone = experiment
    alone.entries = [experiment.entries[context.selectedEntry]]
    alone.entries[0].isOn = true
    let race = map.race(of: alone)
    map.draw(race, start: context.race.experiment.starts[0], on: &plot, look) { _ in look.palette.strong }
    plot.paint(on: &canvas, at: map.area.plot)
    map.grid.paintAxes(x: sweep.x, y: sweep.y, on: &canvas, look)
    paintHead(grid, tones, minima, race, on: &canvas, stage, look)
    return []
  }

  /// The rows above the map: the legend and the run under the cursor, or that alone.
  private func paintHead(
    _ grid: SweepGrid, _ tones: MapTones, _ minima: Int, _ race: Race, on canvas: inout Canvas, _ stage: Rect,
    _ look: Look
  ) {
    let above = StartMap.rowsAbove(in: stage)
    guard above > 0 else { return }
    if above >= 2 { paintLegend(grid, tones, minima, on: &canvas, stage.splitTop(1).top, look) }
    let y = stage.y + above - 1
    canvas.text(Text.truncated(cursorWords(race), to: stage.width), x: stage.x, y: y, style: look.text)
    if above >= 2, let snapshot = board.snapshot, !snapshot.isFinished {
      canvas.progress(snapshot.progress, x: stage.right - 12, y: y, width: 12, look)
    }
  }

  /// The minima with their shares of the window, as far as they fit; the panel has them all.
  private func paintLegend(
    _ grid: SweepGrid, _ tones: MapTones, _ minima: Int, on canvas: inout Canvas, _ row: Rect, _ look: Look
  ) {
    let parts = lines(grid, tones, minima).filter { $0.count > 0 }.map { line in
      let shares = SwatchRow.shares(line.share)
      return SwatchRow.Part(
        tone: tones.tones[line.tone],
        wordings: ["\(line.short) \(shares.long)", "\(line.short) \(shares.short)", line.short])
    }
    SwatchRow(parts: parts).paint(on: &canvas, row, look)
  }

  private struct Line {
    var tone: Int
    var short: String
    var long: String
    var count: Int
    var share: Double
  }

  /// What starts end at, the most frequent first.
  private func lines(_ grid: SweepGrid, _ tones: MapTones, _ minima: Int) -> [Line] {
    let shares = BasinShares(of: grid, minima: minima)
    let places = board.job?.sweeps.first?.experiment.landscape.minima ?? []
    var lines = shares.minima.enumerated().map { index, count in
      let place = places[index]
      return Line(
        tone: tones.minimum(index + 1, speed: 1), short: "\(index + 1)",
        long:
          "minimum \(index + 1) (\(NumberText.brief(place.x)), \(NumberText.brief(place.y)))",
        count: count, share: shares.share(count))
    }
    // Of equal ones the lower number first.
    lines = lines.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
    lines.append(
      Line(
        tone: tones.unreached, short: "none", long: "at no known minimum", count: shares.elsewhere,
        share: shares.share(shares.elsewhere)))
    lines.append(
      Line(
        tone: tones.gone, short: "gone", long: "grew or diverged", count: shares.gone,
        share: shares.share(shares.gone)))
    return lines
  }

  private func percent(_ share: Double) -> String { "\(NumberText.fixed(share * 100, decimals: 1)) %" }

  private func cursorWords(_ race: Race) -> String {
    let start =
      "from (\(NumberText.brief(map.cursor.x, digits: 3)), \(NumberText.brief(map.cursor.y, digits: 3)))"
    let outcome = race.run(entry: 0).outcome(on: race.landscape, in: race.experiment.window)
    return "\(start): \(outcome.words) within \(NumberText.count(race.run(entry: 0).step)) steps"
  }

  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, _ context: ViewContext) -> [HitRegion] {
    let race = RacePanel(context: context)
    guard let grid = board.snapshot?.grid, context.entries.indices.contains(context.selectedEntry),
      let sweep = board.job?.sweeps.first
    else { return race.paint(on: &canvas, panel) }
    let look = context.look
    let minima = sweep.experiment.landscape.minima.count
    let tones = MapTones(look.palette, minima: max(1, minima))
    let all = lines(grid, tones, minima)
    canvas.rule(
      titled: "Where \(Text.sanitised(context.entries[context.selectedEntry].label)) ends",
      remark: sweep.experiment.budget.words, in: panel.splitTop(1).top, look)
    var y = panel.y + 1
    let room = max(3, panel.height / 2 - 2)
    // The two last lines always show.
    let shown = all.count <= room ? all : Array(all.prefix(room - 2) + all.suffix(2))
    for line in shown where y < panel.bottom {
      canvas.swatch(tones.tones[line.tone], x: panel.x, y: y, look)
      canvas.text(
        Text.truncated(line.long, to: max(0, panel.width - 20)), x: panel.x + 3, y: y, style: look.text)
      canvas.text(
        rightAligned: "\(NumberText.count(line.count))  \(percent(line.share))", right: panel.right, y: y,
        style: line.count > 0 ? look.strong : look.faint)
      y += 1
    }
    canvas.text(
      Text.truncated(
        "\(NumberText.count(grid.known)) of \(NumberText.count(grid.columns * grid.rows)) starts; vivid: at rest soon",
        to: panel.width), x: panel.x, y: y, style: look.muted)
    y += 2
    guard panel.bottom - y >= 8 else { return [] }
    return race.paint(
      on: &canvas, Rect(x: panel.x, y: y, width: panel.width, height: panel.bottom - y))
  }
}
