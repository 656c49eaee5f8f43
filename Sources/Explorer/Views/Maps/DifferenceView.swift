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

  init(_ context: ViewContext) { map = StartMap(context) }

  static func obstacle(in context: ViewContext) -> String? {
    context.entries.count < 2 ? "a difference needs two entries: a adds one" : nil
  }

  static var bindings: [ViewBinding<DifferenceView>] {
    StartMap.bindings(\.map) + [
      ViewBinding(
        ",", "compare with another entry; Tab changes the first", hint: (",", "other"),
        [(.character(","), { view, context in view.turnOther(among: context.entries.count) })])
    ]
  }

  var progress: Double { board.progress }

  func finishWork(while goesOn: (() -> Bool)?) { board.finish(while: goesOn) }

  mutating func stopWork() { board.stop() }

  func contour(in stage: Rect, panel: Rect?) -> Rect? { StartMap.body(of: stage) }

  private mutating func turnOther(among count: Int) -> [ViewRequest] {
    guard count > 2 else { return [.note("there are only two entries: a adds one")] }
    offset = offset % (count - 1) + 1
    return []
  }

  mutating func handle(_ mouse: Mouse, _ context: ViewContext) -> [ViewRequest]? { map.handle(mouse) }

  /// The two entries that are compared; nil where there are not two any more.
  private func pair(_ context: ViewContext) -> (Int, Int)? {
    let count = context.entries.count
    guard count >= 2 else { return nil }
    return (context.selectedEntry, (context.selectedEntry + (offset - 1) % (count - 1) + 1) % count)
  }

  private static let order: [DifferenceMap.Difference] = [.same, .otherMinimum, .onlyFirst, .onlySecond]

  private func tones(_ entries: [Entry], _ pair: (Int, Int), _ palette: Palette) -> [Tone] {
    let quiet = MapTones(palette)
    var tones = [quiet.tones[quiet.unreached]]
    let colours = [
      palette.accent, palette.entry(entries[pair.0].colour), palette.entry(entries[pair.1].colour),
    ]
    let signs: [Glyph] = ["#", .digit(ofEntry: pair.0), .digit(ofEntry: pair.1)]
    for (colour, sign) in zip(colours, signs) {
      let mixed: Colour =
        palette.depth == .direct || palette.depth == .indexed256
        ? palette.ground.mixed(with: colour, amount: 0.65).quantised(to: palette.depth) : colour
      tones.append(Tone(mixed, sign: sign))
    }
    return tones
  }

  /// What the colours tell, in their order.
  private struct Legend {
    let difference: DifferenceMap
    let tones: [Tone]
    let labels: (String, String)
  }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let look = context.look
    map.place(context.layout.area, showing: context.window)
    let experiment = context.mapExperiment()
    func warn(_ text: String) -> [HitRegion] {
      canvas.text(Text.truncated(text, to: stage.width), x: stage.x, y: stage.y, style: look.warning)
      return []
    }
    guard let pair = pair(context) else { return warn("a difference needs two entries: a adds one") }
    do {
      board.look(at: [
        try map.sweep(of: experiment, entry: pair.0), try map.sweep(of: experiment, entry: pair.1),
      ])
    } catch {
      board.look(at: [])
      return warn(error.message)
    }
    guard let snapshot = board.snapshot, let job = board.job else { return [] }
    let difference = DifferenceMap(snapshot.grids[0], snapshot.grids[1])
    let tones = tones(context.entries, pair, look.palette)
    var plot = map.grid.plot(look)
    plot.shade(tones: tones) { x, y in
      difference.shown(x, map.grid.rows - 1 - y).flatMap { DifferenceView.order.firstIndex(of: $0) }
    }
    var two = experiment
    two.entries = [experiment.entries[pair.0], experiment.entries[pair.1]]
    for index in two.entries.indices { two.entries[index].isOn = true }
    let race = map.race(of: two)
    map.draw(race, start: context.race.experiment.starts[0], on: &plot, look) {
      look.palette.entry(two.entries[$0].colour)
    }
    plot.paint(on: &canvas, at: map.area.plot)
    map.grid.paintAxes(x: job.sweeps[0].x, y: job.sweeps[0].y, on: &canvas, look)
    let legend = Legend(
      difference: difference, tones: tones,
      labels: (Text.sanitised(two.entries[0].label), Text.sanitised(two.entries[1].label)))
    let above = StartMap.rowsAbove(in: stage)
    if above >= 1 { paint(legend, on: &canvas, stage, look) }
    guard above >= 2 else { return [] }
    let start =
      "from (\(NumberText.brief(map.cursor.x, digits: 3)), \(NumberText.brief(map.cursor.y, digits: 3)))"
    let ends = (0..<2).map { race.run(entry: $0).outcome(on: race.landscape, in: experiment.window).words }
    let words = "\(start): \(legend.labels.0) \(ends[0]); \(legend.labels.1) \(ends[1])"
    canvas.text(Text.truncated(words, to: stage.width), x: stage.x, y: stage.y + 1, style: look.text)
    if !snapshot.isFinished {
      canvas.progress(snapshot.progress, x: stage.right - 12, y: stage.y + 1, width: 12, look)
    }
    return []
  }

  /// One row: what the colours tell, with shares.
  private func paint(_ legend: Legend, on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let counts = legend.difference.counts
    let known = max(1, DifferenceView.order.reduce(0) { $0 + (counts[$1] ?? 0) })
    let (first, second) = legend.labels
    let words = [
      ("same end", "same"), ("other minimum", "other"), ("only \(first)", first), ("only \(second)", second),
    ]
    // What does not occur has nothing to say, unless nothing occurs yet.
    let parts = DifferenceView.order.enumerated().compactMap { index, kind -> SwatchRow.Part? in
      let count = counts[kind] ?? 0
      guard count > 0 || kind == .same else { return nil }
      let shares = SwatchRow.shares(Double(count) / Double(known))
      let (long, short) = words[index]
      return SwatchRow.Part(
        tone: legend.tones[index],
        wordings: [
          "\(long) \(shares.long)", "\(long) \(shares.short)", "\(short) \(shares.short)",
          "\(Text.truncated(short, to: 10)) \(shares.short)",
        ])
    }
    SwatchRow(parts: parts).paint(on: &canvas, row, look)
  }
}
