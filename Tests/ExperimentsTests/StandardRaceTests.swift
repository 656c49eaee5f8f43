import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Experiments

struct StandardRaceTests {
  @Test(arguments: [
    (0.5, 0.5), (0.54, 0.5), (0.55, 0.5), (0.59999, 0.5), (0.95, 0.9), (0.99, 0.9), (1, 1), (1.9, 1),
    (9.99, 9),
    (10, 10), (19, 10), (99.9, 90), (0.1, 0.1), (0.0999, 0.09), (0.0196, 0.01), (1e-5, 1e-5), (9.6e-6, 9e-6),
    (123456, 100000), (0, 0), (-3, -3), (.infinity, .infinity),
  ]) func oneDigitTowardsZero(value: Double, rounded: Double) {
    #expect(StandardRace.roundedDown(value) == rounded)
  }

  @Test func roundedDownNeverGrowsAndKeepsADigit() {
    var random = SplitMix64(state: 5)
    for _ in 0..<5000 {
      let value = Double(
        sign: .plus, exponent: Int.random(in: -60...60, using: &random),
        significand: Double.random(in: 1..<2, using: &random))
      let rounded = StandardRace.roundedDown(value)
      #expect(rounded <= value && rounded > value / 2.0000001)
      #expect(NumberText.brief(rounded, digits: 1) == NumberText.brief(rounded, digits: 17))
    }
  }

  @Test func ratesComeFromTheCurvatureAndTheWindow() throws {
    let ravine = try #require(LandscapeCatalog.named("ravine"))
    let specs = StandardRace.specs(on: ravine, from: ravine.start)
    #expect(specs.map(\.description) == ["sgd:lr=0.08", "momentum:lr=0.08", "adam:lr=0.2", "newton"])
    let steep = try Landscape(formula: "1e300*x^2 + y^2")
    for spec in StandardRace.specs(on: steep, from: Point(1, 1)) where spec.id != "newton" {
      let knob = try #require(spec.knobs.first { $0.key == "lr" })
      #expect(knob.range.contains(try #require(spec.setting("lr"))))
    }
  }

  @Test(arguments: LandscapeCatalog.all.filter { !$0.id.hasSuffix("-mlp") }.map(\.id))
  func nobodyDivergesInTheFirstSteps(id: String) throws {
    let landscape = try #require(LandscapeCatalog.named(id))
    let specs = StandardRace.specs(on: landscape, from: landscape.start)
    #expect(specs.count == 4)
    // The rate of plain descent is at most the inverse of the curvature at the start: its first step goes down, unless
    // the curvature changes within it.
    var race = Race(
      Experiment(landscape: landscape, entries: Entry.entries([specs[0]]), budget: Budget(steps: 1)))
    race.advance()
    #expect(race.run(entry: 0).divergedAt == nil)
  }

  /// Wherever the curvature vanishes at the start, the rate does not throw the run across the window.
  @Test(arguments: LandscapeCatalog.all.filter { !$0.id.hasSuffix("-mlp") }.map(\.id))
  func theFirstStepIsShort(id: String) throws {
    let landscape = try #require(LandscapeCatalog.named(id))
    let side = min(landscape.window.width, landscape.window.height)
    for id in ["sgd", "nesterov", "asgd"] {
      let rate = try #require(StandardRace.rate(for: id, on: landscape, from: landscape.start))
      var race = Race(
        Experiment(
          landscape: landscape, entries: Entry.entries(try specs(["sgd:lr=\(rate)"])),
          budget: Budget(steps: 1)))
      race.advance()
      let record = race.run(entry: 0).lastStepRecord
      let squares = zip(record.before, record.after).map { ($0 - $1) * ($0 - $1) }
      #expect(squares.reduce(0, +).squareRoot() <= 0.1 * side * (1 + 1e-12))
    }
  }

  @Test func flatGroundAroundABowlIsTold() throws {
    // The curvature at the minimum is 1/4, and far below at the start and over most of the window.
    let plateau = try #require(LandscapeCatalog.named("plateau"))
    #expect(StandardRace.rate(for: "sgd", on: plateau, from: plateau.start) == 4)
    let cliff = try #require(LandscapeCatalog.named("cliff"))
    #expect(try #require(StandardRace.rate(for: "sgd", on: cliff, from: cliff.start)) <= 1)
    // No curvature at all: the slope alone limits the first step, to a tenth of 6.
    let slope = try Landscape(formula: "100*x", window: Window(x: -3...3, y: -3...3), start: Point(0, 0))
    #expect(StandardRace.rate(for: "sgd", on: slope, from: slope.start) == 0.006)
  }

  @Test func everyOptimizerHasARateOrNone() throws {
    let ravine = try #require(LandscapeCatalog.named("ravine"))
    for entry in OptimizerRegistry.all {
      let fitted = StandardRace.rate(for: entry.about.id, on: ravine, from: ravine.start)
      #expect((fitted == nil) == (entry.about.rate == .none), "\(entry.about.id)")
      guard let rate = fitted else { continue }
      let knob = try #require(entry.knobs.first { $0.key == "lr" })
      #expect(knob.range.contains(rate))
    }
    #expect(StandardRace.rate(for: "newton", on: ravine, from: ravine.start) == nil)
    #expect(StandardRace.rate(for: "qqq", on: ravine, from: ravine.start) == nil)
    #expect(StandardRace.rate(for: "adamw", on: ravine, from: ravine.start) == 0.2)
    #expect(StandardRace.rate(for: "adagrad", on: ravine, from: ravine.start) == 1)
  }
}
