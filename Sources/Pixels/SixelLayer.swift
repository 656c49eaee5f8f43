import Canvas

/// The picture on a terminal with sixels: what was drawn, so that only cells that are different are drawn again.
///
/// A terminal forgets what lay below a picture: ground and what moves are drawn as one.
public struct SixelLayer: Sendable {
  private var palette: SixelPalette
  /// What the palette was made for.
  private var source: (palette: Palette, colours: DrawingColours)?
  /// What was drawn last, and its colours.
  private var drawn: (drawing: PlotDrawing, colours: DrawingColours)?
  private let cell: CellSize
  private var shown: (image: PixelImage, column: Int, row: Int)?

  /// A layer in so many colours on cells of a size.
  public init(palette: SixelPalette, cell: CellSize) {
    self.palette = palette
    self.cell = cell
  }

  /// A layer on cells of a size, in the colours of what it will draw.
  init(cell: CellSize) { self.init(palette: SixelPalette([Palette().ground]), cell: cell) }

  /// Draws in the colours of a drawing from now on; where they are others than before, everything anew.
  mutating func take(_ source: Palette, coloursOf drawing: PlotDrawing) {
    let colours = DrawingColours(of: drawing, after: drawn)
    drawn = (drawing, colours)
    if let known = self.source, known == (source, colours) { return }
    palette = SixelPalette(source, entries: 9, grounds: colours.grounds, inks: colours.inks)
    (self.source, shown) = ((source, colours), nil)
  }

  /// What draws a picture at a cell, counted from 0; nothing where it is drawn already.
  ///
  /// - Parameter isTouched: whether text may have been written over a cell of the picture since.
  public mutating func show(
    _ image: PixelImage, column: Int, row: Int,
    isTouched: (_ column: Int, _ row: Int) -> Bool = { _, _ in false }
  ) -> [UInt8] {
    defer { shown = (image, column, row) }
    var boxes = [
      PixelBox(
        left: 0, top: 0, width: (image.width + cell.width - 1) / cell.width,
        height: (image.height + cell.height - 1) / cell.height)
    ]
    if let shown, shown.column == column, shown.row == row, shown.image.width == image.width,
      shown.image.height == image.height
    {
      boxes = image.changedCells(from: shown.image, cell: cell, isTouched: isTouched)
    }
    var bytes: [UInt8] = []
    for box in boxes where !box.isEmpty {
      let part = image.part(box.scaled(by: cell))
      let sixels = SixelWriter.bytes(of: part, palette: &palette)
      bytes += EscapeSequence.drawn(sixels, column: column + box.left, row: row + box.top)
    }
    return bytes
  }

  /// Forgets what was drawn, as when text has been written over it.
  public mutating func forget() { shown = nil }
}
