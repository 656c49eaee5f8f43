import Landscapes
import OptimizerCore
import Testing

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
      #expect(
        NumberText.scientific(rounded, digits: 1) == NumberText.scientific(rounded, digits: 17).prefix(1)
          + NumberText.scientific(rounded, digits: 1).dropFirst())
    }
  }

  @Test func ratesComeFromTheCurvatureAndTheWindow() throws {
    let ravine = try #require(LandscapeCatalog.named("ravine"))
    let specs = StandardRace.specs(on: ravine, from: ravine.start)
    #expect(specs.map(\.description) == ["sgd:lr=0.1", "momentum:lr=0.1", "adam:lr=0.2", "newton"])
    let steep = try Landscape(formula: "1e300*x^2 + y^2")
    for spec in StandardRace.specs(on: steep, from: Point(1, 1)) where spec.id != "newton" {
      let knob = try #require(spec.knobs.first { $0.key == "lr" })
      #expect(knob.range.contains(try #require(spec.setting("lr"))))
    }
  }

  @Test(arguments: LandscapeCatalog.all.map(\.id)) func nobodyDivergesInTheFirstSteps(id: String) throws {
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
}
