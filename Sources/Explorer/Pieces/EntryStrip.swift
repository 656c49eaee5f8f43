import Canvas
import Experiments

/// The entries of a race in one row: digit, name, loss; with the loss where that fits, else the names, else the digits.
struct EntryStrip {
  let rows: [RaceTable.Row]
  let selected: Int

  func paint(on canvas: inout Canvas, _ row: Rect, _ look: Look) -> [HitRegion] {
    guard !rows.isEmpty else {
      canvas.text("no entry yet: a adds one", x: row.x, y: row.y, style: look.muted, width: row.width)
      return []
    }
    var losses = rows.map(\.numbers.loss)
    // As wide as most numbers are, where there is room, so that what follows stands still.
    let still = losses.map { $0 + String(repeating: " ", count: max(0, 6 - Text.width(of: $0))) }
    if columns(still, name: true, loss: true) <= row.width { losses = still }
    let showsLoss = columns(losses, name: true, loss: true) <= row.width
    let showsName = showsLoss || columns(losses, name: true, loss: false) <= row.width
    var hits: [HitRegion] = []
    var x = row.x
    for (i, entry) in rows.enumerated() {
      let start = x
      x += canvas.text(
        "\(i + 1)", x: x, y: row.y, style: entry.isOn ? look.palette.head(entry.colour) : look.faint)
      x += 1
      if showsName {
        let style = !entry.isOn ? look.faint : i == selected ? look.strong.adding(.underline) : look.muted
        x += canvas.text(Text.sanitised(entry.label), x: x, y: row.y, style: style) + 1
      }
      if showsLoss {
        x += canvas.text(losses[i], x: x, y: row.y, style: entry.isOn ? look.text : look.faint) + 1
      }
      hits.append(HitRegion(Rect(x: start, y: row.y, width: x - start, height: 1), .entry(i)))
      hits.append(HitRegion(Rect(x: start, y: row.y, width: 1, height: 1), .entryDigit(i)))
      x += 1
      if x >= row.right { break }
    }
    guard !showsName, rows.indices.contains(selected), row.right - x > 4 else { return hits }
    let room = row.right - x - Text.width(of: losses[selected]) - 1
    let name = Text.shortened([Text.sanitised(rows[selected].label)], to: room)[0]
    canvas.text("\(name) \(losses[selected])", x: x, y: row.y, style: look.strong, width: row.right - x)
    return hits
  }

  private func columns(_ losses: [String], name: Bool, loss: Bool) -> Int {
    rows.indices.reduce(0) { sum, i in
      sum + 3 + (name ? Text.width(of: rows[i].label) + 1 : 0) + (loss ? Text.width(of: losses[i]) + 1 : 0)
    }
  }
}
