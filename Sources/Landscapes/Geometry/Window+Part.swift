/// What of a way lies inside a window.
extension Window {
  /// The window with as much more on either side.
  package func grown(x dx: Double, y dy: Double) -> Window {
    Window(
      x: (x.lowerBound - dx)...(x.upperBound + dx), y: (y.lowerBound - dy)...(y.upperBound + dy))
  }

  /// The part of the straight way between two points that lies inside or on the edge; nil where it passes by, or an end is
  /// not finite.
  ///
  /// However far away the points are, it is the way between these two and no other: where it enters and leaves is told
  /// to the last digits. A run that diverges takes steps whose rounding alone is longer than the window.
  package func part(from a: Point, to b: Point) -> (from: Point, to: Point)? {
    guard a.isFinite, b.isFinite, max(a.x, b.x) >= x.lowerBound, min(a.x, b.x) <= x.upperBound,
      max(a.y, b.y) >= y.lowerBound, min(a.y, b.y) <= y.upperBound,
      let from = entrance(from: a, to: b), let to = entrance(from: b, to: a)
    else { return nil }
    return (from, to)
  }

  /// The parts of a way through several points that lie inside, in order: cut where it leaves.
  package func parts(of way: [Point]) -> [[Point]] {
    var parts: [[Point]] = []
    var last: Point?
    for (a, b) in zip(way, way.dropFirst()) {
      guard let (from, to) = part(from: a, to: b) else {
        last = nil
        continue
      }
      if from == last { parts[parts.count - 1].append(to) } else { parts.append([from, to]) }
      last = to
    }
    return parts
  }

  /// The first point inside on the way from a point, which is not on one side of the window with the other end.
  private func entrance(from a: Point, to b: Point) -> Point? {
    if contains(a) { return a }
    let corner = Point(
      x: min(max(a.x, x.lowerBound), x.upperBound), y: min(max(a.y, y.lowerBound), y.upperBound))
    if corner.x != a.x {
      let across = Crossing(from: (a.x, a.y), to: (b.x, b.y)).place(at: corner.x)
      if y.contains(across) { return Point(x: corner.x, y: across) }
    }
    if corner.y != a.y {
      let across = Crossing(from: (a.y, a.x), to: (b.y, b.x)).place(at: corner.y)
      if x.contains(across) { return Point(x: across, y: corner.y) }
    }
    // A way that ends inside comes in somewhere: where rounding leaves neither edge, through the corner.
    return contains(b) ? corner : nil
  }
}
