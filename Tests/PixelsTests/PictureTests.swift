import Canvas
import TestSupport
import Testing

@testable import Pixels

/// A picture as shapes, and what pixels make of it.
struct PictureTests {
  private let page = Colour(hex: 0xffffff)
  private let ink = Colour(hex: 0x203040)

  private func painted(_ items: [Picture.Item], scale: Double = 1) -> PixelImage {
    Picture(width: 40, height: 30, page: page, title: "", words: "", items: items).image(scale: scale)
  }

  /// The darkness of a part of a picture, in pixels that are wholly dark.
  private func dark(_ image: PixelImage, _ box: PixelBox? = nil) -> Double {
    let part = box.map(image.part) ?? image
    return part.pixels.reduce(0) { $0 + Double(255 - Int($1.straight.red)) / Double(255 - 0x20) }
  }

  @Test func theScaleMakesPixelsOfUnits() {
    for scale in [0.25, 1, 1.5, 3] {
      let image = painted(
        [Picture.Item(.circle(SIMD2(20, 15), radius: 8), pen: Picture.Pen(fill: ink))], scale: scale)
      #expect(image.width == Int((40 * scale).rounded()) && image.height == Int((30 * scale).rounded()))
      #expect(abs(dark(image) / (.pi * 64 * scale * scale) - 1) < 0.03)
    }
  }

  /// What a thing does not say is as in the group around it, and a group is cut off at its box.
  @Test func groupsHandOnPensAndCut() {
    let line = Picture.Item(.lines([Picture.Line([SIMD2(0, 15), SIMD2(40, 15)])]))
    let group = Picture.Item(
      .group([line], clip: Box(left: 10, top: 0, width: 20, height: 30)),
      pen: Picture.Pen(stroke: ink, width: 4))
    let image = painted([group, Picture.Item(.circle(SIMD2(36, 4), radius: 2), pen: Picture.Pen(fill: ink))])
    #expect(image[9, 14] == Pixel(page) && image[10, 14] == Pixel(ink) && image[29, 16] == Pixel(ink))
    #expect(image[30, 15] == Pixel(page) && image[20, 12] == Pixel(page))
    // The cut ends with the group.
    #expect(image[36, 4] == Pixel(ink))
    // What has no pen is not drawn.
    #expect(dark(painted([line])) == 0)
  }

  @Test func anOutlineLiesHalfWithin() {
    let red = Colour(255, 0, 0)
    let image = painted([
      Picture.Item(
        .circle(SIMD2(20, 15), radius: 8), pen: Picture.Pen(fill: ink, stroke: red, width: 4))
    ])
    #expect(image[20, 15] == Pixel(ink) && image[20, 10] == Pixel(ink))
    #expect(image[20, 7] == Pixel(red) && image[20, 6] == Pixel(red) && image[20, 4] == Pixel(page))
  }

  @Test func theGroundIsThatOfItsShades() {
    let ramp = ColourRamp(through: [ink, page], none: page)
    let ground = Picture.Ground(
      box: Box(left: 5, top: 5, width: 20, height: 20), lowest: ink, bands: [],
      shades: ShadeField(columns: 2, rows: 1, shades: [0, 1]), ramp: ramp)
    let image = painted([Picture.Item(.ground(ground))])
    #expect(image[4, 10] == Pixel(page) && image[5, 5] == Pixel(ink) && image[9, 24] == Pixel(ink))
    #expect(image[20, 10] == Pixel(page) && image[25, 10] == Pixel(page))
    #expect(image[15, 10].straight.red > 0x40 && image[15, 10].straight.red < 0xe0)
  }

  // MARK: Text

  private func width(of text: String, size: Double, face: Picture.Label.Face = .sans) -> (Int, Int)? {
    var label = Picture.Label(text, at: SIMD2(4, 20), size: size)
    label.face = face
    let image = Picture(
      width: 400, height: 30, page: page, title: "", words: "",
      items: [Picture.Item(.text(label), pen: Picture.Pen(fill: ink))]
    ).image(scale: 1)
    let clear = PixelImage(width: 400, height: 30, filledWith: Pixel(page))
    return image.change(from: clear).map { ($0.left, $0.right) }
  }

  /// Every letter of ASCII, of formulas and of the screen has a form of its own.
  @Test func lettersHaveForms() {
    let unknown = StrokeFont.form("\u{4e2d}")
    let letters =
      (0x21...0x7e).compactMap { Unicode.Scalar($0) }
      + "ηθβκλμρσφωτεδγα∇√−×·²³⁻¹ᵀ₀₁₂∞≤≥°…‖½¼→←↑↓•▪∘▫●◦▸◆○◇◢▶éöΣ⊗".unicodeScalars
    for letter in letters {
      let form = StrokeFont.form(letter)
      #expect(form.strokes != unknown.strokes && !(form.strokes.isEmpty && form.areas.isEmpty), "\(letter)")
      #expect(form.advance > 0 && form.advance <= 20)
      // On the grid: nothing reaches into the lines above and below.
      for place in (form.strokes + form.areas).joined() {
        #expect((-5...16).contains(place.y) && (-1...19).contains(place.x), "\(letter) \(place)")
      }
    }
    #expect(StrokeFont.form(" ").strokes.isEmpty)
    // Letters that are easily taken for each other are not the same.
    for (a, b) in [("O", "0"), ("I", "l"), ("1", "l"), ("a", "o"), ("η", "n"), ("ν", "v"), ("−", "–")] {
      let forms = [a, b].map { StrokeFont.form($0.unicodeScalars.first!).strokes }
      #expect(forms[0] != forms[1], "\(a) \(b)")
    }
  }

