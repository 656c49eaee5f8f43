import Canvas

/// A relief as a camera sees it on a grid of dots, with what is hidden left out.
///
/// The relief is a solid block. Each column of dots looks along a line of sight from the front edge to the back; what
/// rises above all before it is seen (a floating horizon, which for a height field is a depth buffer that is filled once).
struct SurfaceProjection {
  /// What a dot shows.
  enum Seen: UInt8 {
    case nothing
    case surface
    /// The side of the block below its front edges.
    case wall
  }

  let relief: Relief
  let camera: Camera
  /// Cells across and down.
  let columns: Int
  let rows: Int
  /// Dots of a cell.
  static let across = 2
  static let down = 4
  /// How far away from the eye the relief is seen at each dot, row by row.
  private(set) var distances: [Float]
  private(set) var seen: [Seen]
  /// Dots a unit of the world, across; a dot is as high as wide.
  let scale: Double
  /// The dot of the world's centre at half its height.
  private let centre: SIMD2<Double>
  private let right: SIMD2<Double>
  private let away: SIMD2<Double>
  private let lift: Double
  private let upright: Double

  init(_ relief: Relief, _ camera: Camera, columns: Int, rows: Int) {
    self.relief = relief
    self.camera = camera
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
    (right, away, lift, upright) = (camera.right, camera.away, camera.lift, camera.upright)
    let (width, height) = (self.columns * SurfaceProjection.across, self.rows * SurfaceProjection.down)
    // All of it fits however it is turned, so turning does not change its size.
    let radius = (relief.half * relief.half).sum().squareRoot()
    let extent = 2 * radius * lift + Relief.top * upright
    scale = min(Double(width) / (2 * radius), Double(height) / extent) * 0.98 * camera.zoom
    centre = SIMD2(Double(width) / 2, Double(height) / 2)
    distances = Array(repeating: 0, count: width * height)
    seen = Array(repeating: .nothing, count: width * height)
    if width > 0, height > 0 { sweep(width, height, radius) }
  }

  /// The dot of a point of the world, as numbers from the top left.
  @inline(__always)
  func dot(_ point: SIMD3<Double>) -> SIMD2<Double> {
    let plane = SIMD2(point.x, point.y)
    let up = (plane * away).sum() * lift + (point.z - Relief.top / 2) * upright
    return SIMD2(centre.x + (plane * right).sum() * scale, centre.y - up * scale)
  }

  /// The place of a point of the world in cells.
  func place(_ point: SIMD3<Double>) -> SIMD2<Double> {
    dot(point) / SIMD2(Double(SurfaceProjection.across), Double(SurfaceProjection.down))
  }

  /// Looks along every line of sight.
  private mutating func sweep(_ width: Int, _ height: Int, _ radius: Double) {
    let sight = sight(times: 1)
    distances.withUnsafeMutableBufferPointer { distances in
      seen.withUnsafeMutableBufferPointer { seen in
        for column in 0..<width {
          // All dots from here down are taken.
          var free = height
          sight.look(along: Double(column) + 0.5, radius) { span in
            let first = max(Int(clamped: max(span.top, -1e6).rounded(.down)), 0)
            let bottom =
              span.seen == .surface ? free : min(Int(clamped: min(span.bottom, 1e6).rounded(.up)), free)
            for y in first..<max(bottom, first) {
              distances[y * width + column] = Float(span.distance(atRow: Double(y) + 0.5))
              seen[y * width + column] = span.seen
            }
            // A dot is as deep as the surface that is seen in it: it keeps the far end.
            if span.seen == .surface, first == free, first < height {
              distances[first * width + column] = Float(span.far)
              seen[first * width + column] = .surface
            }
            free = min(free, first)
          }
        }
      }
    }
  }

  /// Sight on a grid so many times as fine as the dots.
  private func sight(times factor: Double) -> Sight {
    Sight(
      relief: relief, centre: centre * factor, scale: scale * factor, lift: lift, upright: upright,
      away: away,
      right: right, height: Double(rows * SurfaceProjection.down) * factor)
  }

  /// What is seen in one piece along a column: rows as numbers from the top, distances away from the eye.
  struct Span {
    /// Where it begins and ends on the screen.
    let top: Double
    let bottom: Double
    /// How far away it is at its top.
    let far: Double
    /// How far away what leads up to it is, and in which row, where it is a surface.
    fileprivate let near: (distance: Double, row: Double)
    let seen: Seen

