import Canvas
import Experiments
import Landscapes

/// The window type of landscapes, under a name that does not collide with a screen's window.
typealias PlotWindow = Landscapes.Window

extension Explorer {
  mutating func pan(_ x: Int, _ y: Int) {
    remember(.window)
    window = window.panned(x: Double(x) / 10, y: Double(y) / 10)
  }

  /// Magnifies by a quarter, or the reverse, around the middle or the point given.
  mutating func zoom(_ direction: Int, around point: Point? = nil) {
    let next = window.zoomed(by: direction > 0 ? 1.25 : 0.8, around: point ?? window.centre)
    guard next != window else {
      status = .note(direction > 0 ? "doubles have no more digits to zoom into" : "this is as far as it goes")
      return
    }
    remember(.window)
    window = next
  }

  mutating func resetView() {
    guard window != race.experiment.window else {
      status = .note("the window is as the scene has it")
      return
    }
    remember(.window)
    window = race.experiment.window
  }

  // MARK: The start

  /// A key while the start is being moved: nil if the key has its usual meaning.
  mutating func moveStart(with key: Key) -> Effect?? {
    let layout = Layout(self)
    let dx = window.width / Double(max(1, layout.plot.width))
    let dy = window.height / Double(max(1, layout.plot.height))
    let start = race.experiment.starts[0]
    switch key {
    case .left: setStart(Point(x: start.x - dx, y: start.y))
    case .right: setStart(Point(x: start.x + dx, y: start.y))
    case .up: setStart(Point(x: start.x, y: start.y + dy))
    case .down: setStart(Point(x: start.x, y: start.y - dy))
    case .enter, .character("s"):
      isMovingStart = false
      undo.breakRow()
    case .escape:
      isMovingStart = false
      undo.breakRow()
      // What the arrows did is taken back as if it had not been; a start that was not moved leaves nothing to take back.
      if race.experiment.starts != startBeforeMoving, let memento = undo.drop() { restore(memento, .start) }
    default:
      isMovingStart = false
      undo.breakRow()
      return nil
    }
    return .some(nil)
  }

  /// Moves the first start and begins again from there.
  mutating func setStart(_ point: Point) {
    remember(.start)
    let rounded = roundedToWindow(point)
    var experiment = race.experiment
    for i in experiment.entries.indices {
      experiment.entries[i].spec = experiment.spec(of: experiment.entries[i], at: race.step + 1)
    }
    experiment.landscape = race.nextLandscape
    experiment.changes = []
    experiment.starts[0] = rounded
    race.start(experiment)
    status = .note("start (\(NumberText.exact(rounded.x)), \(NumberText.exact(rounded.y)))")
  }

  /// A start that a person can say aloud: no more digits than the window resolves.
  private func roundedToWindow(_ point: Point) -> Point {
    func rounded(_ value: Double, span: Double) -> Double {
      guard span > 0, span.isFinite else { return value }
      var unit = 1.0
      while unit > span / 1000 { unit /= 10 }
      while unit < span / 10000 { unit *= 10 }
      let inverse = (1 / unit).rounded()
      return unit < 1 ? (value * inverse).rounded() / inverse : (value / unit).rounded() * unit
    }
    return Point(x: rounded(point.x, span: window.width), y: rounded(point.y, span: window.height))
  }

  // MARK: The mouse

  mutating func handle(_ mouse: Mouse) -> Effect? {
    let layout = Layout(self)
    if dialog != nil { return click(mouse, in: layout) }
    if let grabbed {
      if mouse.kind == .drag { grabbed(&self, mouse) }
      if mouse.kind == .drag { return nil }
      self.grabbed = nil
    }
    if let act = hits.act(at: mouse) {
      if mouse.kind == .press { status = nil }
      pressed = nil
      act(&self, mouse)
      return pressed
    }
    if withView({ $0.handle(mouse, in: &$1) }) { return nil }
    let isInPlot = layout.plot.contains(x: mouse.x, y: mouse.y)
    switch mouse.kind {
    case .press:
      status = nil
      if isInPlot {
        undo.breakRow()
        setStart(layout.area.point(atColumn: mouse.x, row: mouse.y, in: window))
      } else if let entry = PanelLayout.entry(atColumn: mouse.x, row: mouse.y, layout, in: self) {
        selectedEntry = entry
        selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
      }
    case .drag where isInPlot:
      setStart(layout.area.point(atColumn: mouse.x, row: mouse.y, in: window))
    case .wheelUp where isInPlot:
      zoom(1, around: layout.area.point(atColumn: mouse.x, row: mouse.y, in: window))
    case .wheelDown where isInPlot:
      zoom(-1, around: layout.area.point(atColumn: mouse.x, row: mouse.y, in: window))
    default: break
    }
    return nil
  }

  /// A click while a dialog is open: the wheel scrolls it, a click beside it closes it.
  private mutating func click(_ mouse: Mouse, in layout: Layout) -> Effect? {
    switch mouse.kind {
    case .wheelUp: return handleInDialog(.up)
    case .wheelDown: return handleInDialog(.down)
    case .press where !layout.dialog.contains(x: mouse.x, y: mouse.y):
      dialog = nil
      return nil
    default: return nil
    }
  }
}
