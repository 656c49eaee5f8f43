import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// Many starts at once, falling as points over the contours under the playhead, with counts of what they are doing; for one
/// optimizer, or two side by side.
struct RainView: View {
  static let name = ViewName.rain
  static let key: Character? = "r"
  static let title = "rain: hundreds to many thousands of starts at once"

  /// Rains that follow the playhead.
  private struct Cloud {
    /// What rains; other points begin anew.
    struct Request: Equatable {
      var experiment: Experiment
      var entries: [Int]
      var starts: Rain.Starts
      var count: Int
    }

    var request: Request?
    var rains: [Rain] = []
    /// Where the points will end, known once the budget is run.
    var destinies: [RainDestiny] = []
    /// How far all of it has come, from 0 to 1.
    var progress = 1.0
  }

  /// How many points there may be.
  static let counts = [100, 300, 1000, 3000, 10_000, 30_000, 100_000]
  /// At most about so many steps of points are made as a frame is painted, while a rain catches up with the playhead; on data
  /// each of them counts once for every row. The rest is done between frames, as long as there is time.
  static let work = 200_000

  private var count = 300
  private var starts = Rain.Starts.grid
  private var isTwofold = false
  private var cloud = Cloud()
  /// The landscape under the first rain, and under the second.
  private var pictures = [PictureCache(), PictureCache()]

  init(_ context: ViewContext) {}

  static func obstacle(in context: ViewContext) -> String? {
    context.entries.isEmpty ? "rain needs an entry: a adds one" : nil
  }

  static var bindings: [ViewBinding<RainView>] {
    [
      ViewBinding(
        "{ / }", "fewer, more points", hint: ("{ }", "points"),
        [
          (.character("{"), { view, _ in view.turnCount(-1) }),
          (.character("}"), { view, _ in view.turnCount(1) }),
        ]),
      ViewBinding(
        ",", "where they start: grid, random, ring, line", hint: (",", "starts"),
        [(.character(","), { view, _ in view.turnStarts() })]),
      ViewBinding(
        ".", "one optimizer, or the next one beside it", hint: (".", "two"),
        [(.character("."), { view, context in view.turnTwofold(among: context.entries.count) })]),
    ]
  }

  var progress: Double { cloud.progress }

  mutating func stopWork() { cloud.progress = 1 }

  private mutating func turnCount(_ by: Int) -> [ViewRequest] {
    let index = (RainView.counts.firstIndex(of: count) ?? 2) + by
    guard RainView.counts.indices.contains(index) else {
      return [
        .note("from \(RainView.counts[0]) to \(NumberText.count(RainView.counts.last ?? 0)) points")
      ]
    }
    count = RainView.counts[index]
    return [.note("\(NumberText.count(count)) points")]
  }

  private mutating func turnStarts() -> [ViewRequest] {
    let all: [Rain.Starts] = [.grid, .random, .ring, .line]
    starts = all[((all.firstIndex(of: starts) ?? 0) + 1) % all.count]
    return [.note("starts: \(words)")]
  }

  private mutating func turnTwofold(among count: Int) -> [ViewRequest] {
    guard isTwofold || count > 1 else { return [.note("there is no second entry: a adds one")] }
    isTwofold.toggle()
    return []
  }

  private var words: String {
    switch starts {
    case .grid: "a grid over the window"
    case .random: "at random over the window, by the seed"
    case .ring: "a ring around the window's centre"
    case .line: "the diagonal of the window"
    }
  }

  /// The entries that rain: the selected one, and the next beside it.
  private func entries(_ context: ViewContext) -> [Int] {
    let count = context.entries.count
    guard count > 0 else { return [] }
    let first = min(context.selectedEntry, count - 1)
    return isTwofold && count > 1 ? [first, (first + 1) % count] : [first]
  }

  func contour(in stage: Rect, panel: Rect?) -> Rect? {
    let body = StartMap.body(of: stage)
    return isTwofold ? body.splitLeft(body.width / 2).left.inset(right: 1) : body
  }

  /// Brings the rains to the playhead, or as far as one frame may.
  private mutating func follow(_ context: ViewContext) {
    let wanted = entries(context)
    // The second one may have left the race.
    isTwofold = wanted.count > 1
    var experiment = context.race.experiment
    // The race ends by its budget; the rain goes where the playhead is.
    experiment.budget = Budget()
    for index in experiment.entries.indices { experiment.entries[index].isOn = true }
    experiment.starts = [experiment.starts[0]]
    let step = context.race.step
    let request = Cloud.Request(experiment: experiment, entries: wanted, starts: starts, count: count)
    // A rain has no past: it goes back by falling again.
    if cloud.request != request || cloud.rains.contains(where: { $0.step > step }) {
      cloud.request = request
      cloud.rains = wanted.map { Rain(experiment, entry: $0, starts: starts, count: count) }
      cloud.destinies = cloud.rains.map {
        RainDestiny(of: $0, until: context.mapExperiment().budget.furthest)
      }
    }
    let rows = context.landscape.data?.training.count ?? 1
    var left = max(1, RainView.work / max(1, count * wanted.count * rows))
    while left > 0, advance(to: step) { left -= 1 }
    noteProgress(to: step)
  }

