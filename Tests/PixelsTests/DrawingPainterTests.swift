import Testing

@testable import Canvas
@testable import Pixels

/// Drawings in pixels.
struct DrawingPainterTests {
  private let palette = Palette(depth: .direct)
  private let cell = CellSize(width: 10, height: 20)

  private func drawing(_ items: [PlotDrawing.Item], ground: PlotDrawing.Ground = .page) -> PlotDrawing {
    var drawing = PlotDrawing(columns: 20, rows: 8, palette: palette)
    (drawing.items, drawing.ground) = (items, ground)
    return drawing
  }

  private func moving(_ items: PlotDrawing.Item...) -> PixelImage {
    DrawingPainter(drawing(items), cell: cell).moving()
  }

  private func ground(_ ground: PlotDrawing.Ground, _ items: PlotDrawing.Item...) -> PixelImage {
    DrawingPainter(drawing(items, ground: ground), cell: cell)
      .ground(ramp: ColourRamp(palette)) { x, _ in x == 4 ? palette.accent : palette.ground }
  }

  @Test func groundsAreWhereTheyBelong() {
    let page = ground(.page)
    #expect((page.width, page.height) == (200, 160))
    #expect(page[39, 50] == Pixel(palette.ground) && page[40, 50] == Pixel(palette.accent))
    #expect(page[49, 159] == Pixel(palette.accent) && page[50, 159] == Pixel(palette.ground))

    let fields = ground(
      .fields([palette.entry(0), palette.entry(1), palette.entry(2)], columns: 3, rows: 1))
    #expect(fields[65, 10] == Pixel(palette.entry(0)) && fields[66, 10] == Pixel(palette.entry(1)))
    #expect(fields[199, 159] == Pixel(palette.entry(2)))

    let shades = ground(.shades([0, 1, .nan, 1], columns: 2, rows: 2))
    #expect(shades[10, 10] == Pixel(palette.tones[0].ground))
    #expect(shades[190, 10] == Pixel(palette.tones[palette.tones.count - 1].ground))
    #expect(shades[10, 150] == Pixel(palette.ground))
  }

  /// The colours of an image flow into each other between the middles of its parts, and nowhere else.
  @Test func imagesAreBlended() {
    let (a, b) = (Colour(hex: 0x204060), Colour(hex: 0x60a0e0))
    let image = ground(.image([a, b, a, b], columns: 2, rows: 2))
    for y in [0, 80, 159] {
      #expect(image[0, y] == Pixel(a) && image[49, y] == Pixel(a))
      #expect(image[199, y] == Pixel(b) && image[150, y] == Pixel(b))
      for x in 50..<150 {
        let middle = a.mixed(with: b, amount: (Double(x) + 0.5 - 50) / 100)
        let (here, wanted) = (image[x, y].straight, Pixel(middle).straight)
        #expect(abs(Int(here.red) - Int(wanted.red)) <= 1 && abs(Int(here.blue) - Int(wanted.blue)) <= 1)
      }
    }
  }

