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

    /// What stands in the place of a slider, where there is nothing to slide.
    var slidersPlace: String? {
      if !isLive { return "fixed" }
      // Noise that has no strength to turn is there or not.
      return knob.owner == .noise && knob.knob.isDiscrete ? "or none" : nil
    }
  }

  /// Where labels begin: after the marker and the symbol.
  private static let labelColumn = 5
  /// Where they stand one under the other, labels have as many columns at most.
  private static let longestLabel = 26
  /// The columns of a value with a blank on either side, and of a slider.
  private static let (valueColumns, sliderColumns) = (8, 8)

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
      let bound = "stable below \(NumberText.brief(limit.value, digits: 3))\(place)"
      // Where not all of it fits, what L is goes first, then the formula, and the number last.
      let texts = [
        "\(bound) = \(limit.formula.replacing("L", with: "steepest curvature"))",
        "\(bound) = \(limit.formula), L = λmax", "\(bound) = \(limit.formula)", bound,
      ].map(look.spelled)
      let text = texts.first { Text.width(of: $0) <= rect.width - 2 } ?? bound
      canvas.text(text, x: rect.x + 2, y: y, style: look.muted, width: rect.width - 2)
      y += 1
    }
    return (y, hits)
  }

  private func paint(_ index: Int, on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> [HitRegion] {
    let row = rows[index]
    let (knob, y) = (row.knob, rect.y)
    let isSelected = index == selected
    // Marker, symbol, label, value, slider. A long label or value moves what follows it, and the slider takes what is left.
    let columns = rect.width - KnobList.labelColumn
    let aligned = min(KnobList.longestLabel, columns - KnobList.valueColumns - KnobList.sliderColumns)
    let label = Text.truncated(look.spelled(knob.knob.label), to: columns - Text.width(of: knob.text) - 1)
    let value = rect.x + KnobList.labelColumn + max(aligned, Text.width(of: label)) + 1
    let x = value + max(KnobList.valueColumns - 2, Text.width(of: knob.text)) + 1
    let slider = (x: x, width: rect.right - x)
    if isSelected { canvas.text("▸", x: rect.x, y: y, style: look.accent) }
    // A constant whose symbol is a word goes by its label alone.
    if Text.width(of: look.spelled(knob.knob.symbol)) <= 2 {
      canvas.text(knob.knob.symbol, x: rect.x + 2, y: y, style: look.strong)
    }
    canvas.text(label, x: rect.x + KnobList.labelColumn, y: y, style: isSelected ? look.text : look.muted)
    canvas.text(
      knob.text, x: value, y: y, style: isSelected ? look.strong : look.text, width: rect.right - value)
    if let words = row.slidersPlace {
      // A long value may leave no room, and half a word says nothing.
      if Text.width(of: words) <= slider.width { canvas.text(words, x: slider.x, y: y, style: look.faint) }
    } else {
      Slider(knob: knob, limit: row.limit?.value, isSelected: isSelected)
        .paint(on: &canvas, x: slider.x, y: y, width: slider.width, look)
    }
    return KnobList.hits(
      ofKnob: index, row: rect, value: (value, Text.width(of: knob.text)), slider: slider)
  }

  /// A row with a knob, its value, and its slider if that is wide enough to be taken hold of.
  static func hits(
    ofKnob index: Int, row: Rect, value: (x: Int, width: Int), slider: (x: Int, width: Int)
  ) -> [HitRegion] {
    let rows = [
      HitRegion(row, .knob(index)),
      HitRegion(Rect(x: value.x, y: row.y, width: min(value.width, 8), height: 1), .knobValue(index)),
    ]
    guard slider.width >= 3 else { return rows }
    return rows + [
      HitRegion(
        Rect(x: slider.x, y: row.y, width: slider.width, height: 1),
        .slider(index, columns: slider.x..<slider.x + slider.width), holding: true)
    ]
  }
}
