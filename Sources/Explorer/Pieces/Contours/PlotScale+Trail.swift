import Landscapes

extension PlotScale {
  /// The way through points, oldest first.
  func trail(through points: [Point]) -> Trail {
    var trail = Trail()
    if points.count == 1 { trail.append(place(points[0]), age: 0) }
    for (index, (a, b)) in zip(points, points.dropFirst()).enumerated() {
      guard let part = part(from: a, to: b) else { continue }
      trail.append(from: part.from, to: part.to, age: points.count - 2 - index)
    }
    return trail
  }
}
