import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Pixels
import Scenes

/// What the portrait of the race shows, in the figure.
extension Figure {
  /// The colour of a run of the portrait.
  func colour(of runner: Portrait.Runner) -> Colour { runner.colour.map(palette.entry) ?? palette.ghost }

  /// The parts of a way that lie in the picture or no further than so many pixels beside it, in pixels.
  ///
  /// It is cut before it is measured in pixels: a point far outside is rounded by more of them than there are.
  private func parts(of way: [Point], within margin: Double = 0) -> [[SIMD2<Double>]] {
    let around = window.grown(
      x: margin / plot.width * window.width, y: margin / plot.height * window.height)
    return around.parts(of: way).map { $0.map(place) }
  }

  /// Marks what words are to keep clear of.
  func occupyShapes(_ placer: inout LabelPlacer) {
    let thing: Int32 = -2
    for runner in portrait.ghosts + portrait.runners {
      for part in parts(of: runner.way.points) { placer.occupy(part, thing: thing) }
      if let head = runner.head { placer.occupyDisc(place(head), radius: 11, thing: thing) }
    }
    for head in placedHeads where head.isAside { placer.occupyDisc(head.place, radius: 11, thing: thing) }
    for mark in portrait.marks {
      placer.occupyDisc(place(mark.point), radius: mark.kind == .start ? 8 : 7, thing: thing)
    }
    for line in instrumentLines { placer.occupy(line, thing: thing) }
    for rest in rests { placer.occupyDisc(place(rest.point), radius: 8, thing: thing) }
  }

  // MARK: Ways

  /// The ways, the lowest first: many draws of the noise, ghosts, entries with a dot a step; then the marks.
  var trajectories: [Picture.Item] {
    let halo = palette.ground
    var items: [Picture.Item] = []
    if let crowd = portrait.crowd {
      let lines = crowd.ways(from: 0).flatMap { trail($0) }
      items.append(Picture.Item(.lines(lines), pen: pen(of: crowd), name: "fan"))
    }
    items += (portrait.ghosts + portrait.runners).map { runner in
      let (colour, isFull) = (colour(of: runner), runner.colour != nil)
      var parts: [Picture.Item] = []
      let trail = trail(runner.way.points)
      if !trail.isEmpty {
        parts.append(
          Picture.Item(
            .lines(trail),
            pen: Picture.Pen(stroke: halo, width: isFull ? 4.2 : 3.4, opacity: 0.55, isRound: true)))
        parts.append(
          Picture.Item(
            .lines(trail), pen: Picture.Pen(stroke: colour, width: isFull ? 2 : 1.4, isRound: true),
            name: "path", data: data(of: runner)))
      }
      if runner.hasDots {
        let dots = Figure.dots(runner.way.points.map(place)).filter { plot.grown(by: 4).contains($0) }
        parts.append(
          Picture.Item(
            .group(dots.map { Picture.Item(.circle($0, radius: isFull ? 2.6 : 2)) }, clip: nil),
            pen: Picture.Pen(fill: colour, stroke: halo, width: 0.6), name: "steps"))
      }
      return Picture.Item(
        .group(parts, clip: nil), name: runner.entry == nil ? "ghost" : "trajectory", data: data(of: runner))
    }
    let known = portrait.marks.filter { $0.kind != .start }.compactMap { mark($0.kind, place($0.point)) }
    items.append(Picture.Item(.group(known, clip: nil), name: "known"))
    return items + portrait.marks.filter { $0.kind == .start }.compactMap { mark($0.kind, place($0.point)) }
  }

  /// Many draws are fine lines, fainter than the entry.
  func pen(of crowd: Portrait.Crowd) -> Picture.Pen {
    Picture.Pen(stroke: palette.pale(palette.entry(crowd.colour)), width: 0.9, isRound: true)
  }

  /// Whose something is: the name of the entry, or the letter of the ghost.
  private func data(of runner: Portrait.Runner) -> [Picture.Datum] {
    guard let entry = runner.entry else { return [Picture.Datum("ghost", runner.sign)] }
    return [Picture.Datum("entry", race.experiment.entries[entry].name)]
  }

  /// The lines of a trajectory, simplified by less than half a pixel. What lies far outside is cut at a distance at which no
  /// renderer can tell, because they reckon with few digits; the rest is left to the clip path.
  private func trail(_ way: [Point]) -> [Picture.Line] {
    parts(of: way, within: 4000).map {
      Picture.Line(PixelPath.simplified($0, tolerance: Figure.tolerance))
    }
  }

