import Experiments
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Scenes

/// What pictures of a race show.
struct PortraitTests {
  private func race(
    _ landscape: String = "ravine",
    _ optimizers: [String] = ["sgd:lr=0.02", "momentum:lr=0.01", "adam:lr=0.1"],
    starts: [Point]? = nil, steps: Int = 60, noise: Noise = .none
  ) throws -> Race {
    let found = try LandscapeCatalog.named(landscape) ?? Landscape(formula: landscape)
    let entries = Entry.entries(try optimizers.map { try OptimizerSpec($0) })
    var race = Race(
      Experiment(
        landscape: found, entries: entries, starts: starts, budget: Budget(steps: steps), noise: noise))
    race.seek(to: steps)
    return race
  }

  private func subject(_ race: Race, _ change: (inout Portrait.Subject) -> Void = { _ in })
    -> Portrait.Subject
  {
    var subject = Portrait.Subject(race, on: race.landscape)
    change(&subject)
    return subject
  }

  private func portrait(_ race: Race, _ change: (inout Portrait.Subject) -> Void = { _ in }) -> Portrait {
    portrait(of: subject(race, change))
  }

  private func portrait(of subject: Portrait.Subject, recent: Int = Portrait.recent) -> Portrait {
    var ground: Portrait.Ground?
    return Portrait(of: subject, recent: recent, keeping: &ground)
  }