  /// A line leads from where an entry is, marked by a dot, to its head, over the ways and with an outline.
  @Test func leadersAreSeen() {
    let way = PlotDrawing.Way(
      places: [SIMD2(0, 4), SIMD2(20, 4)], segments: [[.fresh, .broad]], colour: palette.entry(0), rank: 200,
      marksPlaces: false)
    let leader = PlotDrawing.Item.leader(SIMD2(5, 4), SIMD2(9, 4), palette.entry(1))
    let head = PlotDrawing.Item.head("2", SIMD2(9, 4), palette.head(palette.entry(1)))
    for items in [[leader, .way(way), head], [.way(way), leader, head]] {
      let image = DrawingPainter(drawing(items), cell: cell).moving()
      for x in [52, 60, 75] { #expect(image[x, 80] == Pixel(palette.entry(1)), "\(x)") }
      #expect(image[50, 82] == Pixel(palette.entry(1)) && image[65, 83] != Pixel(palette.entry(0)))
      #expect(image[30, 80] == Pixel(palette.entry(0)))
    }
  }

  /// Contour lines are a tint of the ground, and belong to it.
  @Test func contoursBelongToTheGround() {
    let line = PlotDrawing.Item.contours([[SIMD2(0, 4), SIMD2(20, 4)]])
    let image = ground(.page, line)
    let tint = Colour(image[100, 80])
    #expect(tint != palette.ground && tint.contrast(to: palette.ground) < 3)
    #expect(image[100, 90] == Pixel(palette.ground))
    #expect(moving(line).pixels.allSatisfy { $0 == .clear })
  }

  /// A way is a quarter of a cell's height broad, and what crosses it later stays whole between its outlines.
  @Test func waysCrossWithoutHidingEachOther() {
    func way(_ places: [SIMD2<Double>], _ entry: Int, rank: UInt8) -> PlotDrawing.Item {
      .way(
        PlotDrawing.Way(
          places: places, segments: [[.fresh, .broad]], colour: palette.entry(entry), rank: rank,
          marksPlaces: false))
    }
    let flat = way([SIMD2(1, 4), SIMD2(19, 4)], 0, rank: 9)
    let steep = way([SIMD2(10, 1), SIMD2(10, 7)], 1, rank: 1)
    let image = moving(flat, steep)
    let column = (0..<160).filter { image[50, $0] == Pixel(palette.entry(0)) }
    #expect(column.first == 78 && column.last == 81)
    // The higher rank lies above, whichever was drawn first.
    #expect(image[100, 80] == Pixel(palette.entry(0)) && image[100, 40] == Pixel(palette.entry(1)))
    #expect(image[50, 76].opacity > 60 && image[50, 70] == .clear)
    #expect(moving(steep, flat) == image)
    let old = PlotDrawing.Way(
      places: [SIMD2(1, 4), SIMD2(19, 4)], segments: [[]], colour: palette.entry(0), rank: 0,
      marksPlaces: false)
    let faded = moving(.way(old))
    #expect(faded[50, 80] != Pixel(palette.entry(0)) && faded[50, 80].opacity > 150)
  }

  /// Every iterate that is a column from the one before has a dot.
  @Test func iteratesAreDots() {
    let places = [SIMD2(2.0, 4), SIMD2(6, 4), SIMD2(6.4, 4), SIMD2(12, 4)]
    func image(marked: Bool) -> PixelImage {
      moving(
        .way(
          PlotDrawing.Way(
            places: places, segments: [[.fresh], [.fresh], [.fresh]], colour: palette.entry(0), rank: 0,
            marksPlaces: marked)))
    }
    let (with, without) = (image(marked: true), image(marked: false))
    for (x, isDot) in [(60, true), (120, true), (90, false)] {
      #expect((with[x, 82] == Pixel(palette.entry(0))) == isDot, "\(x)")
      #expect(without[x, 82] != Pixel(palette.entry(0)))
    }
  }

  @Test func headsAndSignsStandAtTheirPlaces() {
    let head = palette.head(palette.entry(2))
    let image = moving(
      .head("7", SIMD2(10.3, 4.1), head), .sign("◆", SIMD2(3.25, 2), palette.strong),
      .letter("M", SIMD2(15.5, 6.5), Style(palette.entry(1))))
    #expect(image[103 - 9, 82] == Pixel(head.background) && image[103 - 9, 82 - 12] != Pixel(head.background))
    let ink = (90..<116).flatMap { x in (70..<94).map { image[x, $0] } }.filter {
      $0 == Pixel(head.foreground)
    }
    #expect(ink.count > 10, "its digit")
    #expect(image[32, 40] == Pixel(palette.strong) && image[32 + 9, 40] != Pixel(palette.strong))
    let letter = (150..<160).flatMap { x in (120..<140).map { image[x, $0] } }
    #expect(letter.contains(Pixel(palette.entry(1))))
    #expect(!(140..<150).flatMap { x in (120..<140).map { image[x, $0] } }.contains(Pixel(palette.entry(1))))
  }

  /// Lines that go far beyond the picture keep their slope within it.
  @Test func farAwayLinesAreCutBeforeTheyArePixels() {
    for far in [1e4, 1e20, 1e300] {
      let image = moving(
        .lines([[SIMD2(-far, 4 - far / 10), SIMD2(10, 4), SIMD2(far, .nan)]], palette.strong))
      #expect((78...81).contains { image[99, $0].opacity > 100 })
      // A slope of a tenth of a row a column: half a cell higher, fifty pixels to the left.
      #expect((67...73).contains { image[50, $0].opacity > 100 }, "\(far)")
      #expect((0..<60).allSatisfy { image[50, $0] == .clear } && image[150, 80] == .clear)
    }
  }

  @Test func whatIsNoPlaceIsNotDrawn() {
    let nowhere = SIMD2(Double.nan, 3)
    let image = moving(
      .head("1", nowhere, palette.head(0)), .sign("+", SIMD2(.infinity, 1), palette.strong),
      .letter("x", nowhere, Style(palette.strong)), .points([nowhere], palette.strong, radius: 1),
      .curve([nowhere, SIMD2(3, 3)], palette.strong))
    for y in 0..<image.height {
      for x in 0..<image.width where abs(x - 30) > 10 || abs(y - 60) > 10 { #expect(image[x, y] == .clear) }
    }
  }
}

extension Colour {
  /// The colour of a pixel that covers what lies below.
  fileprivate init(_ pixel: Pixel) {
    let (red, green, blue) = pixel.straight
    self.init(red, green, blue)
  }
}
