/// A rectangle on a page.
package struct Box: Hashable, Sendable {
  package var left: Double
  package var top: Double
  package var width: Double
  package var height: Double

  /// A rectangle by its upper left corner and its sides.
  package init(left: Double, top: Double, width: Double, height: Double) {
    (self.left, self.top, self.width, self.height) = (left, top, width, height)
  }

  package var right: Double { left + width }
  package var bottom: Double { top + height }

  /// Whether a place lies in it, and so far from its sides.
  package func contains(_ place: SIMD2<Double>, margin: Double = 0) -> Bool {
    place.x >= left + margin && place.x <= right - margin && place.y >= top + margin
      && place.y <= bottom - margin
  }

  /// The rectangle with something added on every side.
  package func grown(by margin: Double) -> Box {
    Box(left: left - margin, top: top - margin, width: width + 2 * margin, height: height + 2 * margin)
  }
}
