import Canvas
import Experiments

/// The entries of a race, a row each: digit, name, loss, gradient norm, cost; and below some what they are doing.
struct RaceTable {
  /// An entry.
  struct Row {
    var label: String
    var colour: Int
    var isOn: Bool
    var loss: Double
    var gradientNorm: Double
    var evaluations: Int
    /// Whether it has a second row, which says what the run is doing if it is on.
    var hasWords = false
    var outcome: Outcome?
    var words = ""
  }

  /// Where the columns of numbers end.
  struct Columns {
    let loss: Int
    let norm: Int
    let cost: Int
    /// The columns that a name has.
    let label: Int

    init(_ rect: Rect) {
      (loss, norm, cost) = (rect.right - 16, rect.right - 7, rect.right)
      label = max(0, loss - 9 - rect.x - 4)
    }
  }

  let rows: [Row]
  let selected: Int
  /// Whether the evaluations are shown: their number may tell which optimizer it is.
  let showsCost: Bool

  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> [HitRegion] {
    canvas.rule(titled: "Race", in: rect.splitTop(1).top, look)
    let columns = Columns(rect)
    canvas.text(rightAligned: " loss ", right: columns.loss + 1, y: rect.y, style: look.muted)
    canvas.text(rightAligned: " |∇f| ", right: columns.norm + 1, y: rect.y, style: look.muted)
    if showsCost { canvas.text(rightAligned: " evals", right: columns.cost, y: rect.y, style: look.muted) }
    guard !rows.isEmpty else {
      canvas.text("no entry yet: a adds one", x: rect.x + 2, y: rect.y + 1, style: look.muted)
      return []
    }
    var hits: [HitRegion] = []
    var y = rect.y + 1
    for (index, row) in rows.enumerated() {
      guard y < rect.bottom else { break }
      paint(row, index, on: &canvas, Rect(x: rect.x, y: y, width: rect.width, height: 1), columns, look)
      let height = row.hasWords ? 2 : 1
      hits.append(HitRegion(Rect(x: rect.x, y: y, width: rect.width, height: height), .entry(index)))
      hits.append(HitRegion(Rect(x: rect.x + 1, y: y, width: 3, height: 1), .entryDigit(index)))
      if let outcome = row.outcome {
        canvas.text(
          Text.truncated(row.words, to: rect.width - 4), x: rect.x + 4, y: y + 1,
          style: style(of: outcome, look))
      }
      y += height
    }
    return hits
  }

  private func paint(
    _ row: Row, _ index: Int, on canvas: inout Canvas, _ rect: Rect, _ columns: Columns, _ look: Look
  ) {
    let (x, y) = (rect.x, rect.y)
    let isSelected = index == selected
    let numbers = row.isOn ? look.text : look.faint
    if isSelected { canvas.text("▸", x: x, y: y, style: look.accent) }
    canvas.text(
      "\(index + 1)", x: x + 2, y: y, style: row.isOn ? look.palette.head(row.colour) : look.faint)
    canvas.text(
      Text.truncated(Text.sanitised(row.label), to: columns.label), x: x + 4, y: y,
      style: !row.isOn ? look.faint : isSelected ? look.strong : look.text)
    guard row.isOn else {
      canvas.text(rightAligned: "off", right: columns.cost, y: y, style: look.faint)
      return
    }
    canvas.text(rightAligned: NumberText.scientific(row.loss), right: columns.loss, y: y, style: numbers)
    canvas.text(
      rightAligned: NumberText.scientific(row.gradientNorm), right: columns.norm, y: y, style: numbers)
    if showsCost {
      canvas.text(rightAligned: NumberText.count(row.evaluations), right: columns.cost, y: y, style: numbers)
    }
  }

  private func style(of outcome: Outcome, _ look: Look) -> Style {
    switch outcome {
    case .converged, .atMinimum: look.good
    case .diverged, .growing: look.warning
    default: look.muted
    }
  }
}
