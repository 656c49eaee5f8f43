import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// Parameter space beside the space in which the selected optimizer's ball, or the curvature, is round: the same points in
/// both, and below them the loss split by eigenvector.
struct TwinView: View {
  static let name = ViewName.twin
  static let key: Character? = "V"
  static let title = "parameters beside the space where the ball or the curvature is round"

  static func obstacle(in context: ViewContext) -> String? {
    let dimension = context.race.experiment.landscape.dimension
    return dimension == 2
      ? nil : "the twin view is of two parameters, and this landscape has \(dimension): L offers others"
  }

  /// What is asked to be round; nil for what fits the optimizer.
  private(set) var asked: TwinSpace.Kind?
  /// Where the pointer is, as a point of the landscape.
  private(set) var cursor: Point?
  /// The landscape, and the other space.
  private var pictures = (left: PictureCache(), right: PictureCache())
  /// What the last frame showed.
  private var shown: (space: TwinSpace, area: PlotArea, window: PlotWindow)?

  init(_ context: ViewContext) {}

  static var bindings: [ViewBinding<TwinView>] {
    [
      ViewBinding(
        "Y", "the other twin: where the ball of the steps is round, where the curvature is",
        hint: ("Y", "twin"), [(.character("Y"), { $0.turn($1) })])
    ]
  }

  private mutating func turn(_ context: ViewContext) -> [ViewRequest] {
    let present = space(context)?.kind ?? .curvature
    asked = present == .curvature ? .preconditioner : .curvature
    guard let space = space(context), let reason = space.reason else { return [] }
    return [
      .note("\(name(context)): \(reason)" + (space.kind == asked ? ", so both spaces are alike" : ""))
    ]
  }

  private func name(_ context: ViewContext) -> String { context.entries[context.selectedEntry].label }

  private func space(_ context: ViewContext) -> TwinSpace? {
    context.selectedRun.flatMap { TwinSpace(of: $0, on: context.landscape, asked: asked) }
  }

  func contour(in stage: Rect) -> Rect? { TwinLayout(stage).left }

  // MARK: The mouse

  mutating func handle(_ mouse: Mouse, _ context: ViewContext) -> [ViewRequest]? {
    guard let shown else { return nil }
    if shown.area.plot.contains(x: mouse.x, y: mouse.y) {
      let place = shown.area.point(atColumn: mouse.x, row: mouse.y, in: shown.window)
      let point = shown.space.map.inverse(place)
      switch mouse.kind {
      case .press: return [.clearStatus, .breakUndo, .setStart(point)]
      case .drag: return [.setStart(point)]
      case .wheelUp: return [.zoom(1)]
      case .wheelDown: return [.zoom(-1)]
      case .move: cursor = point
      default: return nil
      }
      return []
    }
    guard mouse.kind == .move else { return nil }
    let area = context.layout.area
    cursor =
      area.plot.contains(x: mouse.x, y: mouse.y)
      ? area.point(atColumn: mouse.x, row: mouse.y, in: context.window) : nil
    return []
  }

