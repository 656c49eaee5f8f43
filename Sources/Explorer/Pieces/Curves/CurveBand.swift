import Canvas

/// The band of a fan behind curves: a ground of its own, or where colours are few a glyph over the blanks.
struct CurveBand {
  /// The lower edge, as places in cells from the top left of the curves.
  let low: [SIMD2<Double>]
  /// The upper edge, likewise, at the same columns.
  let high: [SIMD2<Double>]
  let colour: Colour

  /// Lays it behind what has been drawn in `area`.
  func paint(on canvas: inout Canvas, _ area: Rect, _ look: Look) {
    guard low.count == high.count, low.count > 1 else { return }
    var segment = 0
    for column in 0..<area.width {
      let x = Double(column) + 0.5
      guard x >= low[0].x - 0.5, x <= low[low.count - 1].x + 0.5 else { continue }
      while segment + 2 < low.count, low[segment + 1].x < x { segment += 1 }
      let (upper, lower) = edges(at: x, segment)
      guard !upper.isNaN, !lower.isNaN else { continue }
      let first = Int(clamped: min(max(upper, 0), Double(area.height)))
      let last = Int(clamped: min(max(lower, 0), Double(area.height) - 0.01))
      guard first <= last else { continue }
      for row in first...last { paintCell(area.x + column, area.y + row, on: &canvas, look) }
    }
  }

  /// Both edges at a column within a segment.
  private func edges(at x: Double, _ segment: Int) -> (upper: Double, lower: Double) {
    let (a, b) = (segment, segment + 1)
    let span = low[b].x - low[a].x
    let share = span > 0 ? min(max((x - low[a].x) / span, 0), 1) : 0
    func between(_ edge: [SIMD2<Double>]) -> Double {
      let (from, to) = (edge[a].y, edge[b].y)
      return from.isFinite && to.isFinite ? from + (to - from) * share : share < 0.5 ? from : to
    }
    return (between(high), between(low))
  }

  private func paintCell(_ x: Int, _ y: Int, on canvas: inout Canvas, _ look: Look) {
    switch look.palette.depth {
    case .direct, .indexed256:
      let ground = look.palette.ground.mixed(with: colour, amount: 0.25)
      canvas[x, y].style = canvas[x, y].style.on(ground.quantised(to: look.palette.depth))
    case .ansi16, .ansi8, .none:
      guard canvas[x, y].glyph == .space else { return }
      let glyph: Glyph = look.glyphs == .ascii ? ":" : "░"
      canvas[x, y] = Cell(glyph, look.faint.with(look.palette.depth == .none ? .terminal : colour))
    }
  }
}
