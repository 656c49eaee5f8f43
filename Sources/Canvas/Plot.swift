/// A picture of a landscape and what moves over it, made of layers that are put together only when it is painted: shading,
/// contour lines, trails, markers. A cell has two colours, so in each the topmost layer wins, and the others lend it
/// their ground.
///
/// Places are cells as numbers: x from 0 at the left to `columns`, y from 0 at the top to `rows`. Everything is clipped to
/// that; places that are not finite draw nothing. A plot is a value: keep one with shading and lines, and draw trails on a
/// copy of it every frame.
public struct Plot: Sendable, Equatable {
  /// Cells across.
  public let columns: Int
  /// Cells down.
  public let rows: Int
  /// The characters it is made of.
  public let rung: GlyphSet
  /// Its colours.
  public let palette: Palette

  /// Into what cells are divided for the shading.
  var shadingDots = Dots.half
  /// The tone of each part of a cell, row by row over the whole plot; 255 is none.
  var shading: [UInt8]
  /// The tones that `shading` counts.
  var tones: [Tone]
  /// Whether a tone between two others lies between them in the list too.
  var tonesAreOrdered = true

  /// The contour lines; a colour of `.terminal` means one that stands out from the ground.
  private(set) var lines: DotGrid

  /// The trails in each cell.
  var trails: [TrailCell]

  /// The markers, in the order drawn; cell index and cell.
  var markers: [(index: Int, cell: Cell)] = []

  /// Cells over which something will be painted: no text is placed in them.
  private(set) var reserved: Set<Int> = []

  /// The same for a terminal that draws pixels, kept where the rung is that.
  var drawing: PlotDrawing?

  /// An empty plot; negative sizes become 0, and `auto` counts as `braille`.
  public init(columns: Int, rows: Int, rung: GlyphSet = .braille, palette: Palette = Palette()) {
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
    self.rung = rung == .auto ? .braille : rung
    self.palette = palette
    let cells = self.columns * self.rows
    shading = Array(repeating: 255, count: cells * 2)
    tones = palette.tones
    lines = DotGrid(rung.lineDots, width: self.columns, height: self.rows)
    trails = Array(repeating: TrailCell(), count: cells)
    if rung == .pixels { drawing = PlotDrawing(columns: self.columns, rows: self.rows, palette: palette) }
  }

  /// Whether two plots paint the same.
  public static func == (a: Plot, b: Plot) -> Bool {
    a.columns == b.columns && a.rows == b.rows && a.rung == b.rung && a.palette == b.palette
      && a.shading == b.shading && a.shadingDots == b.shadingDots
      && a.tones == b.tones && a.lines == b.lines && a.trails == b.trails
      && a.reserved == b.reserved && a.markers.elementsEqual(b.markers) { $0 == $1 } && a.drawing == b.drawing
  }

  // MARK: Lines

  /// Draws a line through places, clipped. Without a colour it takes one that stands out from its ground.
  public mutating func line(_ points: some Sequence<SIMD2<Double>>, colour: Colour? = nil) {
    lines.polyline(points, colour ?? .terminal)
    drawing?.add(Array(points), colour: colour)
  }

  /// Draws one segment of a line.
  public mutating func segment(_ a: SIMD2<Double>, _ b: SIMD2<Double>, colour: Colour? = nil) {
    lines.line(from: a, to: b, colour ?? .terminal)
    drawing?.add([a, b], colour: colour)
  }

  /// Draws single dots of a colour, as fine as lines are.
  public mutating func points(_ places: some Sequence<SIMD2<Double>>, colour: Colour) {
    for place in places { lines.point(place, colour) }
    drawing?.items.append(.points(Array(places), colour, radius: 0.14))
  }

  // MARK: Markers

  /// Puts a glyph at a place, over everything else; outside the plot, nothing. A background of `.terminal` in the style
  /// leaves the ground of the plot as it is. The last one drawn in a cell shows.
  public mutating func marker(_ glyph: Glyph, at place: SIMD2<Double>, style: Style) {
    put(glyph, at: place, style: style)
    drawing?.add(glyph, at: place, style)
  }

  private mutating func put(_ glyph: Glyph, at place: SIMD2<Double>, style: Style) {
    guard let cell = cell(at: place) else { return }
    markers.append((cell.y * columns + cell.x, Cell(glyph, style)))
  }

