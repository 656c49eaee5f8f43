/// The ways of the entries.
extension Plot {
  /// How many steps there are between a trail that has faded and a fresh one. A single one: with every step of a run a
  /// segment changes its colour for each of them, and is sent.
  static let fades: UInt8 = 1
  /// What is left of the colour where a trail is no longer fresh.
  private static let freshness = 0.375

  /// Draws the way of an entry, oldest place first. The newest segments have the full colour; those older than about five
  /// eighths of the pen's `fade` are faint.
  ///
  /// Without colours, and in ASCII, the fresher half of what fades is made of the pen's sign, and the rest of light marks.
  public mutating func trail(_ points: some RandomAccessCollection<SIMD2<Double>>, _ pen: TrailPen) {
    let span = Double(max(pen.fade, 1))
    trail(points, pen) { age in max(0, 1 - Double(age) / span) }
  }

  /// Draws the way of an entry, oldest place first; `strength` says for the age of a segment, 0 for the newest, how much
  /// of its colour is left, 0 (faint) to 1.
  public mutating func trail(
    _ points: some RandomAccessCollection<SIMD2<Double>>, _ pen: TrailPen, strength: (_ age: Int) -> Double
  ) {
    guard columns > 0, rows > 0 else { return }
    draw(points, pen, strength: strength)
    if points.count == 1, let only = points.first {
      segment(only, only, pen, fade: fadeStep(strength(0)), isBroad: false)
      return
    }
    var age = points.count - 2
    var before: SIMD2<Double>?
    for place in points {
      if let before {
        let fresh = strength(age)
        let length = Plot.length(place - before)
        let count = Plot.pieces(of: length, pen)
        if count == 1 {
          segment(before, place, pen, fade: fadeStep(fresh), isBroad: age < pen.broad)
        } else {
          // From the older end on it is as if so many segments had been drawn since.
          for piece in 0..<count {
            let more = count - 1 - piece
            segment(
              before, place, pen, fade: fadeStep(fresh - Double(more) / Double(pen.fade)),
              isBroad: age + more < pen.broad,
              part: Double(piece) / Double(count)..<Double(piece + 1) / Double(count))
          }
        }
        if pen.marksPlaces, length >= Plot.marked { dot(place, pen, fade: fadeStep(fresh)) }
        age -= 1
      }
      before = place
    }
  }

  /// Strews dots of a colour, one a place, as broad as a fresh trail. More in a cell make it fuller, never brighter.
  public mutating func dots(_ places: some Sequence<SIMD2<Double>>, colour: Colour, sign: Glyph? = nil) {
    guard columns > 0, rows > 0 else { return }
    let pen = TrailPen(colour, sign: sign)
    for place in places { segment(place, place, pen, fade: Plot.fades, isBroad: true) }
    drawing?.items.append(.points(Array(places), colour, radius: 0.22))
  }

  /// The same as a drawing has it.
  private mutating func draw(
    _ points: some RandomAccessCollection<SIMD2<Double>>, _ pen: TrailPen, strength: (_ age: Int) -> Double
  ) {
    guard drawing != nil, !points.isEmpty else { return }
    let last = points.count - 2
    let segments = (0..<max(last + 1, 0)).map { (index: Int) -> PlotDrawing.Segment in
      let age = last - index
      var segment: PlotDrawing.Segment = []
      if fadeStep(strength(age)) == Plot.fades { segment.insert(.fresh) }
      if age < pen.broad { segment.insert(.broad) }
      return segment
    }
    drawing?.items.append(
      .way(
        PlotDrawing.Way(
          places: Array(points), segments: segments, colour: pen.colour, rank: pen.rank,
          marksPlaces: pen.marksPlaces)))
  }

  /// Into how many pieces a segment is divided to grow old, one after the other: a long one that changed as a whole would be
  /// more than the step that is new.
  private static func pieces(of length: Double, _ pen: TrailPen) -> Int {
    guard pen.fade > Plot.mostPieces, length.isFinite else { return 1 }
    return min(max(1, Int(clamped: (length / Plot.pieceLength).rounded(.up))), Plot.mostPieces)
  }

  private static let mostPieces = 8
  /// In columns.
  private static let pieceLength = 12.0

  /// The length of a segment that is worth a dot at its end: two columns, or one row.
  private static let marked = 2.0

  /// A length in columns; a row is two of them.
  private static func length(_ way: SIMD2<Double>) -> Double {
    (way.x * way.x + 4 * way.y * way.y).squareRoot()
  }

  private func fadeStep(_ strength: Double) -> UInt8 {
    strength > Plot.freshness ? Plot.fades : 0
  }

  private mutating func segment(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ pen: TrailPen, fade: UInt8, isBroad: Bool,
    part: Range<Double> = -.infinity ..< .infinity
  ) {
    let dots = rung.trailDots
    let scale = SIMD2(Double(dots.across), Double(dots.down))
    let (width, height) = (columns * dots.across, rows * dots.down)
    let way = (b - a) * SIMD2(1, 2)
    let beside = abs(way.x) > abs(way.y) ? (x: 0, y: 1) : (x: 1, y: 0)
    // Dots that are higher than wide are broad as they are.
    let isDoubled = isBroad && dots == .octant
    let isPart = part.lowerBound.isFinite
    let along = (b - a) / ((b - a) * (b - a)).sum()
    Raster.line(from: a * scale, to: b * scale, width: width, height: height) { x, y in
      if isPart {
        let share = ((SIMD2(Double(x) + 0.5, Double(y) + 0.5) / scale - a) * along).sum()
        guard part.contains(min(max(share, 0), 1.0.nextDown)) else { return }
      }
      set(x, y, dots, pen, fade: fade)
      if isDoubled, x + beside.x < width, y + beside.y < height {
        set(x + beside.x, y + beside.y, dots, pen, fade: fade)
      }
    }
  }

  /// A square of about the width of a cell, its middle at a place.
  private mutating func dot(_ place: SIMD2<Double>, _ pen: TrailPen, fade: UInt8) {
    guard cell(at: place) != nil else { return }
    let dots = rung.trailDots
    guard dots.across > 1 else { return }
    let (width, height) = (columns * dots.across, rows * dots.down)
    let left = Int(clamped: (place.x * Double(dots.across)).rounded()) - 1
    let count = dots.down > 2 ? 2 : 1
    let top = Int(clamped: (place.y * Double(dots.down) - Double(count - 1) / 2).rounded(.down))
    for y in max(top, 0)..<min(top + count, height) {
      for x in max(left, 0)..<min(left + 2, width) { set(x, y, dots, pen, fade: fade) }
    }
  }

  @inline(__always)
  private mutating func set(_ x: Int, _ y: Int, _ dots: Dots, _ pen: TrailPen, fade: UInt8) {
    let index = y / dots.down * columns + x / dots.across
    let bit: UInt8 = dots == .single ? 1 : dots.bit(x % dots.across, y % dots.down)
    let there = trails[index]
    if there.bits != 0, there.colour == pen.colour, there.rank == pen.rank, there.sign == pen.sign ?? .space {
      trails[index].bits |= bit
      trails[index].fade = max(there.fade, fade)
      return
    }
    guard there.bits == 0 || (pen.rank, fade) >= (there.rank, there.fade) else { return }
    trails[index] = TrailCell(
      bits: bit, fade: fade, rank: pen.rank, colour: pen.colour, sign: pen.sign ?? .space)
  }
}
