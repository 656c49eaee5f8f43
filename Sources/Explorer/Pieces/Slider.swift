import Canvas
import OptimizerCore

/// A rule with a ball on it, and a tick where the stable range of the knob ends.
struct Slider {
  let knob: PanelKnob
  /// Where the theory ends the stable range, if it does.
  let limit: Double?
  let isSelected: Bool

  func paint(on canvas: inout Canvas, x: Int, y: Int, width: Int, _ look: Look) {
    guard width >= 3 else { return }
    let last = Double(width - 1)
    let ball = Int(clamped: (knob.knob.fraction(of: knob.shown) * last).rounded())
    var isBeyond = false
    canvas.rule(x: x, y: y, width: width, style: look.faint)
    canvas.rule(x: x, y: y, width: ball, glyph: "━", style: isSelected ? look.accent : look.muted)
    if let limit, knob.knob.range.contains(limit) {
      var tick = Int(clamped: (knob.knob.fraction(of: limit) * last).rounded())
      isBeyond = knob.shown >= limit
      // A tick in the cell of the ball stands beside it, on the side where it belongs.
      if tick == ball { tick += isBeyond ? -1 : 1 }
      if tick >= 0, tick < width { canvas.text("┃", x: x + tick, y: y, style: look.warning) }
    }
    if knob.moved != nil {
      // Where the schedule's own multiplier is 1.
      let full = Int(clamped: (knob.knob.fraction(of: knob.value) * last).rounded())
      canvas.text("○", x: x + full, y: y, style: look.muted)
    }
    canvas.text(
      "●", x: x + ball, y: y, style: isBeyond ? look.warning : isSelected ? look.strong : look.muted)
  }
}
