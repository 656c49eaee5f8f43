/// What a picture of cells shows, before it is cut into characters: shades, lines, ways and marks at their places, for a
/// terminal that can draw pixels.
///
/// Places are cells as numbers, from the top left corner. A drawing holds what the plot was told, so that the picture in
/// characters and the one in pixels cannot differ in what they show.
public struct PlotDrawing: Sendable, Equatable {
  /// What lies below everything.
  public enum Ground: Sendable, Equatable {
    /// The grounds of the cells.
    case page
    /// Shades of the palette's tones on a grid over all of it, row by row, 0 to 1; not a number is the page.
    case shades([Float], columns: Int, rows: Int)
    /// Colours of the fields of a grid over all of it, row by row.
    case fields([Colour], columns: Int, rows: Int)
    /// Colours on a fine grid over all of it, row by row, that flow into each other.
    case image([Colour], columns: Int, rows: Int)
  }

  /// One thing that lies on the ground.
  public enum Item: Sendable, Equatable {
    /// Lines in a tint of their ground, which belong to it.
    case contours([[SIMD2<Double>]])
    /// Fine lines.
    case lines([[SIMD2<Double>]], Colour)
    /// A curve, which is what is looked at.
    case curve([SIMD2<Double>], Colour)
    /// Points of a crowd: `radius` in columns.
    case points([SIMD2<Double>], Colour, radius: Double)
    /// The way of an entry.
    case way(Way)
    /// A sign that is a shape, in the middle of its place.
    case sign(Glyph, SIMD2<Double>, Colour)
    /// A letter in a cell, which is that of its place.
    case letter(Glyph, SIMD2<Double>, Style)
    /// The line from where an entry is to its head, which stands aside.
    case leader(SIMD2<Double>, SIMD2<Double>, Colour)
    /// The head of an entry: its digit on its colour.
    case head(Glyph, SIMD2<Double>, Style)
  }

  /// The way of an entry.
  public struct Way: Sendable, Equatable {
    /// Oldest first; a place that is none leaves a gap.
    public let places: [SIMD2<Double>]
    /// How each segment is drawn; as many as there are, one less than places.
    public let segments: [Segment]
    /// How it is drawn.
    public let colour: Colour
    /// Those of higher rank lie over the others.
    public let rank: UInt8
    /// Whether each place is marked by a dot that is far enough from the one before.
    public let marksPlaces: Bool
  }

  /// How a segment of a way is drawn.
  public struct Segment: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8

    /// A form by its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// In its full colour.
    public static let fresh = Segment(rawValue: 1)
    /// Twice as broad.
    public static let broad = Segment(rawValue: 2)
  }

  /// Cells across.
  public let columns: Int
  /// Cells down.
  public let rows: Int
  /// The colours.
  public let palette: Palette
  /// What lies below.
  public var ground = Ground.page
  /// What lies on it, the lowest first.
  public var items: [Item] = []

  /// A drawing of nothing.
  public init(columns: Int, rows: Int, palette: Palette) {
    (self.columns, self.rows, self.palette) = (max(columns, 0), max(rows, 0), palette)
  }

  /// What belongs to the ground alone.
  public var still: PlotDrawing {
    var copy = self
    copy.items = items.filter { if case .contours = $0 { true } else { false } }
    return copy
  }

  /// Draws fine lines; without a colour they are a tint of their ground.
  mutating func add(_ line: [SIMD2<Double>], colour: Colour?) {
    // The last item is let go before its lines grow, so that they are not copied each time.
    var lines: [[SIMD2<Double>]] = []
    switch items.last {
    case .contours(let others) where colour == nil: lines = others
    case .lines(let others, let same) where colour == same: lines = others
    default: return items.append(colour.map { .lines([line], $0) } ?? .contours([line]))
    }
    items.removeLast()
    lines.append(line)
    items.append(colour.map { .lines(lines, $0) } ?? .contours(lines))
  }

  /// Adds what a marker shows: a shape at its very place, or a letter in the middle of its cell.
  public mutating func add(_ glyph: Glyph, at place: SIMD2<Double>, _ style: Style) {
    if PlotDrawing.signs.contains(glyph) {
      // On a ground of its own a sign is cut out of it; without the ground it takes its colour.
      items.append(
        .sign(glyph, place, style.background == .terminal ? style.foreground : style.background))
    } else if glyph != .space || style.background != .terminal {
      // A blank on a ground of its own is part of a label.
      items.append(.letter(glyph, place.rounded(.down) + 0.5, style))
    }
  }

  private static let signs: Set<Glyph> = ["◆", "◇", "+", "×", "○", "•", "·", "◉", "┼", "╋"]
}
