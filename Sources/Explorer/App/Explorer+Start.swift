import Canvas
import Experiments
import Landscapes

/// The start, moved by the arrows, by a click or by a number.
extension Explorer {
  /// From now on the arrows move the start.
  mutating func beginMovingStart() {
    startsBeforeMoving = race.experiment.starts
    isPlaying = false
    status = .note("arrows move the start, Enter or s ends, Esc takes it back")
    undo.breakRow()
  }

  /// A key while the start is being moved; one that has nothing to do with that ends it.
  mutating func moveStart(with key: Key) -> KeyAnswer {
    let layout = layout
    let dx = shownWindow.width / Double(max(1, layout.plot.width))
    let dy = shownWindow.height / Double(max(1, layout.plot.height))
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
      return .unused
    }
    return .used(nil)
  }

  /// Moves the first start and begins again from there.
  ///
  /// - Parameter isExact: whether every digit is meant; else no more are kept than the window resolves.
  mutating func setStart(_ point: Point, isExact: Bool = false) {
    remember(.start)
    let rounded = isExact ? point : point.rounded(to: shownWindow)
    var experiment = race.experiment.settled(at: race.step + 1)
    experiment.starts[0] = rounded
    race.start(experiment)
    status = .note("start (\(NumberText.exact(rounded.x)), \(NumberText.exact(rounded.y)))")
  }
}