  /// The places of steps that are far enough from the last one marked to be told apart.
  private static func dots(_ line: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var dots: [SIMD2<Double>] = []
    for place in line where dots.last.map({ PixelPath.length(place - $0) >= 6 }) ?? true {
      dots.append(place)
    }
    return dots
  }

  // MARK: Marks

  /// `+` for a minimum, `×` for a saddle, a diamond for a start; nothing where it is far outside.
  func mark(_ kind: Portrait.Mark.Kind, _ place: SIMD2<Double>) -> Picture.Item? {
    guard max(place.x.magnitude, place.y.magnitude) < 1e4 else { return nil }
    switch kind {
    case .minimum: return cross([SIMD2(5.5, 0), SIMD2(0, 5.5)], place, name: "minimum")
    case .saddle: return cross([SIMD2(4, 4), SIMD2(4, -4)], place, name: "saddle")
    case .start:
      let corners = [SIMD2<Double>(0, -6.5), SIMD2(6.5, 0), SIMD2(0, 6.5), SIMD2(-6.5, 0)]
      return Picture.Item(
        .lines([Picture.Line(corners.map { place + $0 }, isClosed: true)]),
        pen: Picture.Pen(fill: palette.strong, stroke: palette.ground, width: 1.2), name: "start")
    }
  }

  private func cross(_ arms: [SIMD2<Double>], _ place: SIMD2<Double>, name: String) -> Picture.Item {
    Picture.Item(
      .lines(arms.map { Picture.Line([place - $0, place + $0]) }),
      pen: Picture.Pen(stroke: palette.strong, width: 1.8), name: name)
  }

  // MARK: Heads

  /// A head in the picture.
  struct PlacedHead {
    let runner: Portrait.Runner
    /// Where the run is.
    let home: SIMD2<Double>
    /// Where its head has room.
    let place: SIMD2<Double>
    var isAside: Bool { place != home }
  }

  /// The heads that are in the picture, ghosts after entries. One that would cover another stands aside.
  var placedHeads: [PlacedHead] {
    var placed: [PlacedHead] = []
    for runner in portrait.heads + portrait.ghosts {
      guard let home = runner.head.map(place), plot.contains(home) else { continue }
      let free = Figure.freePlace(near: home, taken: placed.map(\.place), in: plot)
      placed.append(PlacedHead(runner: runner, home: home, place: free))
    }
    return placed
  }

  /// Where heads stand.
  var headPlaces: [SIMD2<Double>] { placedHeads.map(\.place) }

  /// The heads: a digit on the colour of the entry, a letter on grey; one that stands aside is tied to its place by a line.
  /// One outside the window has none, and the legend says so.
  var heads: Picture.Item {
    let placed = placedHeads
    let ties = placed.filter(\.isAside).map { head in
      Picture.Item(
        .lines([Picture.Line([head.home, head.place])]),
        pen: Picture.Pen(stroke: colour(of: head.runner), width: 1.2))
    }
    let badges = placed.flatMap { badge(of: $0.runner, $0.place) }
    return Picture.Item(.group(ties + badges, clip: nil), name: "heads")
  }

  /// The nearest place for a badge that no other covers, on rings around where it belongs.
  private static func freePlace(
    near place: SIMD2<Double>, taken: [SIMD2<Double>], in plot: Box
  ) -> SIMD2<Double> {
    func isFree(_ candidate: SIMD2<Double>) -> Bool {
      plot.contains(candidate, margin: candidate == place ? 0 : 10)
        && taken.allSatisfy { PixelPath.length($0 - candidate) >= 18 }
    }
    if isFree(place) { return place }
    for ring in 1...4 {
      for turn in 0..<(8 * ring) {
        let angle = 2 * Double.pi * (Double(turn) / Double(8 * ring) - 0.125)
        let candidate = place + 21 * Double(ring) * SIMD2(Elementary.cos(angle), Elementary.sin(angle))
        if isFree(candidate) { return candidate }
      }
    }
    // Of so many in one place the rest lie on each other.
    return place
  }

  /// The head of a run, wherever it stands.
  func badge(of runner: Portrait.Runner, _ place: SIMD2<Double>) -> [Picture.Item] {
    let colour = colour(of: runner)
    return [
      Picture.Item(
        .circle(place, radius: 8.5), pen: Picture.Pen(fill: colour, stroke: palette.ground, width: 1.2),
        name: "head", data: data(of: runner)),
      Figure.text(
        runner.sign, x: place.x, y: place.y + 4, size: runner.sign.utf8.count > 1 ? 10 : 11.5,
        colour: palette.onEntry.standingOut(from: colour, by: 4.5), anchor: .middle, isBold: true),
    ]
  }
}
