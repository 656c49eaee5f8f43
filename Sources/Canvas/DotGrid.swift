/// Dots finer than cells, with one colour a cell (the last drawn), for curves and lines. Coordinates of lines are cells as
/// numbers: x from 0 to `width` rightwards, y from 0 to `height` downwards.
public struct DotGrid: Sendable, Equatable {
  /// The dots of a cell.
  public let dots: Dots
  /// Cells across.
  public let width: Int
  /// Cells down.
  public let height: Int
  /// The dots set in each cell, row by row.
  public private(set) var bits: [UInt8]
  /// The colour of each cell.
  public private(set) var colours: [Colour]
  /// The same for a terminal that draws pixels, where it is to be kept.
  private var drawing: PlotDrawing?

  /// An empty grid; negative sizes become 0.
  public init(_ dots: Dots, width: Int, height: Int) {
    self.dots = dots
    self.width = max(width, 0)
    self.height = max(height, 0)
    bits = Array(repeating: 0, count: self.width * self.height)
    colours = Array(repeating: .terminal, count: self.width * self.height)
  }

  /// An empty grid of the dots that curves of a rung have.
  public init(_ rung: GlyphSet, palette: Palette, width: Int, height: Int) {
    self.init(rung.trailDots, width: width, height: height)
    if rung == .pixels { drawing = PlotDrawing(columns: self.width, rows: self.height, palette: palette) }
  }

  /// Dots across the whole grid.
  package var dotWidth: Int { width * dots.across }
  /// Dots down the whole grid.
  package var dotHeight: Int { height * dots.down }

  /// Sets a dot by its own coordinates; outside the grid, nothing.
  public mutating func set(_ x: Int, _ y: Int, _ colour: Colour) {
    guard x >= 0, y >= 0, x < dotWidth, y < dotHeight else { return }
    mark(x, y, dots == .single ? 5 : dots.bit(x % dots.across, y % dots.down), colour)
  }

  @inline(__always)
  private mutating func mark(_ x: Int, _ y: Int, _ bit: UInt8, _ colour: Colour) {
    let index = y / dots.down * width + x / dots.across
    bits[index] = dots == .single ? bit : bits[index] | bit
    colours[index] = colour
  }

  /// Sets the dot at a place in cells; outside the grid or not finite, nothing.
  public mutating func point(_ place: SIMD2<Double>, _ colour: Colour) {
    guard place.x >= 0, place.y >= 0, place.x < Double(width), place.y < Double(height) else { return }
    set(Int(clamped: place.x * Double(dots.across)), Int(clamped: place.y * Double(dots.down)), colour)
  }

  /// Rules a fine line across a row of places where pixels are drawn; with dots it would look like a curve.
  public mutating func rule(at y: Double, _ colour: Colour) {
    drawing?.items.append(.lines([[SIMD2(0, y), SIMD2(Double(width), y)]], colour))
  }

  /// Draws a line between two places in cells, clipped to the grid; a place that is not finite draws nothing.
  public mutating func line(from a: SIMD2<Double>, to b: SIMD2<Double>, _ colour: Colour) {
    drawing?.items.append(.curve([a, b], colour))
    draw(from: a, to: b, colour)
  }

  private mutating func draw(from a: SIMD2<Double>, to b: SIMD2<Double>, _ colour: Colour) {
    let scale = SIMD2(Double(dots.across), Double(dots.down))
    let sign = Dots.sign(dx: b.x - a.x, dy: b.y - a.y)
    Raster.line(from: a * scale, to: b * scale, width: dotWidth, height: dotHeight) { x, y in
      mark(x, y, dots == .single ? sign : dots.bit(x % dots.across, y % dots.down), colour)
    }
  }

  /// Draws a line through places in cells; one that is not finite leaves a gap.
  public mutating func polyline(_ points: some Sequence<SIMD2<Double>>, _ colour: Colour) {
    drawing?.items.append(.curve(Array(points), colour))
    var before: SIMD2<Double>?
    for place in points {
      if let before { draw(from: before, to: place, colour) } else { point(place, colour) }
      before = place
    }
  }

  /// Draws the cells that have dots, over `background`, or over the ground that is there. The other cells stay as they are.
  public func paint(
    on canvas: inout Canvas, x: Int, y: Int, background: Colour? = nil, attributes: Attributes = []
  ) {
    let drawn: Attributes = drawing == nil ? [] : .drawn
    for row in 0..<height {
      for column in 0..<width where bits[row * width + column] != 0 {
        let index = row * width + column
        let ground = background ?? canvas[x + column, y + row].style.background
        canvas[x + column, y + row] = Cell(
          dots.glyph(bits[index]), Style(colours[index], on: ground, attributes.union(drawn)))
      }
    }
    guard let drawing else { return }
    // A line is broader than its dots: what is blank beside them is drawn, too.
    let rect = Rect(x: x, y: y, width: width, height: height)
    for row in 0..<height {
      for column in 0..<width where canvas[x + column, y + row].glyph == .space {
        canvas[x + column, y + row].style.attributes.insert(.drawn)
      }
    }
    canvas.add(drawing, at: rect)
  }
}

/// Which fixed grid of dots to make.
extension DotGrid {
  /// 2×4 braille dots a cell.
  public static func braille(width: Int, height: Int) -> DotGrid {
    DotGrid(.braille, width: width, height: height)
  }
  /// 2×2 quadrants a cell.
  public static func quadrant(width: Int, height: Int) -> DotGrid {
    DotGrid(.quadrant, width: width, height: height)
  }
  /// 1×2 half-blocks a cell.
  public static func half(width: Int, height: Int) -> DotGrid { DotGrid(.half, width: width, height: height) }
}