  @Test func textStandsWhereItIsAnchored() throws {
    let start = try #require(width(of: "xHx", size: 16))
    #expect(start.0 >= 4 && start.0 <= 7)
    var label = Picture.Label("xHx", at: SIMD2(200, 20), size: 16)
    for (anchor, shift) in [(Picture.Label.Anchor.middle, 0.5), (.end, 1)] {
      label.anchor = anchor
      let image = Picture(
        width: 400, height: 30, page: page, title: "", words: "",
        items: [Picture.Item(.text(label), pen: Picture.Pen(fill: ink))]
      ).image(scale: 1)
      let clear = PixelImage(width: 400, height: 30, filledWith: Pixel(page))
      let box = try #require(image.change(from: clear))
      let length = Double(start.1 - start.0)
      #expect(abs(Double(box.left) - (200 - shift * (length + 2.4) + 1.2)) <= 1.6, "\(anchor)")
      // Capitals end at 0.7 of the size.
      #expect(abs(box.top - (20 - 11)) <= 2 && abs(box.bottom - 20) <= 1)
    }
  }

  @Test func lettersOfOneWidthStandInCells() throws {
    // Of size 20 a cell is 12.04 wide.
    let first = try #require(width(of: "i", size: 20, face: .mono))
    let tenth = try #require(width(of: "MMMMMMMMMi", size: 20, face: .mono))
    #expect(abs(Double(tenth.1 - first.1) - 9 * 12.04) <= 1)
    #expect(first.0 > 4 + 3 && first.1 < 4 + 9)
  }

  @Test func textIsTurnedAroundItsPlace() {
    var label = Picture.Label("HHHH", at: SIMD2(20, 28), size: 10)
    label.turn = (-90, SIMD2(20, 28))
    let image = painted([Picture.Item(.text(label), pen: Picture.Pen(fill: ink))])
    // Upwards, and to the left of its line.
    #expect(dark(image, PixelBox(left: 0, top: 0, width: 40, height: 10)) > 3)
    #expect(dark(image, PixelBox(left: 22, top: 0, width: 18, height: 30)) == 0)
    #expect(dark(image, PixelBox(left: 12, top: 0, width: 10, height: 30)) > 15)
  }

  /// What a terminal would obey is written as it is told, not obeyed.
  @Test func hostileTextIsMadeVisible() throws {
    let harmless = try #require(width(of: "ab", size: 12))
    let hostile = try #require(width(of: "a\u{1b}b", size: 12))
    #expect(hostile.1 > harmless.1 + 20)
    #expect(width(of: "", size: 12) == nil)
  }

  @Test func boldIsWider() {
    func amount(_ isBold: Bool) -> Double {
      var label = Picture.Label("HIH", at: SIMD2(4, 20), size: 14)
      label.isBold = isBold
      return dark(painted([Picture.Item(.text(label), pen: Picture.Pen(fill: ink))]))
    }
    #expect(amount(true) > amount(false) * 1.3)
  }

  @Test func anglesAreThoseOfTheCircle() {
    for degrees in stride(from: -720.0, through: 720, by: 7.5) {
      let place = UnitCircle.place(at: degrees)
      #expect(abs((place * place).sum() - 1) < 1e-12)
      // Twice the angle by the addition theorem.
      let twice = UnitCircle.place(at: 2 * degrees)
      #expect(abs(twice.x - (place.x * place.x - place.y * place.y)) < 1e-9)
      #expect(abs(twice.y - 2 * place.x * place.y) < 1e-9)
    }
    #expect(abs(UnitCircle.place(at: 30).y - 0.5) < 1e-12 && abs(UnitCircle.place(at: -60).x - 0.5) < 1e-12)
    #expect(UnitCircle.place(at: .nan) == SIMD2(1, 0))
  }

  // MARK: Screens

  /// Blocks, dots and letters of a screen are where a terminal would show them.
  @Test func aScreenIsShownCellByCell() {
    var canvas = Canvas(width: 4, height: 2)
    let style = Style(ink, on: Colour(255, 255, 0))
    canvas[0, 0] = Cell("▀", style)
    canvas[1, 0] = Cell("⠁", style)
    canvas[2, 0] = Cell("H", style)
    canvas[3, 1] = Cell("▒", Style(ink, on: page))
    let picture = CellPicture(of: canvas, foreground: ink, background: page, cellWidth: 10)
    let image = PixelImage(picture, scale: 2)
    #expect(image.width == 80 && image.height == 80)
    #expect(image[10, 19] == Pixel(ink) && image[10, 20] == Pixel(Colour(255, 255, 0)))
    #expect(image[25, 5] == Pixel(ink) && image[35, 5] == Pixel(Colour(255, 255, 0)))
    let letter = image.part(PixelBox(left: 40, top: 0, width: 20, height: 40))
    #expect(letter.pixels.contains(Pixel(ink)) && letter[0, 0] == Pixel(Colour(255, 255, 0)))
    #expect(image[70, 60] == Pixel(page.mixed(with: ink, amount: 128.0 / 255)) && image[0, 70] == Pixel(page))
  }

  @Test func aScreenOfNothingHasAPixel() {
    let picture = CellPicture(
      of: Canvas(width: 0, height: 0), foreground: ink, background: page, cellWidth: 10)
    #expect(PixelImage(picture, scale: 1).pixels == [Pixel(page)])
  }
}
