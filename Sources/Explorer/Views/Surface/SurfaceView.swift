import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The landscape as a block of relief in parallel projection, with the paths on it.
struct SurfaceView: View {
  static let name = ViewName.surface
  static let key: Character? = "v"
  static let title = "the landscape as a relief, in three dimensions"

  static var bindings: [ViewBinding<SurfaceView>] {
    [
      ViewBinding(
        "h l / j k", "turn the relief left, right; tilt it: dragging with the mouse does the same",
        hint: ("h j k l", "turn"),
        [
          (.character("h"), { view, _ in view.camera.turn(-SurfaceView.notch, tilt: 0) }),
          (.character("l"), { view, _ in view.camera.turn(SurfaceView.notch, tilt: 0) }),
          (.character("j"), { view, explorer in view.tilt(-SurfaceView.notch, &explorer) }),
          (.character("k"), { view, explorer in view.tilt(SurfaceView.notch, &explorer) }),
        ]),
      ViewBinding(
        "+ = / - / z", "nearer, farther, as it was; the wheel does the same", hint: ("+ - z", "near, far"),
        [
          (.character("+"), { view, explorer in view.zoom(by: 1.25, &explorer) }),
          (.character("="), { view, explorer in view.zoom(by: 1.25, &explorer) }),
          (.character("-"), { view, explorer in view.zoom(by: 0.8, &explorer) }),
          (.character("z"), { view, _ in view.camera = Camera() }),
        ]),
    ]
  }

  /// Degrees that a key turns.
  static let notch = 5.0

  var camera = Camera()
  /// Where the mouse was when it last dragged the relief.
  private var grip: (x: Int, y: Int)?
  /// What was computed for the last frame.
  private let picture = SurfacePicture()

  init(_ explorer: Explorer) {}

  private mutating func tilt(_ degrees: Double, _ explorer: inout Explorer) {
    let before = camera.elevation
    camera.turn(0, tilt: degrees)
    if camera.elevation == before {
      explorer.status = .note(degrees > 0 ? "this is from straight above" : "lower, and it would be an edge")
    }
  }

  private mutating func zoom(by factor: Double, _ explorer: inout Explorer) {
    let before = camera.zoom
    camera.zoom = min(max(before * factor, Camera.zooms.lowerBound), Camera.zooms.upperBound)
    if camera.zoom == before { explorer.status = .note("this is as far as it goes") }
  }

  mutating func handle(_ mouse: Mouse, in explorer: inout Explorer) -> Bool {
    guard ScreenLayout(explorer).stage.contains(x: mouse.x, y: mouse.y) else {
      if mouse.kind == .release { grip = nil }
      return false
    }
    switch mouse.kind {
    case .press:
      explorer.status = nil
      grip = (mouse.x, mouse.y)
    case .drag:
      if let grip { camera.turn(-2 * Double(mouse.x - grip.x), tilt: 4 * Double(mouse.y - grip.y)) }
      grip = (mouse.x, mouse.y)
    case .release: grip = nil
    case .wheelUp: zoom(by: 1.25, &explorer)
    case .wheelDown: zoom(by: 0.8, &explorer)
    default: return false
    }
    return true
  }

  // MARK: Painting

