import Canvas
import Experiments
import Landscapes
import Scenes

/// Where two optimizers end differently: each half cell is a start of both. The paths of both from the cursor are drawn
/// over it, and Enter begins the race there.
struct DifferenceView: View {
  static let name = ViewName.difference
  static let key: Character? = "D"
  static let title = "difference map: where two optimizers end differently"

  private var map: StartMap
  private var board = SweepBoard()
  /// How far behind the selected entry the other one is in the race.
  private var offset = 1

  init(_ explorer: Explorer) { map = StartMap(explorer) }

  static func obstacle(in explorer: Explorer) -> String? {
    explorer.race.experiment.entries.count < 2 ? "a difference needs two entries: a adds one" : nil
  }

  static var bindings: [ViewBinding<DifferenceView>] {
    [
      StartMap.bindings(\.map),
      ViewBinding(
        "Enter", "begin the race at the cursor", hint: ("Enter", "start here"),
        [(.enter, { view, explorer in view.map.adopt(in: &explorer) })]),
      ViewBinding(
        ",", "compare with another entry; Tab changes the first", hint: (",", "other"),
        [(.character(","), { view, explorer in view.turnOther(in: &explorer) })]),
    ]
  }

  var isWorking: Bool { board.isWorking }

  func finishWork() { board.finish() }

  func contour(in stage: Rect, panel: Rect?) -> Rect? { StartMap.body(of: stage) }

  private mutating func turnOther(in explorer: inout Explorer) {
    let count = explorer.race.experiment.entries.count
    guard count > 2 else {
      explorer.status = .note("there are only two entries: a adds one")
      return
    }
    offset = offset % (count - 1) + 1
  }

  mutating func handle(_ mouse: Mouse, in explorer: inout Explorer) -> Bool {
    var isAgain = false
    guard map.click(mouse, again: { isAgain = true }) else { return false }
    if isAgain { map.adopt(in: &explorer) }
    return true
  }

  /// The two entries that are compared; nil where there are not two any more.
  private func pair(_ explorer: Explorer) -> (Int, Int)? {
    let count = explorer.race.experiment.entries.count
    guard count >= 2 else { return nil }
    return (explorer.selectedEntry, (explorer.selectedEntry + (offset - 1) % (count - 1) + 1) % count)
  }

  private static let order: [DifferenceMap.Difference] = [.same, .otherMinimum, .onlyFirst, .onlySecond]

  private func tones(_ explorer: Explorer, _ pair: (Int, Int), _ look: Look) -> [Tone] {
    let palette = look.palette
    let entries = explorer.race.experiment.entries
    let quiet = MapTones(palette)
    var tones = [quiet.tones[quiet.unreached]]
    let colours = [
      palette.accent, palette.entry(entries[pair.0].colour), palette.entry(entries[pair.1].colour),
    ]
    let signs: [Glyph] = ["#", Glyph(Character("\(pair.0 + 1)")), Glyph(Character("\(pair.1 + 1)"))]
    for (colour, sign) in zip(colours, signs) {
      let mixed: Colour =
        palette.depth == .direct || palette.depth == .indexed256
        ? palette.ground.mixed(with: colour, amount: 0.65).quantised(to: palette.depth) : colour
      tones.append(Tone(mixed, sign: sign))
    }
    return tones
  }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, in explorer: inout Explorer, _ look: Look) {
    map.place(ScreenLayout(explorer).area, explorer)
    let experiment = explorer.mapExperiment()
    guard let pair = pair(explorer) else {
      canvas.text(
        Text.truncated("a difference needs two entries: a adds one", to: stage.width), x: stage.x, y: stage.y,
        style: look.warning)
      return
    }
    do {
      let sweeps = [
        try map.sweep(of: experiment, entry: pair.0), try map.sweep(of: experiment, entry: pair.1),
      ]
      board.look(at: sweeps)
    } catch {
      board.look(at: [])
      canvas.text(Text.truncated(error.message, to: stage.width), x: stage.x, y: stage.y, style: look.warning)
      return
    }
    guard let snapshot = board.snapshot, let job = board.job else { return }
    let difference = DifferenceMap(snapshot.grids[0], snapshot.grids[1])
    let tones = tones(explorer, pair, look)
    var plot = map.grid.plot(explorer.appearance, look.palette)
    plot.shade(tones: tones) { x, y in
      difference.shown(x, map.grid.rows - 1 - y).flatMap { DifferenceView.order.firstIndex(of: $0) }
    }
    var two = experiment
    two.entries = [experiment.entries[pair.0], experiment.entries[pair.1]]
    for index in two.entries.indices { two.entries[index].isOn = true }
    let race = map.race(of: two)
    map.draw(race, on: &plot, explorer, look) { look.palette.entry(two.entries[$0].colour) }
    plot.paint(on: &canvas, at: map.area.plot)
    map.grid.paintAxes(x: job.sweeps[0].x, y: job.sweeps[0].y, on: &canvas, look)
    let above = StartMap.rowsAbove(in: stage)
    let labels = (Text.sanitised(two.entries[0].label), Text.sanitised(two.entries[1].label))
    if above >= 1 {
      let counts = difference.counts
      let known = max(1, DifferenceView.order.reduce(0) { $0 + (counts[$1] ?? 0) })
      let words = ["same end", "other minimum", "only \(labels.0)", "only \(labels.1)"]
      var x = stage.x
      for (index, kind) in DifferenceView.order.enumerated() {
        let count = counts[kind] ?? 0
        let share = NumberText.fixed(Double(count) / Double(known) * 100, decimals: 1)
        let text = " \(words[index]) \(share) %  "
        guard x + 2 + Text.width(of: text) <= stage.right else { break }
        let tone = tones[index]
        for column in x..<x + 2 {
          canvas[column, stage.y] = Cell(
            look.palette.depth == .none ? tone.sign : .space, Style(look.palette.text, on: tone.ground))
        }
        x += 2
        x += canvas.text(text, x: x, y: stage.y, style: count > 0 ? look.text : look.faint)
      }
    }
    guard above >= 2 else { return }
    let start = "from (\(NumberText.brief(map.cursor.x)), \(NumberText.brief(map.cursor.y)))"
    let ends = (0..<2).map { race.run(entry: $0).outcome(on: race.landscape, in: experiment.window).words }
    canvas.text(
      Text.truncated("\(start): \(labels.0) \(ends[0]); \(labels.1) \(ends[1])", to: stage.width), x: stage.x,
      y: stage.y + 1, style: look.text)
    if !snapshot.isFinished {
      paintProgress(snapshot.progress, on: &canvas, x: stage.right - 12, y: stage.y + 1, width: 12, look)
    }
  }
}
