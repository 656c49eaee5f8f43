import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// How many points of a rain are where, now and at the end; of two rains both at the end.
struct RainTable {
  let rains: [Rain]
  let destinies: [RainDestiny]
  let entries: [Entry]
  let minima: [Point]

  /// The columns that the longest name takes, with a blank behind it.
  private static let nameColumns = 18

  private struct Column {
    let title: String
    let style: Style
    let counts: RainCounts
    let total: Int
  }

  /// Paints it and returns the row below it.
  func paint(on canvas: inout Canvas, _ panel: Rect, _ look: Look) -> Int {
    let total = rains[0].positions.count
    canvas.rule(
      titled: "Rain", remark: "\(NumberText.count(total)) points", in: panel.splitTop(1).top, look)
    let columns = columns(look)
    let widest = Text.width(of: NumberText.count(total)) + 1 + 6
    // Numbers of points beside their shares, where the names have room then.
    let hasNumbers = panel.width - (widest + 2) * columns.count >= RainTable.nameColumns
    let width = hasNumbers ? widest + 2 : (panel.width - RainTable.nameColumns) / columns.count
    func right(_ column: Int) -> Int { panel.right - (columns.count - 1 - column) * width }
    var y = panel.y + 1
    for (column, title) in Text.shortened(columns.map(\.title), to: width - 2).enumerated() {
      canvas.text(rightAligned: title, right: right(column), y: y, style: columns[column].style)
    }
    for line in lines(look, room: max(2, panel.height / 2 - 9)) {
      y += 1
      let room = panel.width - width * columns.count
      let name = line.names.first { Text.width(of: $0) < room } ?? line.names[line.names.count - 1]
      canvas.text(Text.truncated(name, to: room), x: panel.x, y: y, style: line.nameStyle)
      for (place, column) in columns.enumerated() {
        let count = line.count(column.counts)
        let share = NumberText.fixed(Double(count) / Double(max(1, column.total)) * 100, decimals: 1)
        canvas.text(
          rightAligned: (hasNumbers ? "\(NumberText.count(count)) " : "") + "\(share)%", right: right(place),
          y: y, style: count > 0 ? line.style : look.faint)
      }
    }
    return y + 1
  }

  private func columns(_ look: Look) -> [Column] {
    func column(_ title: String, _ style: Style, _ place: Int, _ counts: RainCounts) -> Column {
      Column(title: title, style: style, counts: counts, total: rains[place].positions.count)
    }
    guard rains.count > 1 else {
      let end = destinies[0].isKnown ? "at the end" : "so far"
      return [
        column("now", look.muted, 0, rains[0].counts), column(end, look.muted, 0, destinies[0].counts),
      ]
    }
    return rains.indices.map { place in
      let entry = entries[rains[place].entry]
      return column(
        Text.sanitised(entry.label), look.entry(entry.colour), place, rains[place].counts)
    }
  }

  private struct Line {
    let names: [String]
    let nameStyle: Style
    let style: Style
    let count: (RainCounts) -> Int
  }

  private func lines(_ look: Look, room: Int) -> [Line] {
    func line(_ name: String, _ style: Style, _ count: @escaping (RainCounts) -> Int) -> Line {
      Line(names: [name], nameStyle: look.muted, style: style, count: count)
    }
    let known = minima.indices.prefix(room).map { index in
      Line(
        names: [
          "minimum \(index + 1) (\(NumberText.brief(minima[index].x)), \(NumberText.brief(minima[index].y)))",
          "minimum \(index + 1)",
        ],
        nameStyle: rains.count == 1 ? look.text.with(look.palette.minimum(index)) : look.muted,
        style: look.good,
        count: { $0.converged[index + 1] })
    }
    return known + [
      line("at rest elsewhere", look.good) { $0.converged[0] },
      line("at saddles", look.warning) { $0.saddles },
      line("on plateaus", look.warning) { $0.plateaus },
      line("gone", look.warning) { $0.diverged },
      line("moving", look.text) { $0.moving },
    ]
  }
}
