import Canvas
import Experiments
import OptimizerCore

/// Knobs with their values and sliders, a row each, and below them where the learning rate's stable range ends.
struct KnobList {
  /// A knob.
  struct Row {
    let knob: PanelKnob
    /// Whether it may be turned.
    let isLive: Bool
    /// Where the theory ends its stable range.
    let limit: Limit?
  }

  /// The end of a stable range.
  struct Limit {
    let value: Double
    let formula: String
    /// Whether it holds everywhere, and not here alone.
    let isExact: Bool
  }

  let rows: [Row]
  let selected: Int

  /// Paints as many as fit, the selected one always among them. Returns the first row below them, too.
  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> (below: Int, hits: [HitRegion]) {
    guard rect.height > 0, !rows.isEmpty else { return (rect.y, []) }
    let limit = rows.indices.contains(selected) ? rows.compactMap(\.limit).first : nil
    let room = max(1, rect.height - (limit == nil ? 0 : 1))
    let first = max(
      0, min(selected - room + 1, rows.count - room), min(selected - room / 2, rows.count - room))
    var hits: [HitRegion] = []
    var y = rect.y
    for index in first..<min(first + room, rows.count) {
      hits += paint(index, on: &canvas, Rect(x: rect.x, y: y, width: rect.width, height: 1), look)
      y += 1
    }
    if let limit, y < rect.bottom {
      let place = limit.isExact ? "" : " here"
      let value = NumberText.brief(limit.value)
      // Where not all of it fits, the formula goes before the number does.
      let texts = [
        "stable while η < \(limit.formula) = \(value)\(place)", "stable while η < \(value)\(place)",
      ]
      let text = texts.first { Text.width(of: $0) <= rect.width - 2 } ?? texts[1]
      canvas.text(Text.truncated(text, to: rect.width - 2), x: rect.x + 2, y: y, style: look.muted)
      y += 1
    }
    return (y, hits)
  }

  private func paint(_ index: Int, on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> [HitRegion] {
    let row = rows[index]
    let (knob, y) = (row.knob, rect.y)
    let isSelected = index == selected
    // Marker, symbol, label, value, slider; what a wider panel has more is shared by label and slider.
    let more = max(0, rect.width - 40)
    let labelColumns = 13 + min(more / 2, 12)
    let valueColumn = 5 + labelColumns + 1
    let slider = (x: rect.x + valueColumn + 9, width: rect.width - valueColumn - 9)
    if isSelected { canvas.text("▸", x: rect.x, y: y, style: look.accent) }
    // A constant whose symbol is a word goes by its label alone.
    if Text.width(of: knob.knob.symbol) <= 2 {
      canvas.text(knob.knob.symbol, x: rect.x + 2, y: y, style: look.strong)
    }
    canvas.text(
      Text.truncated(knob.knob.label, to: labelColumns), x: rect.x + 5, y: y,
      style: isSelected ? look.text : look.muted)
    canvas.text(
      Text.truncated(knob.text, to: 8), x: rect.x + valueColumn, y: y,
      style: isSelected ? look.strong : look.text)
    if row.isLive {
      Slider(knob: knob, limit: row.limit?.value, isSelected: isSelected)
        .paint(on: &canvas, x: slider.x, y: y, width: slider.width, look)
    } else {
      canvas.text("fixed", x: slider.x, y: y, style: look.faint, width: max(0, slider.width))
    }
    return KnobList.hits(ofKnob: index, row: rect, slider: slider)
  }

  /// A row with a knob, and its slider if that is wide enough to be taken hold of.
  static func hits(ofKnob index: Int, row: Rect, slider: (x: Int, width: Int)) -> [HitRegion] {
    let rows = [HitRegion(row, .knob(index))]
    guard slider.width >= 3 else { return rows }
    return rows + [
      HitRegion(
        Rect(x: slider.x, y: row.y, width: slider.width, height: 1),
        .slider(index, columns: slider.x..<slider.x + slider.width), holding: true)
    ]
  }
}