  // MARK: The picture

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    shown = nil
    let look = context.look
    func say(_ text: String) -> [HitRegion] {
      for (row, line) in Text.wrapped(text, to: stage.width).enumerated() where row < stage.height {
        canvas.text(line, x: stage.x, y: stage.y + row, style: look.muted)
      }
      return []
    }
    if let obstacle = TwinView.obstacle(in: context) { return say(obstacle) }
    guard context.selectedRun != nil else { return say("no entry yet: a adds one") }
    guard let space = space(context) else {
      return say("the landscape has no curvature here, so nothing tells the spaces apart")
    }
    let parts = TwinLayout(stage)
    var hits = paintTitles(space, on: &canvas, parts, context)
    if let words = parts.words { paintWords(space, on: &canvas, words, context) }
    let cursor = cursor
    func mark(_ plot: inout Plot, _ scale: PlotScale) {
      if let cursor { plot.marker("┼", at: scale.place(cursor), style: look.accent.on(.terminal)) }
    }
    let isShort = context.layout.isShort
    if let left = parts.left {
      context.contourPlot.paint(
        on: &canvas, PlotArea(left, isShort: isShort, showing: context.window), look, keeping: &pictures.left,
        overlay: mark)
    }
    guard parts.right.width > 0, parts.right.height > 0 else { return hits }
    let window = window(of: space, context)
    let area = PlotArea(parts.right, isShort: isShort, showing: window)
    shown = (space, area, window)
    var plot = context.contourPlot
    plot.space = ContourPlot.Space(map: space.map, window: window)
    plot.paint(on: &canvas, area, look, keeping: &pictures.right, overlay: mark)
    if let split = parts.split {
      let curves = Curves(
        split: space.basis, of: context.race, entry: context.selectedEntry,
        name: context.label(ofEntry: context.selectedEntry), context.curve, columns: split.width * 2, look)
      hits += context.curvePlot(of: curves).paint(on: &canvas, split, look)
    }
    return hits
  }

  /// What the twin shows: a square that holds the centre, the starts and the paths, as far as they are in the other picture.
  /// It moves and zooms with that.
  func window(of space: TwinSpace, _ context: ViewContext) -> PlotWindow {
    let race = context.race
    let home = context.home
    var points = [space.map(space.map.centre)]
    func include(_ point: Point) {
      let place = space.map(point)
      if home.contains(point), place.isFinite { points.append(place) }
    }
    for start in race.experiment.starts { include(start) }
    for index in race.experiment.entries.indices where race.experiment.entries[index].isOn {
      let history = race.run(entry: index).history
      for row in stride(from: 0, to: history.count, by: max(1, history.count / 256)) {
        include(Point(x: history.coordinate(0, at: row), y: history.coordinate(1, at: row)))
      }
    }
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    let box = (x: (xs.min() ?? 0, xs.max() ?? 0), y: (ys.min() ?? 0, ys.max() ?? 0))
    var reach = max(box.x.1 - box.x.0, box.y.1 - box.y.0) / 2
    if !(reach > 0) {
      let way = space.map.turned(Point(x: home.width / 2, y: 0))
      reach = max(way.norm, space.map.turned(Point(x: 0, y: home.height / 2)).norm)
    }
    let half = TwinView.margin * reach * context.window.width / home.width
    let (here, there) = (context.window.centre, home.centre)
    let shift = space.map.turned(Point(x: here.x - there.x, y: here.y - there.y))
    let centre = Point(x: (box.x.0 + box.x.1) / 2 + shift.x, y: (box.y.0 + box.y.1) / 2 + shift.y)
    guard half > 0, half.isFinite, centre.isFinite, centre.norm < 1e9 * half else {
      return PlotWindow(x: -1...1, y: -1...1)
    }
    return PlotWindow(x: (centre.x - half)...(centre.x + half), y: (centre.y - half)...(centre.y + half))
  }

  /// The room around what is framed.
  private static let margin = 1.2

  /// How a condition number is written.
  private static func kappa(_ value: Double) -> String {
    "κ \(value.isFinite ? NumberText.brief(value) : "∞")"
  }

  private func paintTitles(
    _ space: TwinSpace, on canvas: inout Canvas, _ parts: TwinLayout, _ context: ViewContext
  ) -> [HitRegion] {
    let (before, after) = space.conditions
    func rule(_ rect: Rect, _ titles: [String], _ remark: String) {
      let room = rect.width - 4
      let title = titles.first { Text.width(of: $0) <= room } ?? titles[titles.count - 1]
      canvas.rule(titled: title, remark: remark, in: rect, context.look)
    }
    guard let title = parts.title else { return [] }
    if let left = parts.left {
      rule(
        Rect(x: left.x, y: title.y, width: left.width, height: 1), ["Parameters", "x"], TwinView.kappa(before)
      )
    }
    let titles =
      space.kind == .curvature
      ? ["Curvature round", "round"] : ["Ball of \(name(context)) round", "Ball round", "round"]
    let right = Rect(x: parts.right.x, y: title.y, width: parts.right.width, height: 1)
    rule(right, titles, TwinView.kappa(after))
    return [HitRegion(right, .key(.character("Y")))]
  }

  /// Which map it is, as much as fits.
  private func paintWords(
    _ space: TwinSpace, on canvas: inout Canvas, _ row: Rect, _ context: ViewContext
  ) {
    let (before, after) = space.conditions
    let source = space.basis.source.words
    var texts: [String]
    if let cursor {
      let twin = space.map(cursor)
      func pair(_ point: Point) -> String {
        "(\(NumberText.brief(point.x, digits: 3)), \(NumberText.brief(point.y, digits: 3)))"
      }
      let loss = NumberText.brief(context.landscape.value(at: cursor, step: context.race.step))
      texts = ["┼ \(pair(cursor)) is \(pair(twin)) there, loss \(loss)", "┼ \(pair(cursor)), loss \(loss)"]
    } else if space.kind == .curvature {
      let change = "κ \(NumberText.brief(before)) → 1"
      let words =
        space.basis.values.flat < 0
        ? "here both ways bend as much, one of them down" : "here the ravine is round"
      texts = [
        "\(words): each way stretched by the root of its curvature; by \(source)", "\(words); by \(source)",
        words,
        change,
      ]
      if let reason = space.reason, asked != .curvature { texts.insert("\(texts[0]): \(reason)", at: 0) }
    } else {
      let change = "κ \(NumberText.brief(before)) → \(NumberText.brief(after))"
      texts = [
        "here \(name(context)) steps as plain descent would: x̃ = P^½ x, by \(source); \(change)",
        "here it steps as plain descent would: x̃ = P^½ x; \(change)",
        "here \(name(context)) steps as plain descent would; \(change)",
        "here it steps as plain descent; \(change)",
        change,
      ]
    }
    let text = texts.first { Text.width(of: $0) <= row.width } ?? texts[texts.count - 1]
    canvas.text(Text.truncated(text, to: row.width), x: row.x, y: row.y, style: context.look.muted)
  }
}