  /// One step of the rain that is furthest behind the playhead, or else of one that runs ahead; false if all is done.
  private mutating func advance(to step: Int) -> Bool {
    if let place = cloud.rains.indices.first(where: { cloud.rains[$0].step < step }) {
      cloud.rains[place].advance()
    } else if let place = cloud.destinies.firstIndex(where: { !$0.isKnown }) {
      cloud.destinies[place].advance()
    } else {
      return false
    }
    return true
  }

  mutating func work(_ context: ViewContext, while goesOn: () -> Bool) {
    let step = context.race.step
    while goesOn(), advance(to: step) {}
    noteProgress(to: step)
  }

  private mutating func noteProgress(to step: Int) {
    let done = cloud.rains.map(\.step).reduce(0, +) + cloud.destinies.map(\.done).reduce(0, +)
    let all = step * cloud.rains.count + cloud.destinies.map(\.last).reduce(0, +)
    cloud.progress = all > 0 ? Double(done) / Double(all) : 1
  }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    follow(context)
    guard !cloud.rains.isEmpty else { return [] }
    let look = context.look
    let isShort = context.layout.isShort
    let body = StartMap.body(of: stage)
    paint(
      0, on: &canvas,
      PlotArea(contour(in: stage, panel: nil) ?? body, isShort: isShort, showing: context.window), context)
    if cloud.rains.count > 1 {
      let right = body.splitLeft(body.width / 2).rest.inset(left: 1)
      paint(1, on: &canvas, PlotArea(right, isShort: isShort, showing: context.window), context)
    }
    let above = StartMap.rowsAbove(in: stage)
    for row in 0..<min(above, max(1, cloud.rains.count)) {
      paintCounts(
        row, on: &canvas, Rect(x: stage.x, y: stage.y + row, width: stage.width, height: 1), context.entries,
        look)
    }
    if above == 2, cloud.rains.count == 1 {
      let texts = headlines(context)
      canvas.text(
        Text.truncated(
          texts.first { Text.width(of: $0) <= stage.width } ?? texts[texts.count - 1], to: stage.width),
        x: stage.x, y: stage.y + 1, style: look.muted)
    }
    return []
  }

  /// What the picture shows, the fullest words first.
  private func headlines(_ context: ViewContext) -> [String] {
    let rain = cloud.rains[0]
    let points =
      "\(NumberText.count(rain.positions.count)) points from \(words), at step \(NumberText.count(rain.step))"
    let hue = cloud.destinies[0].words
    guard !context.landscape.minima.isEmpty else { return [points] }
    return ["\(points); \(hue)", "step \(NumberText.count(rain.step)); \(hue)", points]
  }

  private mutating func paint(
    _ place: Int, on canvas: inout Canvas, _ area: PlotArea, _ context: ViewContext
  ) {
    let rain = cloud.rains[place]
    let picture = RainPicture(
      rain: rain, destiny: cloud.destinies[place], colour: context.entries[rain.entry].colour,
      isAlone: cloud.rains.count == 1, minima: context.landscape.minima)
    var contour = context.contourPlot
    contour.subject.hasRuns = false
    contour.paint(on: &canvas, area, context.look, keeping: &pictures[place]) { plot, scale in
      picture.draw(on: &plot, scale)
      picture.drawShares(on: &plot, scale)
    }
  }

  /// What the points of a rain are doing.
  private func parts(of rain: Rain, _ look: Look) -> [(name: String, count: Int, style: Style)] {
    let counts = rain.counts
    return [
      ("converged", counts.converged.reduce(0, +), look.good), ("at saddles", counts.saddles, look.warning),
      ("on plateaus", counts.plateaus, look.warning), ("gone", counts.diverged, look.warning),
      ("moving", counts.moving, look.text),
    ]
  }

  private func paintCounts(
    _ place: Int, on canvas: inout Canvas, _ row: Rect, _ entries: [Entry], _ look: Look
  ) {
    let rain = cloud.rains[place]
    let entry = entries[rain.entry]
    var x = row.x
    x += canvas.text("\(rain.entry + 1)", x: x, y: row.y, style: look.palette.head(entry.colour)) + 1
    let parts = parts(of: rain, look)
    if row.width >= 84 {
      x +=
        canvas.text(Text.truncated(Text.sanitised(entry.label), to: 16), x: x, y: row.y, style: look.strong)
        + 2
    }
    for part in parts {
      let text = "\(part.name) \(NumberText.count(part.count))  "
      guard x + Text.width(of: text) - 2 <= row.right else { break }
      x += canvas.text(text, x: x, y: row.y, style: part.count > 0 ? part.style : look.faint)
    }
  }

  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, _ context: ViewContext) -> [HitRegion] {
    let race = RacePanel(context: context)
    guard !cloud.rains.isEmpty, panel.height >= 18 else { return race.paint(on: &canvas, panel) }
    let table = RainTable(
      rains: cloud.rains, destinies: cloud.destinies, entries: context.entries,
      minima: context.landscape.minima)
    let y = table.paint(on: &canvas, panel, context.look) + 1
    return race.paint(
      on: &canvas, Rect(x: panel.x, y: y, width: panel.width, height: max(0, panel.bottom - y)))
  }
}
