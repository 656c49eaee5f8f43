import Canvas
import Testing

@testable import Pixels

/// Shapes on a picture.
struct PainterTests {
  private let red = Colour(200, 40, 20)
  private let page = Colour(10, 20, 30)

  @Test func anOpaqueShapeHasItsColour() {
    var painter = PixelPainter(on: PixelImage(width: 12, height: 12, filledWith: Pixel(page)))
    painter.discs(at: [SIMD2(6, 6)], radius: 4, colour: red)
    #expect(painter.image[6, 6] == Pixel(red) && painter.image[0, 0] == Pixel(page))
    #expect(painter.image.isOpaque)
    // Its edge lies between.
    let edge = painter.image[2, 5].straight
    #expect(edge.red > page.red && edge.red < red.red)
  }

  /// Opacity is that of the whole shape: where a line crosses itself, and where discs overlap, it is no darker.
  @Test func crossingsAreNoDarker() {
    var painter = PixelPainter(on: PixelImage(width: 30, height: 30, filledWith: Pixel(page)))
    painter.stroke(
      [[SIMD2(3, 15), SIMD2(27, 15)], [SIMD2(15, 3), SIMD2(15, 27)]], width: 5, colour: red, opacity: 0.5)
    let mixed = page.mixed(with: red, amount: 128.0 / 255)
    #expect(painter.image[15, 15] == painter.image[7, 15] && painter.image[15, 15] == Pixel(mixed))
  }

  @Test func onAClearPictureOnlyTheShapeIs() {
    var painter = PixelPainter(width: 20, height: 20)
    painter.stroke([[SIMD2(4, 10), SIMD2(16, 10)]], width: 4, colour: red, opacity: 0.5)
    #expect(painter.image[0, 0] == .clear && painter.image[10, 9].opacity == 128)
    let (r, g, b) = painter.image[10, 9].straight
    #expect(abs(Int(r) - 200) <= 1 && abs(Int(g) - 40) <= 1 && abs(Int(b) - 20) <= 1)
    // Laid over the page it is what it would have been on the page.
    let page = PixelImage(width: 20, height: 20, filledWith: Pixel(page))
    var direct = PixelPainter(on: page)
    direct.stroke([[SIMD2(4, 10), SIMD2(16, 10)]], width: 4, colour: red, opacity: 0.5)
    let covered = page.covered(by: painter.image)
    for index in covered.pixels.indices {
      let (a, b) = (covered.pixels[index].straight, direct.image.pixels[index].straight)
      #expect(abs(Int(a.red) - Int(b.red)) <= 1 && abs(Int(a.green) - Int(b.green)) <= 1)
    }
  }

  @Test func outsideTheClipNothingIsPainted() {
    var painter = PixelPainter(width: 20, height: 20)
    painter.clip = PixelBox(left: 5, top: 5, width: 10, height: 10)
    painter.stroke([[SIMD2(-5, 10), SIMD2(25, 10)]], width: 3, colour: red)
    painter.shade(
      ShadeField(columns: 1, rows: 1, shades: [1]), in: PixelBox(left: 0, top: 0, width: 20, height: 8),
      ramp: ColourRamp(through: [page, red], none: page))
    #expect(painter.image[4, 9] == .clear && painter.image[5, 9] == Pixel(red))
    #expect(painter.image[5, 4] == .clear && painter.image[5, 5] == Pixel(red))
  }

  /// Between the middles of squares a field is linear, beyond them level; what is no number is the page.
  @Test func fieldsAreInterpolated() {
    let ramp = ColourRamp(through: [Colour(hex: 0), Colour(hex: 0xffffff)], none: red)
    var painter = PixelPainter(width: 8, height: 4)
    painter.shade(
      ShadeField(columns: 2, rows: 1, shades: [0, 1]), in: PixelBox(left: 0, top: 0, width: 8, height: 4),
      ramp: ramp)
    func lightness(_ shade: Double) -> UInt8 { OKLab(lightness: shade, hue: .zero).colour.red }
    // Middles of pixels lie at -0.375, -0.125, 0.125, … of the way from one square to the other.
    let shades = [0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1]
    for (column, shade) in shades.enumerated() {
      for row in 0..<4 {
        let found = painter.image[column, row].straight.red
        #expect(abs(Int(found) - Int(lightness(shade))) <= 1, "\(column): \(found)")
      }
    }
    painter.shade(
      ShadeField(columns: 3, rows: 1, shades: [2, .nan, -1]),
      in: PixelBox(left: 0, top: 0, width: 9, height: 4), ramp: ramp)
    #expect(painter.image[0, 0] == Pixel(Colour(hex: 0xffffff)) && painter.image[3, 0] == Pixel(red))
    #expect(painter.image[4, 0] == Pixel(red) && painter.image[7, 3] == Pixel(Colour(hex: 0)))
  }

  @Test func aPaletteGivesTheRampOfItsShading() {
    for theme in Theme.allCases {
      let palette = Palette(theme: theme)
      let ramp = ColourRamp(palette)
      #expect(ramp.pixel(0) == Pixel(palette.tones[0].ground))
      #expect(ramp.pixel(1) == Pixel(palette.tones[palette.tones.count - 1].ground))
      #expect(ramp.pixel(.nan) == Pixel(palette.ground))
      #expect(ramp.pixel(.infinity) == ramp.pixel(1) && ramp.pixel(-.infinity) == ramp.pixel(0))
    }
  }

  // MARK: Pictures

  @Test func layingOverIsThatOfPorterAndDuff() {
    for (opacity, below) in [(0.25, 0.5), (0.75, 1), (1, 0.3), (0, 0.7)] {
      let top = Pixel(red).scaled(by: UInt32(opacity * 255))
      let under = Pixel(page).scaled(by: UInt32(below * 255))
      let wanted = opacity + below * (1 - opacity)
      #expect(abs(Double(top.over(under).opacity) / 255 - wanted) < 0.006)
    }
    #expect(Pixel(red).over(Pixel(page)) == Pixel(red) && Pixel.clear.over(Pixel(page)) == Pixel(page))
  }

  @Test func changesAreFound() {
    let image = PixelImage(width: 50, height: 43, filledWith: Pixel(page))
    #expect(image.change(from: image) == nil && image.changedCells(from: image, cell: cell).isEmpty)
    var other = image
    other[12, 21] = Pixel(red)
    other[31, 25] = Pixel(red)
    other[49, 42] = Pixel(red)
    #expect(other.change(from: image) == PixelBox(left: 12, top: 21, width: 38, height: 22))
    // Cells of 10x20: two cells apart in the second row, and the one in the corner of which there is only a part.
    #expect(
      other.changedCells(from: image, cell: cell) == [
        PixelBox(left: 1, top: 1, width: 1, height: 1), PixelBox(left: 3, top: 1, width: 1, height: 1),
        PixelBox(left: 4, top: 2, width: 1, height: 1),
      ])
    // Cells on each other are one rectangle.
    other = image
    for row in 0..<43 { for column in 10..<30 { other[column, row] = Pixel(red) } }
    #expect(
      other.changedCells(from: image, cell: cell) == [PixelBox(left: 1, top: 0, width: 2, height: 3)])
    #expect(other.part(PixelBox(left: 29, top: 40, width: 9, height: 9)).width == 9)
    #expect(other.part(PixelBox(left: 29, top: 40, width: 9, height: 9)).height == 3)
    #expect(other.part(PixelBox(left: 29, top: 40, width: 9, height: 9))[0, 0] == Pixel(red))
  }

  private let cell = CellSize(width: 10, height: 20)
}
