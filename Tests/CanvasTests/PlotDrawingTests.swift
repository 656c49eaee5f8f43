import Testing

@testable import Canvas

/// What a plot keeps for terminals that draw pixels.
struct PlotDrawingTests {
  private let palette = Palette(depth: .direct)

  private func plot(_ rung: GlyphSet = .pixels) -> Plot {
    Plot(columns: 20, rows: 8, rung: rung, palette: palette)
  }

  private func painted(_ plot: Plot) -> Canvas {
    var canvas = Canvas(width: 30, height: 12, style: Style(palette.text, on: palette.ground))
    plot.paint(on: &canvas, x: 4, y: 2)
    return canvas
  }

  @Test func onlyTheRungOfPixelsKeepsIt() throws {
    for rung in GlyphSet.allCases {
      let canvas = painted(plot(rung))
      #expect(canvas.drawings.isEmpty == (rung != .pixels))
      #expect(canvas.showsDrawing(x: 4, y: 2) == (rung == .pixels))
    }
    let placed = try #require(painted(plot()).drawings.first)
    #expect(placed.rect == Rect(x: 4, y: 2, width: 20, height: 8))
  }

  /// Beside what it was told, a plot of pixels is one of octants.
  @Test func itsLikenessIsThatOfOctants() {
    func draw(_ rung: GlyphSet) -> Canvas {
      var plot = plot(rung)
      plot.shade { x, y in Double(x + y) / 40 }
      plot.line([SIMD2(1, 1), SIMD2(18, 6)])
      plot.trail([SIMD2(2, 7), SIMD2(9, 1), SIMD2(15, 5)], TrailPen(palette.entry(0), broad: 1))
      plot.head("1", at: SIMD2(15, 5), colour: palette.entry(0))
      return painted(plot)
    }
    let (pixels, octants) = (draw(.pixels), draw(.octant))
    for (a, b) in zip(pixels.cells, octants.cells) {
      #expect(a.glyph == b.glyph)
      #expect(a.style.foreground == b.style.foreground && a.style.background == b.style.background)
    }
  }

  @Test func itKeepsWhatItIsTold() throws {
    var plot = plot()
    plot.shade { x, y in x == 3 ? .nan : Double(y) / 15 }
    plot.line([SIMD2(0, 0), SIMD2(5, 5)])
    plot.line([SIMD2(1, 0), SIMD2(6, 5)])
    plot.segment(SIMD2(0, 1), SIMD2(0, 2), colour: palette.accent)
    plot.trail(
      [SIMD2(2.25, 7.5), SIMD2(9.125, 1), SIMD2(15, 5)],
      TrailPen(palette.entry(1), rank: 7, fade: 2, broad: 1, marksPlaces: true))
    plot.dots([SIMD2(3, 3)], colour: palette.entry(2))
    plot.marker("◆", at: SIMD2(2.25, 7.5), style: Style(palette.strong))
    plot.marker("S", at: SIMD2(4.75, 2.2), style: Style(palette.strong))
    plot.marker(" ", at: SIMD2(5.75, 2.2), style: Style(palette.strong, on: palette.ground))
    plot.marker(" ", at: SIMD2(6.75, 2.2), style: Style(palette.strong))
    plot.head("2", at: SIMD2(15.25, 5.125), colour: palette.entry(1))
    let drawing = try #require(painted(plot).drawings.first?.drawing)
    guard case .shades(let shades, 20, 16) = drawing.ground else {
      Issue.record("no shades")
      return
    }
    #expect(shades[3].isNaN && shades[15 * 20] == 1)
    let way = PlotDrawing.Way(
      places: [SIMD2(2.25, 7.5), SIMD2(9.125, 1), SIMD2(15, 5)], segments: [[.fresh], [.fresh, .broad]],
      colour: palette.entry(1), rank: 7, marksPlaces: true)
    #expect(
      drawing.items == [
        .contours([[SIMD2(0, 0), SIMD2(5, 5)], [SIMD2(1, 0), SIMD2(6, 5)]]),
        .lines([[SIMD2(0, 1), SIMD2(0, 2)]], palette.accent), .way(way),
        .points([SIMD2(3, 3)], palette.entry(2), radius: 0.22),
        .sign("◆", SIMD2(2.25, 7.5), palette.strong),
        .letter("S", SIMD2(4.5, 2.5), Style(palette.strong)),
        .letter(" ", SIMD2(5.5, 2.5), Style(palette.strong, on: palette.ground)),
        .head("2", SIMD2(15.25, 5.125), palette.head(palette.entry(1))),
      ])
    #expect(drawing.still.items.count == 1)
  }

  /// Fields of a map are kept before they are reduced to what a cell can show.
  @Test func fieldsAreWhole() throws {
    let tones = [
      Tone(palette.entry(0), sign: "a"), Tone(palette.entry(1), sign: "b"), Tone(palette.entry(2), sign: "c"),
    ]
    var plot = plot()
    plot.shade(pairsOf: tones) { x, y in (x + y) % 3 }
    let drawing = try #require(painted(plot).drawings.first?.drawing)
    guard case .fields(let colours, 40, 32) = drawing.ground else {
      Issue.record("no fields")
      return
    }
    #expect(
      (0..<32).allSatisfy { y in (0..<40).allSatisfy { colours[y * 40 + $0] == tones[($0 + y) % 3].ground } })
  }

  /// What is written over a picture later is not part of it.
  @Test func textOverAPictureIsText() {
    var canvas = painted(plot())
    canvas.text("dialog", x: 6, y: 4, style: Style(palette.strong, on: palette.ground))
    #expect(canvas.showsDrawing(x: 5, y: 4) && !canvas.showsDrawing(x: 6, y: 4))
    let text = canvas.besideDrawings
    #expect(text.drawings.isEmpty && text[6, 4].glyph == "d" && text[5, 4] == text[20, 8])
    // A blank that goes over it is sent, too.
    #expect(text[5, 4] != Cell(.space, .plain))
    #expect(canvas != painted(plot()))
  }

  @Test func changedColumnsAreFromTheFirstToTheLast() {
    let before = Canvas(width: 10, height: 3)
    var after = before
    after.text("x", x: 2, y: 1, style: .plain)
    after.text("y", x: 7, y: 1, style: .plain)
    #expect(after.changedColumns(from: before) == [0..<0, 2..<8, 0..<0])
    #expect(after.changedColumns(from: Canvas(width: 9, height: 3)) == [0..<10, 0..<10, 0..<10])
  }

  /// Curves over each other are one picture, and what is blank beside them is part of it.
  @Test func curvesShareAPicture() throws {
    var canvas = Canvas(width: 20, height: 6, style: Style(palette.text, on: palette.ground))
    canvas.text("7", x: 3, y: 1, style: Style(palette.text, on: palette.ground))
    for colour in [palette.entry(0), palette.entry(1)] {
      var grid = DotGrid(.pixels, palette: palette, width: 16, height: 4)
      grid.polyline([SIMD2(0.5, 3.5), SIMD2(15, 3.5)], colour)
      grid.rule(at: 2, palette.faint)
      grid.paint(on: &canvas, x: 2, y: 1)
    }
    #expect(canvas.drawings.count == 1)
    let drawing = try #require(canvas.drawings.first).drawing
    #expect(drawing.items.count == 4 && drawing.ground == .page)
    #expect(canvas.showsDrawing(x: 2, y: 1) && !canvas.showsDrawing(x: 3, y: 1))
    #expect(canvas.showsDrawing(x: 6, y: 4) && !canvas.showsDrawing(x: 1, y: 4))
  }
}
