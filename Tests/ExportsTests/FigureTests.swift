import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Exports

/// The vector figure, read back and compared with the run.
struct FigureTests {
  /// A race to look at.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var landscape: String
    var optimizers: [String]
    var starts: [Point]? = nil
    var steps = 60
    var window: Window? = nil
    var testDescription: String { name }

    func race() throws -> Race {
      let found = try LandscapeCatalog.named(landscape) ?? Landscape(formula: landscape, constants: [])
      let entries = Entry.entries(try optimizers.map { try OptimizerSpec($0) })
      var race = Race(
        Experiment(
          landscape: found, window: window, entries: entries, starts: starts, budget: Budget(steps: steps)))
      race.seek(to: steps)
      return race
    }
  }

  static let cases = [
    Case(
      name: "ravine", landscape: "ravine", optimizers: ["sgd:lr=0.015", "momentum:lr=0.01", "adam:lr=0.2"]),
    Case(name: "leaving the window", landscape: "rosenbrock", optimizers: ["newton", "adam:lr=0.1"]),
    Case(
      name: "diverging", landscape: "bowl", optimizers: ["sgd:lr=2.5", "sgd:lr=0.1"],
      starts: [Point(x: 1, y: 1), Point(x: 1, y: -0.5)], steps: 400),
    Case(
      name: "stretched", landscape: "0.5*(x^2+100*y^2)", optimizers: ["momentum:lr=0.01"],
      starts: [Point(x: 8, y: 0.9)], window: Window(x: -10...10, y: -1...1)),
    Case(name: "not defined", landscape: "log(x)+y^2", optimizers: ["sgd:lr=0.01"], steps: 20),
    Case(name: "matrix", landscape: "matrix-2x2", optimizers: ["muon:lr=0.06", "sgd:lr=0.001"]),
    Case(name: "moving", landscape: "(x-cos(0.1*t))^2+(y-sin(0.1*t))^2", optimizers: ["sgd:lr=0.1"]),
    Case(name: "flat", landscape: "0*x+3", optimizers: ["sgd:lr=0.1"], steps: 5),
    Case(name: "no step", landscape: "himmelblau", optimizers: ["sgd:lr=0.1"], steps: 0),
  ]

  /// What the figures of the cases are made of, read once.
  private static let drawn: [String: [SVGElement]] = {
    var drawn: [String: [SVGElement]] = [:]
    for example in cases {
      guard let race = try? example.race() else { continue }
      drawn[example.name] = try? SVGReader.elements(of: figure(of: race).document)
    }
    return drawn
  }()

  private static func figure(of race: Race, theme: Theme = .dark) -> Figure {
    Figure(
      of: Portrait.Subject(race, on: race.landscape), title: "A title", caption: "What is seen.",
      window: race.experiment.window, theme: theme)
  }

  /// The frame of the picture, by which pixels become points again.
  private struct Frame {
    var x, y, width, height: Double
    var window: Window

    init(_ elements: [SVGElement], _ window: Window) throws {
      let frame = try #require(elements.first { $0.attributes["class"] == "frame" })
      x = try frame.number("x")
      y = try frame.number("y")
      width = try frame.number("width")
      height = try frame.number("height")
      self.window = window
    }

    func point(_ place: SIMD2<Double>) -> Point {
      Point(
        x: window.x.lowerBound + (place.x - x) / width * window.width,
        y: window.y.upperBound - (place.y - y) / height * window.height)
    }

    func place(_ point: Point) -> SIMD2<Double> {
      SIMD2(
        x + (point.x - window.x.lowerBound) / window.width * width,
        y + (window.y.upperBound - point.y) / window.height * height)
    }

    func contains(_ place: SIMD2<Double>, margin: Double = 0) -> Bool {
      place.x >= x + margin && place.x <= x + width - margin && place.y >= y + margin
        && place.y <= y + height - margin
    }
  }

  private func distance(_ place: SIMD2<Double>, _ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    let along = b - a
    let square = (along * along).sum()
    let share = square > 0 ? min(1, max(0, ((place - a) * along).sum() / square)) : 0
    let miss = place - (a + share * along)
    return (miss * miss).sum().squareRoot()
  }

  private func distance(_ place: SIMD2<Double>, to lines: [[SIMD2<Double>]]) -> Double {
    var nearest = Double.infinity
    for line in lines {
      for (a, b) in zip(line, line.dropFirst()) { nearest = min(nearest, distance(place, a, b)) }
    }
    return nearest
  }

  /// Every corner of a drawn path is a point of its run, and every point of the run lies on the path.
  @Test(arguments: cases) func trajectoriesAreThoseOfTheRuns(of example: Case) throws {
    let race = try example.race()
    let elements = try #require(Self.drawn[example.name])
    let frame = try Frame(elements, race.experiment.window)
    let paths = elements.filter { $0.attributes["class"] == "path" }
    let moved = race.runs.filter { $0.lastStep > 0 && $0.history[0].point != $0.history[1].point }
    try #require(paths.count >= moved.count)
    var drawn = Dictionary(grouping: paths) { $0.attributes["data-entry"] ?? "" }
    for run in race.runs where run.lastStep > 0 {
      guard let path = drawn[run.entry.name]?.first else {
        #expect(!moved.contains { $0.entry.name == run.entry.name }, "\(run.entry.name) has no path")
        continue
      }
      drawn[run.entry.name]?.removeFirst()
      let lines = try path.lines()
      let places = (0..<run.history.count).map {
        frame.place(race.landscape.project(run.history.parameters(at: $0)))
      }
      for corner in lines.joined() where frame.contains(corner, margin: -100) {
        let nearest = places.map { max(abs($0.x - corner.x), abs($0.y - corner.y)) }.min() ?? .infinity
        #expect(nearest < 0.006, "no step at \(corner)")
      }
      for place in places where frame.contains(place, margin: -1000) {
        #expect(distance(place, to: lines) < Figure.tolerance + 0.01)
      }
      // Between two steps in the picture the line is straight.
      for (a, b) in zip(places, places.dropFirst())
      where frame.contains(a, margin: -1000) && frame.contains(b, margin: -1000) {
        #expect(distance((a + b) / 2, to: lines) < Figure.tolerance + 0.01)
      }
    }
  }

  /// A run that leaves the picture leaves it in the true direction, however far it goes.
  @Test func directionsOutOfThePictureAreTrue() throws {
    let race = try Self.cases[2].race()
    let elements = try #require(Self.drawn[Self.cases[2].name])
    let frame = try Frame(elements, race.experiment.window)
    let path = try #require(elements.first { $0.attributes["class"] == "path" })
    let centre = frame.place(Point(x: 0, y: 0))
    for line in try path.lines() {
      for (a, b) in zip(line, line.dropFirst()) {
        // Steps of gradient descent on a bowl go through its middle.
        #expect(distance(centre, a, b) < 0.01)
        #expect(max(abs(a.x), abs(a.y), abs(b.x), abs(b.y)) < 1e4)
      }
    }
  }

  /// Every corner of a contour line has the loss of its level, to a fraction of a pixel.
  @Test(arguments: cases) func contoursLieOnTheirLevels(of example: Case) throws {
    let race = try example.race()
    let (landscape, step) = (race.landscape, race.landscape.usesStep ? race.step : 0)
    let elements = try #require(Self.drawn[example.name])
    let frame = try Frame(elements, race.experiment.window)
    let contours = elements.filter { $0.groups.contains("contours") }
    let sample = landscape.field(columns: 96, rows: 72, window: frame.window, step: step)
    let levels = Levels(field: sample, spacing: landscape.spacing, count: 10).values
    #expect(contours.isEmpty == levels.isEmpty)
    let drawn = try Set(contours.map { try $0.number("data-level") })
    // Those that cross the picture at all; a level may just touch a corner.
    #expect(drawn.isSubset(of: levels) && drawn.count >= levels.count - 2)
    var worst = 0.0
    for contour in contours {
      let level = try contour.number("data-level")
      for corner in try contour.lines().joined() where frame.contains(corner) {
        let here = frame.point(corner)
        let value = landscape.value(at: landscape.lift(here), step: step)
        // How much the loss changes in a pixel, which is all that can be asked for.
        var change = 0.0
        for (dx, dy) in [(1.0, 0.0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7)] {
          let there = landscape.value(at: landscape.lift(frame.point(corner + SIMD2(dx, dy))), step: step)
          if there.isFinite { change = max(change, abs(there - value)) }
        }
        worst = max(worst, abs(value - level) / change)
      }
    }
    #expect(worst < 0.5, "\(worst) pixels")
  }

  /// The ground of a place is that of the level below its loss, and the page where there is no loss.
  @Test(arguments: cases) func groundsTellTheLevels(of example: Case) throws {
    let race = try example.race()
    let (landscape, step) = (race.landscape, race.landscape.usesStep ? race.step : 0)
    let figure = Self.figure(of: race)
    let elements = try #require(Self.drawn[example.name])
    let frame = try Frame(elements, race.experiment.window)
    let sample = landscape.field(columns: 96, rows: 72, window: frame.window, step: step)
    let levels = Levels(field: sample, spacing: landscape.spacing, count: 10).values
    let grounds = try elements.filter { $0.groups.contains("grounds") }.map { (try $0.lines(), $0) }
    let bands = grounds.filter { $0.1.attributes["class"] != "undefined" }
    #expect(bands.count <= levels.count)
    var checked = 0
    for i in 0..<40 {
      for j in 0..<40 {
        let place = SIMD2(
          frame.x + (Double(i) + 0.37) / 40 * frame.width, frame.y + (Double(j) + 0.61) / 40 * frame.height)
        let value = landscape.value(at: landscape.lift(frame.point(place)), step: step)
        // On a line either side will do.
        let around = [SIMD2(2.0, 0), SIMD2(-2, 0), SIMD2(0, 2), SIMD2(0, -2)].map {
          landscape.value(at: landscape.lift(frame.point(place + $0)), step: step)
        }
        guard around.allSatisfy({ $0.isNaN == value.isNaN }) else { continue }
        let count = levels.count { $0 <= value }
        guard around.allSatisfy({ there in levels.count { $0 <= there } == count }) else { continue }
        checked += 1
        let isUndefined = grounds.contains { lines, element in
          element.attributes["class"] == "undefined" && isInside(place, lines)
        }
        #expect(isUndefined == value.isNaN, "at \(frame.point(place))")
        guard !value.isNaN else { continue }
        let shown = bands.last { isInside(place, $0.0) }?.1.attributes["fill"]
        let wanted =
          count == 0 ? nil : SVGText.colour(figure.palette.shade(Double(count) / Double(levels.count)))
        #expect(shown == wanted, "at \(frame.point(place)), loss \(value)")
      }
    }
    #expect(checked > 600)
  }

  /// Whether a place is inside by the even-odd rule.
  private func isInside(_ place: SIMD2<Double>, _ lines: [[SIMD2<Double>]]) -> Bool {
    var inside = false
    for line in lines {
      for (a, b) in zip(line, line.dropFirst())
      where (a.y > place.y) != (b.y > place.y) && place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x
      {
        inside.toggle()
      }
    }
    return inside
  }

  /// A label names the level on whose line it stands, in a gap of that line.
  @Test(arguments: cases) func labelsStandInGapsOfTheirLines(of example: Case) throws {
    let race = try example.race()
    let (landscape, step) = (race.landscape, race.landscape.usesStep ? race.step : 0)
    let elements = try #require(Self.drawn[example.name])
    let frame = try Frame(elements, race.experiment.window)
    let labels = elements.filter { $0.groups.contains("levels") }
    let contours = elements.filter { $0.groups.contains("contours") }
    #expect(contours.isEmpty || labels.count >= 3)
    let lines = try contours.map { (try $0.number("data-level"), try $0.lines()) }
    let levels = Array(Set(lines.map(\.0))).sorted()
    var places: [SIMD2<Double>] = []
    for label in labels {
      let turn = try #require(label.attributes["transform"])
      let numbers = turn.dropFirst("rotate(".count).dropLast().split(separator: " ").compactMap { Double($0) }
      try #require(numbers.count == 3)
      #expect(abs(numbers[0]) <= 90, "upside down")
      let place = SIMD2(numbers[1], numbers[2])
      let shown = try #require(Double(label.text.replacing("−", with: "-")))
      let value = landscape.value(at: landscape.lift(frame.point(place)), step: step)
      // The nearest of the drawn levels is the one it names.
      let nearest = levels.min { abs($0 - value) < abs($1 - value) }
      let named = levels.min { abs($0 - shown) < abs($1 - shown) }
      #expect(nearest == named, "'\(label.text)' stands at \(value)")
      for (_, line) in lines { #expect(distance(place, to: line) > 5, "a line runs through '\(label.text)'") }
      #expect(places.allSatisfy { (($0 - place) * ($0 - place)).sum() > 150 }, "labels on each other")
      places.append(place)
    }
  }

  /// The names of levels stay apart and close to the levels.
  @Test func levelsAreNamedWithAsManyDigitsAsTheyNeed() {
    #expect(Levels.names(of: [1, 2, 5, 10]) == ["1", "2", "5", "10"])
    #expect(Levels.names(of: [248.61, 249.13, 250]) == ["248.6", "249.13", "250"])
    #expect(Levels.names(of: [0.9, 0.99998]) == ["0.9", "1"])
    #expect(Levels.names(of: [0.9999, 0.99998]) == ["0.9999", "0.99998"])
    #expect(Levels.names(of: [-1e-9, 1e-9]) == ["−1e−9", "1e−9"])
    #expect(Levels.names(of: []) == [])
  }

  /// Heads stand where the runs are, or tied to there by a line; outside the picture there is none, and the legend says so.
  @Test(arguments: cases) func headsStandWhereTheRunsAre(of example: Case) throws {
    let race = try example.race()
    let elements = try #require(Self.drawn[example.name])
    let frame = try Frame(elements, race.experiment.window)
    let heads = elements.filter { $0.attributes["class"] == "head" && $0.groups.contains("heads") }
    let ties = try elements.filter { $0.name == "path" && $0.groups.contains("heads") }.map {
      try $0.lines()[0]
    }
    let runs = race.runs.filter { $0.step > 0 }
    let inside = runs.filter { frame.contains(frame.place(race.landscape.project($0.parameters))) }
    #expect(heads.count == inside.count)
    // The lowest takes its place first.
    for (run, head) in zip(inside.sorted { $0.loss < $1.loss }, heads) {
      #expect(head.attributes["data-entry"] == run.entry.name)
      let drawn = SIMD2(try head.number("cx"), try head.number("cy"))
      let place = frame.place(race.landscape.project(run.parameters))
      func near(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Bool {
        (a - b).x.magnitude < 0.01 && (a - b).y.magnitude < 0.01
      }
      #expect(near(drawn, place) || ties.contains { near($0[0], place) && near($0[1], drawn) })
    }
    for (a, b) in zip(heads, heads.dropFirst()) {
      let apart = SIMD2(try a.number("cx") - b.number("cx"), try a.number("cy") - b.number("cy"))
      #expect((apart * apart).sum() > 300)
    }
    let words = elements.filter { $0.groups.contains("legend") && $0.name == "text" }.map(\.text)
      .joined(separator: " ")
    #expect(words.contains("outside the picture") == (inside.count < runs.count))
    for entry in race.experiment.entries { #expect(words.contains(entry.label)) }
  }

  /// The number of an iterate of the first entry, the selected one, stands beside it and on no way; a ring lies where a run
  /// rests, and its words near it.
  @Test(arguments: cases) func numbersStandBesideTheirIterates(of example: Case) throws {
    let race = try example.race()
    let elements = try #require(Self.drawn[example.name])
    let frame = try Frame(elements, race.experiment.window)
    let ways = try elements.filter { $0.attributes["class"] == "path" }.flatMap { try $0.lines() }
    var places: [SIMD2<Double>] = []
    for number in elements where number.attributes["class"] == "number" {
      let step = try #require(Int(number.text))
      #expect(step % 10 == 0 && step > 0 && step < race.step)
      let place = SIMD2(try number.number("x"), try number.number("y") - 3.6)
      let iterate = frame.place(race.landscape.project(race.run(entry: 0).history.parameters(at: step)))
      #expect(((place - iterate) * (place - iterate)).sum().squareRoot() < 32, "\(step)")
      #expect(distance(place, to: ways) > 4 && frame.contains(place), "\(step)")
      #expect(places.allSatisfy { (($0 - place) * ($0 - place)).sum() > 100 }, "\(step) on another")
      places.append(place)
    }
    let rings = try elements.filter { $0.attributes["class"] == "ring" }.map {
      SIMD2(try $0.number("cx"), try $0.number("cy"))
    }
    let words = elements.filter { $0.attributes["class"] == "rest" }
    #expect(words.count <= rings.count)
    for ring in rings { #expect(distance(ring, to: ways) < 1) }
    for word in words {
      let place = SIMD2(try word.number("x"), try word.number("y"))
      #expect(rings.contains { abs($0.x - place.x) < 160 && abs($0.y - place.y) < 80 }, "\(word.text)")
    }
  }

  /// Somewhere in the cases there is each kind of words.
  @Test func someFiguresHaveWords() {
    let classes = Set(Self.drawn.values.joined().compactMap { $0.attributes["class"] })
    #expect(classes.isSuperset(of: ["number", "ring", "rest", "minimum", "start", "path", "steps"]))
  }

  /// Ticks stand where their numbers say.
  @Test(arguments: cases) func ticksStandAtTheirNumbers(of example: Case) throws {
    let race = try example.race()
    let elements = try #require(Self.drawn[example.name])
    let frame = try Frame(elements, race.experiment.window)
    let below = elements.filter { $0.name == "text" && $0.groups == ["across"] }
    let beside = elements.filter { $0.name == "text" && $0.groups == ["up"] }
    #expect((below + beside).allSatisfy { $0.attributes["font-size"] == "11" })
    #expect(below.count >= 2 && beside.count >= 2)
    for label in below {
      let value = try #require(Double(label.text.replacing("−", with: "-")))
      #expect(abs(frame.point(SIMD2(try label.number("x"), 0)).x - value) < 0.01 * frame.window.width)
    }
    for label in beside {
      let value = try #require(Double(label.text.replacing("−", with: "-")))
      #expect(abs(frame.point(SIMD2(0, try label.number("y") - 4)).y - value) < 0.01 * frame.window.height)
    }
  }

  /// Anything but a picture is kept out of the document, whatever the words say.
  @Test func hostileWordsStayWords() throws {
    var race = try Self.cases[0].race()
    var experiment = race.experiment
    let hostile = "</text><script>alert(\"1\")</script> & <!-- ]]> \u{1b}[31m\u{202e}\u{0}"
    experiment.entries[0].label = hostile
    experiment.entries[0].name = "a\"b<c"
    race.start(experiment)
    let figure = Figure(
      of: Portrait.Subject(race, on: race.landscape), title: hostile, caption: hostile,
      window: experiment.window, theme: .light)
    let document = figure.document
    let elements = try SVGReader.elements(of: document)
    #expect(!elements.contains { $0.name == "script" || $0.name == "foreignObject" || $0.name == "image" })
    #expect(!elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") || $0.hasSuffix("href") } })
    let title = try #require(elements.first { $0.name == "title" })
    #expect(title.text == Text.sanitised(hostile))
    #expect(
      document.unicodeScalars.allSatisfy {
        $0 == "\n" || ($0.properties.generalCategory != .control && $0.properties.generalCategory != .format)
      })
  }

  /// One document for each set of values, with the line that reproduces it.
  @Test(arguments: Theme.allCases) func theDocumentSaysHowToMakeTheSame(theme: Theme) throws {
    let race = try Self.cases[0].race()
    let document = Self.figure(of: race, theme: theme).document
    #expect(document == Self.figure(of: try Self.cases[0].race(), theme: theme).document)
    let elements = try SVGReader.elements(of: document)
    let root = try #require(elements.first)
    #expect(root.name == "svg" && root.attributes["xmlns"] == "http://www.w3.org/2000/svg")
    let size = [try root.number("width"), try root.number("height")]
    #expect(root.attributes["viewBox"] == "0 0 \(SVGText.decimal(size[0])) \(SVGText.decimal(size[1]))")
    let replay = race.experiment.replayLine(steps: race.step)
    #expect(elements.first { $0.name == "desc" }?.text.contains(replay) == true)
    let page = elements.first { $0.name == "rect" && $0.attributes["width"] == "100%" }
    #expect(page?.attributes["fill"] == SVGText.colour(Palette(theme: theme, depth: .direct).ground))
    // Nothing is written below or beside the page.
    for text in elements where text.name == "text" {
      #expect(try text.number("y") < size[1] && text.number("x") < size[0])
    }
    // What belongs to the picture is clipped by it.
    let clip = try #require(elements.first { $0.attributes["clip-path"] == "url(#plot)" })
    #expect(clip.name == "g" && elements.contains { $0.name == "clipPath" && $0.attributes["id"] == "plot" })
  }

  @Test func simplifyingKeepsWithinTheTolerance() {
    var random = Lehmer(state: 5)
    for _ in 0..<50 {
      var line: [SIMD2<Double>] = [SIMD2(0, 0)]
      for _ in 0..<200 {
        line.append(
          line[line.count - 1]
            + SIMD2(Double.random(in: -1...2, using: &random), .random(in: -1...1, using: &random)))
      }
      let simple = PixelPath.simplified(line, tolerance: 0.5)
      #expect(simple.count < line.count && simple.first == line.first && simple.last == line.last)
      for place in line { #expect(distance(place, to: [simple]) <= 0.5) }
    }
    #expect(PixelPath.simplified([SIMD2(1, 1)], tolerance: 1) == [SIMD2(1, 1)])
  }
}

/// A small deterministic generator.
struct Lehmer: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
