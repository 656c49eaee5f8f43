import Canvas
import OptimizerCore

/// The selected knob and what the selected entry is doing, in one row.
struct KnobStrip {
  let knobs: KnobList
  /// The colour of each entry, by its number.
  let colours: [Int]
  /// What the selected entry is doing, in about so many columns; nil without an entry.
  let words: (_ columns: Int) -> String?

  func paint(on canvas: inout Canvas, _ row: Rect, _ look: Look) -> [HitRegion] {
    var x = row.x
    var hits: [HitRegion] = []
    if knobs.rows.indices.contains(knobs.selected) {
      let shown = knobs.rows[knobs.selected]
      let knob = shown.knob
      if case .entry(let index) = knob.owner {
        x += canvas.text("\(index + 1)", x: x, y: row.y, style: look.palette.head(colours[index])) + 1
      }
      x += canvas.text(
        "\(knob.knob.symbol) \(knob.knob.label) ", x: x, y: row.y, style: look.text,
        width: max(0, row.right - x))
      let value = (x: x, width: Text.width(of: knob.text))
      x += canvas.text("\(knob.text) ", x: x, y: row.y, style: look.strong, width: max(0, row.right - x))
      let width = min(14, row.right - x)
      let start = Rect(x: row.x, y: row.y, width: x - row.x, height: 1)
      var slider = (x: x, width: 0)
      if let words = shown.slidersPlace {
        x += canvas.text("\(words)  ", x: x, y: row.y, style: look.faint, width: max(0, row.right - x))
      } else if width >= 6 {
        Slider(knob: knob, limit: shown.limit?.value, isSelected: true)
          .paint(on: &canvas, x: x, y: row.y, width: width, look)
        slider.width = width
        x += width + 2
      }
      let label = Rect(x: row.x, y: row.y, width: value.x - row.x, height: 1)
      hits = KnobList.hits(ofKnob: knobs.selected, row: start, value: value, slider: slider)
      hits.append(HitRegion(label, .shownKnob))
    }
    guard row.right - x > 8, let words = words(row.right - x) else { return hits }
    canvas.text(Text.truncated(words, to: row.right - x), x: x, y: row.y, style: look.muted)
    return hits
  }
}
