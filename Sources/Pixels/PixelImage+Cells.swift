package import Canvas

extension PixelImage {
  /// A screen as a terminal shows it that draws pixels, ten of them for a column.
  ///
  /// - Parameter palette: the colours of what has none of its own.
  package init(screen: Canvas, _ palette: Palette) {
    let cell = CellSize(width: 10, height: 20)
    let picture = CellPicture(
      of: screen.besideDrawings, foreground: palette.text, background: palette.ground, cellWidth: cell.width)
    self.init(picture, scale: 1)
    for placed in screen.drawings {
      let part = PictureLayers.image(of: placed, on: screen, cell: cell)
      lay(part, left: placed.rect.x * cell.width, top: placed.rect.y * cell.height)
    }
  }

  /// Lays a picture over a part of this one; what of it is outside is left out.
  private mutating func lay(_ part: PixelImage, left: Int, top: Int) {
    let box = PixelBox(left: left, top: top, width: part.width, height: part.height).intersection(bounds)
    for row in box.top..<box.bottom {
      for column in box.left..<box.right {
        self[column, row] = part[column - left, row - top].over(self[column, row])
      }
    }
  }

  /// A screen in pixels, so many for each of the picture.
  package init(_ picture: CellPicture, scale: Double) {
    func pixels(_ units: Double) -> Int { Int(clamped: (units * scale).rounded()) }
    var painter = PixelPainter(
      on: PixelImage(
        width: max(1, pixels(Double(picture.width))), height: max(1, pixels(Double(picture.height))),
        filledWith: Pixel(picture.page)))
    for area in picture.grounds + picture.areas {
      // On whole pixels, so that what meets in the picture meets here.
      let (left, top) = (pixels(area.x), pixels(area.y))
      painter.fill(
        PixelBox(
          left: left, top: top, width: max(1, pixels(area.x + area.width) - left),
          height: max(1, pixels(area.y + area.height) - top)),
        colour: area.colour, opacity: area.opacity)
    }
    for dot in picture.dots {
      painter.discs(
        at: [SIMD2(dot.x, dot.y) * scale], radius: dot.radius * scale, colour: dot.colour)
    }
    for run in picture.runs {
      var label = Picture.Label(run.text, at: SIMD2(run.x, run.y), size: picture.size)
      (label.face, label.isBold) = (.mono, run.isBold)
      painter.write(label, colour: run.colour, scale: scale)
      guard run.isUnderlined else { continue }
      painter.stroke(
        [[SIMD2(run.x, run.y + 2) * scale, SIMD2(run.x + run.width, run.y + 2) * scale]], width: scale,
        colour: run.colour)
    }
    self = painter.image
  }
}
