extension Plot {
  /// Puts the layers together and draws them, the top left corner at (x, y). In each cell the topmost shows: marker, trail,
  /// contour line, shading.
  public func paint(on canvas: inout Canvas, x: Int, y: Int) {
    paint(on: &canvas, at: Rect(x: x, y: y, width: columns, height: rows))
  }

  /// Puts the layers together and draws them within a rectangle; what the plot has beyond it is not shown.
  public func paint(on canvas: inout Canvas, at rect: Rect) {
    let area = Rect(x: rect.x, y: rect.y, width: min(rect.width, columns), height: min(rect.height, rows))
      .intersection(canvas.clip)
    guard !area.isEmpty else { return }
    var inks = InkCache(palette: palette, contrast: rung.lineContrast)
    for row in area.y - rect.y..<area.bottom - rect.y {
      for column in area.x - rect.x..<area.right - rect.x {
        let cell = composed(column, row, &inks)
        let target = (rect.y + row) * canvas.width + rect.x + column
        // Plain cells go straight in; the subscript takes care of wide glyphs that were there.
        if canvas.cells[target].glyph.columns == 1 {
          canvas.cells[target] = cell
        } else {
          canvas[rect.x + column, rect.y + row] = cell
        }
      }
    }
    for (index, cell) in markers {
      let (column, row) = (index % columns, index / columns)
      guard area.contains(x: rect.x + column, y: rect.y + row) else { continue }
      var cell = cell
      if cell.style.background == .terminal { cell.style.background = ground(column, row) }
      canvas[rect.x + column, rect.y + row] = cell
    }
  }

  /// The tone of a whole cell: between its halves if the tones are ordered, else the upper one's.
  private func tone(_ column: Int, _ row: Int) -> UInt8 {
    let upper = shading[row * 2 * columns + column]
    let lower = shading[(row * 2 + 1) * columns + column]
    if upper == 255 || lower == 255 { return min(upper, lower) }
    return tonesAreOrdered ? UInt8((UInt16(upper) + UInt16(lower)) / 2) : upper
  }

  private func ground(_ column: Int, _ row: Int) -> Colour {
    let tone = tone(column, row)
    return tone == 255 ? palette.ground : tones[Int(tone)].ground
  }

  private func ground(half tone: UInt8) -> Colour { tone == 255 ? palette.ground : tones[Int(tone)].ground }

  private func composed(_ column: Int, _ row: Int, _ inks: inout InkCache) -> Cell {
    let index = row * columns + column
    let trail = trailBits[index]
    let line = lines.bits[index]
    if rung == .half && palette.depth != .none { return halfBlocks(column, row, &inks) }
    if trail != 0 {
      let ground = ground(column, row)
      if palette.depth == .none {
        return Cell(
          trailGlyph(index), Style(.terminal, on: .terminal, trailFades[index] * 2 >= Plot.fades ? [] : .dim)
        )
      }
      let style = trailStyle(index, on: ground)
      // A letter in the colour would be lost on most grounds; the cell takes the colour, and the letter shows its age.
      return Cell(trailGlyph(index), rung == .ascii ? Style(palette.onEntry, on: style.foreground) : style)
    }
    // With neither colours nor blocks the signs of the shading draw the contours themselves.
    let signs = palette.depth == .none && rung == .ascii
    if line != 0 && !(signs && tone(column, row) != 255) {
      let ground = ground(column, row)
      let colour = lines.colours[index]
      let ink = colour == .terminal ? inks.line(on: ground) : inks.ink(colour, on: ground)
      return Cell(lines.dots.glyph(line), Style(ink, on: ground, palette.depth == .none ? .dim : []))
    }
    if signs {
      let tone = tone(column, row)
      return Cell(tone == 255 ? .space : tones[Int(tone)].sign, Style(.terminal, on: .terminal))
    }
    return shaded(column, row)
  }

