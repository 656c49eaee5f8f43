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
    guard Layout(explorer).stage.contains(x: mouse.x, y: mouse.y) else {
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

/// The relief of the last frame as it was seen, kept while neither the landscape nor the camera changes.
///
/// Behind a reference, since a frame copies the view; copies of an explorer that look at different things take turns.
final class SurfacePicture {
  private struct Key: Equatable {
    var relief: Relief.Key
    var camera: Camera
    var columns: Int
    var rows: Int
    var appearance: Appearance
  }

  private var key: Key?
  private var relief: Relief?
  private(set) var projection: SurfaceProjection?
  private(set) var plot = Plot(columns: 0, rows: 0)

  func refresh(
    _ reliefKey: Relief.Key, _ camera: Camera, columns: Int, rows: Int, _ appearance: Appearance, _ look: Look
  ) {
    let key = Key(relief: reliefKey, camera: camera, columns: columns, rows: rows, appearance: appearance)
    guard key != self.key else { return }
    self.key = key
    let relief = self.relief.flatMap { $0.key == reliefKey ? $0 : nil } ?? Relief(reliefKey)
    self.relief = relief
    let projection = SurfaceProjection(relief, camera, columns: columns, rows: rows)
    self.projection = projection
    plot = Plot(columns: columns, rows: rows, rung: appearance.glyphs, palette: look.palette)
    let shades = Shades(look.palette)
    let light = Light(camera)
    let (across, down) = (SurfaceProjection.across, SurfaceProjection.down)
    plot.shade(tones: shades.tones, ordered: shades.isOrdered) { x, y in
      // The middle of half a cell.
      let (dotX, dotY) = (x * across, y * down / 2 + 1)
      guard let place = projection.seenPlace(atDot: dotX, dotY) else {
        return projection.isWall(atDot: dotX, dotY) ? shades.wall : nil
      }
      return shades.tone(
        height: relief.height(at: place) / Relief.top, brightness: light.brightness(relief.slope(at: place)))
    }
    // Without colours nothing is shaded in Unicode: there a net of wires shows the shape.
    let wires = relief.wires.indices.filter { columns >= 90 || $0 / 2 % 2 == 0 }.map { relief.wires[$0] }
    for line in look.palette.depth == .none ? wires : relief.contours {
      let places = line.map { projection.isVisible($0) ? projection.place($0) : SIMD2(.nan, .nan) }
      plot.line(places)
    }
  }
}

/// Light from the upper left behind the eye, which turns with it.
private struct Light {
  private let direction: SIMD3<Double>

  init(_ camera: Camera) {
    let plane = camera.right * -0.6 - camera.away * 0.45
    let raw = SIMD3(plane.x, plane.y, 0.65)
    direction = raw / (raw * raw).sum().squareRoot()
  }

  /// How much of the light a surface of a slope sends back by Lambert's law, 0 to 1.
  func brightness(_ slope: SIMD2<Double>) -> Double {
    let normal = SIMD3(-slope.x, -slope.y, 1)
    return max(0, (normal * direction).sum() / (normal * normal).sum().squareRoot())
  }
}

/// The tones of the relief: those of the landscape from above, lit. Where colours are few, the tones of the palette are
/// the light alone, and heights are told by the contour lines.
private struct Shades {
  let tones: [Tone]
  let isOrdered: Bool
  /// The side of the block.
  let wall: Int
  private let heights: Int
  private let lights: Int
  private let isReversed: Bool
  private let isMixed: Bool

  init(_ palette: Palette) {
    switch palette.depth {
    case .direct:
      let grounds = palette.tones.map(\.ground)
      let lights = 7
      var tones: [Tone] = []
      for ground in grounds {
        for light in 0..<lights {
          let share = Double(light) / Double(lights - 1)
          let black = Colour(hex: 0x04060c)
          let lit =
            share < 0.6
            ? ground.mixed(with: black, amount: (0.6 - share) * 1.1)
            : ground.mixed(with: Colour(hex: 0xffffff), amount: (share - 0.6) * 0.75)
          tones.append(Tone(lit))
        }
      }
      wall = tones.count
      tones.append(Tone(palette.ground.mixed(with: palette.faint, amount: 0.45)))
      (heights, self.lights) = (grounds.count, lights)
      (isOrdered, isReversed, isMixed) = (false, false, false)
      self.tones = tones
    case .indexed256:
      // The table has no dark shades of most tones: light moves along the scale instead.
      wall = palette.tones.count
      tones =
        palette.tones + [
          Tone(palette.ground.mixed(with: palette.faint, amount: 0.45).quantised(to: .indexed256))
        ]
      (heights, lights) = (palette.tones.count, 1)
      (isOrdered, isReversed, isMixed) = (false, !palette.theme.isDark, true)
    case .ansi16, .ansi8, .none:
      tones = palette.tones
      (heights, lights) = (1, palette.tones.count)
      // The tones of the light theme go from white to blue.
      isReversed = !palette.theme.isDark && palette.depth != .none
      wall = isReversed ? palette.tones.count - 1 : 0
      (isOrdered, isMixed) = (true, false)
    }
  }

  func tone(height: Double, brightness: Double) -> Int {
    func step(_ value: Double, _ count: Int) -> Int {
      Int(min(max(value.isNaN ? 0 : value, 0), 1) * Double(count - 1) + 0.5)
    }
    if isMixed {
      let light = (isReversed ? 0.7 - brightness : brightness - 0.7) * 0.6
      return step(height * 0.75 + 0.12 + light, heights)
    }
    // The darkest tone is the page's: a face in the shadow stands out from that.
    if heights == 1 {
      let light = 1 + step(brightness, lights - 1)
      return isReversed ? lights - light : light
    }
    return step(height, heights) * lights + step(brightness, lights)
  }
}
