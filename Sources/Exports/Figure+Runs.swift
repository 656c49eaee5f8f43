import Canvas
import Experiments
import Landscapes
import OptimizerCore

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
  var trajectories: String {
    var text = ""
    for (index, entry) in entries {
      let colour = SVGText.colour(palette.entry(entry.colour))
      let halo = SVGText.colour(palette.ground)
      text += "<g class=\"trajectory\" data-entry=\"\(SVGText.escaped(entry.name))\">\n"
      for run in runs(of: index) {
        let way = points(of: run)
        let data = trail(way)
        if !data.isEmpty {
          let shape = "d=\"\(data)\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\""
          text += "<path \(shape) stroke=\"\(halo)\" stroke-width=\"4.2\" stroke-opacity=\"0.55\"/>\n"
          text += "<path \(shape) stroke=\"\(colour)\" stroke-width=\"2\" class=\"path\"/>\n"
        }
        text += "<g fill=\"\(colour)\" stroke=\"\(halo)\" stroke-width=\"0.6\" class=\"steps\">\n"
        for place in Figure.stepMarks(way.map(place)) where plot.grown(by: 4).contains(place) {
          text += Figure.circle(place, radius: 2.6)
        }
        text += "</g>\n"
      }
      text += "</g>\n"
    }
    let ink = SVGText.colour(palette.strong)
    text += "<g stroke=\"\(ink)\" stroke-width=\"1.8\" fill=\"none\" class=\"known\">\n"
    for saddle in landscape.saddles { text += Figure.cross(place(saddle), isUpright: false) }
    for minimum in landscape.minima { text += Figure.cross(place(minimum), isUpright: true) }
    text += "</g>\n"
    for start in race.experiment.starts { text += startMark(startPlace(start)) }
    return text
  }

  /// The path data of a trajectory, simplified by less than half a pixel. What lies far outside is cut at a distance at
  /// which no renderer can tell, because they reckon with few digits; the rest is left to the clip path.
  private func trail(_ way: [Point]) -> String {
    parts(of: way, within: 4000).map {
      PixelPath.data(PixelPath.simplified($0, tolerance: Figure.tolerance))
    }.joined()
  }

  /// The places of steps that are far enough from the last one marked to be told apart.
  private static func stepMarks(_ line: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var marks: [SIMD2<Double>] = []
    for place in line where marks.last.map({ PixelPath.length(place - $0) >= 6 }) ?? true {
      marks.append(place)
    }
    return marks
  }

  private static func circle(_ place: SIMD2<Double>, radius: Double) -> String {
    "<circle cx=\"\(SVGText.decimal(place.x))\" cy=\"\(SVGText.decimal(place.y))\" r=\"\(SVGText.decimal(radius))\"/>\n"
  }

  /// `+` for a minimum, `×` for a saddle; nothing where it is far outside.
  private static func cross(_ place: SIMD2<Double>, isUpright: Bool) -> String {
    guard max(place.x.magnitude, place.y.magnitude) < 1e4 else { return "" }
    let (x, y) = (SVGText.decimal(place.x), SVGText.decimal(place.y))
    return isUpright
      ? "<path d=\"M\(x) \(y)m-5.5 0h11m-5.5 -5.5v11\"/>\n" : "<path d=\"M\(x) \(y)m-4 -4l8 8m0 -8l-8 8\"/>\n"
  }

  private func startMark(_ place: SIMD2<Double>) -> String {
    guard max(place.x.magnitude, place.y.magnitude) < 1e4 else { return "" }
    let (x, y) = (SVGText.decimal(place.x), SVGText.decimal(place.y))
    return
      "<path d=\"M\(x) \(y)m0 -6.5l6.5 6.5l-6.5 6.5l-6.5 -6.5z\" fill=\"\(SVGText.colour(palette.strong))\" "
      + "stroke=\"\(SVGText.colour(palette.ground))\" stroke-width=\"1.2\" class=\"start\"/>\n"
  }

  /// The heads: a digit on the colour of the entry. One that would cover another stands aside, tied to its place by a line.
  /// One outside the window has none, and the legend says so.
  var heads: String {
    var text = ""
    var taken: [SIMD2<Double>] = []
    for (index, entry) in entries {
      for run in runs(of: index) where run.step > 0 {
        let place = head(of: run)
        guard plot.contains(place) else { continue }
        let free = Figure.freePlace(near: place, taken: taken, in: plot)
        taken.append(free)
        if free != place {
          let colour = SVGText.colour(palette.entry(entry.colour))
          text += "<path d=\"\(PixelPath.data([place, free]))\" stroke=\"\(colour)\" stroke-width=\"1.2\"/>\n"
        }
        text += badge(digit(index), entry, free)
      }
    }
    return "<g class=\"heads\">\n\(text)</g>\n"
  }

  /// The nearest place for a badge that no other covers, on rings around where it belongs.
  private static func freePlace(
    near place: SIMD2<Double>, taken: [SIMD2<Double>], in plot: PixelPath.Box
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

  private func badge(_ digit: String, _ entry: Entry, _ place: SIMD2<Double>) -> String {
    let colour = palette.entry(entry.colour)
    let (x, y) = (SVGText.decimal(place.x), SVGText.decimal(place.y))
    return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"8.5\" fill=\"\(SVGText.colour(colour))\" "
      + "stroke=\"\(SVGText.colour(palette.ground))\" stroke-width=\"1.2\" class=\"head\" "
      + "data-entry=\"\(SVGText.escaped(entry.name))\"/>\n"
      + Figure.text(
        digit, x: place.x, y: place.y + 4, size: digit.utf8.count > 1 ? 10 : 11.5,
        colour: palette.onEntry.standingOut(from: colour, by: 4.5), anchor: "middle", weight: "bold")
  }

  // MARK: Legend

  /// Who is who, what each came to and what it cost; then the marks.
  func legend(left: Double, top: Double) -> (text: String, bottom: Double) {
    let room = Figure.width - left - 16
    let indent = left + 26
    var text = "<g class=\"legend\">\n"
    var y = top + 12
    func line(_ words: String, size: Double, colour: Colour, font: String? = nil, weight: String? = nil) {
      let columns = Int(clamped: (room - 26) / (size * (font == nil ? 0.56 : 0.61)))
      for part in Text.wrapped(words, to: columns) {
        text += Figure.text(part, x: indent, y: y, size: size, colour: colour, weight: weight, font: font)
        y += size + 5
      }
    }
    for (index, entry) in entries {
      text += badge(digit(index), entry, SIMD2(left + 9, y - 4.5))
      line(entry.label, size: 13, colour: palette.strong, weight: "bold")
      let spec = race.experiment.spec(of: entry, at: race.step)
      line(spec.description, size: 9.5, colour: palette.muted, font: Figure.mono)
      for run in runs(of: index) { line(words(about: run), size: 11, colour: palette.text) }
      y += 8
    }
    for (mark, words) in marks {
      text += mark(SIMD2(left + 9, y - 4))
      line(words, size: 11, colour: palette.muted)
      y += 3
    }
    return (text + "</g>\n", y)
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

  private var marks: [(mark: (SIMD2<Double>) -> String, words: String)] {
    let ink = SVGText.colour(palette.strong)
    func drawn(_ shape: @escaping (SIMD2<Double>) -> String) -> (SIMD2<Double>) -> String {
      { "<g stroke=\"\(ink)\" stroke-width=\"1.8\" fill=\"none\">\(shape($0))</g>\n" }
    }
    var marks: [(mark: (SIMD2<Double>) -> String, words: String)] = [
      ({ startMark($0) }, race.experiment.starts.count == 1 ? "start" : "starts")
    ]
    if landscape.minima.contains(where: window.contains) {
      marks.append((drawn { Figure.cross($0, isUpright: true) }, "minimum"))
    }
    if landscape.saddles.contains(where: window.contains) {
      marks.append((drawn { Figure.cross($0, isUpright: false) }, "saddle"))
    }
    return marks
  }
}
