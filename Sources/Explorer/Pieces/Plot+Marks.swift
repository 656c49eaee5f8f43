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
    let count = max(1, Int((min(rows, 500) + 1) / 2)) * 2 - 1
    for dash in stride(from: 0, to: count, by: 2) {
      trail(
        [a + way * Double(dash) / Double(count), a + way * Double(dash + 1) / Double(count)], colour: colour,
        fade: 1, sign: rung == .ascii ? "*" : "╌")
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
}
