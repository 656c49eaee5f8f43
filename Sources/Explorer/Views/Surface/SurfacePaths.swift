import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The paths of a race on a relief, with heads and marks, where they are seen.
struct SurfacePaths {
  let race: Race
  let landscape: Landscape
  let selectedEntry: Int
  let isSpotlit: Bool
  let ghosts: [Ghost]
  let projection: SurfaceProjection

  private var relief: Relief { projection.relief }

  func draw(on plot: inout Plot, _ look: Look) {
    let home = ghosts.filter { $0.isAtHome(on: race.experiment.landscape) }
    for ghost in home {
      drawPath(
        of: ghost.run(), on: &plot, colour: look.palette.ghost, sign: Glyph(ghost.frozen.letter), fade: 24)
    }
    // The selected entry comes last, over the others.
    let order = race.experiment.entries.indices.filter { race.experiment.entries[$0].isOn }
      .sorted { ($0 == selectedEntry ? 1 : 0, $1) < ($1 == selectedEntry ? 1 : 0, $0) }
    for index in order {
      for start in race.experiment.starts.indices {
        drawPath(
          of: race.run(entry: index, start: start), on: &plot, colour: colour(of: index, look),
          sign: .digit(ofEntry: index), fade: isDimmed(index) ? 1 : 24)
      }
    }
    drawMarks(on: &plot, look)
    for ghost in home {
      for start in ghost.frozen.experiment.starts.indices {
        let letter = Glyph(ghost.frozen.letter)
        let seen = drawHead(of: ghost.run(start: start), on: &plot, letter, look.palette.ghost, look)
        if let seen { plot.head(letter, at: seen.place, colour: seen.colour) }
      }
    }
    var heads: [(loss: Double, head: RunHeads.Head)] = []
    for index in order {
      for start in race.experiment.starts.indices where race.step > 0 || start == 0 {
        let run = race.run(entry: index, start: start)
        let seen = drawHead(of: run, on: &plot, .digit(ofEntry: index), colour(of: index, look), look)
        if let seen { heads.append((run.loss, seen)) }
      }
    }
    // Where several meet, the lowest has the spot.
    RunHeads(heads: heads.sorted { $0.loss < $1.loss }.map(\.head)).draw(on: &plot)
  }

  private func isDimmed(_ index: Int) -> Bool { isSpotlit && index != selectedEntry }

  private func colour(of index: Int, _ look: Look) -> Colour {
    isDimmed(index) ? look.palette.ghost : look.palette.entry(race.experiment.entries[index].colour)
  }

  /// Known points and starts.
  private func drawMarks(on plot: inout Plot, _ look: Look) {
    let mark = look.strong.on(.terminal)
    func put(_ glyph: Glyph, _ point: Point) {
      let lifted = relief.lifted(relief.place(of: point))
      if projection.isVisible(lifted) { plot.marker(glyph, at: projection.place(lifted), style: mark) }
    }
    for saddle in landscape.saddles { put("×", saddle) }
    for minimum in landscape.minima { put("+", minimum) }
    for start in race.experiment.starts {
      put(
        look.startMark,
        landscape.plane == nil ? start : landscape.project(race.experiment.startParameters(start)))
    }
  }

  /// The head of a run if it is seen; one behind a ridge is drawn at once.
  private func drawHead(
    of run: Run, on plot: inout Plot, _ glyph: Glyph, _ colour: Colour, _ look: Look
  ) -> RunHeads.Head? {
    guard run.step > 0 else { return nil }
    let lifted = relief.lifted(relief.place(of: landscape.project(run.parameters)))
    let place = projection.place(lifted)
    if projection.isVisible(lifted) { return RunHeads.Head(glyph: glyph, place: place, colour: colour) }
    // Not in its colour, but one would look for it otherwise.
    plot.marker(glyph, at: place, style: look.muted.on(.terminal))
    return nil
  }

  /// The most recorded steps that a path draws; what is older is drawn from every so many of them.
  private static let trailRows = 1024

  /// Draws the path of a run up to the playhead where it is seen. A step lies on the surface all its way.
  private func drawPath(of run: Run, on plot: inout Plot, colour: Colour, sign: Glyph, fade: Int) {
    guard let end = run.history.index(at: run.step) else { return }
    let recent = max(0, end - SurfacePaths.trailRows)
    let stride = max(1, recent / SurfacePaths.trailRows)
    let indices = Array(Swift.stride(from: 0, to: recent, by: stride)) + Array(recent...end)
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
    for (position, index) in indices.enumerated() {
      let point = landscape.project(run.history.parameters(at: index))
      let age = indices.count - 1 - position
      defer { before = point }
      guard let start = before else {
        put(relief.place(of: point), age: age)
        continue
      }
      // Cut before it is divided: pieces of a way that is very long are rounded to where it does not pass.
      guard let part = relief.key.window.part(from: start, to: point) else {
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
    plot.trail(trail, TrailPen(colour, sign: sign, fade: fade))
  }
}
