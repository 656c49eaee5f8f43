/// Lines on a grid of dots.
package enum Raster {
  /// Calls `body` with each dot that the line from `a` to `b` touches. Coordinates are dots, `0..<width` and
  /// `0..<height`; a point that is not finite draws nothing, one that is far away costs no more than a near one.
  @inline(__always)
  static func line(
    from a: SIMD2<Double>, to b: SIMD2<Double>, width: Int, height: Int, _ body: (Int, Int) -> Void
  ) {
    guard width > 0, height > 0, let (p, q) = clip(a, b, width: Double(width), height: Double(height)) else {
      return
    }
    let delta = q - p
    let steps = max(abs(delta.x), abs(delta.y)).rounded(.up)
    // Clipped to the grid, so at most as many steps as it has dots along a side.
    let count = Int(clamped: steps)
    let step = count > 0 ? delta / steps : .zero
    var point = p
    for _ in 0...count {
      let (x, y) = (Int(clamped: point.x.rounded(.down)), Int(clamped: point.y.rounded(.down)))
      // A point on the far edge belongs to the last dot.
      body(min(max(x, 0), width - 1), min(max(y, 0), height - 1))
      point += step
    }
  }

  /// The part of a segment inside `0...width` × `0...height` (Liang and Barsky 1984), or nil.
  package static func clip(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, width: Double, height: Double
  ) -> (SIMD2<Double>, SIMD2<Double>)? {
    guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { return nil }
    // Measured from the nearer end: from one that is very far away nothing near can be told apart.
    if max(abs(a.x), abs(a.y)) > max(abs(b.x), abs(b.y)) {
      return clip(b, a, width: width, height: height).map { ($0.1, $0.0) }
    }
    if a.x >= 0, b.x >= 0, a.y >= 0, b.y >= 0, a.x <= width, b.x <= width, a.y <= height, b.y <= height {
      return (a, b)
    }
    // A quarter of everything, so that a difference of huge coordinates stays finite.
    let start = a * 0.25
    let delta = b * 0.25 - start
    let high = SIMD2(width, height)
    var enter = 0.0
    var leave = 1.0
    // The axis along which the segment comes in, and goes out.
    var (entry, exit): (Int?, Int?) = (nil, nil)
    for axis in 0..<2 {
      let (origin, direction, limit) = (start[axis], delta[axis], high[axis] * 0.25)
      if direction == 0 {
        if origin < 0 || origin > limit { return nil }
        continue
      }
      let first = (0 - origin) / direction
      let second = (limit - origin) / direction
      if min(first, second) > enter { (enter, entry) = (min(first, second), axis) }
      if max(first, second) < leave { (leave, exit) = (max(first, second), axis) }
    }
    guard enter <= leave else { return nil }
    let low = SIMD2<Double>.zero
    var p = (start + delta * enter) * 4
    var q = (start + delta * leave) * 4
    // On the edge itself, which the sum misses when the ends are far away.
    if let entry { p[entry] = delta[entry] > 0 ? 0 : high[entry] }
    if let exit { q[exit] = delta[exit] > 0 ? high[exit] : 0 }
    return (p.clamped(lowerBound: low, upperBound: high), q.clamped(lowerBound: low, upperBound: high))
  }
}
