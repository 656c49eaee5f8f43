import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Pixels

extension Figure {
  /// The entries that take part, in the order of the legend.
  private var entries: [(index: Int, entry: Entry)] {
    race.experiment.entries.enumerated().filter { $0.element.isOn }.map { ($0.offset, $0.element) }
  }

  private func runs(of entry: Int) -> [Run] {
    race.experiment.starts.indices.map { race.run(entry: entry, start: $0) }
  }

  /// The digit by which the race calls an entry.
  private func digit(_ index: Int) -> String { "\(index + 1)" }

  /// Where a run has been up to the playhead.
  private func points(of run: Run) -> [Point] {
    guard let end = run.history.index(at: run.step) else { return [] }
    return (0...end).map { landscape.project(run.history.parameters(at: $0)) }
  }

  /// The parts of a way that lie in the picture or no further than so many pixels beside it, in pixels.
  ///
  /// It is cut before it is measured in pixels: a point far outside is rounded by more of them than there are.
  private func parts(of way: [Point], within margin: Double = 0) -> [[SIMD2<Double>]] {
    let around = window.grown(
      x: margin / plot.width * window.width, y: margin / plot.height * window.height)
    return around.parts(of: way).map { $0.map(place) }
  }

  private func head(of run: Run) -> SIMD2<Double> { place(landscape.project(run.parameters)) }

  /// A start is a point of the plane at the start, and a turned constant may have moved the plane since.
  private func startPlace(_ start: Point) -> SIMD2<Double> {
    place(landscape.plane == nil ? start : landscape.project(race.experiment.startParameters(start)))
  }

  /// Marks what labels are to keep clear of.
  func occupy(_ placer: inout LabelPlacer) {
    let thing: Int32 = -2
    for (index, _) in entries {
      for run in runs(of: index) {
        for part in parts(of: points(of: run)) { placer.occupy(part, thing: thing) }
        placer.occupyDisc(head(of: run), radius: 11, thing: thing)
      }
    }
    for point in landscape.minima + landscape.saddles {
      placer.occupyDisc(place(point), radius: 7, thing: thing)
    }
    for start in race.experiment.starts { placer.occupyDisc(startPlace(start), radius: 8, thing: thing) }
  }

  // MARK: Trajectories

  /// The paths with a mark a step, then minima, saddles and starts.
  var trajectories: [Picture.Item] {
    let halo = palette.ground
    var items = entries.map { index, entry in
      let colour = palette.entry(entry.colour)
      var parts: [Picture.Item] = []
      for run in runs(of: index) {
        let way = points(of: run)
        let trail = trail(way)
        if !trail.isEmpty {
          parts.append(
            Picture.Item(
              .lines(trail), pen: Picture.Pen(stroke: halo, width: 4.2, opacity: 0.55, isRound: true)))
          parts.append(
            Picture.Item(
              .lines(trail), pen: Picture.Pen(stroke: colour, width: 2, isRound: true), name: "path"))
        }
        let steps = Figure.stepMarks(way.map(place)).filter { plot.grown(by: 4).contains($0) }
        parts.append(
          Picture.Item(
            .group(steps.map { Picture.Item(.circle($0, radius: 2.6)) }, clip: nil),
            pen: Picture.Pen(fill: colour, stroke: halo, width: 0.6), name: "steps"))
      }
      return Picture.Item(
        .group(parts, clip: nil), name: "trajectory", data: [Picture.Datum("entry", entry.name)])
    }
    let known =
      landscape.saddles.compactMap { Figure.cross(place($0), isUpright: false) }
      + landscape.minima.compactMap { Figure.cross(place($0), isUpright: true) }
    items.append(Picture.Item(.group(known, clip: nil), pen: knownPen, name: "known"))
    return items + race.experiment.starts.compactMap { startMark(startPlace($0)) }
  }

  private var knownPen: Picture.Pen { Picture.Pen(stroke: palette.strong, width: 1.8) }

  /// The lines of a trajectory, simplified by less than half a pixel. What lies far outside is cut at a distance at which no
  /// renderer can tell, because they reckon with few digits; the rest is left to the clip path.
  private func trail(_ way: [Point]) -> [Picture.Line] {
    parts(of: way, within: 4000).map {
      Picture.Line(PixelPath.simplified($0, tolerance: Figure.tolerance))
    }
  }

  /// The places of steps that are far enough from the last one marked to be told apart.
  private static func stepMarks(_ line: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var marks: [SIMD2<Double>] = []
    for place in line where marks.last.map({ PixelPath.length(place - $0) >= 6 }) ?? true {
      marks.append(place)
    }
    return marks
  }

  /// `+` for a minimum, `×` for a saddle; nothing where it is far outside.
  private static func cross(_ place: SIMD2<Double>, isUpright: Bool) -> Picture.Item? {
    guard max(place.x.magnitude, place.y.magnitude) < 1e4 else { return nil }
    let arms =
      isUpright ? [SIMD2<Double>(5.5, 0), SIMD2(0, 5.5)] : [SIMD2<Double>(4, 4), SIMD2(4, -4)]
    return Picture.Item(.lines(arms.map { Picture.Line([place - $0, place + $0]) }))
  }