  /// Puts the head of an entry at a place: a digit or letter on its colour. Where there are blocks, the halves of the cells
  /// beside it make it a square.
  public mutating func head(_ glyph: Glyph, at place: SIMD2<Double>, colour: Colour) {
    guard let cell = cell(at: place) else { return }
    var style = palette.head(colour)
    if palette.depth != .none, rung != .ascii {
      put(.rightHalf, at: place - SIMD2(1, 0), style: Style(colour, on: .terminal))
      put(.leftHalf, at: place + SIMD2(1, 0), style: Style(colour, on: .terminal))
      // Where that can be read, the digit is cut out of the square: the colours are those beside it, the other way round.
      let beside = groundUnderInk(x: max(cell.x - 1, 0), y: cell.y)
      if palette.depth == .direct, beside.contrast(to: colour) >= 4.5 { style.foreground = beside }
    }
    put(glyph, at: place, style: style)
    if drawing != nil { reserve(around: place) }
    drawing?.items.append(.head(glyph, place, palette.head(colour)))
  }

  /// Keeps the cells free that the disc of pixels around a place reaches into: it stands where the place is, not in a cell.
  private mutating func reserve(around place: SIMD2<Double>) {
    let reach = SIMD2(1.4, 0.7)
    let (low, high) = ((place - reach).rounded(.down), (place + reach).rounded(.down))
    for y in Int(clamped: low.y)...Int(clamped: high.y) {
      reserve(x: Int(clamped: low.x), y: y, width: Int(clamped: high.x - low.x) + 1)
    }
  }

  /// Whether two heads at these places would cover each other.
  public func headsMeet(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Bool {
    if drawing != nil {
      // Discs, as far apart as their outlines; a row is two columns.
      let way = (a - b) * SIMD2(1, 2)
      return (way * way).sum() < 7.8
    }
    guard let a = cell(at: a), let b = cell(at: b), a.y == b.y else { return false }
    // A square would hide the digit in the cell beside it.
    return abs(a.x - b.x) <= (rung == .ascii || palette.depth == .none ? 0 : 1)
  }

  /// Leads from the true place of a head to where it stands: where that is beside it, a cell of a line at its square.
  public mutating func leader(from place: SIMD2<Double>, to head: SIMD2<Double>, colour: Colour) {
    let way = head - place
    if abs(way.x) >= 3, abs(way.y) < 1 {
      put(
        rung == .ascii ? "-" : "─", at: head - SIMD2(way.x > 0 ? 2 : -2, 0),
        style: Style(colour, on: .terminal))
    }
    drawing?.items.append(.leader(place, head, colour))
  }

  /// Whether a marker stands in a cell.
  public func hasMarker(x: Int, y: Int) -> Bool { markers.contains { $0.index == y * columns + x } }

  /// Keeps cells of a row free of texts: something will be painted over them.
  public mutating func reserve(x: Int, y: Int, width: Int) {
    guard (0..<rows).contains(y) else { return }
    for column in max(0, x)..<max(0, x, min(columns, x + width)) { reserved.insert(y * columns + column) }
  }

  /// Whether all of a row of cells is in the plot, and no marker stands in it and nothing will be painted over it.
  public func isUnmarked(x: Int, y: Int, width: Int) -> Bool {
    guard y >= 0, y < rows, x >= 0, width >= 0, x + width <= columns else { return false }
    let cells = (y * columns + x)..<(y * columns + x + width)
    return reserved.isDisjoint(with: cells) && !markers.contains { cells.contains($0.index) }
  }

  /// Whether neither a trail nor a marker lies in any cell of a row of them, and all are in the plot.
  public func isFree(x: Int, y: Int, width: Int) -> Bool {
    guard isUnmarked(x: x, y: y, width: width) else { return false }
    return trails[(y * columns + x)..<(y * columns + x + width)].allSatisfy { $0.bits == 0 }
  }

  /// The cell in which a place lies; nil outside the plot or if it is not finite.
  public func cell(at place: SIMD2<Double>) -> (x: Int, y: Int)? {
    guard place.x >= 0, place.y >= 0, place.x < Double(columns), place.y < Double(rows) else { return nil }
    return (Int(clamped: place.x), Int(clamped: place.y))
  }
}
