import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// The maps on screen: what they say of a run is what the run alone does, and Enter takes it over.
@Suite struct MapViewTests {
  private func opened(
    _ keys: String, on name: String = "ravine", width: Int = 120, height: Int = 36, selecting entry: Int = 1
  ) throws -> Explorer {
    var explorer = try explorer(name, width: width, height: height)
    for _ in 0..<entry { explorer.type("Tab") }
    explorer.type(keys)
    explorer.finishWork()
    return explorer
  }

  /// Himmelblau's four minima, in a race of two.
  private func himmelblau(_ specs: [String], steps: Int = 120, width: Int = 80, height: Int = 24) throws
    -> Explorer
  {
    let landscape = try #require(LandscapeCatalog.named("himmelblau"))
    let experiment = Experiment(
      landscape: landscape, entries: Entry.entries(try specs.map { try OptimizerSpec($0) }),
      budget: Budget(steps: steps))
    return Explorer(
      scene: Scene(name: "himmelblau", title: "Himmelblau", experiment: experiment),
      appearance: Appearance(depth: .direct), width: width, height: height)
  }

  @Test func theRunUnderTheCursorIsTheRunThatEnterBegins() throws {
    var explorer = try opened("m")
    for key in [Key.left, .left, .up] { explorer.handle(.key(key)) }
    let told = explorer.rows()
    explorer.handle(.key(.enter))
    #expect(type(of: explorer.view).name == .contour)
    #expect(explorer.race.step == 0)
    let spec = explorer.race.experiment.entries[1].spec
    let (lr, beta) = (try #require(spec.setting("lr")), try #require(spec.setting("beta")))
    #expect(told.contains { $0.contains(NumberText.brief(lr, digits: 4)) })
    #expect(told.contains { $0.contains(NumberText.brief(beta, digits: 4)) })
    // What the panel said of it, found again by stepping.
    let target = Sweep.standardTarget(of: explorer.race.experiment)
    var race = explorer.race
    var first: Int?
    for _ in 0..<400 where first == nil {
      race.advance()
      if race.run(entry: 1).loss < target { first = race.step }
    }
    let step = try #require(first)
    #expect(told.contains { $0.contains("target at step \(step), then") })
    explorer.type("u")
    #expect(explorer.race.experiment.entries[1].spec == (try scene("ravine")).experiment.entries[1].spec)
  }

  @Test func theLegendNamesTheFastestRun() throws {
    var explorer = try opened("m")
    explorer.type("b")
    let best = try #require(explorer.rows().first { $0.contains("* best ") && $0.contains(" steps") })
    let steps = try #require(best.split(separator: ":").last?.split(separator: " ").first)
    #expect(explorer.rows().contains { $0.contains("target at step \(steps), then") })
    #expect(explorer.rows().contains { $0.contains("steps to ") && $0.contains(" \(steps) ") })
  }

  @Test func theCursorKeepsItsValuesWhenTheScreenChangesItsSize() throws {
    var explorer = try opened("m")
    let row = try #require(explorer.rows().first { $0.contains("learning rate") })
    explorer.handle(.resize(width: 200, height: 60))
    explorer.finishWork()
    explorer.handle(.resize(width: 120, height: 36))
    explorer.finishWork()
    #expect(explorer.rows().contains(row))
  }

  @Test func axesColoursAndTargetsTurn() throws {
    var explorer = try opened("m")
    let before = explorer.rows()
    explorer.type(",")
    explorer.finishWork()
    #expect(explorer.rows() != before)
    explorer.type("z C")
    explorer.finishWork()
    #expect(explorer.shows("evals to "))
    explorer.type("C")
    #expect(explorer.shows("final loss"))
    explorer.type("C")
    #expect(explorer.shows("minimum"))
    explorer.type("C { ")
    explorer.finishWork()
    let lower = try #require(explorer.rows().first { $0.contains("steps to ") })
    explorer.type("} }")
    explorer.finishWork()
    #expect(!explorer.rows().contains(lower))
  }

  @Test func everyPairOfAxesCanBeShown() throws {
    var explorer = try opened("m", selecting: 0)
    for _ in 0..<6 {
      explorer.type(",")
      #expect(explorer.frame().rows.count == 36)
      explorer.type(".")
      #expect(explorer.frame().rows.count == 36)
    }
  }

  @Test func aClickMovesTheCursorAndASecondOneAdopts() throws {
    var explorer = try opened("m")
    explorer.handle(.mouse(Mouse(.press, x: 30, y: 12)))
    explorer.finishWork()
    #expect(type(of: explorer.view).name == .map)
    explorer.handle(.mouse(Mouse(.press, x: 30, y: 12)))
    #expect(type(of: explorer.view).name == .contour)
  }

  @Test func knobsTurnedInTheRaceAreThoseOfTheMap() throws {
    var explorer = try opened("N")
    explorer.type("Right Right m")
    explorer.finishWork()
    let turned = try #require(explorer.race.value(entry: 1, key: "lr"))
    #expect(explorer.context.mapExperiment().entries[1].spec.setting("lr") == turned)
    #expect(explorer.context.mapExperiment().changes.isEmpty)
  }

  @Test func basinsCountEveryStart() throws {
    var explorer = try himmelblau(["sgd:lr=0.01", "adam:lr=0.2"], width: 120, height: 36)
    explorer.type("M")
    explorer.finishWork()
    let rows = explorer.rows()
    // Four minima, the shares of which add up to all starts.
    var sum = 0
    for index in 1...4 {
      let row = try #require(rows.first { $0.contains("minimum \(index) (") })
      let count = row.split(separator: " ").dropLast(2).last.map { $0.filter(\.isNumber) }
      sum += Int(count ?? "") ?? 0
      #expect(Int(count ?? "") ?? 0 > 300)
    }
    let total = try #require(rows.first { $0.contains("starts; vivid: at rest soon") })
    let known = try #require(total.range(of: "of "))
    let all = total[known.upperBound...].prefix { !$0.isLetter }.filter(\.isNumber)
    #expect(sum <= Int(all) ?? 0)
    #expect(sum > (Int(all) ?? 0) * 9 / 10)
    // Where the cursor is, the run ends where the map says.
    explorer.type("Enter")
    #expect(type(of: explorer.view).name == .contour)
  }

  @Test func enterOnABasinStartsThere() throws {
    var explorer = try himmelblau(["sgd:lr=0.01"])
    explorer.type("M Right Right Up Enter")
    let start = explorer.race.experiment.starts[0]
    #expect(start != LandscapeCatalog.named("himmelblau")?.start)
    #expect(explorer.race.step == 0)
    explorer.type("u")
    #expect(explorer.race.experiment.starts[0] == LandscapeCatalog.named("himmelblau")?.start)
  }

  @Test func aDifferenceNeedsTwo() throws {
    var explorer = try himmelblau(["sgd:lr=0.01"])
    explorer.type("D")
    #expect(explorer.shows("a difference needs two entries"))
    explorer = try himmelblau(["sgd:lr=0.01", "adam:lr=0.3", "momentum:lr=0.003"])
    explorer.type("D")
    explorer.finishWork()
    #expect(explorer.shows("same end"))
    let first = explorer.rows()
    explorer.type(",")
    explorer.finishWork()
    #expect(explorer.rows() != first)
  }

  /// A map is asked for in every frame, and made when it is another.
  @Test func aSweepIsMadeOnce() throws {
    let explorer = try explorer("network(data=moons, rows=4000, hidden=8)", ["sgd", "adam"])
    let experiment = explorer.context.mapExperiment()
    let (x, y) = (try Axis("start.x=-1:1", in: experiment), try Axis("start.y=-1:1", in: experiment))
    var request = SweepMemory.Request(experiment: experiment, entry: 0, x: x, y: y, columns: 8, rows: 6)
    var memory = SweepMemory()
    let clock = ContinuousClock()
    var made: [Sweep] = []
    let first = try clock.measure {
      for entry in 0..<2 {
        request.entry = entry
        made.append(try memory.sweep(request))
      }
    }
    #expect(made[0] == (try Sweep(experiment, entry: 0, x: x, y: y, columns: 8, rows: 6)))
    #expect(made[0].restSlope != nil && made[1].entry == 1)
    let again = try clock.measure {
      for entry in 0..<20 {
        request.entry = entry % 2
        let sweep = try memory.sweep(request)
        #expect(sweep == made[entry % 2])
      }
    }
    #expect(again < first)
    // A notch is a power of ten above the lowest minimum, here 0 for want of one.
    (request.target, request.notches) = (0.5, -2)
    #expect((try memory.sweep(request).target - 0.005).magnitude < 1e-12)
  }

  /// What a rain has to make up for is made between frames, while there is time.
  @Test func rainWorksAsLongAsThereIsTime() throws {
    var explorer = try explorer(
      "samples(data=line, rows=2000, model=a*x + b, start=a=0 b=0)", ["sgd:lr=0.1"], steps: 20)
    explorer.open(.rain)
    _ = explorer.frame()
    let before = explorer.progress
    #expect(before < 1)
    explorer.advance(by: 0.02) { false }
    #expect(explorer.progress == before)
    var asked = 0
    explorer.advance(by: 0.02) {
      asked += 1
      return asked <= 3
    }
    #expect(explorer.progress > before && explorer.progress < 1 && asked == 4)
  }

  @Test func rainFollowsThePlayheadBothWays() throws {
    var explorer = try himmelblau(["sgd:lr=0.01", "adam:lr=0.2"], width: 120, height: 36)
    explorer.type("r")
    explorer.finishWork()
    let start = explorer.rows()
    explorer.type("N N N N N N")
    explorer.finishWork()
    let late = explorer.rows()
    #expect(late != start)
    // The same rain without a screen; that its points are races of their own is tested where it is made.
    var experiment = explorer.race.experiment
    experiment.budget = Budget()
    var rain = Rain(experiment, entry: 0, starts: .grid, count: 300)
    for _ in 0..<60 { rain.advance() }
    let converged = rain.counts.converged.reduce(0, +)
    #expect(converged > 50)
    #expect(late.contains { $0.contains("converged \(converged) ") })
    for (index, minimum) in rain.counts.converged.dropFirst().enumerated() {
      #expect(late.contains { $0.contains("minimum \(index + 1)") && $0.contains(" \(minimum) ") })
    }
    // The curves in the panel go on showing what was run ahead.
    func stage(_ rows: [String]) -> [Substring] { rows[2..<30].map { $0.prefix(72) } }
    explorer.type("0")
    explorer.finishWork()
    #expect(stage(explorer.rows()) == stage(start))
    explorer.type("N N N N N N")
    explorer.finishWork()
    #expect(stage(explorer.rows()) == stage(late))
  }

  /// The hue of a drop, and the share at a minimum, are told by where its run ends: found again point by point.
  @Test func rainHasTheHueOfItsEnd() throws {
    var explorer = try himmelblau(["sgd:lr=0.01", "adam:lr=0.2"], width: 120, height: 36)
    explorer.type("r N")
    explorer.finishWork()
    var experiment = explorer.race.experiment
    experiment.budget = Budget()
    let starts = Rain.points(.grid, count: 300, of: experiment)
    var ends = Rain(experiment, entry: 0, starts: .grid, count: 300)
    for _ in 0..<120 { ends.advance() }
    let palette = Palette(theme: .dark, depth: .direct)
    let frame = explorer.frame()
    let plot = explorer.layout.plot
    let minima = explorer.race.landscape.minima
    for (index, minimum) in minima.enumerated() {
      let share = Double(ends.counts.converged[index + 1]) / 300 * 100
      #expect(explorer.shows(" \(NumberText.fixed(share, decimals: 0)) % "), "minimum \(minimum)")
    }
    #expect(explorer.shows("hue: the minimum that it is at by step 120"))
    // At step 10 the drops stand apart still: those of cells that hold drops of one end alone have its colour.
    var here = Rain(experiment, entry: 0, starts: .grid, count: 300)
    for _ in 0..<10 { here.advance() }
    let scale = PlotScale(explorer.layout.area, showing: explorer.shownWindow)
    var byCell: [SIMD2<Int>: Set<Int>] = [:]
    for (place, standing) in zip(here.positions, ends.standings) {
      guard case .minimum(let number?) = standing else { continue }
      let spot = scale.place(place)
      byCell[SIMD2(Int(clamped: spot.x), Int(clamped: spot.y)), default: []].insert(number)
    }
    var seen = Set<Int>()
    for (cell, numbers) in byCell where numbers.count == 1 {
      let number = numbers.first ?? 0
      let shown = frame[plot.x + cell.x, plot.y + cell.y]
      // Numbers, marks and shares stand over the drops.
      let isShare = minima.indices.contains { shown.style.background == palette.minimum($0) }
      guard !shown.glyph.isText, !isShare else { continue }
      #expect(shown.style.foreground == palette.minimum(number - 1), "\(cell)")
      seen.insert(number)
    }
    #expect(seen.count == minima.count && starts.count == 300)
  }

  @Test func theEndsOfFairCurvesSayWhatLiesBeyond() throws {
    let explorer = try opened("S", on: "ravine", width: 200, height: 60, selecting: 0)
    let fair = try FairRace(explorer.context.mapExperiment())
    let curve = fair.curve(of: 0, from: fair.sweeps[0].grid())
    let known = curve.places.indices.filter { curve.places[$0].evaluations?.median.isFinite ?? false }
    let (first, last) = (try #require(known.first), try #require(known.last))
    #expect(curve.places[last + 1].losses?.median == .infinity)
    #expect(curve.places[first - 1].losses?.median.isFinite == true)
    #expect(explorer.shows("diverges") && explorer.shows("too slow"))
    let good = try #require(curve.good)
    let words = [good.lowerBound, good.upperBound].map { NumberText.brief(curve.places[$0].rate) }
    #expect(explorer.shows(words.joined(separator: " to ")))
  }

  /// Brightness means the same for every minimum: how soon the gradient stays small.
  @Test func everyBasinIsBrightestWhereItsRunsRestSoonest() throws {
    let landscape = try #require(LandscapeCatalog.named("six-hump-camel"))
    var experiment = Experiment(
      landscape: landscape, entries: Entry.entries([try OptimizerSpec("sgd:lr=0.02")]),
      budget: Budget(steps: 200))
    experiment.starts = [landscape.start]
    let grid = try Sweep.basins(of: experiment, entry: 0, columns: 24, rows: 16).grid(threads: 1)
    let tones = MapTones(Palette(depth: .direct), minima: landscape.minima.count)
    let scale = MapScale(grid, measure: .minimum)
    for minimum in 1...landscape.minima.count {
      let cells = grid.cells.compactMap { $0 }.filter { $0.minimum == minimum && $0.restedAt != nil }
      guard let soonest = cells.compactMap(\.restedAt).min(), let latest = cells.compactMap(\.restedAt).max(),
        latest >= 4 * soonest
      else { continue }
      let (bright, dark) = (tones.minimum(minimum, speed: 1), tones.minimum(minimum, speed: 0))
      let shades = Set(cells.map { scale.tone(of: $0, tones) })
      #expect(shades.allSatisfy { (bright...dark).contains($0) } && shades.count > 2, "minimum \(minimum)")
      for cell in cells {
        for other in cells where (cell.restedAt ?? 0) < (other.restedAt ?? 0) {
          #expect(scale.tone(of: cell, tones) <= scale.tone(of: other, tones))
        }
      }
    }
  }

  @Test func rainForTwoSideBySide() throws {
    var explorer = try himmelblau(["sgd:lr=0.01", "adam:lr=0.2"], width: 120, height: 36)
    explorer.type("r . N")
    explorer.finishWork()
    #expect(explorer.shows("SGD"))
    let counts = explorer.rows().filter { $0.contains("converged ") && $0.contains("gone ") }
    #expect(counts.count == 2)
    explorer.type("{ ,")
    #expect(explorer.shows("starts: at random"))
  }

  @Test func theFairRaceTakesTheBestOfItsCurves() throws {
    var explorer = try opened("S")
    let rows = explorer.rows()
    #expect(rows.contains { $0.contains("good from") })
    let fair = try FairRace(explorer.context.mapExperiment())
    let curve = fair.curve(of: 1, from: fair.sweeps[1].grid())
    let best = try #require(curve.best)
    #expect(rows.contains { $0.contains(NumberText.brief(fair.rates[best])) && $0.contains("Momentum") })
    explorer.type("Enter")
    #expect(explorer.race.experiment.entries[1].spec.setting("lr") == fair.rates[best])
  }

  @Test(arguments: ["m", "M", "D", "r", "S"])
  func everySizeIsServed(_ key: String) throws {
    var explorer = try himmelblau(["sgd:lr=0.01", "adam:lr=0.2"], steps: 5)
    explorer.type(key)
    for (width, height) in [
      (20, 6), (24, 8), (40, 12), (60, 20), (80, 24), (100, 20), (120, 36), (200, 60), (3, 2),
    ] {
      explorer.handle(.resize(width: width, height: height))
      #expect(explorer.rows().allSatisfy { Text.width(of: $0) <= width })
      explorer.type("space")
      explorer.advance(by: 0.3)
      #expect(explorer.frame().rows.count == height)
      explorer.type("? Esc")
    }
  }

  @Test(arguments: ["map", "basin", "difference", "rain", "fair"], ["80x24", "120x36", "80x24-ascii"])
  func goldenMaps(_ name: String, _ size: String) throws {
    let parts = size.split(separator: "-")[0].split(separator: "x").compactMap { Int($0) }
    var explorer = try himmelblau(
      ["sgd:lr=0.01", "adam:lr=0.2"], steps: 60, width: parts[0], height: parts[1])
    explorer.appearance = Appearance(
      glyphs: size.hasSuffix("ascii") ? .ascii : .braille, depth: .none, isUnicode: !size.hasSuffix("ascii"))
    explorer.seek(to: 12)
    explorer.open(try #require(ViewName(rawValue: name)))
    explorer.finishWork()
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "\(name)-\(size).txt")
  }
}
