import Canvas
import Experiments
import Landscapes

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
    remember(.window)
    window = race.experiment.window
  }

  // MARK: The start

  /// From now on the arrows move the start.
  mutating func beginMovingStart() {
    startsBeforeMoving = race.experiment.starts
    isPlaying = false
    status = .note("arrows move the start, Enter or s ends, Esc takes it back")
    undo.breakRow()
  }

  /// A key while the start is being moved: nil if the key has its usual meaning.
  mutating func moveStart(with key: Key) -> Effect?? {
    let layout = layout
    let dx = window.width / Double(max(1, layout.plot.width))
    let dy = window.height / Double(max(1, layout.plot.height))
    let start = race.experiment.starts[0]
    switch key {
    case .left: setStart(Point(x: start.x - dx, y: start.y))
    case .right: setStart(Point(x: start.x + dx, y: start.y))
    case .up: setStart(Point(x: start.x, y: start.y + dy))
    case .down: setStart(Point(x: start.x, y: start.y - dy))
    case .enter, .character("s"):
      startsBeforeMoving = nil
      undo.breakRow()
    case .escape:
      let before = startsBeforeMoving
      startsBeforeMoving = nil
      undo.breakRow()
      // What the arrows did is taken back as if it had not been; a start that was not moved leaves nothing to take back.
      if race.experiment.starts != before, let memento = undo.drop() { restore(memento, .start) }
    default:
      startsBeforeMoving = nil
      undo.breakRow()
      return nil
    }
    return .some(nil)
  }

  /// Moves the first start and begins again from there.
  ///
  /// - Parameter isExact: whether every digit is meant; else no more are kept than the window resolves.
  mutating func setStart(_ point: Point, isExact: Bool = false) {
    remember(.start)
    let rounded = isExact ? point : roundedToWindow(point)
    var experiment = race.experiment.settled(at: race.step + 1)
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
}
