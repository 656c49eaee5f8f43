import Canvas
import Landscapes

/// A way through points of the landscape as a plot shows it: in cells, with a gap wherever it is outside the picture.
struct Trail {
  /// Where it goes, oldest place first; between two parts stands a place that is none.
  private(set) var places: [SIMD2<Double>] = []
  /// How many segments of the way come after the one that ends at each place.
  private(set) var ages: [Int] = []

  /// Adds the way to a place in a segment of an age.
  mutating func append(_ place: SIMD2<Double>, age: Int) {
    places.append(place)
    ages.append(age)
  }

  /// Adds a segment's part that is seen.
  mutating func append(from: SIMD2<Double>, to: SIMD2<Double>, age: Int) {
    if places.last != from {
      if !places.isEmpty { leave(age: age) }
      append(from, age: age)
    }
    append(to, age: age)
  }

  /// Leaves a gap.
  mutating func leave(age: Int) { append(SIMD2(.nan, .nan), age: age) }
}

extension Plot {
  /// Draws a trail: the newest segment of the way has the full colour, older ones fade over the pen's `fade` segments.
  mutating func trail(_ trail: Trail, _ pen: TrailPen) {
    let last = trail.ages.count - 1
    let span = Double(max(pen.fade, 1))
    // The plot counts the segments that are drawn from the newest; each ends at a place.
    self.trail(trail.places, pen) { segment in
      max(0, 1 - Double(trail.ages[max(0, last - segment)]) / span)
    }
  }
}