  /// Where the relief stands on the stage: above the row that says what its height is, if there is room for one.
  static func area(of stage: Rect) -> Rect { stage.height >= 8 ? stage.inset(bottom: 1) : stage }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, in explorer: inout Explorer, _ look: Look) {
    let area = SurfaceView.area(of: stage)
    guard area.width > 0, area.height > 0 else { return }
    let landscape = explorer.race.landscape
    picture.refresh(
      Relief.Key(
        landscape: landscape, step: landscape.usesStep ? explorer.race.step : 0, window: explorer.window),
      camera, columns: area.width, rows: area.height, explorer.appearance, look)
    guard let projection = picture.projection else { return }
    var plot = picture.plot
    drawPaths(on: &plot, projection, explorer, look)
    plot.paint(on: &canvas, at: area)
    if area.height >= 12, area.width >= 40 { paintEdges(on: &canvas, area, projection, landscape, look) }
    guard area.height < stage.height else { return }
    let angles =
      "turned \(NumberText.brief(camera.azimuth))°, from \(NumberText.brief(camera.elevation))° above"
    let scale = projection.relief.scaleName
    let remarks = ["\(scale);  \(angles)", scale]
    let remark = remarks.first { Text.width(of: $0) <= stage.width } ?? scale
    canvas.text(
      Text.truncated(remark, to: stage.width), x: stage.x, y: stage.bottom - 1, style: look.muted)
  }

  private func drawPaths(
    on plot: inout Plot, _ projection: SurfaceProjection, _ explorer: Explorer, _ look: Look
  ) {
    let race = explorer.race
    let landscape = race.landscape
    for ghost in explorer.ghosts where explorer.isAtHome(ghost) {
      draw(
        ghost.run(), on: &plot, projection, landscape, colour: look.palette.ghost,
        sign: Glyph(ghost.frozen.letter), fade: 24)
    }
    let order = race.experiment.entries.indices.filter { race.experiment.entries[$0].isOn }
      .sorted {
        ($0 == explorer.selectedEntry ? 1 : 0, $1) < ($1 == explorer.selectedEntry ? 1 : 0, $0)
      }
    func colour(_ index: Int) -> (Colour, isDimmed: Bool) {
      let isDimmed = explorer.isSpotlit && index != explorer.selectedEntry
      return (
        isDimmed ? look.palette.ghost : look.palette.entry(race.experiment.entries[index].colour), isDimmed
      )
    }
    for index in order {
      let (colour, isDimmed) = colour(index)
      for start in race.experiment.starts.indices {
        draw(
          race.run(entry: index, start: start), on: &plot, projection, landscape, colour: colour,
          sign: Explorer.sign(ofEntry: index), fade: isDimmed ? 1 : 24)
      }
    }
    let mark = look.strong.on(.terminal)
    func put(_ glyph: Glyph, _ point: Point) {
      let lifted = projection.relief.lifted(projection.relief.place(of: point))
      if projection.isVisible(lifted) { plot.marker(glyph, at: projection.place(lifted), style: mark) }
    }
    for saddle in landscape.saddles { put("×", saddle) }
    for minimum in landscape.minima { put("+", minimum) }
    let startMark: Glyph = explorer.appearance.glyphs == .ascii ? "S" : "◆"
    for start in race.experiment.starts {
      put(
        startMark,
        landscape.plane == nil ? start : landscape.project(race.experiment.startParameters(start)))
    }
    func head(_ run: Run, _ glyph: Glyph, _ colour: Colour) {
      guard run.step > 0 else { return }
      let lifted = projection.relief.lifted(
        projection.relief.place(of: landscape.project(run.parameters)))
      // A head behind a ridge is shown, but not in its colour: one would look for it otherwise.
      let isSeen = projection.isVisible(lifted)
      if isSeen {
        plot.head(glyph, at: projection.place(lifted), colour: colour)
      } else {
        plot.marker(glyph, at: projection.place(lifted), style: look.muted.on(.terminal))
      }
    }
    for ghost in explorer.ghosts where explorer.isAtHome(ghost) {
      for start in ghost.frozen.experiment.starts.indices {
        head(ghost.run(start: start), Glyph(ghost.frozen.letter), look.palette.ghost)
      }
    }
    for index in order {
      for start in race.experiment.starts.indices where race.step > 0 || start == 0 {
        head(race.run(entry: index, start: start), Explorer.sign(ofEntry: index), colour(index).0)
      }
    }
  }

  /// The most recorded steps that a path draws; what is older is drawn from every so many of them.
  private static let trailRows = 1024

  /// Draws the path of a run up to the playhead where it is seen. A step lies on the surface all its way.
  private func draw(
    _ run: Run, on plot: inout Plot, _ projection: SurfaceProjection, _ landscape: Landscape, colour: Colour,
    sign: Glyph, fade: Int
  ) {
    guard let end = run.history.index(at: run.step) else { return }
    let recent = max(0, end - SurfaceView.trailRows)
    let stride = max(1, recent / SurfaceView.trailRows)
    let indices = Array(Swift.stride(from: 0, to: recent, by: stride)) + Array(recent...end)
    let relief = projection.relief
    let nowhere = SIMD2(Double.nan, .nan)
    var places: [SIMD2<Double>] = []
    // How many steps lie between each place and the head.
    var ages: [Int] = []
    var before: SIMD2<Double>?
    for (position, index) in indices.enumerated() {
      let place = relief.place(of: landscape.project(run.history.parameters(at: index)))
      let age = indices.count - 1 - position
      let way = before.map { place - $0 } ?? .zero
      let length = (way * way).sum().squareRoot()
      // As fine as the relief, but no finer than a long way deserves.
      let pieces = length.isFinite ? min(max(Int(length / (2 / Double(Relief.samples))), 1), 256) : 1
      for piece in 1...pieces {
        let here = piece == pieces ? place : (before ?? place) + way * (Double(piece) / Double(pieces))
        let lifted = relief.lifted(here)
        places.append(projection.isVisible(lifted) ? projection.place(lifted) : nowhere)
        ages.append(age)
      }
      before = place
    }
    let last = places.count - 1
    let span = Double(max(fade, 1))
    // The plot counts the ages of segments from the newest; each ends at a place.
    plot.trail(places, colour: colour, sign: sign) { segment in
      max(0, 1 - Double(ages[max(0, last - segment)]) / span)
    }
  }

  /// The names and the ends of the axes, along the edges of the block that are nearest to the eye.
  private func paintEdges(
    on canvas: inout Canvas, _ area: Rect, _ projection: SurfaceProjection, _ landscape: Landscape,
    _ look: Look
  ) {
    let half = projection.relief.half
    let window = projection.relief.key.window
    let away = camera.away
    let front = SIMD2(away.x > 0 ? -half.x : half.x, away.y > 0 ? -half.y : half.y)
    var taken: [Rect] = []
    func put(_ text: String, _ at: SIMD2<Double>, _ style: Style) {
      let place = projection.place(SIMD3(at.x, at.y, 0))
      let width = Text.width(of: text)
      let (x, y) = (Int(place.x.rounded()) - width / 2, Int(place.y) + 1)
      guard x >= 0, y >= 0, x + width <= area.width, y < area.height else { return }
      let rect = Rect(x: x - 1, y: y, width: width + 2, height: 1)
      guard taken.allSatisfy({ $0.intersection(rect).isEmpty }) else { return }
      taken.append(rect)
      canvas.text(text, x: area.x + x, y: area.y + y, style: style.on(look.palette.ground))
    }
    func ends(_ range: ClosedRange<Double>) -> (String, String) {
      (NumberText.brief(range.lowerBound, digits: 3), NumberText.brief(range.upperBound, digits: 3))
    }
    // An edge seen from its end has no room for words.
    if abs(camera.right.x) > 0.35 {
      let (low, high) = ends(window.x)
      put(landscape.axes.x, SIMD2(0, front.y), look.strong)
      put(low, SIMD2(-half.x * 0.8, front.y), look.muted)
      put(high, SIMD2(half.x * 0.8, front.y), look.muted)
    }
    if abs(camera.right.y) > 0.35 {
      let (low, high) = ends(window.y)
      put(landscape.axes.y, SIMD2(front.x, 0), look.strong)
      put(low, SIMD2(front.x, -half.y * 0.8), look.muted)
      put(high, SIMD2(front.x, half.y * 0.8), look.muted)
    }
  }
}
