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

  static func obstacle(in explorer: Explorer) -> String? {
    let dimension = explorer.race.experiment.landscape.dimension
    return dimension == 2
      ? nil : "the twin view is of two parameters, and this landscape has \(dimension): L offers others"
  }

  /// What is asked to be round; nil for what fits the optimizer.
  private(set) var asked: TwinSpace.Kind?
  /// Where the pointer is, as a point of the landscape.
  private(set) var cursor: Point?
  /// The pictures are two, so the view keeps the one that the explorer does not.
  private var picture = PictureCache()
  /// What the last frame showed.
  private var shown: (space: TwinSpace, area: PlotArea, window: PlotWindow)?

  init(_ explorer: Explorer) {}

  static var bindings: [ViewBinding<TwinView>] {
    [
      ViewBinding(
        "Y", "the other twin: where the ball of the steps is round, where the curvature is",
        hint: ("Y", "twin"),
        [
          (
            .character("Y"),
            { view, explorer in
              let present = view.space(in: explorer)?.kind ?? .curvature
              view.asked = present == .curvature ? .preconditioner : .curvature
              guard let space = view.space(in: explorer) else { return }
              if space.kind != view.asked, let reason = space.reason {
                explorer.status = .note("\(view.name(in: explorer)): \(reason)")
              } else if let reason = space.reason {
                explorer.status = .note("\(view.name(in: explorer)): \(reason), so both spaces are alike")
              }
            }
          )
        ])
    ]
  }

  private func name(in explorer: Explorer) -> String {
    explorer.race.experiment.entries[explorer.selectedEntry].label
  }

  private func space(in explorer: Explorer) -> TwinSpace? {
    guard explorer.race.experiment.entries.indices.contains(explorer.selectedEntry) else { return nil }
    return TwinSpace(
      of: explorer.race.run(entry: explorer.selectedEntry), on: explorer.race.landscape, asked: asked)
  }

  func contour(in stage: Rect) -> Rect? { TwinLayout(stage).left }

  // MARK: The mouse

  mutating func handle(_ mouse: Mouse, in explorer: inout Explorer) -> Bool {
    guard let shown else { return false }
    let layout = ScreenLayout(explorer)
    if shown.area.plot.contains(x: mouse.x, y: mouse.y) {
      let place = shown.area.point(atColumn: mouse.x, row: mouse.y, in: shown.window)
      let point = shown.space.map.inverse(place)
      switch mouse.kind {
      case .press, .drag:
        if mouse.kind == .press {
          explorer.status = nil
          explorer.undo.breakRow()
        }
        explorer.setStart(point)
      case .wheelUp: explorer.zoom(1)
      case .wheelDown: explorer.zoom(-1)
      case .move: cursor = point
      default: return false
      }
      return true
    }
    if mouse.kind == .move {
      cursor =
        layout.plot.contains(x: mouse.x, y: mouse.y)
        ? layout.area.point(atColumn: mouse.x, row: mouse.y, in: explorer.window) : nil
      return true
    }
    return false
  }

  // MARK: The picture

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, in explorer: inout Explorer, _ look: Look) {
    shown = nil
    func say(_ text: String) {
      for (row, line) in Text.wrapped(text, to: stage.width).enumerated() where row < stage.height {
        canvas.text(line, x: stage.x, y: stage.y + row, style: look.muted)
      }
    }
    if let obstacle = TwinView.obstacle(in: explorer) { return say(obstacle) }
    guard explorer.race.experiment.entries.indices.contains(explorer.selectedEntry) else {
      return say("no entry yet: a adds one")
    }
    guard let space = space(in: explorer) else {
      return say("the landscape has no curvature here, so nothing tells the spaces apart")
    }
    let parts = TwinLayout(stage)
    let isShort = explorer.height < 20
    paintTitles(space, on: &canvas, parts, in: explorer, look)
    if let words = parts.words { paintWords(space, on: &canvas, words, in: explorer, look) }
    let cursor = cursor
    func mark(_ plot: inout Plot, _ scale: PlotScale) {
      if let cursor { plot.marker("┼", at: scale.place(cursor), style: look.accent.on(.terminal)) }
    }
    if let left = parts.left {
      explorer.paintContour(on: &canvas, PlotArea(left, isShort: isShort), look, overlay: mark)
    }
    guard parts.right.width > 0, parts.right.height > 0 else { return }
    let area = PlotArea(parts.right, isShort: isShort)
    let window = window(of: space, in: explorer)
    shown = (space, area, window)
    swap(&picture, &explorer.picture)
    explorer.paintContour(
      on: &canvas, area, look, through: (space.map, window),
      overlay: { plot, scale in
        mark(&plot, scale)
      })
    swap(&picture, &explorer.picture)
    if let split = parts.split {
      explorer.paintCurves(
        Curves(split: space.basis, of: explorer, columns: split.width * 2, look), on: &canvas, split, look)
    }
  }

  /// What the twin shows: a square around the centre that holds the starts and the paths, as far as they are in the other
  /// picture. It moves and zooms with that.
  func window(of space: TwinSpace, in explorer: Explorer) -> PlotWindow {
    let race = explorer.race
    let home = race.experiment.window
    var reach = 0.0
    func include(_ point: Point) {
      guard home.contains(point) else { return }
      let place = space.map(point)
      reach = max(reach, place.x.magnitude, place.y.magnitude)
    }
    for start in race.experiment.starts { include(start) }
    for index in race.experiment.entries.indices where race.experiment.entries[index].isOn {
      let history = race.run(entry: index).history
      for row in stride(from: 0, to: history.count, by: max(1, history.count / 256)) {
        include(Point(x: history.coordinate(0, at: row), y: history.coordinate(1, at: row)))
      }
    }
    if !(reach > 0) {
      let way = space.map.turned(Point(x: home.width / 2, y: 0))
      reach = max(way.norm, space.map.turned(Point(x: 0, y: home.height / 2)).norm)
    }
    let half = TwinView.roundedUp(1.1 * reach) * explorer.window.width / home.width
    let (here, there) = (explorer.window.centre, home.centre)
    let shift = space.map.turned(Point(x: here.x - there.x, y: here.y - there.y))
    guard half > 0, half.isFinite, shift.isFinite, shift.norm < 1e9 * half else {
      return PlotWindow(x: -1...1, y: -1...1)
    }
    return PlotWindow(
      x: (shift.x - half)...(shift.x + half), y: (shift.y - half)...(shift.y + half))
  }

  private static func roundedUp(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    let power = Elementary.pow(10, Elementary.log10(value).rounded(.down))
    return ([1, 1.5, 2, 3, 5, 7, 10].first { $0 * power >= value } ?? 10) * power
  }

  /// How a condition number is written.
  private static func kappa(_ value: Double) -> String {
    "κ \(value.isFinite ? NumberText.brief(value, digits: 3) : "∞")"
  }

  private func paintTitles(
    _ space: TwinSpace, on canvas: inout Canvas, _ parts: TwinLayout, in explorer: Explorer, _ look: Look
  ) {
    let (before, after) = space.conditions
    func rule(_ rect: Rect, _ titles: [String], _ remark: String) {
      let room = rect.width - 4
      let title = titles.first { Text.width(of: $0) <= room } ?? titles[titles.count - 1]
      explorer.paintRule(title, remark: remark, on: &canvas, rect, look)
    }
    guard let title = parts.title else { return }
    if let left = parts.left {
      rule(
        Rect(x: left.x, y: title.y, width: left.width, height: 1), ["Parameters", "x"], TwinView.kappa(before)
      )
    }
    let titles =
      space.kind == .curvature
      ? ["Curvature round", "round"] : ["Ball of \(name(in: explorer)) round", "Ball round", "round"]
    rule(
      Rect(x: parts.right.x, y: title.y, width: parts.right.width, height: 1), titles, TwinView.kappa(after))
    explorer.hits.add(
      Rect(x: parts.right.x, y: title.y, width: parts.right.width, height: 1), key: .character("Y"))
  }

  /// Which map it is, as much as fits.
  private func paintWords(
    _ space: TwinSpace, on canvas: inout Canvas, _ row: Rect, in explorer: Explorer, _ look: Look
  ) {
    let (before, after) = space.conditions
    let source = space.basis.source.words
    var texts: [String]
    if let cursor {
      let twin = space.map(cursor)
      func pair(_ point: Point) -> String {
        "(\(NumberText.brief(point.x, digits: 3)), \(NumberText.brief(point.y, digits: 3)))"
      }
      let loss = NumberText.brief(
        explorer.race.landscape.value(at: cursor, step: explorer.race.step), digits: 4)
      texts = ["┼ \(pair(cursor)) is \(pair(twin)) there, loss \(loss)", "┼ \(pair(cursor)), loss \(loss)"]
    } else if space.kind == .curvature {
      let bends = space.basis.values.flat < 0 ? "√|λ| vᵀ(x − c), λmin < 0" : "√λ vᵀ(x − x*)"
      texts = ["x̃ = \(bends), by \(source)", "by \(source)", "κ \(NumberText.brief(before)) → 1"]
      if let reason = space.reason, asked != .curvature { texts.insert("\(texts[0]): \(reason)", at: 0) }
    } else {
      let change = "κ \(NumberText.brief(before)) → \(NumberText.brief(after))"
      texts = [
        "x̃ = P^−½ x: there \(name(in: explorer)) steps as plain descent would; \(change), by \(source)",
        "x̃ = P^−½ x, P as of this step; \(change), by \(source)", "x̃ = P^−½ x; \(change)", change,
      ]
    }
    let text = texts.first { Text.width(of: $0) <= row.width } ?? texts[texts.count - 1]
    canvas.text(Text.truncated(text, to: row.width), x: row.x, y: row.y, style: look.muted)
  }
}
