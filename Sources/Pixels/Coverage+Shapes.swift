import Canvas

extension Coverage {
  /// Adds the closed outline through places.
  mutating func polygon(_ places: [SIMD2<Double>]) {
    guard var last = places.last else { return }
    for place in places {
      edge(last, place)
      last = place
    }
  }

  /// Adds a disc.
  mutating func disc(at middle: SIMD2<Double>, radius: Double) {
    guard radius > 0, radius.isFinite, middle.x.isFinite, middle.y.isFinite else { return }
    // Far outside: so many edges for nothing.
    guard middle.x > -radius, middle.y > -radius, middle.x < Double(width) + radius,
      middle.y < Double(height) + radius
    else { return }
    // Chords of which none is farther than a fiftieth of a pixel from the arc, as in `arc`.
    let halvings = radius <= 1 ? 2 : radius <= 4.1 ? 3 : radius <= 16 ? 4 : radius <= 66 ? 5 : 6
    let corners = Coverage.circles[halvings]
    guard var last = corners.last.map({ middle + radius * $0 }) else { return }
    for corner in corners {
      let next = middle + radius * corner
      edge(last, next)
      last = next
    }
  }

  /// The unit circle as corners: four, and between each two one more for each halving, in the direction of strokes.
  private static let circles: [[SIMD2<Double>]] = {
    var circles = [[SIMD2<Double>(1, 0), SIMD2(0, -1), SIMD2(-1, 0), SIMD2(0, 1)]]
    for _ in 0..<6 {
      let corners = circles[circles.count - 1]
      circles.append(
        zip(corners, corners.dropFirst() + corners.prefix(1)).flatMap { a, b in
          let sum = a + b
          return [a, sum / (sum * sum).sum().squareRoot()]
        })
    }
    return circles
  }()

  /// Adds a line of a width through places, with round joins and ends.
  ///
  /// It is the sum of a rectangle for each segment, a wedge outside of each turn and half a disc at each end. All go around
  /// in one direction and abut without overlapping at the outside, so that the sum is exact there.
  mutating func stroke(_ line: [SIMD2<Double>], width lineWidth: Double, isClosed: Bool = false) {
    let half = lineWidth / 2
    guard half > 0, half.isFinite else { return }
    for part in visibleParts(of: isClosed ? line + line.prefix(1) : line, margin: half + 2) {
      strokeVisible(part, half, isClosed: isClosed && part.count > 2 && part.first == part.last)
    }
  }

  /// The parts of a line that are no further outside than a margin, so that far-off places cost nothing and no precision.
  private func visibleParts(of line: [SIMD2<Double>], margin: Double) -> [[SIMD2<Double>]] {
    guard line.count > 1 else {
      return line.filter { $0.x.isFinite && $0.y.isFinite }.map { [$0] }
    }
    let shift = SIMD2(repeating: margin)
    let size = (width: Double(width) + 2 * margin, height: Double(height) + 2 * margin)
    var parts: [[SIMD2<Double>]] = []
    var part: [SIMD2<Double>] = []
    for (a, b) in zip(line, line.dropFirst()) {
      let found = Raster.clip(a + shift, b + shift, width: size.width, height: size.height)
      guard let (from, to) = found.map({ ($0.0 - shift, $0.1 - shift) }) else {
        if !part.isEmpty { parts.append(part) }
        part = []
        continue
      }
      // A segment inside keeps its ends to the bit, so that it goes on where the one before ended.
      let isWhole = found.map { $0.0 == a + shift && $0.1 == b + shift } ?? false
      let (start, end) = isWhole ? (a, b) : (from, to)
      if part.last != start {
        if !part.isEmpty { parts.append(part) }
        part = [start]
      }
      if end != start { part.append(end) }
    }
    return part.isEmpty ? parts : parts + [part]
  }

  private mutating func strokeVisible(_ line: [SIMD2<Double>], _ half: Double, isClosed: Bool) {
    var corners: [SIMD2<Double>] = []
    for place in line where place != corners.last { corners.append(place) }
    guard corners.count > 1 else {
      if let only = corners.first { disc(at: only, radius: half) }
      return
    }
    let ways = zip(corners, corners.dropFirst()).map { a, b in
      let step = b - a
      return step / (step * step).sum().squareRoot()
    }
    func across(_ way: SIMD2<Double>) -> SIMD2<Double> { SIMD2(-way.y, way.x) * half }
    for (index, way) in ways.enumerated() {
      let (a, b, side) = (corners[index], corners[index + 1], across(way))
      edge(a + side, b + side)
      edge(b - side, a - side)
      if index + 1 < ways.count { join(at: b, way, ways[index + 1], half) }
    }
    let (first, last) = (ways[0], ways[ways.count - 1])
    if isClosed {
      join(at: corners[0], last, first, half)
      return
    }
    let (start, end) = (corners[0], corners[corners.count - 1])
    arc(around: start, from: -across(first), to: -first * half)
    arc(around: start, from: -first * half, to: across(first))
    arc(around: end, from: across(last), to: last * half)
    arc(around: end, from: last * half, to: -across(last))
  }

  /// Adds the turn from one direction into another: an arc outside, the two ends of the rectangles inside.
  private mutating func join(
    at corner: SIMD2<Double>, _ before: SIMD2<Double>, _ after: SIMD2<Double>, _ half: Double
  ) {
    let (a, b) = (SIMD2(-before.y, before.x) * half, SIMD2(-after.y, after.x) * half)
    let turn = before.x * after.y - before.y * after.x
    // Back the same way: around the tip.
    let isBack = (before * after).sum() < 0 && turn.magnitude < 1e-9
    if isBack {
      arc(around: corner, from: a, to: before * half)
      arc(around: corner, from: before * half, to: b)
      edge(corner - b, corner)
      edge(corner, corner - a)
    } else if turn > 0 {
      edge(corner + a, corner)
      edge(corner, corner + b)
      arc(around: corner, from: -b, to: -a)
    } else {
      arc(around: corner, from: a, to: b)
      edge(corner - b, corner)
      edge(corner, corner - a)
    }
  }

  /// Adds an arc of less than half a turn between two places at the same distance from a middle, in chords of which none is
  /// farther than a fiftieth of a pixel from it.
  private mutating func arc(around middle: SIMD2<Double>, from a: SIMD2<Double>, to b: SIMD2<Double>) {
    let square = (a * a).sum()
    let sum = a + b
    let length = (sum * sum).sum().squareRoot()
    let radius = square.squareRoot()
    guard radius - length / 2 > 0.02, length > 1e-6 * radius else {
      edge(middle + a, middle + b)
      return
    }
    let between = sum * (radius / length)
    arc(around: middle, from: a, to: between)
    arc(around: middle, from: between, to: b)
  }
}
