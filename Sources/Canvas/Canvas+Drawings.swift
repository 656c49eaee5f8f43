/// What lies under the characters of a canvas for terminals that can draw pixels.
extension Canvas {
  /// A drawing and the cells that it takes.
  public struct PlacedDrawing: Sendable, Equatable {
    /// Where it stands; it is as large as this.
    public let rect: Rect
    /// What it shows.
    public internal(set) var drawing: PlotDrawing
  }

  /// Has a drawing stand for all cells of a rectangle, which have its likeness.
  public mutating func draw(_ drawing: PlotDrawing, at rect: Rect) {
    restyle(rect) { $0.adding(.drawn) }
    add(drawing, at: rect)
  }

  /// Lays a drawing over those that are there. Where it has the place of one of them, that one goes on with its items.
  mutating func add(_ drawing: PlotDrawing, at rect: Rect) {
    guard drawing.columns > 0, drawing.rows > 0 else { return }
    guard let index = drawings.firstIndex(where: { $0.rect == rect }), drawing.ground == .page else {
      drawings.removeAll { $0.rect == rect }
      drawings.append(PlacedDrawing(rect: rect, drawing: drawing))
      return
    }
    drawings[index].drawing.items += drawing.items
  }

  /// The text beside drawings: blank where one of them stands for what is there.
  public var besideDrawings: Canvas { besideDrawings { _, _, _ in nil } }

  /// The text beside drawings, with something of the drawing's in place of what it stands for.
  ///
  /// - Parameter holder: what stands at a cell of the drawing of a number, counted from its corner; nil for a blank.
  package func besideDrawings(_ holder: (_ drawing: Int, _ x: Int, _ y: Int) -> Cell?) -> Canvas {
    guard !drawings.isEmpty else { return self }
    var copy = self
    copy.drawings = []
    for index in cells.indices where cells[index].style.attributes.contains(.drawn) {
      copy.cells[index] = Cell(Canvas.drawn, .plain)
    }
    for (number, placed) in drawings.enumerated() {
      let rect = placed.rect.intersection(bounds)
      for y in rect.y..<rect.bottom {
        for x in rect.x..<rect.right where showsDrawing(x: x, y: y) {
          guard let cell = holder(number, x - placed.rect.x, y - placed.rect.y) else { continue }
          copy.cells[y * width + x] = cell
        }
      }
    }
    return copy
  }

  /// Whether a drawing is seen in a cell.
  public func showsDrawing(x: Int, y: Int) -> Bool { self[x, y].style.attributes.contains(.drawn) }

  /// From the first to the last column of each row in which this canvas differs from another, which is where text may be
  /// sent; of a canvas of another size everything.
  public func changedColumns(from other: Canvas) -> [Range<Int>] {
    (0..<height).map { row in
      guard other.width == width, other.height == height else { return 0..<width }
      let cells = row * width..<(row + 1) * width
      guard let first = cells.first(where: { self.cells[$0] != other.cells[$0] }),
        let last = cells.last(where: { self.cells[$0] != other.cells[$0] })
      else { return 0..<0 }
      return first - row * width..<last + 1 - row * width
    }
  }

  /// What stands where a drawing is: a blank that differs from all others, so that one of those is sent when the drawing
  /// goes, and wipes it away.
  private static let drawn: Glyph = "\u{a0}"
}
