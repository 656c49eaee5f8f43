import Testing

@testable import Canvas

@Suite struct PlotTests {
  /// Of a cell's parts the two tones are kept that are farthest apart; an edge runs through the cell.
  @Test func aCellShowsTwoOfManyTones() {
    var plot = Plot(columns: 3, rows: 1, rung: .octant, palette: Palette(depth: .direct))
    let tones = [0x000000, 0x101010, 0xf0f0f0, 0xffffff].map { Tone(Colour(hex: UInt32($0))) }
    // Left: dark above light, in slightly different tones. Middle: one tone. Right: the page beside a tone.
    plot.shade(pairsOf: tones) { x, y in
      switch x {
      case 0, 1: y < 2 ? (x == 0 && y == 0 ? 1 : 0) : (x == 1 && y == 3 ? 2 : 3)
      case 2, 3: 2
      default: x == 4 ? nil : 3
      }
    }
    var canvas = Canvas(width: 3, height: 1)
    plot.paint(on: &canvas, x: 0, y: 0)
    #expect(canvas[0, 0].glyph == "▄")
    #expect(canvas[0, 0].style == Style(tones[3].ground, on: tones[0].ground))
    #expect(canvas[1, 0].style.background == tones[2].ground)
    #expect(canvas[1, 0].style.foreground == tones[2].ground)
    #expect(canvas[2, 0].glyph == "▐")
    #expect(canvas[2, 0].style == Style(tones[3].ground, on: plot.palette.ground))
  }

  private func painted(_ plot: Plot) -> Canvas {
    var canvas = Canvas(width: plot.columns, height: plot.rows)
    plot.paint(on: &canvas, x: 0, y: 0)
    return canvas
  }

  private func scene(_ rung: GlyphSet, _ depth: ColourDepth, columns: Int = 24, rows: Int = 8) -> Plot {
    var plot = Plot(columns: columns, rows: rows, rung: rung, palette: Palette(depth: depth))
    plot.shade { x, y in Double(x) / 24 * 0.7 + Double(y) / 16 * 0.3 }
    plot.line([SIMD2(0, 1), SIMD2(24, 6)])
    plot.trail(
      (0..<8).map { SIMD2(Double($0) * 2, $0 % 2 == 0 ? 2.0 : 5.0) }, TrailPen(plot.palette.entry(0), fade: 4)
    )
    plot.marker("+", at: SIMD2(20.5, 1.5), style: Style(plot.palette.strong, on: .terminal))
    plot.head("1", at: SIMD2(14, 5), colour: plot.palette.entry(0))
    return plot
  }

