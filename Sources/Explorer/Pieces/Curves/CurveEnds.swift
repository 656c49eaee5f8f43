import Canvas

/// Who a curve is, at its end: the digit of its entry on its colour, with the name where all names have room; or what tells
/// curves of one entry apart.
struct CurveEnds {
  let plot: CurvePlot

  private struct Label {
    var column: Int
    /// Where the curve ends, in rows.
    let place: Double
    var row: Int
    /// On its own ground, if it is a digit.
    var digit: String
    var name: String
    let colour: Colour

    var width: Int { Text.width(of: digit) + (name.isEmpty ? 0 : Text.width(of: name) + 1) }
  }

  /// Writes them behind the last points, or over these where there is no room behind.
  func paint(
    on canvas: inout Canvas, _ area: Rect, place: (SIMD2<Double>) -> SIMD2<Double>, _ look: Look
  ) {
    var labels = labels(area, place: place, look)
    let areNamed = labels.allSatisfy { $0.digit.isEmpty || $0.column + $0.width <= area.right }
    for index in labels.indices where !areNamed && !labels[index].digit.isEmpty { labels[index].name = "" }
    CurveEnds.spread(&labels, over: area)
    for label in labels {
      let x = max(area.x, min(label.column, area.right - label.width))
      canvas.text(label.digit, x: x, y: label.row, style: look.palette.head(label.colour))
      if !label.name.isEmpty {
        canvas.text(
          " \(label.name)", x: x + Text.width(of: label.digit), y: label.row,
          style: look.strong.with(label.colour))
      }
    }
  }

  private func labels(
    _ area: Rect, place: (SIMD2<Double>) -> SIMD2<Double>, _ look: Look
  ) -> [Label] {
    plot.curves.curves.compactMap { curve in
      // A value of 0 lies at the lower edge of a logarithm.
      guard let last = curve.points.last(where: { $0.y < .infinity && $0.x < curve.end }) else { return nil }
      let at = place(last)
      guard at.y.isFinite, at.x.isFinite else { return nil }
      let isEntry = curve.label.isEmpty
      let isSelected = curve.entry == plot.selectedEntry
      let own = curve.colour ?? look.palette.entry(plot.colours[curve.entry])
      let digit = "\(curve.entry + 1)"
      return Label(
        column: area.x + Int(clamped: at.x) + 1,
        place: at.y, row: area.y + min(max(Int(clamped: at.y), 0), area.height - 1),
        digit: !isEntry ? "" : area.width >= 24 ? " \(digit) " : digit,
        name: isEntry ? plot.names[curve.entry] : curve.label,
        colour: isEntry && plot.isSpotlit && !isSelected ? look.palette.ghost : own)
    }
  }

  /// Gives each a place of its own, in the order in which the curves end: a row, or where there are more than rows, a column
  /// of a row, the digits alone.
  private static func spread(_ labels: inout [Label], over area: Rect) {
    guard area.height > 0 else { return labels = [] }
    labels.sort { $0.place < $1.place }
    let perRow = (labels.count + area.height - 1) / area.height
    if perRow > 1 {
      let first = area.right - 2 * perRow
      let column = min(labels.map(\.column).max() ?? first, first)
      for index in labels.indices {
        labels[index].digit = labels[index].digit.filter { $0 != " " }
        labels[index].row = area.y + index / perRow
        labels[index].column = column + index % perRow * 2
      }
      return
    }
    var free = area.y
    for index in labels.indices {
      labels[index].row = max(labels[index].row, free)
      free = labels[index].row + 1
    }
    var last = area.bottom - 1
    for index in labels.indices.reversed() {
      labels[index].row = min(labels[index].row, last)
      last = labels[index].row - 1
    }
  }
}