  private func startMark(_ place: SIMD2<Double>) -> Picture.Item? {
    guard max(place.x.magnitude, place.y.magnitude) < 1e4 else { return nil }
    let corners = [SIMD2<Double>(0, -6.5), SIMD2(6.5, 0), SIMD2(0, 6.5), SIMD2(-6.5, 0)]
    return Picture.Item(
      .lines([Picture.Line(corners.map { place + $0 }, isClosed: true)]),
      pen: Picture.Pen(fill: palette.strong, stroke: palette.ground, width: 1.2), name: "start")
  }

  /// The heads: a digit on the colour of the entry. One that would cover another stands aside, tied to its place by a line.
  /// One outside the window has none, and the legend says so.
  var heads: Picture.Item {
    var items: [Picture.Item] = []
    var taken: [SIMD2<Double>] = []
    for (index, entry) in entries {
      for run in runs(of: index) where run.step > 0 {
        let place = head(of: run)
        guard plot.contains(place) else { continue }
        let free = Figure.freePlace(near: place, taken: taken, in: plot)
        taken.append(free)
        if free != place {
          items.append(
            Picture.Item(
              .lines([Picture.Line([place, free])]),
              pen: Picture.Pen(stroke: palette.entry(entry.colour), width: 1.2)))
        }
        items += badge(digit(index), entry, free)
      }
    }
    return Picture.Item(.group(items, clip: nil), name: "heads")
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

  private func badge(_ digit: String, _ entry: Entry, _ place: SIMD2<Double>) -> [Picture.Item] {
    let colour = palette.entry(entry.colour)
    return [
      Picture.Item(
        .circle(place, radius: 8.5), pen: Picture.Pen(fill: colour, stroke: palette.ground, width: 1.2),
        name: "head", data: [Picture.Datum("entry", entry.name)]),
      Figure.text(
        digit, x: place.x, y: place.y + 4, size: digit.utf8.count > 1 ? 10 : 11.5,
        colour: palette.onEntry.standingOut(from: colour, by: 4.5), anchor: .middle, isBold: true),
    ]
  }

  // MARK: Legend

  /// Who is who, what each came to and what it cost; then the marks.
  func legend(left: Double, top: Double) -> (item: Picture.Item, bottom: Double) {
    let room = Figure.width - left - 16
    let indent = left + 26
    var items: [Picture.Item] = []
    var y = top + 12
    func line(
      _ words: String, size: Double, colour: Colour, face: Picture.Label.Face = .sans, isBold: Bool = false
    ) {
      let columns = Int(clamped: (room - 26) / (size * (face == .sans ? 0.56 : 0.61)))
      for part in Text.wrapped(words, to: columns) {
        items.append(
          Figure.text(part, x: indent, y: y, size: size, colour: colour, face: face, isBold: isBold))
        y += size + 5
      }
    }
    for (index, entry) in entries {
      items += badge(digit(index), entry, SIMD2(left + 9, y - 4.5))
      line(entry.label, size: 13, colour: palette.strong, isBold: true)
      let spec = race.experiment.spec(of: entry, at: race.step)
      line(spec.description, size: 9.5, colour: palette.muted, face: .mono)
      for run in runs(of: index) { line(words(about: run), size: 11, colour: palette.text) }
      y += 8
    }
    for (mark, words) in marks {
      if let mark = mark(SIMD2(left + 9, y - 4)) { items.append(mark) }
      line(words, size: 11, colour: palette.muted)
      y += 3
    }
    return (Picture.Item(.group(items, clip: nil), name: "legend"), y)
  }

  /// What a run came to, where, and at what cost.
  private func words(about run: Run) -> String {
    var parts = [run.outcome(on: landscape, in: race.experiment.window).words]
    parts.append("f = \(NumberText.brief(run.loss, digits: 2)) after \(NumberText.count(run.step)) steps")
    parts.append("\(NumberText.count(run.cost.evaluations)) gradients")
    if !plot.contains(head(of: run)) { parts.append("outside the picture") }
    if landscape.plane != nil, run.distanceFromPlane > 1e-12 * window.diagonal {
      parts.append("\(NumberText.brief(run.distanceFromPlane, digits: 2)) off this plane")
    }
    return parts.joined(separator: ", ")
  }

  /// The marks of the picture, and what they mean.
  private var marks: [(mark: (SIMD2<Double>) -> Picture.Item?, words: String)] {
    func drawn(isUpright: Bool) -> (SIMD2<Double>) -> Picture.Item? {
      { Figure.cross($0, isUpright: isUpright).map { Picture.Item($0.shape, pen: knownPen) } }
    }
    var marks: [(mark: (SIMD2<Double>) -> Picture.Item?, words: String)] = [
      ({ startMark($0) }, race.experiment.starts.count == 1 ? "start" : "starts")
    ]
    if landscape.minima.contains(where: window.contains) { marks.append((drawn(isUpright: true), "minimum")) }
    if landscape.saddles.contains(where: window.contains) {
      marks.append((drawn(isUpright: false), "saddle"))
    }
    return marks
  }
}
