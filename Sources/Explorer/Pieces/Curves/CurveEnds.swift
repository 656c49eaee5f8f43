import Canvas

/// Who a curve is, at its end: the digit of its entry on its colour, with the name where all names have room; or what tells
/// curves of one entry apart.
struct CurveEnds {
  let plot: CurvePlot

  private struct Label {
    let column: Int
    /// Where the curve ends, in rows.
    let place: Double
    var row: Int
    /// On its own ground, if it is a digit.
    let digit: String
    var name: String
    let colour: Colour
    let isSelected: Bool

    var width: Int { Text.width(of: digit) + (name.isEmpty ? 0 : Text.width(of: name) + 1) }
  }

  /// Writes them behind the last points, or over these where there is no room behind.
  func paint(
    on canvas: inout Canvas, _ area: Rect, place: (SIMD2<Double>) -> SIMD2<Double>, _ look: Look
  ) {
    var labels = labels(area, place: place, look)
    let areNamed = labels.allSatisfy { $0.digit.isEmpty || $0.column + $0.width <= area.right }
    for index in labels.indices where !areNamed && !labels[index].digit.isEmpty { labels[index].name = "" }
    CurveEnds.spread(&labels, over: area.y..<area.bottom)
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
        colour: isEntry && plot.isSpotlit && !isSelected ? look.palette.ghost : own, isSelected: isSelected)
    }
  }

  /// Gives each a row of its own, in the order in which the curves end. Where there are more than rows, the selected entry's
  /// stays.
  private static func spread(_ labels: inout [Label], over rows: Range<Int>) {
    while labels.count > rows.count, let other = labels.lastIndex(where: { !$0.isSelected }) {
      labels.remove(at: other)
    }
    labels.sort { $0.place < $1.place }
    var free = rows.lowerBound
    for index in labels.indices {
      labels[index].row = max(labels[index].row, free)
      free = labels[index].row + 1
    }
    var last = rows.upperBound - 1
    for index in labels.indices.reversed() {
      labels[index].row = min(labels[index].row, last)
      last = labels[index].row - 1
    }
  }
}
