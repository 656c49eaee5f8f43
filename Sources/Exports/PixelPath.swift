import OptimizerCore

/// Lines in the pixels of a figure.
enum PixelPath {
  /// A place in pixels, from the left and from the top.
  typealias Place = SIMD2<Double>

  /// The line without the corners that lie nearer than a tolerance to what remains (Douglas and Peucker 1973).
  static func simplified(_ line: [Place], tolerance: Double) -> [Place] {
    guard line.count > 2 else { return line }
    var keep = [Bool](repeating: false, count: line.count)
    keep[0] = true
    keep[line.count - 1] = true
    var open = [(0, line.count - 1)]
    while let (first, last) = open.popLast() {
      var farthest = (index: first, distance: tolerance)
      for index in (first + 1)..<max(last, first + 1) {
        let distance = distance(from: line[index], to: line[first], line[last])
        if distance > farthest.distance { farthest = (index, distance) }
      }
      guard farthest.index != first else { continue }
      keep[farthest.index] = true
      open.append((first, farthest.index))
      open.append((farthest.index, last))
    }
    return line.indices.filter { keep[$0] }.map { line[$0] }
  }

  /// The distance of a place from a segment.
  static func distance(from place: Place, to a: Place, _ b: Place) -> Double {
    let along = b - a
    let square = (along * along).sum()
    guard square > 0 else { return length(place - a) }
    let share = min(1, max(0, ((place - a) * along).sum() / square))
    return length(place - (a + share * along))
  }

  static func length(_ step: Place) -> Double { Elementary.hypot(step.x, step.y) }
}
