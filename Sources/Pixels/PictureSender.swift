import Canvas

/// What brings the picture of one drawing to a terminal, and knows what it was sent.
protocol PictureSender: Sendable {
  /// What shows a picture in a rectangle of cells; nothing where it is shown already.
  ///
  /// - Parameters:
  ///   - palette: the colours that it is painted in.
  ///   - isTouched: whether text may have been written over a cell of the screen since.
  mutating func show(
    _ picture: PaintedDrawing, in rect: Rect, palette: Palette,
    isTouched: (_ column: Int, _ row: Int) -> Bool
  ) -> [UInt8]

  /// What takes the picture away.
  mutating func clear() -> [UInt8]

  /// Forgets what was sent: the terminal has lost it.
  mutating func forget()
}

extension KittyLayer: PictureSender {
  mutating func show(
    _ picture: PaintedDrawing, in rect: Rect, palette: Palette,
    isTouched: (_ column: Int, _ row: Int) -> Bool
  ) -> [UInt8] {
    show(ground: picture.ground, moving: picture.moving, column: rect.x, row: rect.y)
  }
}

extension PlaceholderLayer: PictureSender {
  mutating func show(
    _ picture: PaintedDrawing, in rect: Rect, palette: Palette,
    isTouched: (_ column: Int, _ row: Int) -> Bool
  ) -> [UInt8] {
    show(picture.image, columns: rect.width, rows: rect.height)
  }
}

extension SixelLayer: PictureSender {
  mutating func show(
    _ picture: PaintedDrawing, in rect: Rect, palette: Palette,
    isTouched: (_ column: Int, _ row: Int) -> Bool
  ) -> [UInt8] {
    if let drawing = picture.drawing { take(palette, coloursOf: drawing) }
    return show(picture.image, column: rect.x, row: rect.y) { isTouched(rect.x + $0, rect.y + $1) }
  }

  /// Sixels are written over by text.
  mutating func clear() -> [UInt8] { [] }
}
