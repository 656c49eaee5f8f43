import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The mouse: whatever is under it on the frame that was seen.
extension Explorer {
  /// What the mouse has taken hold of, until it is released.
  enum Grip {
    case region(HitRegion)
    /// The start of the race.
    case start
    /// The window as it was, by a cell of the plot.
    case window(PlotWindow, at: Mouse)
  }

  mutating func handle(_ mouse: Mouse) -> Effect? {
    pressed = nil
    if let grip = held {
      switch mouse.kind {
      case .drag, .otherDrag:
        drag(grip, mouse)
        return pressed
      case .release:
        held = nil
        undo.breakRow()
        return nil
      default: held = nil
      }
    }
    // A dialog that has not been seen yet cannot be clicked, and neither can what it covers.
    guard hits.isDialog == (dialog != nil) else { return nil }
    if let region = hits.region(at: mouse) {
      if mouse.kind == .press {
        if dialog == nil { status = nil }
        if region.holds {
          held = .region(region)
          undo.breakRow()
        }
      }
      act(region.action, mouse)
      return pressed
    }
    guard dialog == nil else { return nil }
    if ask({ $0.handle(mouse, $1) }) { return pressed }
    handleInPlot(mouse)
    return nil
  }

  private mutating func drag(_ grip: Grip, _ mouse: Mouse) {
    switch grip {
    case .region(let region): act(region.action, mouse)
    case .start:
      let area = layout.area
      guard area.plot.contains(x: mouse.x, y: mouse.y) else { return }
      setStart(area.point(atColumn: mouse.x, row: mouse.y, in: shownWindow))
    case .window(let before, let origin):
      let area = layout.area
      guard area.plot.width > 0, area.plot.height > 0 else { return }
      let shown = area.shown(before)
      pan(0, 0)
      window = before.panned(
        x: Double(origin.x - mouse.x) / Double(area.plot.width) * shown.width / before.width,
        y: Double(mouse.y - origin.y) / Double(area.plot.height) * shown.height / before.height)
    }
  }

  /// The plot of the landscape from above: a click sets the start, the wheel zooms, the other buttons pan.
  private mutating func handleInPlot(_ mouse: Mouse) {
    let area = layout.area
    guard area.plot.contains(x: mouse.x, y: mouse.y) else {
      if mouse.kind == .press { status = nil }
      return
    }
    switch mouse.kind {
    case .press:
      status = nil
      undo.breakRow()
      setStart(area.point(atColumn: mouse.x, row: mouse.y, in: shownWindow))
      held = .start
    case .middlePress, .rightPress:
      status = nil
      undo.breakRow()
      held = .window(shownWindow, at: mouse)
    case .wheelUp: zoom(1, around: area.point(atColumn: mouse.x, row: mouse.y, in: shownWindow))
    case .wheelDown: zoom(-1, around: area.point(atColumn: mouse.x, row: mouse.y, in: shownWindow))
    default: break
    }
  }

  // MARK: Regions

  /// Does what the mouse does in a region.
  private mutating func act(_ action: HitAction, _ mouse: Mouse) {
    switch action {
    case .key(let key): if mouse.kind == .press { pressed = handle(.key(key)) }
    case .entry(let index):
      answer(mouse, up: .selectEntry(-1), down: .selectEntry(1)) { $0.select(entry: index) }
    case .entryDigit(let index):
      answer(mouse, press: .switchEntry(index), up: .selectEntry(-1), down: .selectEntry(1))
    case .knob(let index): turn(knob: index, mouse)
    case .knobValue(let index):
      turn(knob: index, mouse)
      if mouse.kind == .press { pressed = perform(.typeValue) }
    case .slider(let index, let columns): slide(knob: index, columns, mouse)
    case .shownKnob:
      answer(mouse, press: .selectKnob(1), up: .turn(1, fine: false), down: .turn(-1, fine: false))
    case .step: answer(mouse, up: .step(-1), down: .step(1)) { $0.openCommandLine("step ") }
    case .speed: answer(mouse, press: .playPause, up: .faster, down: .slower)
    case .status: if mouse.kind == .press { status = nil }
    case .playhead(let axis):
      if mouse.kind == .press || mouse.kind == .drag { movePlayhead(toColumn: mouse.x, of: axis) }
    case .view(let part): _ = ask { $0.handle(mouse, inPart: part, $1) }
    case .dialog(let part): pressed = converse { $0.handle(mouse, in: part, $1) }
    }
  }

  /// Does what a press and the wheel ask for.
  private mutating func answer(
    _ mouse: Mouse, press: Action? = nil, up: Action, down: Action,
    else act: (inout Explorer) -> Void = { _ in }
  ) {
    switch mouse.kind {
    case .press: if let press { pressed = perform(press) } else { act(&self) }
    case .wheelUp: pressed = perform(up)
    case .wheelDown: pressed = perform(down)
    default: break
    }
  }

  private mutating func turn(knob index: Int, _ mouse: Mouse) {
    guard knobs.indices.contains(index) else { return }
    selectedKnob = index
    switch mouse.kind {
    case .wheelUp: pressed = perform(.turn(1, fine: false))
    case .wheelDown: pressed = perform(.turn(-1, fine: false))
    default: break
    }
  }

  private mutating func slide(knob index: Int, _ columns: Range<Int>, _ mouse: Mouse) {
    turn(knob: index, mouse)
    let knobs = knobs
    guard mouse.kind == .press || mouse.kind == .drag, knobs.indices.contains(index) else { return }
    let knob = knobs[index]
    let value = knob.knob.rounded(
      atFraction: Double(mouse.x - columns.lowerBound) / Double(columns.count - 1))
    if value != knob.value { set(knob, to: value) }
  }

  private mutating func select(entry index: Int) {
    guard race.experiment.entries.indices.contains(index) else { return }
    selectedEntry = index
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
  }
}
