import Canvas

/// A drawing of a canvas in pixels: its ground and what moves over it, clear wherever other cells lie over it. The ground is
/// kept while nothing of what it shows changes.
struct PaintedDrawing: Sendable {
  private(set) var ground = PixelImage(width: 0, height: 0)
  private(set) var moving = PixelImage(width: 0, height: 0)
  /// What both show.
  private(set) var drawing: PlotDrawing?
  private var still: Still?

  /// What the ground shows.
  private struct Still: Equatable {
    var drawing: PlotDrawing
    var grounds: [Colour]
    var isSeen: [Bool]
  }

  /// Both, as one.
  var image: PixelImage { ground.covered(by: moving) }

  /// Paints a drawing of a canvas on cells of a size.
  ///
  /// - Parameter ramp: the colours of shades.
  mutating func paint(
    _ placed: Canvas.PlacedDrawing, on canvas: Canvas, cell: CellSize, ramp: ColourRamp
  ) {
    let (drawing, rect) = (placed.drawing, placed.rect)
    let places = (0..<drawing.rows).flatMap { y in (0..<drawing.columns).map { (rect.x + $0, rect.y + y) } }
    // A drawing that was added later lies over this one, as the preview in a dialog does.
    let over = canvas.drawings.reversed().prefix { $0.rect != rect }.map(\.rect)
    let next = Still(
      drawing: drawing.still,
      grounds: drawing.ground == .page ? places.map { canvas[$0, $1].style.background } : [],
      isSeen: places.map { x, y in
        canvas.showsDrawing(x: x, y: y) && !over.contains { $0.contains(x: x, y: y) }
      })
    let painter = DrawingPainter(drawing, cell: cell)
    if still != next {
      ground = painter.ground(ramp: ramp) { next.grounds[$1 * drawing.columns + $0] }
      ground.erase(cell: cell) { !next.isSeen[$1 * drawing.columns + $0] }
      still = next
    }
    self.drawing = drawing
    moving = painter.moving()
    moving.erase(cell: cell) { !next.isSeen[$1 * drawing.columns + $0] }
  }
}

extension PixelImage {
  /// Clears the pixels of cells.
  fileprivate mutating func erase(cell: CellSize, where isHidden: (_ x: Int, _ y: Int) -> Bool) {
    for y in 0..<height / cell.height {
      for x in 0..<width / cell.width where isHidden(x, y) {
        for row in y * cell.height..<(y + 1) * cell.height {
          for column in x * cell.width..<(x + 1) * cell.width { self[column, row] = .clear }
        }
      }
    }
  }
}
