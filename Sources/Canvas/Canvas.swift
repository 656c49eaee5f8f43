/// A picture made of cells: what a terminal of this size shows. Drawing outside it, or outside `clip`, does nothing, at
/// any size down to 0×0.
public struct Canvas: Sendable, Equatable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The cells, row by row from the top left; `width * height` of them.
  public internal(set) var cells: [Cell]
  /// What cells with the attributes for it stand for, where pixels can be drawn.
  public internal(set) var drawings: [PlacedDrawing] = []
  /// Where drawing shows, always inside the canvas. Not part of what makes two canvases equal.
  public private(set) var clip: Rect

  /// Whether letters whose likeness in ASCII is that of another letter are written as words: for a canvas of which `ascii`
  /// is shown.
  let isSpelled: Bool

  /// A blank canvas; negative sizes become 0.
  ///
  /// - Parameter isSpelled: whether η is written `lr`, as `Text.spelled` does.
  public init(width: Int, height: Int, style: Style = .plain, isSpelled: Bool = false) {
    self.isSpelled = isSpelled
    self.width = max(width, 0)
    self.height = max(height, 0)
    cells = Array(repeating: Cell(.space, style), count: self.width * self.height)
    clip = Rect(x: 0, y: 0, width: self.width, height: self.height)
  }

  /// Whether two canvases show the same.
  public static func == (a: Canvas, b: Canvas) -> Bool {
    a.width == b.width && a.height == b.height && a.cells == b.cells && a.drawings == b.drawings
  }

  /// All of it.
  public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  /// A cell. Outside the canvas, reading gives a blank; outside the clip, writing does nothing. A wide glyph that is
  /// half overwritten loses its other half; one that does not fit becomes a blank.
  public subscript(x: Int, y: Int) -> Cell {
    get { bounds.contains(x: x, y: y) ? cells[y * width + x] : Cell() }
    set { put(newValue, x: x, y: y) }
  }

  /// Runs `body` with drawing limited to a rectangle, within the present limits.
  public mutating func clipped<Result>(to rect: Rect, _ body: (inout Canvas) -> Result) -> Result {
    let before = clip
    clip = clip.intersection(rect)
    defer { clip = before }
    return body(&self)
  }

  private mutating func put(_ cell: Cell, x: Int, y: Int) {
    guard clip.contains(x: x, y: y), cell.glyph != .continuation else { return }
    let index = y * width + x
    let wide = cell.glyph.columns == 2
    if wide && x + 1 >= clip.right {
      separate(x: x, y: y)
      cells[index] = Cell(.space, cell.style)
      return
    }
    separate(x: x, y: y)
    if wide {
      separate(x: x + 1, y: y)
      cells[index + 1] = Cell(.continuation, cell.style)
    }
    cells[index] = cell
  }

  /// Blanks the other half of a wide glyph of which one half is about to go.
  private mutating func separate(x: Int, y: Int) {
    let index = y * width + x
    switch cells[index].glyph.columns {
    case 0 where x > 0: cells[index - 1].glyph = .space
    case 2 where x + 1 < width: cells[index + 1].glyph = .space
    default: break
    }
  }

  /// Makes every cell of a rectangle show one glyph in one style.
  public mutating func fill(_ rect: Rect, _ glyph: Glyph = .space, _ style: Style) {
    let area = clip.intersection(rect)
    guard !area.isEmpty else { return }
    let cell = Cell(glyph, style)
    if glyph.columns != 1 {
      for y in area.y..<area.bottom {
        for x in stride(from: area.x, to: area.right, by: 2) { put(cell, x: x, y: y) }
      }
      return
    }
    for y in area.y..<area.bottom {
      separate(x: area.x, y: y)
      separate(x: area.right - 1, y: y)
      for index in y * width + area.x..<y * width + area.right { cells[index] = cell }
    }
  }

  /// Makes every cell a blank of this style.
  public mutating func clear(_ style: Style = .plain) { fill(bounds, .space, style) }

  /// Changes the style of every cell of a rectangle, keeping the glyphs.
  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = clip.intersection(rect)
    for y in area.y..<area.bottom {
      for index in y * width + area.x..<y * width + area.right {
        cells[index].style = change(cells[index].style)
      }
    }
  }

  /// Copies another canvas into this one, its top left corner at the place given.
  public mutating func draw(_ other: Canvas, x: Int, y: Int) {
    for row in 0..<other.height {
      for column in 0..<other.width {
        let cell = other.cells[row * other.width + column]
        if cell.glyph != .continuation { put(cell, x: x + column, y: y + row) }
      }
    }
  }

  /// The text of each row, exactly: `width` columns each, blanks included.
  public var rows: [String] {
    (0..<height).map { y in
      var text = String.UnicodeScalarView()
      for index in y * width..<(y + 1) * width { cells[index].glyph.write(to: &text) }
      return String(text)
    }
  }

  /// The nearest canvas that a terminal of this depth can show.
  public func quantised(to depth: ColourDepth) -> Canvas {
    guard depth != .direct else { return self }
    var copy = self
    // Neighbouring cells mostly share a style.
    var last = Style.plain
    var lastQuantised = Style.plain.quantised(to: depth)
    for index in copy.cells.indices {
      let style = copy.cells[index].style
      if style != last {
        last = style
        lastQuantised = style.quantised(to: depth)
      }
      copy.cells[index].style = lastQuantised
    }
    return copy
  }

  /// The canvas with every glyph beyond ASCII replaced by its nearest ASCII one.
  public var ascii: Canvas {
    var copy = self
    for index in copy.cells.indices where copy.cells[index].glyph.bits >= 0x7f {
      copy.cells[index].glyph = copy.cells[index].glyph.ascii
    }
    for index in copy.cells.indices where copy.cells[index].glyph == .continuation {
      copy.cells[index].glyph = .space
    }
    return copy
  }
}
