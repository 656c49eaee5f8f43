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

  /// A text beside a place, where it covers neither a trail nor a mark; false where there is no room for it.
  ///
  /// - Parameter beyond: columns on either side that what stands at the place takes besides its cell.
  @discardableResult
  mutating func place(
    _ text: String, near place: SIMD2<Double>, beyond margin: Int = 0, style: Style
  ) -> Bool {
    guard let cell = cell(at: place) else { return false }
    let width = Text.width(of: text)
    let (right, left, middle) = (cell.x + 2 + margin, cell.x - 1 - margin - width, cell.x - width / 2)
    let spots = [
      (right, cell.y), (left, cell.y), (right, cell.y - 1), (right, cell.y + 1), (middle, cell.y - 1),
      (middle, cell.y + 1), (left, cell.y - 1), (left, cell.y + 1),
    ]
    guard let spot = spots.first(where: { isFree(x: $0.0 - 1, y: $0.1, width: width + 2) }) else {
      return false
    }
    inscribe(text, x: spot.0, y: spot.1, style: style)
    return true
  }
}
