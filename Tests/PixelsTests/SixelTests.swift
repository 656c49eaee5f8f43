import Canvas
import TestSupport
import Testing

@testable import Pixels

/// Sixels, drawn by a model of the terminal and compared with the pictures.
struct SixelTests {
  private let cell = CellSize(width: 10, height: 20)
  private let palette = SixelPalette(Palette(), entries: 5)

  /// The colours that a terminal has for a picture: those of the palette in hundredths.
  private func quantised(_ image: PixelImage) -> [[UInt8]] {
    var palette = palette
    return image.pixels.map { pixel in
      let colour = palette.colours[Int(palette.number(of: pixel))]
      return [colour.red, colour.green, colour.blue].map { part in
        let hundredths = (Int(part) * 100 + 127) / 255
        return UInt8((hundredths * 255 + 50) / 100)
      }
    }
  }

  /// What the terminal shows from the fourth column and the third row on.
  private func screen(of terminal: TerminalPictures, width: Int, height: Int) -> [[UInt8]?] {
    (0..<height).flatMap { row in
      (0..<width).map { terminal.screen[(row + 40) * terminal.width + $0 + 30] }
    }
  }

  @Test func thePictureArrives() throws {
    for (width, height) in [(200, 160), (33, 41), (1, 1), (7, 6)] {
      let image = PNGTests.picture(width: width, height: height)
      var terminal = TerminalPictures(columns: 30, rows: 12, cell: cell)
      var layer = SixelLayer(palette: palette, cell: cell)
      try terminal.read(layer.show(image, column: 3, row: 2))
      let wanted = quantised(image)
      #expect(screen(of: terminal, width: width, height: height) == wanted)
      #expect(terminal.screen.filter { $0 != nil }.count == width * height)
    }
  }

  @Test func theLayerDrawsWhatIsDifferent() throws {
    let image = PNGTests.picture(width: 200, height: 160)
    var terminal = TerminalPictures(columns: 30, rows: 12, cell: cell)
    var layer = SixelLayer(palette: palette, cell: cell)
    let whole = layer.show(image, column: 3, row: 2)
    try terminal.read(whole)
    #expect(layer.show(image, column: 3, row: 2).isEmpty)
    var next = PixelPainter(on: image)
    next.discs(at: [SIMD2(100, 80), SIMD2(15, 150)], radius: 5, colour: Colour(255, 255, 255))
    let change = layer.show(next.image, column: 3, row: 2)
    try terminal.read(change)
    let wanted = quantised(next.image)
    #expect(screen(of: terminal, width: 200, height: 160) == wanted)
    #expect(change.count * 4 < whole.count)
    layer.forget()
    #expect(layer.show(next.image, column: 3, row: 2).count > change.count)
  }

  /// The colours of the shading and of the entries are there, and mixtures for edges are near.
  @Test(arguments: Theme.allCases) func thePaletteFitsThePicture(theme: Theme) {
    let colours = Palette(theme: theme)
    for entries in [0, 4, 9, 40] {
      var palette = SixelPalette(colours, entries: entries)
      #expect(palette.colours.count <= 256 && palette.colours.count > 40)
      for entry in 0..<min(entries, 9) {
        let number = Int(palette.number(of: Pixel(colours.entry(entry))))
        #expect(palette.colours[number].hex == colours.entry(entry).hex)
      }
      for tone in colours.tones {
        let number = Int(palette.number(of: Pixel(tone.ground)))
        let miss = abs(OKLab(palette.colours[number]).lightness - OKLab(tone.ground).lightness)
        #expect(miss < 0.015)
      }
    }
  }

  /// What was found before is found again, whichever colours came between.
  @Test func theNearestColourIsTheNearest() {
    var random = SplitMix64(state: 2)
    var palette = palette
    for _ in 0..<4000 {
      let colour = Colour(hex: UInt32.random(in: 0...0xffffff, using: &random))
      let found = palette.colours[Int(palette.number(of: Pixel(colour)))]
      let least = palette.colours.map { Colour.distance($0.hex, colour.hex) }.min()
      #expect(Colour.distance(found.hex, colour.hex) == least)
    }
  }
}
