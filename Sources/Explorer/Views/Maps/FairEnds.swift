import Canvas
import Experiments

/// Why the curves of a fair race end where they end, in a word beside each end that has room.
struct FairEnds {
  let curves: FairCurves
  let scale: FairCurves.Scale

  /// Why a curve has no value at a learning rate; nil where nothing is known of it.
  private func word(_ place: SensitivityCurve.Place, isBelow: Bool) -> String? {
    guard let losses = place.losses else { return nil }
    if !losses.median.isFinite { return "diverges" }
    return isBelow ? "too slow" : "not in time"
  }

  func paint(on canvas: inout Canvas, _ plot: Rect, _ look: Look) {
    var taken: [Rect] = []
    /// Whether the text stands alone: on no line and on no other text, and beside none, whose it would seem to be.
    func isFree(_ rect: Rect) -> Bool {
      let around = Rect(x: rect.x - 1, y: rect.y, width: rect.width + 2, height: 1)
      return rect.intersection(plot) == rect && taken.allSatisfy { $0.intersection(around).isEmpty }
        && (around.x..<around.right).allSatisfy {
          !plot.contains(x: $0, y: rect.y) || canvas[$0, rect.y].glyph == .space
        }
    }
    func put(_ text: String, _ x: Int, _ y: Int, _ style: Style) {
      // In the row of the end, or in one of those next to it.
      let rects = [0, -1, 1, -2, 2].map { Rect(x: x, y: y + $0, width: Text.width(of: text), height: 1) }
      guard let rect = rects.first(where: isFree) else { return }
      taken.append(rect)
      canvas.text(text, x: rect.x, y: rect.y, style: style)
    }
    for curve in curves.curves {
      let known = curve.places.indices.filter { index in
        curves.value(curve.places[index]).map { $0.median.isFinite } ?? false
      }
      guard let first = known.first, let last = known.last else { continue }
      let style = look.entry(curves.colours[curve.entry])
      for (end, beyond) in [(last, last + 1), (first, first - 1)]
      where curve.places.indices.contains(beyond) {
        let isBelow = beyond < end
        guard let word = word(curve.places[beyond], isBelow: isBelow),
          let value = curves.value(curve.places[end])?.median
        else { continue }
        let spot = scale.place(curve.places[end].rate, value)
        guard spot.y.isFinite else { continue }
        let (x, y) = (
          plot.x + Int(clamped: spot.x), plot.y + min(plot.height - 1, max(0, Int(clamped: spot.y)))
        )
        put(word, isBelow ? x - 1 - Text.width(of: word) : x + 2, y, style)
      }
    }
  }
}
