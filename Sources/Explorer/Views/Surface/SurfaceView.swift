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
          (.character("h"), { view, _ in view.turn(-SurfaceView.notch) }),
          (.character("l"), { view, _ in view.turn(SurfaceView.notch) }),
          (.character("j"), { view, _ in view.tilt(-SurfaceView.notch) }),
          (.character("k"), { view, _ in view.tilt(SurfaceView.notch) }),
        ]),
      ViewBinding(
        "+ = / - / z", "nearer, farther, as it was; the wheel does the same", hint: ("+ - z", "near, far"),
        [
          (.character("+"), { view, _ in view.zoom(by: 1.25) }),
          (.character("="), { view, _ in view.zoom(by: 1.25) }),
          (.character("-"), { view, _ in view.zoom(by: 0.8) }),
          (
            .character("z"),
            { view, _ in
              view.turned = nil
              return []
            }
          ),
        ]),
    ]
  }

  /// Degrees that a key turns.
  static let notch = 5.0

  /// From where the relief was chosen to be seen; nil for where it is seen best.
  private(set) var turned: Camera?
  /// From where it is seen.
  var camera: Camera {
    get { turned ?? picture.camera ?? Camera() }
    set { turned = newValue }
  }
  /// Where the mouse was when it last dragged the relief.
  private var grip: (x: Int, y: Int)?
  /// What was computed for the last frame.
  private var picture = SurfacePicture()
  private var ground: Portrait.Ground?

  init(_ context: ViewContext) {}

  private mutating func turn(_ degrees: Double) -> [ViewRequest] {
    camera.turn(degrees, tilt: 0)
    return []
  }

  private mutating func tilt(_ degrees: Double) -> [ViewRequest] {
    let before = camera.elevation
    camera.turn(0, tilt: degrees)
    guard camera.elevation == before else { return [] }
    return [.note(degrees > 0 ? "this is from straight above" : "lower, and it would be an edge")]
  }

  private mutating func zoom(by factor: Double) -> [ViewRequest] {
    let before = camera.zoom
    camera.zoom = min(max(before * factor, Camera.zooms.lowerBound), Camera.zooms.upperBound)
    return camera.zoom == before ? [.note("this is as far as it goes")] : []
  }

  mutating func handle(_ mouse: Mouse, _ context: ViewContext) -> [ViewRequest]? {
    guard context.layout.stage.contains(x: mouse.x, y: mouse.y) else {
      if mouse.kind == .release { grip = nil }
      return nil
    }
    switch mouse.kind {
    case .press:
      grip = (mouse.x, mouse.y)
      return [.clearStatus]
    case .drag:
      if let grip { camera.turn(-2 * Double(mouse.x - grip.x), tilt: 4 * Double(mouse.y - grip.y)) }
      grip = (mouse.x, mouse.y)
    case .release: grip = nil
    case .wheelUp: return zoom(by: 1.25)
    case .wheelDown: return zoom(by: 0.8)
    default: return nil
    }
    return []
  }

  // MARK: Painting

  /// Where the relief stands on the stage: above the row that says what its height is, if there is room for one.
  static func area(of stage: Rect) -> Rect { stage.height >= 8 ? stage.inset(bottom: 1) : stage }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let area = SurfaceView.area(of: stage)
    let look = context.look
    guard area.width > 0, area.height > 0 else { return [] }
    let landscape = context.landscape
    let portrait = Portrait(of: context.subject, keeping: &ground)
    picture.refresh(portrait.ground, turned, columns: area.width, rows: area.height, look)
    guard let projection = picture.projection else { return [] }
    var plot = picture.plot
    SurfacePaths(portrait: portrait, projection: projection).draw(on: &plot, look)
    plot.paint(on: &canvas, at: area)
    if area.height >= 12, area.width >= 40 { paintEdges(on: &canvas, area, projection, landscape, look) }
    guard area.height < stage.height else { return [] }
    let angles =
      "turned \(NumberText.setting(camera.azimuth))°, from \(NumberText.setting(camera.elevation))° above"
    let scale = projection.relief.scaleName
    let remarks = ["\(scale);  \(angles)", scale]
    let remark = remarks.first { Text.width(of: $0) <= stage.width } ?? scale
    canvas.text(
      Text.truncated(remark, to: stage.width), x: stage.x, y: stage.bottom - 1, style: look.muted)
    return []
  }

  /// The names and the ends of the axes, along the edges of the block that are nearest to the eye.
  private func paintEdges(
    on canvas: inout Canvas, _ area: Rect, _ projection: SurfaceProjection, _ landscape: Landscape,
    _ look: Look
  ) {
    let half = projection.relief.half
    let window = projection.relief.window
    let away = camera.away
    let front = SIMD2(away.x > 0 ? -half.x : half.x, away.y > 0 ? -half.y : half.y)
    var taken: [Rect] = []
    func put(_ text: String, _ at: SIMD2<Double>, _ style: Style) {
      let place = projection.place(SIMD3(at.x, at.y, 0))
      let width = Text.width(of: text)
      let (x, y) = (Int(clamped: place.x.rounded()) - width / 2, Int(clamped: place.y) + 1)
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
