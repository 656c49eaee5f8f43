import Canvas
import Experiments
import Scenes

/// What the corner of the plot says about what is drawn over it.
struct InstrumentLegend {
  var arrows: [StepPicture.Legend] = []
  var remarks: [[(String, Style)]] = []

  /// What is drawn and with which factors, in the upper left corner of the plot.
  func paint(on canvas: inout Canvas, _ plot: Rect, _ look: Look) {
    guard plot.height >= 5 else { return }
    // As many beside each other as fit.
    var rows: [[(String, Style)]] = []
    var used = 0
    for part in parts(look) {
      let width = part.reduce(0) { $0 + Text.width(of: $1.0) } + 2
      if rows.isEmpty || used + width > plot.width {
        rows.append([(" ", look.muted)] + part + [(" ", look.muted)])
        used = width
      } else {
        rows[rows.count - 1] += [(" ", look.muted)] + part + [(" ", look.muted)]
        used += width
      }
    }
    for (row, runs) in rows.prefix(max(1, plot.height / 4)).enumerated() {
      canvas.text(runs: runs, x: plot.x, y: plot.y + row, width: plot.width)
    }
  }

  /// The letters of each size, then the remarks.
  private func parts(_ look: Look) -> [[(String, Style)]] {
    var groups: [(size: StepArrows.Size, members: [StepPicture.Legend])] = []
    for arrow in arrows where arrow.size != .place {
      if let place = groups.firstIndex(where: { $0.size == arrow.size }) {
        if !groups[place].members.contains(arrow) { groups[place].members.append(arrow) }
      } else {
        groups.append((arrow.size, [arrow]))
      }
    }
    // To scale first, since that is what needs no factor.
    groups.sort { ($0.size == .toScale ? 0 : 1) < ($1.size == .toScale ? 0 : 1) }
    let parts: [[(String, Style)]] = groups.map { group in
      let members = group.members.map {
        ("\($0.symbol) ", look.text.with($0.quantity.colour(in: look.palette)))
      }
      return members + [(group.size.words, look.muted)]
    }
    return parts + remarks
  }
}
