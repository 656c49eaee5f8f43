import Canvas
import Experiments

/// The entries of a race, a row each: digit, name, loss, and where there is room gradient norm and cost; and below some what
/// they are doing.
struct RaceTable {
  /// An entry.
  struct Row {
    var label: String
    var colour: Int
    var isOn: Bool
    var numbers: RunNumbers
    /// Whether it has a second row, which says what the run is doing if it is on.
    var hasWords = false
    var outcome: Outcome?
    var words = ""
  }

  /// Where the columns of numbers end: as close to the right as these numbers allow, for the sake of the names.
  struct Columns {
    let loss: Int
    /// The gradient norm and the cost, where there is room.
    let others: (norm: Int, cost: Int)?
    /// The columns that a name has.
    let label: Int

    init(_ rect: Rect, for numbers: [RunNumbers]) {
      func widest(_ text: (RunNumbers) -> String) -> Int {
        numbers.map { Text.width(of: text($0)) }.max() ?? 0
      }
      if rect.width >= PanelLayout.knobColumns {
        // At least what most numbers take, so that the columns stand still.
        let norm = rect.right - max(6, widest(\.evaluations) + 1)
        others = (norm, rect.right)
        loss = norm - max(8, widest(\.gradientNorm) + 1)
      } else {
        others = nil
        loss = rect.right
      }
      label = max(0, loss - max(5, widest(\.loss) + 1) - rect.x - 4)
    }
  }

  let rows: [Row]
  let selected: Int
  /// Whether the evaluations are shown: their number may tell which optimizer it is.
  let showsCost: Bool
  /// The numbers of the rows that follow in the same columns.
  var following: [RunNumbers] = []

  /// Where the columns of the table stand in a rectangle.
  func columns(in rect: Rect) -> Columns { Columns(rect, for: rows.map(\.numbers) + following) }

  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> [HitRegion] {
    let columns = columns(in: rect)
    paintTitle(on: &canvas, rect.splitTop(1).top, columns, look)
    guard !rows.isEmpty else {
      canvas.text("no entry yet: a adds one", x: rect.x + 2, y: rect.y + 1, style: look.muted)
      return []
    }
    let labels = Text.shortened(rows.map { Text.sanitised($0.label) }, to: columns.label)
    var hits: [HitRegion] = []
    var y = rect.y + 1
    for (index, row) in rows.enumerated() {
      guard y < rect.bottom else { break }
      if y == rect.bottom - 1, index < rows.count - 1 {
        canvas.text(
          "and \(rows.count - index) more", x: rect.x + 4, y: y, style: look.muted, width: rect.width - 4)
        break
      }
      paint(
        row, index, labels[index], on: &canvas, Rect(x: rect.x, y: y, width: rect.width, height: 1), columns,
        look)
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

  private func paintTitle(on canvas: inout Canvas, _ rule: Rect, _ columns: Columns, _ look: Look) {
    canvas.rule(titled: "Race", in: rule, look)
    guard let (norm, cost) = columns.others else {
      canvas.text(rightAligned: " loss", right: columns.loss, y: rule.y, style: look.muted)
      return
    }
    canvas.text(rightAligned: " loss ", right: columns.loss + 1, y: rule.y, style: look.muted)
    canvas.text(rightAligned: " |∇f| ", right: norm + 1, y: rule.y, style: look.muted)
    if showsCost { canvas.text(rightAligned: " evals", right: cost, y: rule.y, style: look.muted) }
  }

  private func paint(
    _ row: Row, _ index: Int, _ label: String, on canvas: inout Canvas, _ rect: Rect, _ columns: Columns,
    _ look: Look
  ) {
    let (x, y) = (rect.x, rect.y)
    let isSelected = index == selected
    let numbers = row.isOn ? look.text : look.faint
    if isSelected { canvas.text("▸", x: x, y: y, style: look.accent) }
    canvas.text(
      "\(index + 1)", x: x + 2, y: y, style: row.isOn ? look.palette.head(row.colour) : look.faint)
    canvas.text(
      label, x: x + 4, y: y, style: !row.isOn ? look.faint : isSelected ? look.strong : look.text)
    guard row.isOn else {
      canvas.text(rightAligned: "off", right: rect.right, y: y, style: look.faint)
      return
    }
    canvas.text(rightAligned: row.numbers.loss, right: columns.loss, y: y, style: numbers)
    guard let (norm, cost) = columns.others else { return }
    canvas.text(rightAligned: row.numbers.gradientNorm, right: norm, y: y, style: numbers)
    if showsCost {
      canvas.text(rightAligned: row.numbers.evaluations, right: cost, y: y, style: numbers)
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
