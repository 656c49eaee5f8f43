import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The mouse: whatever is under it on the frame that was seen.
extension Explorer {
  mutating func handle(_ mouse: Mouse) -> Effect? {
    pressed = nil
    if let grip = held {
      switch mouse.kind {
      case .drag, .otherDrag:
        grip(&self, mouse)
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
    if let act = hits.act(at: mouse) {
      if mouse.kind == .press {
        if dialog == nil { status = nil }
        held = hits.grip(at: mouse)
        if held != nil { undo.breakRow() }
      }
      act(&self, mouse)
      return pressed
    }
    guard dialog == nil else { return nil }
    if withView({ $0.handle(mouse, in: &$1) }) { return pressed }
    handleInPlot(mouse)
    return nil
  }

  /// The plot of the landscape from above: a click sets the start, the wheel zooms, the other buttons pan.
  private mutating func handleInPlot(_ mouse: Mouse) {
    let area = ScreenLayout(self).area
    guard area.plot.contains(x: mouse.x, y: mouse.y) else {
      if mouse.kind == .press { status = nil }
      return
    }
    switch mouse.kind {
    case .press:
      status = nil
      undo.breakRow()
      setStart(area.point(atColumn: mouse.x, row: mouse.y, in: window))
      held = { explorer, mouse in
        let area = ScreenLayout(explorer).area
        guard area.plot.contains(x: mouse.x, y: mouse.y) else { return }
        explorer.setStart(area.point(atColumn: mouse.x, row: mouse.y, in: explorer.window))
      }
    case .middlePress, .rightPress:
      status = nil
      undo.breakRow()
      let (origin, before) = (mouse, window)
      held = { explorer, mouse in
        let area = ScreenLayout(explorer).area
        guard area.plot.width > 0, area.plot.height > 0 else { return }
        let shown = area.shown(before)
        explorer.remember(.window)
        explorer.window = before.panned(
          x: Double(origin.x - mouse.x) / Double(area.plot.width) * shown.width / before.width,
          y: Double(mouse.y - origin.y) / Double(area.plot.height) * shown.height / before.height)
      }
    case .wheelUp: zoom(1, around: area.point(atColumn: mouse.x, row: mouse.y, in: window))
    case .wheelDown: zoom(-1, around: area.point(atColumn: mouse.x, row: mouse.y, in: window))
    default: break
    }
  }

  // MARK: Regions

  /// A row of the race: a click selects the entry, one on its digit switches it, the wheel goes through the entries.
  func addHits(ofEntry index: Int, row: Rect, digit: Rect) {
    hits.add(row) { explorer, mouse in
      switch mouse.kind {
      case .press: explorer.select(entry: index)
      case .wheelUp: explorer.pressed = explorer.perform(.selectEntry(-1))
      case .wheelDown: explorer.pressed = explorer.perform(.selectEntry(1))
      default: break
      }
    }
    hits.add(digit) { explorer, mouse in
      switch mouse.kind {
      case .press: explorer.pressed = explorer.perform(.switchEntry(index))
      case .wheelUp: explorer.pressed = explorer.perform(.selectEntry(-1))
      case .wheelDown: explorer.pressed = explorer.perform(.selectEntry(1))
      default: break
      }
    }
  }

  /// A row with a knob: a click selects it, the wheel turns it, the slider is taken hold of.
  func addHits(ofKnob index: Int, row: Rect, slider: Rect) {
    func turn(_ explorer: inout Explorer, _ mouse: Mouse) {
      guard explorer.knobs.indices.contains(index) else { return }
      explorer.selectedKnob = index
      switch mouse.kind {
      case .wheelUp: explorer.pressed = explorer.perform(.turn(1, fine: false))
      case .wheelDown: explorer.pressed = explorer.perform(.turn(-1, fine: false))
      default: break
      }
    }
    hits.add(row, turn)
    guard slider.width >= 3 else { return }
    hits.add(slider, holding: true) { explorer, mouse in
      turn(&explorer, mouse)
      guard mouse.kind == .press || mouse.kind == .drag, explorer.knobs.indices.contains(index) else {
        return
      }
      let knob = explorer.knobs[index]
      let value = knob.knob.rounded(atFraction: Double(mouse.x - slider.x) / Double(slider.width - 1))
      if value != knob.value { explorer.set(knob, to: value) }
    }
  }

  private mutating func select(entry index: Int) {
    guard race.experiment.entries.indices.contains(index) else { return }
    selectedEntry = index
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
  }
}