  @Test func aPictureWithoutColours() {
    #expect(
      painted(scene(.braille, .none)).rows == [
        "                        ",
        "⠉⠑⠢⠤⣀               +   ",
        "▌  ▗▌⠉⠒▐▌⣀ ▗▌           ",
        "▝▖ ▌▐ ▗▘▝▖⠉▌▝▖⡀         ",
        " ▚▞  ▚▞  ▚▞  ▚⠈⠉⠒⠤⣀⡀    ",
        " ▝▘  ▝▘   ▘   1    ⠈⠑⠒⠤⣀",
        "                       ⠈",
        "                        ",
      ])
    #expect(
      painted(scene(.ascii, .none)).rows == [
        "    '''''''-------======",
        "   '''''''------====+==%",
        ".''..'''o--oo--=======%%",
        ".''..''.o--oo-=======%%%",
        "'..''..--oo-=o=====%%%%%",
        "''.'--.--oo==o1===%%%%%%",
        "'''-------=======%%%%%%%",
        "''-------======%%%%%%%##",
      ])
  }

  @Test func theTopLayerWins() {
    let palette = Palette(depth: .direct)
    var plot = Plot(columns: 6, rows: 1, rung: .braille, palette: palette)
    plot.shade { x, y in y == 0 ? 0 : 1 }
    plot.line([SIMD2(1, 0.5), SIMD2(6, 0.5)])
    plot.trail([SIMD2(2, 0.25), SIMD2(5.9, 0.25)], TrailPen(palette.entry(1)))
    plot.head("2", at: SIMD2(4.5, 0.5), colour: palette.entry(1))
    let canvas = painted(plot)
    let middle = palette.tones[(palette.tones.count - 1) / 2].ground
    #expect(
      canvas[0, 0]
        == Cell("▀", Style(palette.tones[0].ground, on: palette.tones[palette.tones.count - 1].ground)))
    #expect(canvas[1, 0].glyph.base >= 0x2801 && canvas[1, 0].glyph.base <= 0x28ff, "a line in dots")
    #expect(canvas[1, 0].style.background == middle, "on the ground between its halves")
    // Under ink the ground is that of a few tones, which look alike.
    let under = canvas[2, 0].style.background
    #expect(OKLab(under).distance(to: OKLab(middle)) < 0.015)
    #expect(
      canvas[2, 0] == Cell("▀", Style(palette.entry(1), on: under)), "a trail in quadrants hides the line")
    #expect(
      canvas[4, 0] == Cell("2", Style(under, on: palette.entry(1))),
      "a head hides them all, its digit cut out of it")
    #expect(
      canvas[3, 0] == Cell("▐", Style(palette.entry(1), on: under)), "and is a square of two halves more")
    #expect(canvas[5, 0] == Cell("▌", Style(palette.entry(1), on: under)))
  }

  @Test func theFresherTrailShows() {
    let palette = Palette(depth: .direct)
    var plot = Plot(columns: 1, rows: 1, palette: palette)
    plot.trail([SIMD2(0.1, 0.1), SIMD2(0.2, 0.2)], TrailPen(palette.entry(0))) { _ in 1 }
    plot.trail([SIMD2(0.6, 0.6), SIMD2(0.7, 0.7)], TrailPen(palette.entry(1))) { _ in 0 }
    #expect(painted(plot)[0, 0] == Cell("▘", Style(palette.entry(0), on: palette.ground)))
    plot.trail([SIMD2(0.6, 0.6), SIMD2(0.7, 0.7)], TrailPen(palette.entry(1))) { _ in 1 }
    #expect(painted(plot)[0, 0] == Cell("▗", Style(palette.entry(1), on: palette.ground)))
  }

  @Test func aTrailFadesInFewSteps() {
    let palette = Palette(depth: .direct)
    var plot = Plot(columns: 200, rows: 1, palette: palette)
    plot.trail((0...100).map { SIMD2(Double($0) * 2, 0.5) }, TrailPen(palette.entry(0), fade: 24))
    let colours = (0..<200).map { painted(plot)[$0, 0].style.foreground }
    #expect(Set(colours).count <= Int(Plot.fades) + 1, "so that few cells change from frame to frame")
    #expect(colours[199] == palette.entry(0))
    let ground = palette.ground
    #expect(colours[0].contrast(to: ground) < colours[190].contrast(to: ground))
    #expect(colours[0] != ground, "the oldest part stays to be seen")
  }

  @Test(arguments: GlyphSet.allCases, ColourDepth.allCases)
  func everyRungAtEveryDepth(rung: GlyphSet, depth: ColourDepth) {
    let plot = scene(rung, depth)
    let canvas = painted(plot)
    #expect(canvas[14, 5].glyph == "1")
    #expect(canvas[20, 1].glyph == "+")
    if rung == .ascii { #expect(canvas.rows.allSatisfy { $0.utf8.allSatisfy { $0 < 0x7f } }) }
    #expect(canvas == canvas.quantised(to: depth), "nothing is asked of the terminal that it cannot do")
    // The trail is told from its surroundings.
    let bare = painted(Plot(columns: 24, rows: 8, rung: rung, palette: plot.palette))
    #expect(canvas != bare)
    var without = Plot(columns: 24, rows: 8, rung: rung, palette: plot.palette)
    without.shade { x, y in Double(x) / 24 * 0.7 + Double(y) / 16 * 0.3 }
    let shaded = painted(without)
    #expect(canvas[10, 2] != shaded[10, 2] || canvas[9, 4] != shaded[9, 4])
    // Shading is to be seen in every rung but the ones that draw with lines alone.
    #expect(Set(shaded.cells).count > 2 || (depth == .none && rung != .ascii))
  }

  @Test(arguments: Theme.allCases, [GlyphSet.braille, .quadrant, .sextant, .octant])
  func linesAreATintOfTheirGround(theme: Theme, rung: GlyphSet) {
    let palette = Palette(theme: theme, depth: .direct)
    let tones = palette.tones
    var plot = Plot(columns: 1, rows: tones.count, rung: rung, palette: palette)
    plot.shade(tones: tones, ordered: true) { _, y in y / 2 }
    for row in tones.indices { plot.line([SIMD2(0, Double(row) + 0.3), SIMD2(1, Double(row) + 0.3)]) }
    for row in tones.indices {
      let style = painted(plot)[0, row].style
      #expect(style.background == tones[row].ground)
      let step = OKLab(style.foreground).lightness - OKLab(style.background).lightness
      let wanted = rung == .braille ? 0.24 : theme.isDark ? 0.085 : 0.1
      #expect(abs(step - (theme.isDark ? wanted : -wanted)) < 0.01, "the same sign everywhere: tone \(row)")
    }
  }

  @Test func theHigherRankHasTheCell() {
    let palette = Palette(depth: .direct)
    for isFirst in [true, false] {
      var plot = Plot(columns: 1, rows: 1, palette: palette)
      let high = TrailPen(palette.entry(0), rank: 2)
      let low = TrailPen(palette.entry(1), rank: 1)
      func draw(_ pen: TrailPen, _ at: Double, _ strength: Double) {
        plot.trail([SIMD2(at, at), SIMD2(at + 0.1, at + 0.1)], pen) { _ in strength }
      }
      if isFirst { draw(high, 0.1, 0) }
      draw(low, 0.6, 1)
      if !isFirst { draw(high, 0.1, 0) }
      #expect(painted(plot)[0, 0].glyph == "▘", "whatever was drawn first, and however old it is")
    }
  }

  /// However old a trail is, it is nearer to the colour of its entry than to any other's.
  @Test(arguments: Theme.allCases) func aTrailThatHasFadedIsStillItsEntrys(theme: Theme) {
    let palette = Palette(theme: theme, depth: .indexed256)
    var inks = InkCache(palette: palette, rung: .octant)
    for ground in palette.tones.map(\.ground) {
      for (index, entry) in palette.entries.enumerated() {
        let place = OKLab(inks.trail(entry, fade: 0, on: ground).foreground)
        let distances = palette.entries.map { place.distance(to: OKLab($0)) }
        #expect(distances.min() == distances[index], "\(theme): entry \(index + 1) on \(ground.hex)")
      }
    }
  }

  @Test(arguments: Theme.allCases, [ColourDepth.direct, .indexed256])
  func trailsAreSeenOnEveryTone(theme: Theme, depth: ColourDepth) {
    let palette = Palette(theme: theme, depth: depth)
    for tone in palette.tones.indices {
      for entry in palette.entries.indices {
        for strength in [0.0, 0.5, 1] {
          var plot = Plot(columns: 1, rows: 1, rung: .octant, palette: palette)
          plot.shade(tones: palette.tones, ordered: true) { _, _ in tone }
          plot.trail([SIMD2(0, 0.4), SIMD2(1, 0.4)], TrailPen(palette.entry(entry))) { _ in strength }
          let style = painted(plot)[0, 0].style
          #expect(
            style.foreground.contrast(to: style.background) >= 2.99,
            "\(theme) \(depth): entry \(entry + 1) at \(strength) on tone \(tone)")
        }
      }
    }
  }

  @Test func placesAreDotsAndTheNewestPartIsBroad() {
    let palette = Palette(depth: .direct)
    func bits(_ pen: TrailPen) -> [Int] {
      var plot = Plot(columns: 12, rows: 3, rung: .octant, palette: palette)
      plot.trail([SIMD2(0.2, 1.4), SIMD2(6.5, 1.4), SIMD2(11.8, 1.4)], pen)
      return plot.trails.map(\.bits.nonzeroBitCount)
    }
    let thin = bits(TrailPen(palette.entry(0)))
    #expect(thin[12..<24].allSatisfy { $0 == 2 } && thin.reduce(0, +) == 24, "one octant high")
    let dotted = bits(TrailPen(palette.entry(0), marksPlaces: true))
    #expect(dotted[18] == 4 && dotted[15] == 2, "a square of four octants where a step ends")
    let broad = bits(TrailPen(palette.entry(0), broad: 1))
    #expect(broad[20] == 4 && broad[14] == 2, "the last step is two octants high, the one before one")
  }

  @Test func bandsMeetWithinACell() {
    let palette = Palette(depth: .indexed256)
    var plot = Plot(columns: 2, rows: 1, rung: .octant, palette: palette)
    #expect(plot.bandDots == .octant)
    plot.shade(bands: palette.tones.count) { x, y in x + y >= 2 ? 1 : 0 }
    let canvas = painted(plot)
    let tones = palette.tones
    #expect(canvas[0, 0] == Cell(Dots.octant.glyph(0b1111_1000), Style(tones[1].ground, on: tones[0].ground)))
    #expect(canvas[1, 0].style.background == tones[1].ground, "one band fills a cell")
    plot.shade(bands: palette.tones.count) { x, _ in x == 0 ? nil : 1 }
    #expect(painted(plot)[0, 0] == Cell("▐", Style(tones[1].ground, on: palette.ground)))
  }

  @Test func anySizeAndAnyPlace() {
    for columns in [-1, 0, 1, 2, 7] {
      for rows in [0, 1, 3] {
        for rung in GlyphSet.allCases {
          var plot = Plot(columns: columns, rows: rows, rung: rung)
          plot.shade { _, _ in .nan }
          plot.shade { x, _ in x == 0 ? .infinity : -.infinity }
          plot.trail([], TrailPen(.ansi(1)))
          plot.trail([SIMD2(0.5, 0.5)], TrailPen(.ansi(1)))
          plot.trail([SIMD2(.nan, 0), SIMD2(1e300, 2), SIMD2(-1e300, 1)], TrailPen(.ansi(1), fade: 0))
          plot.head("1", at: SIMD2(.infinity, 0), colour: .ansi(1))
          plot.head("1", at: SIMD2(Double(columns), 0), colour: .ansi(1))
          var canvas = Canvas(width: 3, height: 2)
          for x in -8...4 { plot.paint(on: &canvas, x: x, y: x / 2) }
          plot.paint(on: &canvas, at: Rect(x: 1, y: 0, width: 1, height: 9))
          #expect(canvas.rows.allSatisfy { Text.width(of: $0) == 3 })
        }
      }
    }
  }

  @Test func shadingTakesTwoSamplesACell() {
    var plot = Plot(columns: 3, rows: 2)
    #expect((plot.sampleColumns, plot.sampleRows) == (3, 4))
    var asked: [SIMD2<Int>] = []
    plot.shade { x, y in
      asked.append(SIMD2(x, y))
      return 0
    }
    #expect(
      asked.count == 12 && asked[0] == SIMD2(0, 0) && asked[1] == SIMD2(1, 0) && asked[11] == SIMD2(2, 3))
    var other = plot
    other.shade(levels: Array(repeating: 0, count: 12))
    #expect(plot == other)
  }

  @Test func mapsHaveTonesOfTheirOwn() {
    let palette = Palette(depth: .direct)
    var plot = Plot(columns: 2, rows: 1, palette: palette)
    let tones = [Tone(Colour(hex: 0x112233), sign: "."), Tone(Colour(hex: 0x445566), sign: "#")]
    plot.shade(tones: tones) { x, y in x == 0 ? y : nil }
    let canvas = painted(plot)
    #expect(canvas[0, 0] == Cell("▀", Style(tones[0].ground, on: tones[1].ground)))
    #expect(canvas[1, 0].style.background == palette.ground)
    var plain = Plot(columns: 2, rows: 1, rung: .ascii, palette: Palette(depth: .none))
    plain.shade(tones: tones) { x, _ in x }
    #expect(painted(plain).rows == [".#"])
  }

  @Test(arguments: Theme.allCases, ColourDepth.allCases)
  func bandsChangeToneWhereTheyMeet(theme: Theme, depth: ColourDepth) {
    let palette = Palette(theme: theme, depth: depth)
    for bands in [1, 2, 5, 9, 11, 40] {
      var plot = Plot(columns: bands * 3, rows: 1, palette: palette)
      let part = 3 * plot.bandDots.across
      plot.shade(bands: bands) { x, _ in x / part }
      let tones = (0..<bands * part).map { plot.shading[$0] }
      for x in 1..<tones.count where x % part != 0 { #expect(tones[x] == tones[x - 1], "one tone a band") }
      #expect(tones[0] == 0 && (bands == 1 || Int(tones[tones.count - 1]) == palette.tones.count - 1))
      #expect(zip(tones, tones.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(Set(tones).count == min(bands, palette.tones.count), "as many tones as there can be")
    }
    var plot = Plot(columns: 3, rows: 1, palette: palette)
    let across = plot.bandDots.across
    plot.shade(bands: 2) { x, _ in [nil, -5, 99][x / across] }
    #expect(
      plot.shading[0] == 255 && plot.shading[across] == 0
        && Int(plot.shading[2 * across]) == palette.tones.count - 1)
  }

  /// Bands are spread over the tones evenly: each has its own where there are enough, and else neighbours share one.
  @Test func bandsHaveTheTonesThatTheyShow() {
    let plot = Plot(columns: 4, rows: 4, rung: .quadrant, palette: Palette(theme: .light, depth: .indexed256))
    let tones = plot.palette.tones.count
    #expect((0..<tones).map { plot.tone(ofBand: $0, of: tones) } == Array(0..<tones))
    #expect((0..<2).map { plot.tone(ofBand: $0, of: 2) } == [0, tones - 1])
    let many = (0..<2 * tones).map { plot.tone(ofBand: $0, of: 2 * tones) }
    #expect(many == many.sorted() && Set(many) == Set(0..<tones))
    #expect(plot.tone(ofBand: 0, of: 1) == 0 && plot.tone(ofBand: 99, of: 3) == tones - 1)
  }

  @Test func withoutColoursEveryTrailHasItsOwnSign() {
    for rung in [GlyphSet.braille, .ascii] {
      var plot = Plot(columns: 40, rows: 4, rung: rung, palette: Palette(depth: .none))
      let signs: [Glyph] = ["1", "2", "3"]
      for entry in 0..<3 {
        let way = (0..<40).map { SIMD2(Double($0) + 0.5, Double(entry) + 0.5) }
        plot.trail(way, TrailPen(plot.palette.entry(entry), sign: signs[entry], fade: 20))
      }
      let rows = painted(plot).rows
      let old = rung == .ascii ? [":", ",", ";"] : ["•", "∘", "▪"]
      for entry in 0..<3 {
        #expect(rows[entry].hasSuffix(String(repeating: "\(entry + 1)", count: 10)))
        #expect(rows[entry].hasPrefix(String(repeating: old[entry], count: 20)))
      }
      let taken: Set<Glyph> = ["+", "x", "S", ".", ":", ",", ";", "o", "1"]
      #expect(taken.isDisjoint(with: plot.palette.tones.map(\.sign)))
    }
    // With colours the same trail is drawn in blocks.
    var plot = Plot(columns: 4, rows: 1, palette: Palette(depth: .indexed256))
    plot.trail([SIMD2(0, 0.2), SIMD2(4, 0.2)], TrailPen(plot.palette.entry(0), sign: "1"))
    #expect(painted(plot).rows == ["▀▀▀▀"])
  }

  @Test(arguments: [GlyphSet.half, .quadrant], [ColourDepth.direct, .indexed256, .ansi16, .ansi8])
  func broadLinesStayBehindTrails(rung: GlyphSet, depth: ColourDepth) {
    let palette = Palette(depth: depth)
    for tone in palette.tones.indices {
      var plot = Plot(columns: 2, rows: 1, rung: rung, palette: palette)
      plot.shade(tones: palette.tones, ordered: true) { _, _ in tone }
      plot.line([SIMD2(0, 0.2), SIMD2(1, 0.2)])
      let ground = palette.tones[tone].ground
      let style = painted(plot)[0, 0].style
      let ink = style.foreground == ground ? style.background : style.foreground
      #expect(ink != ground, "a line is to be seen")
      if depth != .ansi8 && depth != .ansi16 {
        #expect(ink.contrast(to: ground) < 2.3, "but is dimmer than a trail: tone \(tone)")
      }
    }
  }
}
