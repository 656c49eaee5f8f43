import Canvas
import Landscapes
import Scenes

/// What a portrait shows of a race, on a relief, where it is seen.
struct SurfacePaths {
  let portrait: Portrait
  let projection: SurfaceProjection

  private var relief: Relief { projection.relief }

  func draw(on plot: inout Plot, _ look: Look) {
    for runner in portrait.ghosts + portrait.runners {
      drawPath(
        through: runner.way.points, on: &plot,
        TrailPen(
          look.palette.colour(of: runner), sign: Glyph(sign: runner.sign), fade: runner.isDimmed ? 1 : 24))
    }
    let mark = look.strong.on(.terminal)
    for known in portrait.marks {
      let lifted = relief.lifted(relief.place(of: known.point))
      if projection.isVisible(lifted) {
        plot.marker(look.glyph(of: known.kind), at: projection.place(lifted), style: mark)
      }
    }
    for ghost in portrait.ghosts {
      if let head = drawHead(of: ghost, on: &plot, look) {
        plot.head(head.glyph, at: head.place, colour: head.colour)
      }
    }
    RunHeads(heads: portrait.heads.compactMap { drawHead(of: $0, on: &plot, look) }).draw(on: &plot)
  }

  /// The head of a run if it is seen; one behind a ridge is drawn at once.
  private func drawHead(
    of runner: Portrait.Runner, on plot: inout Plot, _ look: Look
  ) -> RunHeads.Head? {
    var isSeen = true
    var head = RunHeads.Head(runner, look) { point in
      let lifted = relief.lifted(relief.place(of: point))
      isSeen = projection.isVisible(lifted)
      return projection.place(lifted)
    }
    // Names would hide the shape of the land.
    head?.name = nil
    guard let head, !isSeen else { return head }
    // Not in its colour, but one would look for it otherwise.
    plot.marker(head.glyph, at: head.place, style: look.muted.on(.terminal))
    return nil
  }

  /// Draws a way where it is seen. A step lies on the surface all its way.
  private func drawPath(through points: [Point], on plot: inout Plot, _ pen: TrailPen) {
    var trail = Trail()
    func put(_ place: SIMD2<Double>, age: Int) {
      let lifted = relief.lifted(place)
      if projection.isVisible(lifted) {
        trail.append(projection.place(lifted), age: age)
      } else {
        trail.leave(age: age)
      }
    }
    var before: Point?
    for (position, point) in points.enumerated() {
      let age = points.count - 1 - position
      defer { before = point }
      guard let start = before else {
        put(relief.place(of: point), age: age)
        continue
      }
      // Cut before it is divided: pieces of a way that is very long are rounded to where it does not pass.
      guard let part = relief.window.part(from: start, to: point) else {
        trail.leave(age: age)
        continue
      }
      let (from, to) = (relief.place(of: part.from), relief.place(of: part.to))
      if part.from != start {
        trail.leave(age: age)
        put(from, age: age)
      }
      let way = to - from
      // As fine as the relief.
      let pieces = max(1, Int(clamped: (way * way).sum().squareRoot() / (2 / Double(Relief.samples))))
      for piece in 1...pieces {
        put(piece == pieces ? to : from + way * (Double(piece) / Double(pieces)), age: age)
      }
    }
    plot.trail(trail, pen)
  }
}
