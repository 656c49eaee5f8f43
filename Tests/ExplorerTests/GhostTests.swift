import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// Runs kept in grey beside the living one.
@Suite struct GhostTests {
  private func noisy(independent: Bool = false) throws -> Explorer {
    var scene = try scene("ravine")
    scene.experiment.noise = try Noise("gaussian(sigma=0.5\(independent ? ",independent=1" : ""))")
    scene.experiment.seed = 7
    return Explorer(scene: scene, appearance: Appearance(depth: .direct), width: 120, height: 36)
  }

  private func bits(_ run: Run) -> [UInt64] {
    run.parameters.map(\.bitPattern) + [run.loss.bitPattern, UInt64(run.step)]
  }

  @Test(arguments: [false, true]) func aGhostIsTheRunThatItWasKeptFrom(independent: Bool) throws {
    var explorer = try noisy(independent: independent)
    explorer.type("Tab N N g")
    #expect(explorer.ghosts.count == 1)
    let entry = explorer.selectedEntry
    #expect(entry == 1)
    // What was raced before the knob is turned, raced apart.
    var apart = Race(explorer.race.experiment)
    let knob = try #require(explorer.knobs.first { $0.knob.key == "lr" })
    explorer.set(knob, to: 0.003)
    explorer.type("N N N")
    _ = explorer.frame()
    apart.seek(to: 50)
    #expect(bits(explorer.ghosts[0].run()) == bits(apart.run(entry: entry)))
    #expect(bits(explorer.race.run(entry: entry)) != bits(apart.run(entry: entry)))

    // Back in time, rerun, forward again: the same draws.
    for keys in ["P P P", "R N", "N N"] {
      explorer.type(keys)
      _ = explorer.frame()
      apart.seek(to: explorer.race.step)
      #expect(bits(explorer.ghosts[0].run()) == bits(apart.run(entry: entry)), "after \(keys)")
    }
    // Only the learning rate differs: the draws are those of the same race with that rate from the start.
    var other = apart.experiment
    other.entries[entry].spec.set("lr", to: 0.003)
    var race = Race(other)
    race.seek(to: explorer.race.step)
    #expect(bits(explorer.race.run(entry: entry)) == bits(race.run(entry: entry)))
  }

