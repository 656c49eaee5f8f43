import TestSupport
import Testing

@testable import Canvas
@testable import Pixels

/// The drawings of canvases on models of terminals.
struct PictureLayersTests {
  private let palette = Palette(depth: .direct)
  private let cell = CellSize(width: 6, height: 12)

  /// A screen with a plot in which something moves, curves beside it, and what lies over them.
  private func canvas(step: Int, hasCurves: Bool = true, dialog: Rect? = nil) -> Canvas {
    var canvas = Canvas(width: 40, height: 14, style: Style(palette.text, on: palette.ground))
    var plot = Plot(columns: 20, rows: 10, rung: .pixels, palette: palette)
    plot.shade { x, y in Double(x * y) / 380 }
    plot.line([SIMD2(0, 2), SIMD2(20, 9)])
    let way = (0...step).map { SIMD2(1 + Double($0), $0 % 2 == 0 ? 2.0 : 7) }
    plot.trail(way, TrailPen(palette.entry(0), fade: 3, broad: 2, marksPlaces: true))
    plot.head("1", at: way[step], colour: palette.entry(0))
    plot.paint(on: &canvas, x: 2, y: 1)
    canvas.text("step \(step)", x: 1, y: 13, style: palette.style(.text))
    canvas.text("n\(step)", x: 4 + step, y: 3, style: palette.style(.strong))
    if hasCurves {
      var grid = DotGrid(.pixels, palette: palette, width: 14, height: 6)
      grid.polyline((0...step).map { SIMD2(Double($0), Double($0 % 5)) }, palette.entry(1))
      grid.paint(on: &canvas, x: 25, y: 2)
    }
    if let dialog { canvas.fill(dialog, .space, palette.style(.accent)) }
    return canvas
  }

  private var story: [Canvas] {
    [
      canvas(step: 0), canvas(step: 1), canvas(step: 2), canvas(step: 2),
      canvas(step: 3, dialog: Rect(x: 8, y: 4, width: 24, height: 5)),
      canvas(step: 3), canvas(step: 4, hasCurves: false), canvas(step: 5),
      Canvas(width: 40, height: 14), canvas(step: 1),
    ]
  }

  /// What a terminal of kitty's protocol shows: of each pixel the pictures that lie there, the lowest first.
  private func shown(_ terminal: TerminalPictures) -> [PixelImage] {
    terminal.pictures.values.sorted { ($0.depth, $0.column) < ($1.depth, $1.column) }.map { picture in
      var image = PixelImage(width: picture.width, height: picture.height)
      for index in image.pixels.indices {
        let parts = picture.rgba[index * 4..<index * 4 + 4].map(UInt32.init)
        let full = Pixel(bits: parts[0] | parts[1] << 8 | parts[2] << 16 | 0xff00_0000)
        image.pixels[index] = full.scaled(by: parts[3])
      }
      return image
    }
  }

  @Test(arguments: [true, false]) func kittyShowsTheLastCanvas(replacesParts: Bool) throws {
    var terminal = TerminalPictures(columns: 40, rows: 14, cell: cell)
    var layers = PictureLayers(.kitty(replacesParts: replacesParts), cell: cell)
    for (number, canvas) in story.enumerated() {
      try terminal.read(layers.bytes(for: canvas))
      #expect(terminal.pictures.count == 2 * canvas.drawings.count, "\(number)")
      for placed in canvas.drawings {
        let wanted = PictureLayers.image(of: placed, on: canvas, cell: cell)
        let parts = terminal.pictures.values.filter { $0.column == placed.rect.x }.sorted {
          $0.depth < $1.depth
        }
        #expect(parts.count == 2 && parts.allSatisfy { $0.row == placed.rect.y && $0.depth > 0 })
        let images = shown(terminal).filter { $0.width == wanted.width }
        let seen = images[0].covered(by: images[1])
        let isSame = zip(seen.pixels, wanted.pixels).allSatisfy { PictureLayersTests.areNear($0, $1) }
        #expect(isSame, "\(number)")
      }
      #expect(layers.bytes(for: canvas).isEmpty, "nothing twice")
    }
    try terminal.read(layers.removal)
    #expect(terminal.pictures.isEmpty)
  }

  /// Straight colours lose a little where little of them is there.
  private static func areNear(_ a: Pixel, _ b: Pixel) -> Bool {
    [0, 8, 16, 24].allSatisfy { shift in
      abs(Int(a.bits >> shift & 255) - Int(b.bits >> shift & 255)) <= 3
    }
  }

