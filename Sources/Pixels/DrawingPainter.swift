package import Canvas

/// A drawing in pixels: its ground, and what moves over it.
///
/// Widths are shares of a cell's width, about half its height: a way is as broad as can be told apart from the last row of
/// a hall, and has an outline in the page's colour, so that one that crosses it stays whole.
package struct DrawingPainter {
  private let drawing: PlotDrawing
  private let cell: CellSize

  /// Paints a drawing on cells of a size.
  package init(_ drawing: PlotDrawing, cell: CellSize) {
    (self.drawing, self.cell) = (drawing, cell)
  }

  private var unit: Double { Double(cell.width) }
  private var width: Int { drawing.columns * cell.width }
  private var height: Int { drawing.rows * cell.height }

  private func place(_ place: SIMD2<Double>) -> SIMD2<Double> {
    place * SIMD2(Double(cell.width), Double(cell.height))
  }

  // MARK: The ground

  /// The ground with its contour lines.
  ///
  /// - Parameters:
  ///   - ramp: the colours of shades.
  ///   - behind: the ground of a cell where the drawing has none of its own.
  package func ground(ramp: ColourRamp, behind: (_ x: Int, _ y: Int) -> Colour) -> PixelImage {
    let page = Pixel(drawing.palette.ground)
    var painter = PixelPainter(on: PixelImage(width: width, height: height, filledWith: page))
    switch drawing.ground {
    case .page:
      for y in 0..<drawing.rows {
        for x in 0..<drawing.columns {
          let box = PixelBox(left: x, top: y, width: 1, height: 1).scaled(by: cell)
          let colour = behind(x, y)
          if colour != .terminal, colour != drawing.palette.ground { painter.fill(box, colour: colour) }
        }
      }
    case .shades(let shades, let columns, let rows):
      painter.shade(
        ShadeField(columns: columns, rows: rows, shades: shades), in: painter.image.bounds, ramp: ramp)
    case .image(let colours, let columns, let rows):
      painter.fill(painter.image.bounds, blending: colours, columns: columns, rows: rows)
    case .fields(let colours, let columns, let rows):
      for row in 0..<rows {
        let (top, bottom) = (row * height / rows, (row + 1) * height / rows)
        var column = 0
        while column < columns {
          let colour = colours[row * columns + column]
          let first = column
          while column < columns, colours[row * columns + column] == colour { column += 1 }
          let left = first * width / columns
          painter.fill(
            PixelBox(left: left, top: top, width: column * width / columns - left, height: bottom - top),
            colour: colour)
        }
      }
    }
    for case .contours(let lines) in drawing.items {
      let isDark = drawing.palette.theme.isDark
      painter.stroke(
        lines.flatMap(seen), width: max(1, 0.12 * unit),
        colour: isDark ? drawing.palette.strong : drawing.palette.text, opacity: isDark ? 0.26 : 0.4)
    }
    return painter.image
  }

  // MARK: What moves

  /// What moves, on a clear sheet.
  package func moving() -> PixelImage {
    var painter = PixelPainter(width: width, height: height)
    for item in drawing.items {
      switch item {
      case .lines(let lines, let colour):
        painter.stroke(lines.flatMap(seen), width: max(1, 0.14 * unit), colour: colour)
      case .curve(let line, let colour):
        painter.stroke(seen(line), width: max(1, 0.26 * unit), colour: colour)
      default: continue
      }
    }
    let ways = drawing.items.compactMap { if case .way(let way) = $0 { way } else { nil } }
    for (_, way) in ways.enumerated().sorted(by: { ($0.1.rank, $0.0) < ($1.1.rank, $1.0) }) {
      paint(way, on: &painter)
    }
    for case .points(let places, let colour, let radius) in drawing.items {
      painter.discs(at: places.map(place), radius: max(0.7, radius * unit), colour: colour)
    }
    for case .leader(let place, let head, let colour) in drawing.items {
      paint(leaderFrom: place, to: head, colour, on: &painter)
    }
    for item in drawing.items {
      switch item {
      case .sign(let glyph, let place, let colour): paint(glyph, at: place, colour, on: &painter)
      case .head(let glyph, let place, let style): paint(head: glyph, at: place, style, on: &painter)
      case .letter(let glyph, let place, let style): paint(letter: glyph, at: place, style, on: &painter)
      default: continue
      }
    }
    return painter.image
  }

  private func paint(_ way: PlotDrawing.Way, on painter: inout PixelPainter) {
    let forms: [PlotDrawing.Segment] = [[], [.fresh], [.broad], [.fresh, .broad]]
    let strokes = forms.map { form in
      (
        lines: parts(of: way, form).flatMap(seen), width: (form.contains(.broad) ? 0.44 : 0.32) * unit,
        opacity: form.contains(.fresh) ? 1 : 0.62
      )
    }
    for stroke in strokes where !stroke.lines.isEmpty {
      painter.stroke(
        stroke.lines, width: stroke.width + 0.26 * unit, colour: drawing.palette.ground, opacity: 0.7)
    }
    for stroke in strokes where !stroke.lines.isEmpty {
      painter.stroke(stroke.lines, width: stroke.width, colour: way.colour, opacity: stroke.opacity)
    }
    guard way.marksPlaces || way.places.count == 1 else { return }
    var places: [SIMD2<Double>] = way.places.count == 1 ? way.places : []
    for (a, b) in zip(way.places, way.places.dropFirst()) {
      let step = (b - a) * SIMD2(1, 2)
      if (step * step).sum() >= 1, isNear(b) { places.append(b) }
    }
    painter.discs(at: places.map(place), radius: 0.4 * unit, colour: way.colour)
  }

  /// The parts of a way whose segments have a form.
  private func parts(of way: PlotDrawing.Way, _ form: PlotDrawing.Segment) -> [[SIMD2<Double>]] {
    var parts: [[SIMD2<Double>]] = []
    var isOpen = false
    for (index, segment) in way.segments.enumerated() {
      if segment == form {
        if !isOpen { parts.append([way.places[index]]) }
        parts[parts.count - 1].append(way.places[index + 1])
      }
      isOpen = segment == form
    }
    return parts
  }

  /// The parts of a line in pixels that are not far outside, cut in the precision of places: of what is cut as pixels
  /// nothing would be left of the slope.
  private func seen(_ line: [SIMD2<Double>]) -> [[SIMD2<Double>]] {
    if line.allSatisfy(isNear) { return line.isEmpty ? [] : [line.map(place)] }
    var parts: [[SIMD2<Double>]] = []
    var end: SIMD2<Double>?
    let margin = SIMD2(DrawingPainter.margin, DrawingPainter.margin)
    let (width, height) = (Double(drawing.columns), Double(drawing.rows))
    for (a, b) in zip(line, line.dropFirst()) {
      guard
        let (from, to) = Raster.clip(
          a + margin, b + margin, width: width + 2 * margin.x, height: height + 2 * margin.y)
      else {
        end = nil
        continue
      }
      if end != from || parts.isEmpty { parts.append([place(from - margin)]) }
      parts[parts.count - 1].append(place(to - margin))
      end = to
    }
    return parts
  }

  /// Cells outside of the drawing that lines reach at most: their ends are not seen.
  private static let margin = 3.0

  private func isNear(_ place: SIMD2<Double>) -> Bool {
    place.x >= -Self.margin && place.y >= -Self.margin && place.x <= Double(drawing.columns) + Self.margin
      && place.y <= Double(drawing.rows) + Self.margin
  }

  // MARK: Signs and heads

  private func paint(
    _ glyph: Glyph, at place: SIMD2<Double>, _ colour: Colour, on painter: inout PixelPainter
  ) {
    guard isNear(place) else { return }
    let middle = self.place(place)
    func arms(_ ways: [SIMD2<Double>], _ length: Double) -> [[SIMD2<Double>]] {
      ways.map { [middle - $0 * (length * unit), middle + $0 * (length * unit)] }
    }
    func ring(_ radius: Double) -> [SIMD2<Double>] {
      (0..<32).map { middle + UnitCircle.place(at: Double($0) * 11.25) * (radius * unit) }
    }
    let square = [SIMD2(0.0, -1), SIMD2(1, 0), SIMD2(0, 1), SIMD2(-1, 0)].map { middle + $0 * (0.75 * unit) }
    let (upright, aslant) = ([SIMD2(1.0, 0), SIMD2(0, 1)], [SIMD2(0.75, 0.75), SIMD2(0.75, -0.75)])
    let (lines, areas, isClosed): ([[SIMD2<Double>]], [[SIMD2<Double>]], Bool) =
      switch glyph {
      case "◆": ([square], [square], true)
      case "◇": ([square], [], true)
      case "+": (arms(upright, 0.6), [], false)
      case "┼", "╋": (arms(upright, 1.2), [], false)
      case "×": (arms(aslant, 0.65), [], false)
      case "○": ([ring(0.8)], [], true)
      case "◉": ([ring(0.8)], [ring(0.4)], true)
      case "•": ([], [ring(0.32)], true)
      default: ([], [ring(0.18)], true)
      }
    let pen = max(1, 0.2 * unit)
    painter.stroke(
      lines + (lines.isEmpty ? areas : []), width: pen + 0.26 * unit, isClosed: isClosed,
      colour: drawing.palette.ground, opacity: 0.7)
    painter.stroke(lines, width: pen, isClosed: isClosed, colour: colour)
    painter.fill(areas, colour: colour)
  }

  /// A letter as large as text is, with an outline that keeps it apart from what it lies on.
  private func paint(
    letter glyph: Glyph, at place: SIMD2<Double>, _ style: Style, on painter: inout PixelPainter
  ) {
    guard isNear(place) else { return }
    let middle = self.place(place)
    if style.background != .terminal {
      let (left, top) = (middle.x - unit / 2, middle.y - Double(cell.height) / 2)
      painter.fill(
        PixelBox(
          left: Int(clamped: left.rounded()), top: Int(clamped: top.rounded()), width: cell.width,
          height: cell.height), colour: style.background)
    }
    let size = unit / StrokeFont.pitch * StrokeFont.unit
    var label = Picture.Label(glyph.text, at: middle + SIMD2(0, 0.32 * size), size: size)
    (label.anchor, label.face) = (.middle, .mono)
    label.isBold = style.attributes.contains(.bold)
    if style.background == .terminal {
      painter.write(
        label, colour: drawing.palette.ground, scale: 1, outline: 0.3 * unit, opacity: 0.75)
    }
    painter.write(label, colour: style.foreground, scale: 1)
  }

  /// From a dot where the entry is to its head.
  private func paint(
    leaderFrom place: SIMD2<Double>, to head: SIMD2<Double>, _ colour: Colour, on painter: inout PixelPainter
  ) {
    let (line, dot) = (seen([place, head]), [self.place(place)])
    painter.stroke(line, width: 0.5 * unit, colour: drawing.palette.ground, opacity: 0.7)
    painter.stroke(line, width: 0.24 * unit, colour: colour)
    if isNear(place) { painter.discs(at: dot, radius: 0.4 * unit, colour: colour) }
  }

  private func paint(
    head glyph: Glyph, at place: SIMD2<Double>, _ style: Style, on painter: inout PixelPainter
  ) {
    guard isNear(place) else { return }
    let middle = self.place(place)
    let radius = 1.2 * unit
    painter.discs(at: [middle], radius: radius + 0.18 * unit, colour: drawing.palette.ground)
    painter.discs(at: [middle], radius: radius, colour: style.background)
    // Capitals are 0.7 of the size of type.
    let size = 1.75 * radius
    var label = Picture.Label(glyph.text, at: middle + SIMD2(0, 0.35 * size), size: size)
    (label.anchor, label.isBold) = (.middle, true)
    painter.write(label, colour: style.foreground, scale: 1)
  }
}

extension Glyph {
  /// As a text.
  fileprivate var text: String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