  /// A cell of bare shading. Where colours suffice it is a half-block even if both halves are alike, which leaves the
  /// terminal a choice of glyph.
  private func shaded(_ column: Int, _ row: Int) -> Cell {
    let upper = shading[row * 2 * columns + column]
    let lower = shading[(row * 2 + 1) * columns + column]
    if upper == 255 && lower == 255 || palette.depth == .none {
      return Cell(.space, Style(palette.text, on: palette.ground))
    }
    if rung == .ascii || palette.depth == .ansi8 || palette.depth == .ansi16 {
      let tone = tones[Int(tone(column, row))]
      guard tone.stipple != .space else {
        return rung == .ascii
          ? Cell(.space, Style(tone.ground, on: tone.ground))
          : Cell(.upperHalf, Style(tone.ground, on: tone.ground))
      }
      return Cell(rung == .ascii ? tone.stipple.ascii : tone.stipple, Style(tone.ink, on: tone.ground))
    }
    if palette.depth == .direct, tonesAreOrdered, upper != 255, lower != 255,
      max(upper, lower) - min(upper, lower) == 1
    {
      // One step of many does not show, but each costs bytes.
      let ground = ground(column, row)
      return Cell(.upperHalf, Style(ground, on: ground))
    }
    return Cell(.upperHalf, Style(ground(half: upper), on: ground(half: lower)))
  }

  /// A cell of the half-block rung: each half has one colour, that of its topmost layer.
  private func halfBlocks(_ column: Int, _ row: Int, _ inks: inout InkCache) -> Cell {
    let index = row * columns + column
    var halves = (
      ground(half: shading[row * 2 * columns + column]),
      ground(half: shading[(row * 2 + 1) * columns + column])
    )
    let (line, trail) = (lines.bits[index], trailBits[index])
    if line | trail == 0 { return shaded(column, row) }
    func colour(_ bit: UInt8, _ ground: Colour) -> Colour {
      if trail & bit != 0 { return trailStyle(index, on: ground).foreground }
      if line & bit != 0 {
        let colour = lines.colours[index]
        return colour == .terminal ? inks.line(on: ground) : inks.ink(colour, on: ground)
      }
      return ground
    }
    halves = (colour(1, halves.0), colour(2, halves.1))
    return Cell(.upperHalf, Style(halves.0, on: halves.1))
  }

  private func trailGlyph(_ index: Int) -> Glyph {
    guard rung == .ascii || palette.depth == .none && trailSigns[index] != .space else {
      return rung.trailDots.glyph(trailBits[index])
    }
    let sign = trailSigns[index]
    if trailFades[index] * 2 < Plot.fades {
      let marks = rung == .ascii ? Plot.asciiMarks : Plot.marks
      return marks[Int(sign.base) % marks.count]
    }
    return sign == .space ? "o" : sign
  }

  /// The light marks of old trails, told apart by the sign of the entry: neighbouring digits have different ones.
  private static let marks: [Glyph] = ["▫", "•", "∘", "▪"]
  private static let asciiMarks: [Glyph] = [".", ":", ",", ";"]

  /// The share of its colour that the faintest trail keeps.
  private static let faintest = 0.4

  private func trailStyle(_ index: Int, on ground: Colour) -> Style {
    let (colour, fade) = (trailColours[index], trailFades[index])
    switch palette.depth {
    case .direct:
      let share = Plot.faintest + (1 - Plot.faintest) * Double(fade) / Double(Plot.fades)
      return Style(ground.mixed(with: colour, amount: share), on: ground)
    case .indexed256:
      // Towards the page instead of the ground: mixtures with the ground are too often of another hue in the table.
      let share = fade * 2 >= Plot.fades ? fade == Plot.fades ? 1 : 0.8 : 0.6
      return Style(palette.ground.mixed(with: colour, amount: share).quantised(to: .indexed256), on: ground)
    case .ansi16: return Style(fade * 2 >= Plot.fades ? colour : palette.faded(colour), on: ground)
    case .ansi8: return Style(colour, on: ground, fade * 2 >= Plot.fades ? .bold : [])
    case .none: return Style(.terminal, on: .terminal)
    }
  }
}

extension GlyphSet {
  /// The contrast of contour lines to their ground. Fine dots need 3:1 to be seen; lines as broad as a dot of the shading
  /// would drown the trails with it.
  var lineContrast: Double {
    switch self {
    case .half: 1.2
    case .quadrant: 1.35
    case .sextant: 1.5
    case .auto, .braille, .ascii: 3
    }
  }
}