    @inline(__always)
    func distance(atRow row: Double) -> Double {
      guard near.row > top else { return far }
      return near.distance + (far - near.distance) * min(max((near.row - row) / (near.row - top), 0), 1)
    }
  }

  /// What is seen along a column of a grid so many times as fine as the dots, the nearest first. No two spans overlap.
  ///
  /// - Parameter body: takes a span, and what is at the distance 0 of the line of sight.
  @inline(__always)
  func forEachSpan(
    column: Double, times factor: Double, _ body: (_ span: Span, _ base: SIMD2<Double>) -> Void
  ) {
    let sight = sight(times: factor)
    let base = right * ((column - sight.centre.x) / sight.scale)
    sight.look(along: column, (relief.half * relief.half).sum().squareRoot()) { body($0, base) }
  }

  /// What decides about a line of sight.
  private struct Sight {
    let relief: Relief
    let centre: SIMD2<Double>
    let scale: Double
    let lift: Double
    let upright: Double
    let away: SIMD2<Double>
    let right: SIMD2<Double>
    let height: Double

    @inline(__always)
    private func row(_ t: Double, _ z: Double) -> Double {
      centre.y - (t * lift + (z - Relief.top / 2) * upright) * scale
    }

    /// The part of a line of sight that crosses the window; nil if none does.
    private func crossing(_ base: SIMD2<Double>, _ radius: Double) -> (near: Double, far: Double)? {
      var (near, far) = (-radius, radius)
      for axis in 0..<2 {
        if abs(away[axis]) < 1e-12 {
          if abs(base[axis]) > relief.half[axis] { return nil }
        } else {
          let a = (-relief.half[axis] - base[axis]) / away[axis]
          let b = (relief.half[axis] - base[axis]) / away[axis]
          near = max(near, min(a, b))
          far = min(far, max(a, b))
        }
      }
      return near < far ? (near, far) : nil
    }

    /// Walks from the front edge to the back, and tells what is seen of it.
    @inline(__always)
    func look(along column: Double, _ radius: Double, mark: (Span) -> Void) {
      let stride = 0.8 * 2 / Double(Relief.samples)
      let base = right * ((column - centre.x) / scale)
      guard let (near, far) = crossing(base, radius) else { return }
      let steps = max(1, Int(clamped: (far - near) / stride))
      // What is nearer reaches up to here.
      var horizon = height
      var before: (distance: Double, row: Double)?
      for step in 0...steps {
        let t = near + (far - near) * Double(step) / Double(steps)
        let z = relief.height(at: base + away * t)
        guard !z.isNaN else {
          before = nil
          continue
        }
        let here = row(t, z)
        guard here < horizon else {
          before = (t, here)
          continue
        }
        if let before {
          mark(
            Span(top: here, bottom: min(before.row, horizon), far: t, near: before, seen: .surface))
        } else {
          // The front edge, or the far side of a gap: a wall down to the ground.
          mark(Span(top: here, bottom: min(row(t, 0), horizon), far: t, near: (t, here), seen: .wall))
        }
        horizon = here
        before = (t, here)
        if here < 0 { break }
      }
    }
  }

  /// The place of the plane that is seen at a dot; nil where it is none or the wall.
  func seenPlace(atDot x: Int, _ y: Int) -> SIMD2<Double>? {
    let index = y * columns * SurfaceProjection.across + x
    guard seen[index] == .surface else { return nil }
    return right * ((Double(x) + 0.5 - centre.x) / scale) + away * Double(distances[index])
  }

  /// Whether the dot shows the side of the block.
  func isWall(atDot x: Int, _ y: Int) -> Bool {
    seen[y * columns * SurfaceProjection.across + x] == .wall
  }

  /// Whether a point on the relief is seen, within what a dot can tell.
  func isVisible(_ point: SIMD3<Double>) -> Bool {
    guard !point.z.isNaN else { return false }
    let dot = dot(point)
    let (width, height) = (columns * SurfaceProjection.across, rows * SurfaceProjection.down)
    guard dot.x >= 0, dot.y >= 0, dot.x < Double(width), dot.y < Double(height) else { return false }
    let t = (SIMD2(point.x, point.y) * away).sum()
    // What is farther than the far end of what the dot shows, by more than two dots and two samples, is behind it.
    let tolerance = 0.03 + 2 / scale
    let (x, y) = (Int(clamped: dot.x), Int(clamped: dot.y))
    for row in max(y - 1, 0)...min(y + 1, height - 1) {
      let index = row * width + x
      if seen[index] != .nothing, t <= Double(distances[index]) + tolerance { return true }
    }
    return false
  }
}
