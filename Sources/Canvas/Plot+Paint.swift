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
    var inks = InkCache(palette: palette, rung: rung)
    var grounds = [UInt8](repeating: Plot.blank, count: columns * rows)
    for row in area.y - rect.y..<area.bottom - rect.y {
      var shown = Bare()
      for column in area.x - rect.x..<area.right - rect.x {
        shown = bare(column, row, after: shown)
        grounds[row * columns + column] = underInk(tone(column, row))
        var cell = composed(column, row, &inks, shown)
        if drawing != nil { cell.style.attributes.insert(.drawn) }
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
      if cell.style.background == .terminal {
        cell.style.background = readable(ground(of: grounds[index]), under: cell.style.foreground)
      }
      if drawing != nil { cell.style.attributes.insert(.drawn) }
      canvas[rect.x + column, rect.y + row] = cell
    }
    if let drawing { canvas.add(drawing, at: Rect(x: rect.x, y: rect.y, width: columns, height: rows)) }
  }

  /// The ground of a mark: that of the plot, or where there are too few colours for an ink on all grounds, the page's.
  private func readable(_ ground: Colour, under ink: Colour) -> Colour {
    guard palette.depth == .ansi16 || palette.depth == .ansi8 else { return ground }
    let contrast = ink.contrast(to: ground)
    return contrast < 3 && ink.contrast(to: palette.ground) > contrast ? palette.ground : ground
  }

  /// The tone of a whole cell: the middle of its parts if the tones are ordered, else the first one's.
  private func tone(_ column: Int, _ row: Int) -> UInt8 {
    if shadingDots == .half {
      let upper = shading[row * 2 * columns + column]
      let lower = shading[(row * 2 + 1) * columns + column]
      if upper == 255 || lower == 255 { return min(upper, lower) }
      return tonesAreOrdered ? UInt8((UInt16(upper) + UInt16(lower)) / 2) : upper
    }
    if !tonesAreOrdered { return commonest(column, row) }
    var (sum, count) = (0, 0)
    forEachPart(column, row) { _, tone in
      if tone != 255 { (sum, count) = (sum + Int(tone), count + 1) }
    }
    return count == 0 ? 255 : UInt8((sum + count / 2) / count)
  }

  /// The tone that most of a cell's parts have.
  private func commonest(_ column: Int, _ row: Int) -> UInt8 {
    var parts: [UInt8] = []
    forEachPart(column, row) { _, tone in parts.append(tone) }
    func count(_ tone: UInt8) -> Int { parts.count { $0 == tone } }
    return parts.max { count($0) < count($1) } ?? Plot.blank
  }

  /// The parts of a cell, each by its bit, with their tones.
  @inline(__always)
  func forEachPart(_ column: Int, _ row: Int, _ body: (_ bit: UInt8, _ tone: UInt8) -> Void) {
    let dots = shadingDots
    for y in 0..<dots.down {
      let first = (row * dots.down + y) * columns * dots.across + column * dots.across
      for x in 0..<dots.across { body(dots.bit(x, y), shading[first + x]) }
    }
  }

  private func ground(_ column: Int, _ row: Int) -> Colour { ground(of: tone(column, row)) }

  /// The colour of the ground in a cell; that of the page outside.
  public func groundColour(x: Int, y: Int) -> Colour {
    x >= 0 && y >= 0 && x < columns && y < rows ? ground(x, y) : palette.ground
  }

  /// The colour of the ground on which a trail or a letter in a cell is painted.
  func groundUnderInk(x: Int, y: Int) -> Colour { ground(of: underInk(tone(x, y))) }

  private func ground(of tone: UInt8) -> Colour { tone == 255 ? palette.ground : tones[Int(tone)].ground }

  private func composed(_ column: Int, _ row: Int, _ inks: inout InkCache, _ bare: Bare) -> Cell {
    let trail = trails[row * columns + column]
    let line = lines.bits[row * columns + column]
    if rung == .half && palette.depth != .none { return halfBlocks(column, row, &inks, bare) }
    if trail.bits != 0 {
      if palette.depth == .none {
        return Cell(
          glyph(of: trail), Style(.terminal, on: .terminal, trail.fade * 2 >= Plot.fades ? [] : .dim))
      }
      let style = inks.trail(trail.colour, fade: trail.fade, on: groundUnderInk(x: column, y: row))
      // A letter in the colour would be lost on most grounds; the cell takes the colour, and the letter shows its age.
      return Cell(glyph(of: trail), rung == .ascii ? Style(palette.onEntry, on: style.foreground) : style)
    }
    // With neither colours nor blocks the signs of the shading draw the contours themselves.
    let signs = palette.depth == .none && rung == .ascii
    if line != 0 && !(signs && tone(column, row) != 255) {
      let ground = ground(of: bare.ground)
      let colour = lines.colours[row * columns + column]
      let ink = colour == .terminal ? inks.line(on: ground) : inks.ink(colour, on: ground)
      return Cell(lines.dots.glyph(line), Style(ink, on: ground, palette.depth == .none ? .dim : []))
    }
    if signs {
      let tone = tone(column, row)
      return Cell(tone == 255 ? .space : tones[Int(tone)].sign, Style(.terminal, on: .terminal))
    }
    return shadingDots == .half ? shaded(column, row, bare) : banded(column, row)
  }

  /// A cell of bare bands: where two of them meet in it, the higher one's share in its dots.
  private func banded(_ column: Int, _ row: Int) -> Cell {
    var (low, high): (UInt8, UInt8) = (255, 0)
    var hasBlank = false
    forEachPart(column, row) { _, tone in
      if tone == 255 { hasBlank = true } else { (low, high) = (min(low, tone), max(high, tone)) }
    }
    guard low != 255 else { return Cell(.space, Style(palette.text, on: palette.ground)) }
    guard low < high || hasBlank else {
      let ground = ground(of: low)
      return Cell(.upperHalf, Style(ground, on: ground))
    }
    var bits: UInt8 = 0
    let middle = hasBlank ? UInt8(0) : UInt8((UInt16(low) + UInt16(high) + 1) / 2)
    forEachPart(column, row) { bit, tone in
      if tone != 255, tone >= middle { bits |= bit }
    }
    return Cell(
      shadingDots.glyph(bits), Style(ground(of: high), on: hasBlank ? palette.ground : ground(of: low)))
  }

  /// A cell of bare shading. Where colours suffice it is a half-block even if both halves are alike, which leaves the
  /// terminal a choice of glyph.
  private func shaded(_ column: Int, _ row: Int, _ bare: Bare) -> Cell {
    let (upper, lower) = (bare.upper, bare.lower)
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
    return Cell(.upperHalf, Style(ground(of: upper), on: ground(of: lower)))
  }

  /// The tones of a cell as they are shown.
  private struct Bare {
    /// Of its halves where nothing lies over them.
    var upper = Plot.blank
    var lower = Plot.blank
    /// Under dots and letters.
    var ground = Plot.blank
  }

  /// The tones of a cell beside another in its row. Of a fine shading a step or two do not show, but each costs bytes, along
  /// a trail in every frame: halves that are neighbours are alike, and each tone stays as it is while the next is near.
  private func bare(_ column: Int, _ row: Int, after shown: Bare) -> Bare {
    var bare = Bare(ground: tone(column, row))
    guard shadingDots == .half else { return bare }
    bare.upper = shading[row * 2 * columns + column]
    bare.lower = shading[(row * 2 + 1) * columns + column]
    guard isFine, bare.upper != Plot.blank, bare.lower != Plot.blank else { return bare }
    if max(bare.upper, bare.lower) - min(bare.upper, bare.lower) == 1 {
      (bare.upper, bare.lower) = (bare.ground, bare.ground)
    }
    return Bare(
      upper: Plot.kept(shown.upper, for: bare.upper), lower: Plot.kept(shown.lower, for: bare.lower),
      ground: Plot.kept(shown.ground, for: bare.ground))
  }

  /// Whether the shading has so many tones that neighbours cannot be told apart.
  private var isFine: Bool {
    palette.depth == .direct && tonesAreOrdered && shadingDots == .half && tones.count > 32
  }

  /// What is shown for a tone under a trail or a letter: the middle of a few. From row to row of a trail the ground stays
  /// the same as long as it does not show, and is sent once.
  private func underInk(_ tone: UInt8) -> UInt8 {
    guard isFine, tone != Plot.blank else { return tone }
    return min(tone / Plot.alike * Plot.alike + Plot.alike / 2, UInt8(tones.count - 1))
  }

  /// So many tones in a row look alike under ink.
  private static let alike: UInt8 = 8

  /// What is shown for a tone beside another.
  private static func kept(_ shown: UInt8, for tone: UInt8) -> UInt8 {
    shown != blank && max(shown, tone) - min(shown, tone) <= 2 ? shown : tone
  }

  /// A cell of the half-block rung: each half has one colour, that of its topmost layer.
  private func halfBlocks(
    _ column: Int, _ row: Int, _ inks: inout InkCache, _ bare: Bare
  ) -> Cell {
    let index = row * columns + column
    var halves = (
      ground(of: shading[row * 2 * columns + column]),
      ground(of: shading[(row * 2 + 1) * columns + column])
    )
    let (line, trail) = (lines.bits[index], trails[index])
    if line | trail.bits == 0 { return shaded(column, row, bare) }
    func colour(_ bit: UInt8, _ ground: Colour) -> Colour {
      if trail.bits & bit != 0 { return inks.trail(trail.colour, fade: trail.fade, on: ground).foreground }
      if line & bit != 0 {
        let colour = lines.colours[index]
        return colour == .terminal ? inks.line(on: ground) : inks.ink(colour, on: ground)
      }
      return ground
    }
    halves = (colour(1, halves.0), colour(2, halves.1))
    return Cell(.upperHalf, Style(halves.0, on: halves.1))
  }

  private func glyph(of trail: TrailCell) -> Glyph {
    guard rung == .ascii || palette.depth == .none && trail.sign != .space else {
      return rung.trailDots.glyph(trail.bits)
    }
    if trail.fade * 2 < Plot.fades {
      let marks = rung == .ascii ? Plot.asciiMarks : Plot.marks
      return marks[Int(trail.sign.base) % marks.count]
    }
    return trail.sign == .space ? "o" : trail.sign
  }

  /// The light marks of old trails, told apart by the sign of the entry: neighbouring digits have different ones.
  private static let marks: [Glyph] = ["▫", "•", "∘", "▪"]
  private static let asciiMarks: [Glyph] = [".", ":", ",", ";"]
}
