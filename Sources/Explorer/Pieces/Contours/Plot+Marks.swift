import Canvas
import Experiments
import Landscapes
import Scenes

extension Plot {
  /// A broken line, as broad as a trail.
  mutating func dashes(from a: SIMD2<Double>, to b: SIMD2<Double>, colour: Colour) {
    let way = b - a
    let rows = Point(x: way.x / 2, y: way.y).norm
    guard rows > 0, rows.isFinite else { return }
    // A dash a row and a gap a row, from both ends alike; longer ones where most of it lies beyond the picture.
    let count = max(1, Int(clamped: (min(rows, 500) + 1) / 2)) * 2 - 1
    for dash in stride(from: 0, to: count, by: 2) {
      trail(
        [a + way * Double(dash) / Double(count), a + way * Double(dash + 1) / Double(count)],
        .over(colour, sign: rung == .ascii ? "*" : "╌"))
    }
  }

  /// A text over everything else, its middle at a place.
  mutating func label(_ text: String, centredAt place: SIMD2<Double>, style: Style) {
    var x = place.x - Double(Text.width(of: text)) / 2
    for character in text {
      marker(Glyph(character), at: SIMD2(x + 0.5, place.y), style: style)
      x += 1
    }
  }

  /// A text over everything else, its first character in a cell.
  mutating func inscribe(_ text: String, x: Int, y: Int, style: Style) {
    let width = Double(Text.width(of: text))
    label(text, centredAt: SIMD2(Double(x) + width / 2, Double(y) + 0.5), style: style)
  }

  /// A text beside a place, where it covers neither a trail nor a mark, or if there is no such place no mark; false where there
  /// is no room for it.
  ///
  /// - Parameters:
  ///   - beyond: columns on either side that what stands at the place takes besides its cell.
  ///   - lines: how many rows above and below are looked at. Beyond the first it may cover a trail: it is to be said.
  @discardableResult
  mutating func place(
    _ text: String, near place: SIMD2<Double>, beyond margin: Int = 0, within lines: Int = 1, style: Style
  ) -> Bool {
    guard let cell = cell(at: place) else { return false }
    let width = Text.width(of: text)
    let spots = Plot.spots(forWidth: width, beyond: margin, within: lines).map {
      (x: cell.x + $0.x, y: cell.y + $0.y)
    }
    guard
      let spot = spots.first(where: { isFree(x: $0.x - 1, y: $0.y, width: width + 2) })
        ?? (lines > 1 ? spots.first { isUnmarked(x: $0.x - 1, y: $0.y, width: width + 2) } : nil)
    else { return false }
    inscribe(text, x: spot.x, y: spot.y, style: style)
    return true
  }

  /// From a cell to where a text beside it begins, the nearest first.
  private static func spots(
    forWidth width: Int, beyond margin: Int, within lines: Int
  ) -> [(x: Int, y: Int)] {
    let (right, left, middle) = (2 + margin, -1 - margin - width, -width / 2)
    let beside = [
      (right, 0), (left, 0), (right, -1), (right, 1), (middle, -1), (middle, 1), (left, -1), (left, 1),
    ]
    guard lines > 1 else { return beside }
    let wider = [
      (right + 1, 0), (left - 1, 0), (right + 1, -1), (right + 1, 1), (left - 1, -1), (left - 1, 1),
    ]
    return beside + wider
      + (2...lines).flatMap { row in
        [middle, right, left].flatMap { [($0, -row), ($0, row)] }
      }
  }
}