  /// Behind tmux the cells say which part of a picture stands in them; what a dialog covers says nothing.
  @Test func cellsNameTheirPartsBehindTmux() throws {
    var terminal = TerminalPictures(columns: 40, rows: 14, cell: cell)
    var layers = PictureLayers(.placeholders(hasDirectColour: false), cell: cell)
    for (number, canvas) in story.enumerated() {
      let text = layers.text(of: canvas)
      try terminal.read(TerminalPictures.handedOn(layers.bytes(for: canvas)))
      #expect(terminal.pictures.count == canvas.drawings.count)
      for (index, placed) in canvas.drawings.enumerated() {
        let picture = try #require(terminal.pictures[232 + index])
        let wanted = PictureLayers.image(of: placed, on: canvas, cell: cell)
        #expect(picture.width == wanted.width && picture.height == wanted.height)
        #expect(try #require(picture.cells) == (placed.rect.width, placed.rect.height))
        for y in 0..<placed.rect.height {
          for x in 0..<placed.rect.width {
            let cell = text[placed.rect.x + x, placed.rect.y + y]
            let isPart = cell.glyph == KittyPlaceholder.glyph(row: y, column: x)
            #expect(isPart == canvas.showsDrawing(x: placed.rect.x + x, y: placed.rect.y + y), "\(number)")
            if isPart { #expect(cell.style.foreground == .indexed(232 + index)) }
          }
        }
      }
    }
    try terminal.read(TerminalPictures.handedOn(layers.removal))
    #expect(terminal.pictures.isEmpty)
  }

  /// Whatever numbers pictures had, all are taken away in the end: as many as there are numbers, and more.
  @Test(arguments: [true, false], [1, 24, 30]) func allPicturesAreTakenAwayBehindTmux(
    hasDirectColour: Bool, count: Int
  ) throws {
    var canvas = Canvas(width: 40, height: 14, style: Style(palette.text, on: palette.ground))
    for index in 0..<count {
      var plot = Plot(columns: 3, rows: 2, rung: .pixels, palette: palette)
      plot.shade { x, y in Double(x + y + index) / 40 }
      plot.paint(on: &canvas, x: index % 10 * 4, y: index / 10 * 3)
    }
    #expect(canvas.drawings.count == count)
    var terminal = TerminalPictures(columns: 40, rows: 14, cell: cell)
    var layers = PictureLayers(.placeholders(hasDirectColour: hasDirectColour), cell: cell)
    try terminal.read(TerminalPictures.handedOn(layers.bytes(for: canvas)))
    #expect(terminal.pictures.count == min(count, 24))
    try terminal.read(TerminalPictures.handedOn(layers.removal))
    #expect(terminal.pictures.isEmpty)
  }

  /// Of two drawings in the same cells the later one is seen, on every terminal.
  @Test func aLaterDrawingLiesOverAnEarlierOne() throws {
    var canvas = Canvas(width: 40, height: 14, style: Style(palette.text, on: palette.ground))
    for (x, colour) in [(2, Colour(hex: 0x2040ff)), (9, Colour(hex: 0xff9020))] {
      var plot = Plot(columns: 14, rows: 8, rung: .pixels, palette: palette)
      plot.shade { _, _ in 0.5 }
      plot.line([SIMD2(0, 4), SIMD2(14, 4)], colour: colour)
      plot.paint(on: &canvas, x: x, y: 2)
    }
    let images = canvas.drawings.map { PictureLayers.image(of: $0, on: canvas, cell: cell) }
    let middle = 4 * cell.height
    #expect(images[0][3 * cell.width, middle] != .clear)
    #expect(images[0][10 * cell.width, middle] == .clear, "the later one begins after seven columns")
    #expect(images[1][cell.width, middle] != .clear)
  }

  /// The colours of a map or of regions are no tones of a landscape, and are shown as they are all the same.
  @Test func sixelsHaveTheColoursOfFields() throws {
    let colours =
      (0..<40).map { palette.mapped(Double($0) / 39) } + [Colour(hex: 0xd03020), Colour(hex: 0x808080)]
    var canvas = Canvas(width: 40, height: 14, style: Style(palette.text, on: palette.ground))
    var plot = Plot(columns: 21, rows: 10, rung: .pixels, palette: palette)
    plot.shade(tones: colours.map { Tone($0) }) { x, y in (2 * x + y) % colours.count }
    plot.line([SIMD2(0, 2), SIMD2(20, 9)], colour: Colour(hex: 0x30ff90))
    plot.paint(on: &canvas, x: 2, y: 1)
    var terminal = TerminalPictures(columns: 40, rows: 14, cell: cell)
    var layers = PictureLayers(.sixel, cell: cell)
    try terminal.read(layers.bytes(for: canvas))
    let placed = try #require(canvas.drawings.first)
    let wanted = PictureLayers.image(of: placed, on: canvas, cell: cell)
    let known = Set(colours.map(\.hex)).union([0x30ff90])
    var (compared, farthest) = (0, 0)
    for y in 0..<wanted.height {
      for x in 0..<wanted.width {
        let pixel = wanted[x, y].bits
        let hex = (pixel & 255) << 16 | pixel & 0xff00 | pixel >> 16 & 255
        guard known.contains(hex) else { continue }
        let place = (placed.rect.y * cell.height + y) * 40 * cell.width + placed.rect.x * cell.width + x
        let seen = try #require(terminal.screen[place])
        let parts = [hex >> 16 & 255, hex >> 8 & 255, hex & 255].map { Int($0) }
        for (a, b) in zip(seen, parts) { farthest = max(farthest, abs(Int(a) - b)) }
        compared += 1
      }
    }
    // A sixel's colour is in hundredths.
    #expect(compared > 10_000 && farthest <= 2, "\(compared), \(farthest)")
  }

  /// Sixels are wiped away by text: whatever cells the text may have touched are drawn again.
  @Test func sixelsShowTheLastCanvas() throws {
    var terminal = TerminalPictures(columns: 40, rows: 14, cell: cell)
    var layers = PictureLayers(.sixel, cell: cell)
    var text: Canvas?
    for (number, canvas) in story.enumerated() {
      let next = layers.text(of: canvas)
      let touched = text.map { next.changedColumns(from: $0) } ?? []
      for (row, columns) in touched.enumerated() { terminal.write(row: row, columns: columns) }
      text = next
      try terminal.read(layers.bytes(for: canvas, touched: touched))
      var pixels = [Pixel](repeating: .clear, count: terminal.width * terminal.height)
      for placed in canvas.drawings {
        let image = PictureLayers.image(of: placed, on: canvas, cell: cell)
        for y in 0..<image.height {
          for x in 0..<image.width {
            let place = (y + placed.rect.y * cell.height) * terminal.width + x + placed.rect.x * cell.width
            pixels[place] = image[x, y]
          }
        }
      }
      let isSame = zip(terminal.screen, pixels).allSatisfy { shown, wanted in
        guard let shown else { return wanted == .clear }
        let (red, green, blue) = wanted.straight
        return wanted != .clear && zip(shown, [red, green, blue]).allSatisfy { abs(Int($0) - Int($1)) <= 48 }
      }
      #expect(isSame, "\(number)")
    }
  }

  /// What lies over a picture is not covered by it, and what it hides comes back.
  @Test func dialogsAreHoles() {
    let canvas = canvas(step: 3, dialog: Rect(x: 8, y: 4, width: 24, height: 5))
    for placed in canvas.drawings {
      let image = PictureLayers.image(of: placed, on: canvas, cell: cell)
      for y in 0..<placed.rect.height {
        for x in 0..<placed.rect.width {
          let isHole = !canvas.showsDrawing(x: placed.rect.x + x, y: placed.rect.y + y)
          #expect((image[x * cell.width + 2, y * cell.height + 5] == .clear) == isHole)
        }
      }
    }
  }

  /// Where pixels are very small pictures are painted at half the size, and stretched by the terminal.
  @Test func smallPixelsAreStretched() throws {
    let canvas = canvas(step: 3)
    let large = CellSize(width: 20, height: 41)
    var terminal = TerminalPictures(columns: 40, rows: 14, cell: large)
    var layers = PictureLayers(.kitty(replacesParts: true), cell: large)
    try terminal.read(layers.bytes(for: canvas))
    for placed in canvas.drawings {
      let pictures = terminal.pictures.values.filter { $0.column == placed.rect.x }
      #expect(pictures.count == 2)
      for picture in pictures {
        #expect(picture.width == placed.rect.width * 10 && picture.height == placed.rect.height * 21)
        #expect(try #require(picture.cells) == (placed.rect.width, placed.rect.height))
      }
    }
    var sixels = PictureLayers(.sixel, cell: large)
    let text = String(decoding: sixels.bytes(for: canvas), as: UTF8.self)
    #expect(text.contains("q\"1;1;400;410"), "sixels are as large as they are")
  }

  /// What would take longer to paint than a frame lasts is characters.
  @Test func whatIsTooLargeIsCharacters() throws {
    let canvas = canvas(step: 3)
    let huge = CellSize(width: 170, height: 170)
    var layers = PictureLayers(.sixel, cell: huge)
    #expect(layers.text(of: canvas) == canvas && layers.bytes(for: canvas).isEmpty)
  }

  @Test func whatTheTerminalLostIsSentAgain() throws {
    let canvas = canvas(step: 3)
    for means in [PictureLayers.Means.kitty(replacesParts: true), .sixel] {
      var layers = PictureLayers(means, cell: cell)
      let whole = layers.bytes(for: canvas)
      layers.forget()
      #expect(layers.bytes(for: canvas) == whole)
    }
  }
}