  /// Whoever is on takes part, from every start; the selected entry lies over all others.
  @Test(arguments: 0..<8, 0..<3) func whoTakesPart(mask: Int, selected: Int) throws {
    var race = try race(starts: [Point(x: 1, y: 1), Point(x: -1, y: 0.5)], steps: 3)
    var experiment = race.experiment
    for index in 0..<3 { experiment.entries[index].isOn = mask >> index & 1 == 1 }
    race.start(experiment)
    race.seek(to: 3)
    for isSpotlit in [false, true] {
      let portrait = portrait(race) {
        $0.selectedEntry = selected
        $0.isSpotlit = isSpotlit
      }
      let on = (0..<3).filter { mask >> $0 & 1 == 1 }
      let order = on.reversed().filter { $0 != selected } + on.filter { $0 == selected }
      #expect(portrait.runners.map(\.entry) == order.flatMap { [$0, $0] })
      #expect(portrait.runners.map(\.start) == order.flatMap { _ in [0, 1] })
      #expect(portrait.runners.map(\.sign) == order.flatMap { ["\($0 + 1)", "\($0 + 1)"] })
      for runner in portrait.runners {
        let entry = try #require(runner.entry)
        #expect(runner.isSelected == (entry == selected))
        #expect(runner.isDimmed == (isSpotlit && entry != selected))
        #expect(runner.colour == (runner.isDimmed ? nil : race.experiment.entries[entry].colour))
        #expect(runner.name == (runner.start == 0 ? race.experiment.entries[entry].label : nil))
        #expect(runner.hasDots)
      }
      let ranks = Dictionary(grouping: portrait.runners, by: \.isSelected).mapValues { $0.map(\.rank) }
      if let top = ranks[true]?.min(), let others = ranks[false]?.max() { #expect(top > others) }
    }
  }

  /// A way is the history, from the start to the head, which is where the run is.
  @Test(arguments: [0, 1, 9, 60]) func waysAreHistories(step: Int) throws {
    var race = try race()
    race.seek(to: step)
    for runner in portrait(race).runners {
      let run = race.run(entry: try #require(runner.entry), start: runner.start)
      let history = (0...step).map { race.landscape.project(run.history.parameters(at: $0)) }
      #expect(runner.way.points == history)
      #expect(runner.way.isWhole)
      #expect(runner.head == (step == 0 ? nil : history[step]))
      #expect(runner.loss == run.loss)
    }
  }

  /// Of the recent steps all are shown, of the older ones every so many, and always the start.
  @Test(arguments: [1, 7, 16, 59, 60, 61, .max]) func olderStepsAreThinned(recent: Int) throws {
    let race = try race()
    let whole = portrait(race).runners[0].way.points
    let way = portrait(of: subject(race), recent: recent).runners[0].way.points
    #expect(way.first == whole.first)
    #expect(way.suffix(min(recent, 60) + 1) == whole.suffix(min(recent, 60) + 1))
    #expect(way.count <= min(whole.count, recent > 1000 ? .max : 3 * recent + 1))
    var rest = whole[...]
    for point in way { rest = rest[(try #require(rest.firstIndex(of: point)) + 1)...] }
  }

  @Test func theLowestHasTheSpot() throws {
    let portrait = portrait(try race(steps: 7))
    let heads = portrait.heads
    #expect(heads.count == 3)
    for (a, b) in zip(heads, heads.dropFirst()) { #expect(a.loss <= b.loss) }
  }

  /// Every tenth iterate of the selected entry has its number, but those too near to a number or to the head.
  @Test func numbersAreEveryTenthOfTheSelected() throws {
    let race = try race()
    var told = 0
    for selected in 0..<3 {
      let portrait = portrait(race) { $0.selectedEntry = selected }
      let numbers = portrait.numbers
      let head = try #require(portrait.runners.first { $0.entry == selected }?.head)
      let window = race.experiment.window
      func distance(_ a: Point, _ b: Point) -> Double {
        Point(x: (a.x - b.x) / window.width, y: (a.y - b.y) / window.height).norm
      }
      var last: Point?
      for step in [10, 20, 30, 40, 50] {
        let point = race.landscape.project(race.run(entry: selected).history.parameters(at: step))
        let isNear = distance(point, head) < 0.09 || last.map { distance(point, $0) < 0.09 } ?? false
        #expect(numbers.contains { $0.step == step } == !isNear, "\(selected), step \(step)")
        if !isNear { last = point }
      }
      told += numbers.count
      let run = race.run(entry: selected)
      for number in numbers {
        #expect(number.point == race.landscape.project(run.history.parameters(at: number.step)))
        #expect(number.runner.entry == selected)
      }
    }
    #expect(told > 4)
    #expect(portrait(race) { $0.hasNames = false }.numbers.isEmpty)
    #expect(portrait(race) { $0.overlays = [.minima] }.numbers.isEmpty)
    #expect(portrait(race) { $0.selectedEntry = 7 }.numbers.isEmpty)
    // Six names would have no room.
    let crowd = try self.race("ravine", (1...6).map { "sgd:lr=0.00\($0)" })
    #expect(portrait(crowd).numbers.isEmpty && portrait(crowd).runners.allSatisfy { $0.name == nil })
  }

  /// A rest is a stretch of a run within a width of a cell, the longest there is; none at a minimum.
  @Test func restsAreStretchesNearOnePlace() throws {
    // Stuck at the saddle; the others at minima.
    let race = try race(
      "double-well", ["newton", "sgd:lr=0.1"], starts: [Point(x: 0.001, y: 1.2)], steps: 200)
    for width in [0.02, 0.1, 0.3] {
      let rests = portrait(race).rests { SIMD2($0.x, $0.y) / width }
      let newton = try #require(rests.first { $0.runner.entry == 0 })
      #expect(newton.steps > 150 && newton.point.norm < width)
      #expect(newton.words.hasSuffix(": \(newton.steps) steps here"))
      for rest in rests {
        let points = rest.runner.way.points
        let first = try #require(points.firstIndex(of: rest.point))
        for point in points[first...(first + rest.steps)] {
          #expect(
            (point.x - rest.point.x) * (point.x - rest.point.x) + (point.y - rest.point.y)
              * (point.y - rest.point.y)
              <= width * width * (1 + 1e-12))
        }
        for minimum in race.landscape.minima {
          #expect(max(abs(minimum.x - rest.point.x), abs(minimum.y - rest.point.y)) > 2 * width)
        }
      }
    }
    func entries(_ change: (inout Portrait.Subject) -> Void) -> [Int?] {
      portrait(race, change).rests { SIMD2($0.x, $0.y) / 0.1 }.map(\.runner.entry)
    }
    #expect(entries { _ in }.contains(0))
    // Dimmed, without names or without ways there are none.
    #expect(
      !entries {
        $0.selectedEntry = 1
        $0.isSpotlit = true
      }.contains(0))
    #expect(entries { $0.hasNames = false }.isEmpty && entries { $0.overlays = [] }.isEmpty)
    // A place that is none is near to nothing, and a short stay is no rest.
    #expect(Portrait.Rest.longest(of: Array(repeating: SIMD2(.nan, 0), count: 40)) == nil)
    #expect(Portrait.Rest.longest(of: Array(repeating: SIMD2(1, 0), count: 10)) == nil)
    #expect(Portrait.Rest.longest(of: Array(repeating: SIMD2(1, 0), count: 11))?.steps == 10)
  }

  @Test func knownPointsAndStarts() throws {
    let race = try race(
      "double-well", ["sgd:lr=0.1"], starts: [Point(x: 1, y: 1), Point(x: -1, y: 1)], steps: 2)
    func points(_ kind: Portrait.Mark.Kind, _ portrait: Portrait) -> [Point] {
      portrait.marks.filter { $0.kind == kind }.map(\.point)
    }
    let all = portrait(race)
    #expect(points(.minimum, all) == race.landscape.minima && points(.saddle, all) == race.landscape.saddles)
    #expect(points(.start, all) == race.experiment.starts)
    let bare = portrait(race) { $0.overlays = [.trail] }
    #expect(bare.marks.map(\.kind) == [.start, .start])
    // Runs or none, the landscape keeps its marks.
    let empty = portrait(race) { $0.hasRuns = false }
    #expect(empty.runners.isEmpty && empty.heads.isEmpty && empty.marks == all.marks)
  }

  /// Where a picture is a plane among many, a start is where it is projected to.
  @Test func startsAreProjected() throws {
    let landscape = try #require(try LandscapeCatalog.named("matrix-2x2"))
    var race = Race(
      Experiment(landscape: landscape, entries: Entry.entries([try OptimizerSpec("sgd:lr=0.01")])))
    race.seek(to: 5)
    try #require(race.landscape.plane != nil)
    let starts = portrait(race).marks.filter { $0.kind == .start }.map(\.point)
    #expect(
      starts
        == race.experiment.starts.map { race.landscape.project(race.experiment.startParameters($0)) })
  }

  /// A ghost is shown where its formula is that of the landscape, whatever its constants.
  @Test func ghostsAndFans() throws {
    let noise = try Noise("gaussian(sigma=0.5)")
    let race = try race(noise: noise)
    let ghost = Portrait.Ghost(letter: "a", race: race, entry: 1)
    let stranger = Portrait.Ghost(letter: "b", race: try self.race("double-well"), entry: 0)
    var fan = Fan(race.experiment, entry: 2, count: 4)
    fan.advance(to: 40)
    let portrait = portrait(race) {
      $0.selectedEntry = 2
      $0.ghosts = [ghost, stranger]
      $0.fan = fan
    }
    #expect(portrait.ghosts.map(\.sign) == ["a"])
    let runner = portrait.ghosts[0]
    #expect(runner.entry == nil && runner.colour == nil && !runner.hasDots && runner.rank == 0)
    #expect(runner.way.points == portrait.runners.first { $0.entry == 1 }?.way.points)
    let crowd = try #require(portrait.crowd)
    #expect(crowd.sign == "3" && crowd.step == 40)
    #expect(crowd.ways(from: 0).map(\.count) == [41, 41, 41, 41])
    #expect(crowd.ways(from: 30).map(\.count) == [11, 11, 11, 11] && crowd.ways(from: 40).isEmpty)
    var earlier = subject(race) {
      $0.ghosts = [ghost]
      $0.fan = fan
    }
    earlier.seek(to: 20)
    let before = self.portrait(of: earlier)
    #expect(before.crowd?.step == 20 && before.ghosts[0].way.points.count == 21)
    #expect(before.runners.allSatisfy { $0.way.points.count == 21 })
    let none = self.portrait(race) {
      $0.ghosts = [ghost]
      $0.fan = fan
      $0.hasRuns = false
    }
    #expect(none.ghosts.isEmpty && none.crowd == nil)
  }

  /// A stage says who is selected, what is drawn and whether names are told.
  @Test func stagesArePortrayed() throws {
    let scene = try SceneLibrary().scene("zigzag")
    var stage = scene.opening
    var race = Race(stage.experiment)
    race.seek(to: 5)
    #expect(Portrait.Subject(race, at: stage).overlays == [.trail, .minima, .arrows, .axes])
    stage.overlays = nil
    stage.selected = stage.experiment.entries.last?.name
    stage.isBlind = true
    let subject = Portrait.Subject(race, at: stage)
    #expect(subject.overlays == Overlay.usual && !subject.hasNames)
    #expect(subject.selectedEntry == stage.experiment.entries.count - 1)
  }

  // MARK: The ground

  private func ground(_ name: String, window: Window? = nil, count: Int = 10) throws -> Portrait.Ground {
    let landscape = try LandscapeCatalog.named(name) ?? Landscape(formula: name)
    return Portrait.Ground(
      of: Portrait.Ground.Subject(
        landscape: landscape, step: 0, window: window ?? landscape.window, count: count))
  }

  /// The levels are the landscape's, and of those whose lines are long enough for it four are named, evenly.
  @Test(arguments: ["ravine", "peaks", "himmelblau", "rosenbrock", "saddle", "plateau"])
  func someLevelsAreNamed(name: String) throws {
    let ground = try ground(name)
    let (landscape, window) = (ground.subject.landscape, ground.subject.window)
    #expect(ground.levels.map(\.value) == landscape.levels(in: window, step: 0).values)
    #expect(ground.levels.map(\.name) == landscape.levels(in: window, step: 0).names)
    let lines = ground.lines(in: ground.field(columns: 200, rows: 150, in: window))
    #expect(lines.map(\.level.value) == ground.levels.map(\.value))
    // As wide as a tenth of the window: around it is longer than the shortest that is named, and well.
    func isLong(_ lines: [Polyline]) -> Bool {
      lines.contains { line in
        let (xs, ys) = (line.points.map(\.x), line.points.map(\.y))
        guard let left = xs.min(), let right = xs.max(), let low = ys.min(), let high = ys.max() else {
          return false
        }
        return max((right - left) / window.width, (high - low) / window.height) > 0.25
      }
    }
    let named = lines.indices.filter { lines[$0].level.isNamed }
    let long = lines.indices.filter { isLong(lines[$0].lines) }
    #expect(named.count == min(4, long.count) || named.count == 4)
    // As many in the upper half of those that could be as in the lower.
    let middle = Double(long.reduce(0, +)) / Double(max(1, long.count))
    #expect(abs(Double(named.reduce(0, +)) / Double(max(1, named.count)) - middle) <= 1.5)
    #expect(named.allSatisfy { !lines[$0].lines.isEmpty })
  }

  /// A level whose only line is too short has no name; of a landscape without levels there is one ground.
  @Test func whatHasNoRoomIsNotNamed() throws {
    let well = try ground("if(x^2 + y^2 < 0.0004, -1, 0.001*x)", window: Window(x: -1...1, y: -1...1))
    for (level, lines) in well.lines(in: well.field(columns: 400, rows: 400, in: well.subject.window))
    where lines.allSatisfy({ $0.isClosed }) {
      #expect(!level.isNamed, "\(level.name)")
    }
    let flat = try ground("0*x")
    #expect(flat.levels.isEmpty && flat.bands == 1 && flat.shade(ofBand: 0) == 0 && flat.words == nil)
    let two = try ground("ravine", count: 3)
    #expect(two.levels.count < 6 && two.shade(ofBand: two.levels.count) == 1)
  }

  /// The ground is made again where the landscape, the window or the step of a landscape that changes with it is another.
  @Test func theGroundIsKept() throws {
    let race = try race()
    var kept: Portrait.Ground?
    var subject = subject(race)
    func levels() -> [Double] { Portrait(of: subject, keeping: &kept).ground.levels.map(\.value) }
    let first = levels()
    #expect(kept?.subject == subject.ground && levels() == first)
    subject.window = Window(x: 0.1...0.2, y: 0.1...0.2)
    #expect(levels() != first && kept?.subject.window == subject.window)
    #expect(subject.ground.step == 0)
    let moving = try self.race("(x - sin(t))^2 + y^2", steps: 5)
    #expect(self.subject(moving).ground.step == 5)
  }

  /// The numbers of an axis are those of what is asked for, on any surface that has room for them and however much more it
  /// shows; where there is less room they are farther apart.
  @Test func numbersOfAxes() {
    let ruler = Portrait.Ruler(Window(x: -3.4...0.8, y: -250...150))
    #expect(ruler.across(-3.4...0.8, atMost: 6).map(\.label) == ["−3", "−2", "−1", "0"])
    #expect(ruler.across(-3.4...0.8, atMost: 60).map(\.label) == ["−3", "−2", "−1", "0"])
    #expect(ruler.across(-4.4...1.8, atMost: 60).map(\.label) == ["−4", "−3", "−2", "−1", "0", "1"])
    #expect(ruler.across(-3.4...0.8, atMost: 2).map(\.label) == ["−2", "0"])
    #expect(ruler.up(-250...150, atMost: 7).map(\.value) == [-200, -100, 0, 100])
  }

  /// The lines of the expected loss are where it has the levels, not where the loss of the rows has; and there are none unless
  /// they are asked for, of a loss that has one.
  @Test func linesOfTheExpectedLoss() throws {
    let landscape = try #require(try LandscapeCatalog.named("centre-of-rows")).setting("n", to: 50)
    let experiment = Experiment(
      landscape: landscape, entries: Entry.entries([try OptimizerSpec("sgd:lr=0.1")]))
    func ground(_ overlays: Set<Overlay>, _ experiment: Experiment) -> Portrait.Ground {
      var subject = Portrait.Subject(Race(experiment), on: experiment.landscape)
      subject.overlays = overlays
      subject.window = Window(x: -2...2, y: -2...2)
      return Portrait.Ground(of: subject.ground)
    }
    let data = try #require(landscape.data)
    let shown = ground([.expected], experiment)
    let lines = shown.expectedLines(in: shown.subject.window)
    #expect(lines.count >= 3 && shown.expectedWords != nil)
    var furthest = 0.0
    for line in lines {
      for point in line.points {
        let loss = try #require(data.expectedLoss(at: [point.x, point.y]))
        #expect(shown.levels.contains { abs($0.value - loss) < 0.01 }, "\(point): \(loss)")
        furthest = max(furthest, abs(landscape.value(at: point) - loss))
      }
    }
    #expect(furthest > 0.1, "the rows have another minimum")
    #expect(ground(Overlay.usual, experiment).expectedLines(in: shown.subject.window).isEmpty)
    var bowl = experiment
    bowl.landscape = try #require(try LandscapeCatalog.named("bowl"))
    let without = ground([.expected], bowl)
    #expect(without.expectedLines(in: without.subject.window).isEmpty && without.expectedWords == nil)
  }
}
