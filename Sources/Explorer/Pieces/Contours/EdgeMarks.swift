import Canvas

/// Who has left the plot: at its edge, where the way back in is shortest, the signs of the runs that are outside, with an
/// arrow that points to them.
struct EdgeMarks {
  /// A run that is outside.
  private struct Departure {
    let sign: Glyph
    let colour: Colour
    let arrow: Arrow
  }

  /// A cell at the edge.
  private struct Anchor: Hashable {
    let x: Int
    let y: Int
    /// Whether it is the left or the right edge, along which marks move up and down.
    let isAtSide: Bool
  }

  private let columns: Int
  private let rows: Int
  private var anchors: [Anchor] = []
  private var departures: [Anchor: [Departure]] = [:]

  /// None yet, at the edge of a plot.
  init(of plot: Plot) { (columns, rows) = (plot.columns, plot.rows) }

  /// Adds a run by its place in cells, which is outside; one that is nowhere has no mark.
  mutating func add(_ sign: Glyph, at place: SIMD2<Double>, colour: Colour) {
    guard columns > 0, rows > 0, !place.x.isNaN, !place.y.isNaN else { return }
    let edge = SIMD2(
      min(max(place.x, 0), Double(columns) - 1), min(max(place.y, 0), Double(rows) - 1)
    ).rounded(.down)
    let isBetweenSides = place.x >= 0 && place.x < Double(columns)
    let anchor = Anchor(x: Int(clamped: edge.x), y: Int(clamped: edge.y), isAtSide: !isBetweenSides)
    var way = place - edge - 0.5
    // Straight out, unless it is beyond a corner.
    if isBetweenSides { way.x = 0 }
    if place.y >= 0, place.y < Double(rows) { way.y = 0 }
    if departures[anchor] == nil { anchors.append(anchor) }
    let departure = Departure(sign: sign, colour: colour, arrow: Arrow(way))
    if departures[anchor]?.contains(where: { $0.sign == sign && $0.arrow == departure.arrow }) ?? false {
      return
    }
    departures[anchor, default: []].append(departure)
  }

  /// Draws the marks, beside what must not be covered: each moves along its edge until it has room.
  ///
  /// - Parameter isTaken: whether a cell of the plot is.
  func draw(on plot: inout Plot, _ look: Look, isTaken: (_ x: Int, _ y: Int) -> Bool) {
    var taken: Set<SIMD2<Int>> = []
    for anchor in anchors {
      guard let departures = departures[anchor] else { continue }
      let isLeft = anchor.x < columns / 2
      let cells = label(departures, arrowFirst: isLeft, look)
      let last = columns - cells.count
      let left = min(max(0, isLeft ? anchor.x : anchor.x - cells.count + 1), max(0, last))
      let places = EdgeMarks.offsets(upTo: anchor.isAtSide ? rows : columns).lazy.map { offset in
        anchor.isAtSide ? SIMD2(left, anchor.y + offset) : SIMD2(left + offset, anchor.y)
      }
      let place = places.first { place in
        place.x >= 0 && place.x <= last && place.y >= 0 && place.y < rows
          && cells.indices.allSatisfy {
            !isTaken(place.x + $0, place.y) && !taken.contains(place &+ SIMD2($0, 0))
          }
      }
      guard let place else { continue }
      for (i, cell) in cells.enumerated() {
        taken.insert(place &+ SIMD2(i, 0))
        plot.marker(
          cell.glyph, at: SIMD2(Double(place.x + i) + 0.5, Double(place.y) + 0.5), style: cell.style)
      }
    }
  }

  /// The signs of those who went the same way, and their arrow, at the end that is nearer to the edge.
  private func label(_ departures: [Departure], arrowFirst: Bool, _ look: Look) -> [Cell] {
    var cells: [Cell] = []
    var arrows: [Arrow] = []
    for departure in departures where !arrows.contains(departure.arrow) { arrows.append(departure.arrow) }
    for arrow in arrows {
      let gone = departures.filter { $0.arrow == arrow }
      let signs = gone.map { Cell($0.sign, look.palette.head($0.colour)) }
      // Of several the arrow is nobody's.
      let style = gone.count == 1 ? look.palette.head(gone[0].colour) : look.strong
      let point = [Cell(arrow.glyph(look), style)]
      cells += arrowFirst ? point + signs : signs + point
    }
    return cells
  }

  /// 0, 1, −1, 2, −2 …
  private static func offsets(upTo limit: Int) -> [Int] {
    (0..<limit).flatMap { $0 == 0 ? [0] : [$0, -$0] }
  }
}
