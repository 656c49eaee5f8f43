import Canvas

/// The colours of a drawing that its palette does not tell: for a terminal that has few at a time.
struct DrawingColours: Sendable, Equatable {
  /// Those of the ground, what there is most of first; nil where it is shaded in the palette's tones.
  var grounds: [Colour]?
  /// Those of lines, curves, points and signs that are no entry's.
  var inks: [Colour] = []

  /// No colours.
  init() {}

  /// The colours of a drawing; those of its ground are known where it has not changed since.
  init(of drawing: PlotDrawing, after last: (drawing: PlotDrawing, colours: DrawingColours)?) {
    grounds =
      last.flatMap { $0.drawing.ground == drawing.ground ? $0.colours.grounds : nil }
      ?? DrawingColours.grounds(of: drawing)
    inks = DrawingColours.inks(of: drawing)
  }

  /// The colours of the fields that a ground is made of.
  static func grounds(of drawing: PlotDrawing) -> [Colour]? {
    switch drawing.ground {
    case .shades: return nil
    case .page: return []
    case .fields(let colours, _, _), .image(let colours, _, _):
      var counts: [UInt32: (colour: Colour, count: Int)] = [:]
      for colour in colours { counts[colour.hex, default: (colour, 0)].count += 1 }
      return counts.values.sorted { ($1.count, $0.colour.hex) < ($0.count, $1.colour.hex) }.map(\.colour)
    }
  }

  /// The colours of what lies on the ground, beside those of entries.
  static func inks(of drawing: PlotDrawing) -> [Colour] {
    var seen = Set(drawing.palette.entries.map(\.hex))
    return drawing.items.compactMap { item in
      switch item {
      case .lines(_, let colour), .curve(_, let colour), .points(_, let colour, _), .sign(_, _, let colour):
        seen.insert(colour.hex).inserted ? colour : nil
      case .way(let way): seen.insert(way.colour.hex).inserted ? way.colour : nil
      case .contours, .letter, .leader, .head: nil
      }
    }.sorted { $0.hex < $1.hex }
  }
}
