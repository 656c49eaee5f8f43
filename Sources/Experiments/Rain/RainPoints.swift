import Landscapes

/// The points of a rain as they are shown: where each is, and where it stands.
struct RainPoints {
  var positions: [Point]
  private(set) var standings: [Standing]
  private(set) var counts: RainCounts

  init(at points: [Point], minima: Int) {
    positions = points
    standings = Array(repeating: .moving, count: points.count)
    counts = RainCounts(minima: minima)
    counts.add(points.count, to: .moving)
  }

  /// Gives a point its standing, and counts it there.
  mutating func set(_ standing: Standing, at point: Int) {
    guard standings[point] != standing else { return }
    counts.add(-1, to: standings[point])
    counts.add(1, to: standing)
    standings[point] = standing
  }
}
