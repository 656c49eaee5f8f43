/// A card that shows every set of glyphs and the colours at once, for a look at a terminal or a projector.
package enum TestCard {
  /// The card at a size and depth. What does not fit is left out from below.
  package static func canvas(width: Int, height: Int, depth: ColourDepth, theme: Theme = .dark) -> Canvas {
    let palette = Palette(theme: theme, depth: depth)
    var canvas = Canvas(width: width, height: height, style: Style(palette.text, on: palette.ground))
    canvas.text("descent glyphs", x: 1, y: 0, style: palette.style(.accent), width: width - 2)
    canvas.text(
      "A set is safe if its circle is closed and its columns line up with the ruler.", x: 17, y: 0,
      style: palette.style(.muted), width: width - 18)
    var y = 2
    y = rulers(on: &canvas, y: y, palette)
    y = sets(on: &canvas, y: y, palette)
    y = colours(on: &canvas, y: y, palette)
    return canvas
  }

  private static func rulers(on canvas: inout Canvas, y: Int, _ palette: Palette) -> Int {
    let columns = min(60, canvas.width - 12)
    var ruler = ""
    for column in 0..<max(columns, 0) { ruler += column % 10 == 9 ? "|" : column % 5 == 4 ? ":" : "." }
    let samples: [(String, String)] = [
      ("ruler", ruler), ("letters", "ηθβ₁β₂ε∇√∂ ½κ ‖g‖ m̂ v̂ ← → ↑ ↓ ▶ ▸ ● ○ ◆ ┆ … − ×"),
      ("lines", "─│┌┐└┘├┤┬┴┼╴╵╶╷"),
      ("half", "▀▄█▌▐░▒▓▀▄▀▄▀▄"), ("quadrant", "▖▗▘▝▚▞▙▛▜▟"), ("sextant", "🬀🬁🬂🬃🬄🬅🬆🬇🬏🬓🬦🬱🬻"),
      ("octant", ""),
      ("braille", "⠁⠂⠄⡀⠈⠐⠠⢀⣀⣤⣶⣿⠉⠛⠿"), ("ascii", " .:-=+*#%@ -|/\\ o x + *"),
    ]
    for (index, (name, sample)) in samples.enumerated() {
      canvas.text(name, x: 1, y: y + index, style: palette.style(.muted), width: 9)
      let used =
        name == "octant"
        ? octants(on: &canvas, x: 11, y: y + index, width: columns, palette)
        : canvas.text(sample, x: 11, y: y + index, style: palette.style(.text), width: columns)
      if index > 0 { canvas.text("|", x: 11 + used, y: y + index, style: palette.style(.faint)) }
    }
    return y + samples.count + 1
  }

  /// Each of the eight dots alone, then more and more of them; no table of widths is asked. Returns the columns used.
  private static func octants(
    on canvas: inout Canvas, x: Int, y: Int, width: Int, _ palette: Palette
  ) -> Int {
    let sets = (0..<8).map { UInt8(1) << $0 } + (1...8).map { UInt8(truncatingIfNeeded: (1 << $0) - 1) }
    for (column, bits) in sets.prefix(max(width, 0)).enumerated() {
      canvas[x + column, y] = Cell(Dots.octant.glyph(bits), palette.style(.text))
    }
    return min(sets.count, max(width, 0))
  }

  /// A shaded bowl with a contour circle and a trail through it, in each of the sets.
  private static func sets(on canvas: inout Canvas, y: Int, _ palette: Palette) -> Int {
    let (columns, rows) = (14, 7)
    var x = 1
    for rung in GlyphSet.allCases where rung != .auto && rung != .pixels && x + columns <= canvas.width {
      canvas.text(rung.rawValue, x: x, y: y, style: palette.style(.strong))
      var plot = Plot(columns: columns, rows: rows, rung: rung, palette: palette)
      plot.shade { column, row in
        let (u, v) = (Double(column) + 0.5 - 7, Double(row) + 0.5 - 7)
        return ((u * u + v * v) / 98).squareRoot()
      }
      plot.line(circle(centre: SIMD2(7, 3.5), across: 5.6, down: 2.8))
      plot.trail(
        [SIMD2(1.2, 6.2), SIMD2(4, 2), SIMD2(6, 5), SIMD2(7, 3.5)], TrailPen(palette.entry(0), fade: 3))
      plot.head("1", at: SIMD2(7, 3.5), colour: palette.entry(0))
      plot.paint(on: &canvas, x: x, y: y + 1)
      x += columns + 2
    }
    return y + rows + 2
  }

  /// A closed polygon by repeated rotation, which needs no trigonometry: 48 corners.
  private static func circle(centre: SIMD2<Double>, across: Double, down: Double) -> [SIMD2<Double>] {
    let (cosine, sine) = (0.991444861373810, 0.130526192220052)  // of 7.5 degrees
    var direction = SIMD2(1.0, 0.0)
    return (0...48).map { _ in
      let place = centre + direction * SIMD2(across, down)
      direction = SIMD2(
        direction.x * cosine - direction.y * sine, direction.x * sine + direction.y * cosine)
      return place
    }
  }

  private static func colours(on canvas: inout Canvas, y: Int, _ palette: Palette) -> Int {
    canvas.text("shading", x: 1, y: y, style: palette.style(.muted))
    var bar = Plot(columns: max(min(60, canvas.width - 12), 0), rows: 1, rung: .braille, palette: palette)
    let last = Double(max(bar.columns - 1, 1))
    bar.shade { column, _ in Double(column) / last }
    bar.paint(on: &canvas, x: 11, y: y)
    canvas.text("map", x: 1, y: y + 1, style: palette.style(.muted))
    for column in 0..<bar.columns {
      canvas[11 + column, y + 1] = Cell(
        .space, Style(palette.text, on: palette.mapped(Double(column) / last)))
    }
    canvas.text("entries", x: 1, y: y + 2, style: palette.style(.muted))
    for index in 0..<9 {
      let digit = Glyph(Unicode.Scalar(UInt8(49 + index)))
      canvas[11 + index * 5, y + 2] = Cell(digit, palette.head(index))
      canvas.text("▄▀▄", x: 12 + index * 5, y: y + 2, style: Style(palette.entry(index), on: palette.ground))
    }
    canvas.text("text", x: 1, y: y + 3, style: palette.style(.muted))
    var x = 11
    for role in TextRole.allCases {
      x += canvas.text("\(role)", x: x, y: y + 3, style: palette.style(role)) + 1
    }
    return y + 5
  }
}