  @Test func comparisonIsThatOfTheRuns() throws {
    var explorer = try explorer("bowl")
    explorer.seek(to: 60)
    explorer.type("0 g")
    let knob = try #require(explorer.knobs.first { $0.knob.key == "lr" })
    explorer.set(knob, to: knob.value * 2)
    explorer.seek(to: 60)
    _ = explorer.frame()

    func first(_ race: Race, _ entry: Int) throws -> (step: Int, evaluations: Int) {
      let history = race.run(entry: entry).history
      // The bowl's minimum is 0.
      let index = try #require(history.losses.firstIndex { $0 <= 1e-3 * history.losses[0] })
      return (history.steps[index], history.evaluations(at: index))
    }
    let then = try first(explorer.ghosts[0].race, 0)
    let now = try first(explorer.race, 0)
    #expect(then.step != now.step)
    let comparison = GhostComparison(
      ghost: explorer.ghosts[0].run(), on: explorer.race.landscape, live: explorer.race.run(entry: 0),
      on: explorer.race.landscape)
    #expect(
      comparison.ghost == GhostComparison.Reach(step: then.step, evaluations: then.evaluations, isExact: true)
    )
    #expect(
      comparison.live == GhostComparison.Reach(step: now.step, evaluations: now.evaluations, isExact: true))
    let verdict = then.step > now.step ? "sooner" : "later"
    #expect(
      explorer.shows("1e-3 at step \(then.step), now \(now.step): \(abs(then.step - now.step)) \(verdict)"))
    #expect(explorer.shows("ghost: η \(NumberText.brief(knob.value))"))

    // Before the living run is there, nothing is claimed of it.
    explorer.seek(to: now.step - 1)
    #expect(explorer.shows("now not yet"))
    explorer.seek(to: now.step)
    #expect(!explorer.shows("now not yet"))
  }

  @Test func theRowOfAGhostShowsItsNumbers() throws {
    var explorer = try explorer()
    explorer.type("N N g R n n n")
    let run = { (explorer: Explorer) in explorer.ghosts[0].run() }
    for step in [3, 17, 40] {
      explorer.seek(to: step)
      let rows = explorer.rows()
      _ = explorer.frame()
      #expect(run(explorer).step == step)
      let row = try #require(rows.first { $0.contains("a ghost:") })
      #expect(row.contains(NumberText.brief(run(explorer).loss)))
      #expect(row.contains(NumberText.brief(run(explorer).gradientNorm)))
      #expect(row.contains(" \(run(explorer).cost.evaluations) "))
    }
  }

  @Test func theHeadStandsWhereTheGhostIs() throws {
    var explorer = try explorer("bowl")
    explorer.type("n n n n g")
    let knob = try #require(explorer.knobs.first { $0.knob.key == "lr" })
    explorer.set(knob, to: knob.value / 4)
    explorer.type("n")
    let frame = explorer.frame()
    let scale = PlotScale(explorer.layout.area, showing: explorer.window)
    let place = scale.place(explorer.ghosts[0].run().point)
    let plot = explorer.plotArea
    let cell = frame[plot.x + Int(place.x), plot.y + Int(place.y)]
    #expect(cell.glyph == "a")
    #expect(cell.style.background == Palette(theme: .dark, depth: .direct).ghost)
  }

  @Test func ghostsSurviveRerunAndTheUndoOfKnobs() throws {
    var explorer = try explorer()
    explorer.type("N g")
    let kept = explorer.ghosts[0].frozen
    explorer.type("Right Right R N u u")
    #expect(explorer.ghosts.map(\.frozen) == [kept])
    #expect(explorer.race.step == 10)
    explorer.type("u")
    #expect(explorer.ghosts.isEmpty)
    explorer.type("U")
    #expect(explorer.ghosts.map(\.frozen) == [kept])
    _ = explorer.frame()
    #expect(explorer.ghosts[0].run().step == 10)
    #expect(bits(explorer.ghosts[0].run()) == bits(explorer.race.run(entry: 0)))
    explorer.type("U U")
    #expect(explorer.ghosts.map(\.frozen) == [kept])
  }

  @Test func aGhostBroughtBackIsTheSameRun() throws {
    var explorer = try noisy()
    explorer.type("N N N g Right N")
    _ = explorer.frame()
    let before = bits(explorer.ghosts[0].run())
    explorer.handle(.key(.control("g")))
    #expect(explorer.ghosts.isEmpty)
    #expect(explorer.shows("the ghosts are gone"))
    explorer.type("u")
    _ = explorer.frame()
    #expect(bits(explorer.ghosts[0].run()) == before)
    #expect(explorer.ghosts[0].run().lastStep >= 30)
    #expect(explorer.race.step == 40)
  }

  @Test func threeAtMostAndTheOldestGoes() throws {
    var explorer = try explorer()
    explorer.type("N g Right g Right g")
    #expect(explorer.ghosts.map(\.frozen.letter) == ["a", "b", "c"])
    explorer.type("Right g")
    #expect(explorer.ghosts.map(\.frozen.letter) == ["b", "c", "a"])
    #expect(explorer.shows("the oldest of three is gone"))
    explorer.type("g")
    #expect(explorer.ghosts.count == 3)
    #expect(explorer.shows("is this very run"))
  }

  @Test func backspaceClearsThem() throws {
    var explorer = try explorer()
    explorer.type("N g Right Backspace")
    #expect(explorer.ghosts.isEmpty)
    explorer.type("u")
    #expect(explorer.ghosts.count == 1)
  }

  @Test func theReplayLineIsThatOfTheLivingRace() throws {
    var explorer = try explorer()
    explorer.type("N")
    let before = explorer.replayLine
    explorer.type("g")
    #expect(explorer.replayLine == before)
    explorer.type("Right N")
    #expect(explorer.replayLine.contains("--change 11:"))
  }

  @Test func aKeyThatDoesNothingSaysWhy() throws {
    var explorer = try explorer()
    explorer.handle(.key(.control("g")))
    #expect(explorer.shows("there is no ghost"))
    explorer.type("1 g")
    #expect(explorer.ghosts.isEmpty)
    #expect(explorer.shows("is off"))
    explorer.type("1 x x x x g")
    #expect(explorer.shows("there is no run to keep"))
  }

  @Test func anotherLandscapeHasNoPlaceForThem() throws {
    var explorer = try explorer("bowl")
    explorer.type("N g L rosenbrock Enter n")
    #expect(explorer.race.experiment.landscape.id == "rosenbrock")
    #expect(explorer.ghosts.count == 1)
    #expect(!explorer.ghosts[0].isAtHome(on: explorer.race.experiment.landscape))
    #expect(explorer.shows("on another landscape"))
  }

  @Test func aStretchedLandscapeIsNamedAsTheDifference() throws {
    var explorer = try explorer()
    explorer.type("N g >")
    let constant = explorer.ghosts[0].frozen.experiment.landscape.constants[0]
    #expect(explorer.shows("ghost: \(constant.symbol) \(NumberText.brief(constant.value))"))
  }

  @Test func whatWasTurnedOfOthersIsNoDifference() throws {
    var explorer = try explorer()
    explorer.type("N Tab g BackTab Right")
    #expect(!explorer.race.experiment.changes.isEmpty)
    #expect(explorer.ghosts[0].difference(from: explorer.race.experiment) == "the same")
    explorer.type("Tab Right Left")
    #expect(explorer.ghosts[0].difference(from: explorer.race.experiment) == "the same")
    explorer.type("Right N Left")
    #expect(explorer.ghosts[0].difference(from: explorer.race.experiment) == "other turns")
  }

  @Test func everySizeIsServed() throws {
    var explorer = try explorer()
    explorer.type("N g Right g Right g n n")
    for (width, height) in [(20, 6), (40, 12), (60, 14), (80, 24), (100, 20), (120, 36), (200, 60)] {
      explorer.handle(.resize(width: width, height: height))
      let frame = explorer.frame()
      #expect(frame.rows.allSatisfy { Text.width(of: $0) <= width })
      #expect(frame.rows.contains { $0.contains("ghost") } || height < 12, "\(width)x\(height)")
    }
  }
}
