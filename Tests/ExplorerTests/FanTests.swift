import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// Many draws of the noise beside one run.
@Suite struct FanTests {
  private func noisy(_ noise: String = "gaussian(sigma=0.5)", steps: Int = 40) throws -> Explorer {
    var scene = try scene("ravine")
    scene.experiment.noise = try Noise(noise)
    scene.experiment.seed = 100
    scene.experiment.budget = Budget()
    var explorer = Explorer(
      scene: scene, appearance: Appearance(depth: .direct), width: 120, height: 36)
    explorer.seek(to: steps)
    return explorer
  }

  /// The run of entry `entry` under another seed, raced by itself.
  private func apart(_ explorer: Explorer, seed: UInt64, entry: Int, to step: Int) -> Run {
    var experiment = explorer.race.experiment
    experiment.seed = seed
    var race = Race(experiment)
    race.seek(to: step)
    return race.run(entry: entry)
  }

  @Test(arguments: ["gaussian(sigma=0.5)", "gaussian(sigma=0.5,independent=1)", "levy(alpha=1.5,scale=0.1)"])
  func runsAreThoseOfTheNextSeeds(noise: String) throws {
    var explorer = try noisy(noise)
    explorer.type("Tab F")
    explorer.finishWork()
    let fan = try #require(explorer.shownFan)
    #expect(fan.runs.count == 16)
    for (index, run) in fan.runs.enumerated() {
      let same = apart(explorer, seed: 101 + UInt64(index), entry: 1, to: 40)
      #expect(run.lastStep == 40)
      #expect(run.history.coordinates.map(\.bitPattern) == same.history.coordinates.map(\.bitPattern))
      #expect(run.history.losses.map(\.bitPattern) == same.history.losses.map(\.bitPattern))
    }
  }

  @Test func theBandIsMadeOfTheRuns() throws {
    var explorer = try noisy()
    explorer.type("F")
    explorer.finishWork()
    let runs = (0..<16).map { apart(explorer, seed: 101 + UInt64($0), entry: 0, to: 40) }
    let band = CurveBackdrop(
      of: explorer.race, ghosts: explorer.ghosts, fan: explorer.shownFan, columns: 200
    ).band
    #expect(band.low.count == 41)
    for (index, step) in (0...40).enumerated() {
      let losses = runs.map { $0.history.losses[step] }.sorted()
      // Nearest rank of 16: ⌈1.6⌉ = 2nd, 8th, ⌈14.4⌉ = 15th.
      #expect(band.low[index].loss == losses[1])
      #expect(band.median[index].loss == losses[7])
      #expect(band.high[index].loss == losses[14])
      #expect(band.low[index].step == Double(step))
    }
  }

  @Test func quantilesByNearestRank() {
    #expect(Fan.quantile(0.5, ofSorted: [3]) == 3)
    #expect(Fan.quantile(0, ofSorted: [1, 2]) == 1)
    #expect(Fan.quantile(0.5, ofSorted: [1, 2]) == 1)
    #expect(Fan.quantile(0.51, ofSorted: [1, 2]) == 2)
    #expect(Fan.quantile(0.9, ofSorted: [1, 2, .infinity]) == .infinity)
    #expect(Fan.quantile(1, ofSorted: [1, 2, 4]) == 4)
  }

  @Test func divergedRunsCountAsInfinite() throws {
    var scene = try scene("ravine")
    scene.experiment.noise = try Noise("gaussian(sigma=0.5)")
    scene.experiment.entries = Entry.entries([try OptimizerSpec("sgd:lr=90")])
    var fan = Fan(scene.experiment, entry: 0, count: 5)
    fan.advance(to: 2000)
    #expect(fan.runs.allSatisfy { $0.isOver && $0.lastStep < 2000 })
    #expect(fan.losses(at: 2000) == [Double](repeating: .infinity, count: 5))
    #expect(fan.losses(at: 3).allSatisfy { $0.isFinite })
    #expect(fan.completeStep == .max)
  }

  @Test func itFollowsThePlayheadAndTheKnobs() throws {
    var explorer = try noisy(steps: 30)
    explorer.type("F")
    explorer.finishWork()
    explorer.type("N N P P P")
    #expect(explorer.race.step == 20)
    explorer.finishWork()
    #expect(
      CurveBackdrop(
        of: explorer.race, ghosts: explorer.ghosts, fan: explorer.shownFan, columns: 200
      ).band.low.last?.step == 20)
    let knob = try #require(explorer.knobs.first { $0.knob.key == "lr" })
    explorer.set(knob, to: 0.002)
    explorer.type("N N")
    explorer.finishWork()
    let fan = try #require(explorer.shownFan)
    for index in [0, 7, 15] {
      let same = apart(explorer, seed: 101 + UInt64(index), entry: 0, to: 40)
      #expect(fan.runs[index].history.losses == same.history.losses)
    }
    explorer.type("u")
    explorer.finishWork()
    let back = try #require(explorer.shownFan)
    let same = apart(explorer, seed: 103, entry: 0, to: explorer.race.step)
    #expect(back.runs[2].history.losses[20] == same.history.losses[20])
    #expect(back.experiment == explorer.race.experiment)
  }

  @Test func itIsComputedAFewStepsAFrame() throws {
    var explorer = try noisy(steps: 2000)
    explorer.type("F")
    #expect(explorer.isWorking)
    _ = explorer.frame()
    let first = try #require(explorer.shownFan).completeStep
    #expect(first >= 1 && first < 2000)
    #expect(explorer.isWorking && explorer.isAnimating)
    #expect(explorer.timeToNextStep != nil)
    explorer.finishWork()
    #expect(!explorer.isWorking && !explorer.isAnimating)
    let done = try #require(explorer.shownFan)
    #expect(done.completeStep == 2000)
  }

  @Test func theNumberOfRunsIsAKnob() throws {
    var explorer = try noisy()
    explorer.type("F")
    #expect(explorer.knobs[explorer.selectedKnob].owner == .fan)
    for _ in 0..<80 { explorer.type("Right") }
    explorer.finishWork()
    #expect(explorer.shownFan?.runs.count == 64)
    #expect(explorer.shows("runs in the fan ends at 64"))
    explorer.type("u")
    #expect(explorer.fan.count == 16)
    explorer.finishWork()
    #expect(explorer.shownFan?.runs.count == 16)
    explorer.type("u")
    #expect(explorer.fan.count == nil)
    #expect(explorer.race.step == 40)
    explorer.type("U")
    #expect(explorer.fan.count == 16)
    explorer.type("F")
    #expect(explorer.shownFan == nil)
    #expect(explorer.shows("the fan is closed"))
  }

  @Test func withoutNoiseItSaysWhyNotAndOffersSome() throws {
    var explorer = try explorer()
    #expect(!explorer.knobs.contains { $0.owner == .noise })
    explorer.type("N N F")
    #expect(explorer.shows("without noise every seed gives the same run"))
    #expect(explorer.shownFan == nil && !explorer.isWorking)
    #expect(explorer.knobs[explorer.selectedKnob].owner == .noise)
    let before = explorer.replayLine
    explorer.type("Right")
    #expect(explorer.race.experiment.noise.description == "gaussian(sigma=0.5)")
    #expect(explorer.race.step == 20)
    #expect(explorer.replayLine.contains("--noise 'gaussian(sigma=0.5)'"))
    explorer.finishWork()
    #expect(explorer.shownFan != nil)
    // The run on the screen is that of the replay line.
    var race = Race(explorer.race.experiment)
    race.seek(to: 20)
    #expect(race.run(entry: 0).loss == explorer.race.run(entry: 0).loss)
    explorer.type("u")
    #expect(explorer.race.experiment.noise.isNone)
    #expect(explorer.replayLine == before)
    #expect(explorer.race.step == 20)
  }

  @Test func noiseOfAnotherKindCanBeTakenAwayAndPutBack() throws {
    var explorer = try noisy("levy(alpha=1.5,scale=0.1)")
    let text = explorer.race.experiment.noise.description
    let knob = try #require(explorer.knobs.first { $0.owner == .noise })
    #expect(knob.knob.kind == .choice(["none", text]))
    explorer.set(knob, to: 0)
    #expect(explorer.race.experiment.noise.isNone)
    explorer.type("u")
    #expect(explorer.race.experiment.noise.description == text)
  }

  @Test(arguments: [
    Appearance(glyphs: .braille, depth: .direct), Appearance(glyphs: .half, depth: .indexed256),
    Appearance(glyphs: .ascii, depth: .ansi8), Appearance(glyphs: .ascii, depth: .none, isUnicode: false),
  ])
  func itIsSeen(_ appearance: Appearance) throws {
    var explorer = try noisy("gaussian(sigma=4)")
    explorer.appearance = appearance
    let without = explorer.frame()
    explorer.type("F")
    explorer.finishWork()
    explorer.status = nil
    let with = explorer.frame()
    let plot = explorer.plotArea
    var changed = 0
    for y in plot.y..<plot.bottom {
      for x in plot.x..<plot.right where with[x, y] != without[x, y] { changed += 1 }
    }
    #expect(changed > 20)
    let panel = try #require(explorer.layout.panel)
    let parts = PanelLayout(
      panel, entries: explorer.race.experiment.entries.count, ghosts: 0, knobs: explorer.knobs.count,
      recipe: explorer.context.recipe.rows)
    let curve = try #require(parts.curve)
    var band = 0
    for y in curve.y..<curve.bottom {
      for x in curve.x..<curve.right where with[x, y] != without[x, y] { band += 1 }
    }
    #expect(band > 5)
  }

  @Test func drawingStepByStepIsDrawingAtOnce() throws {
    var slow = try noisy(steps: 0)
    slow.type("F")
    for _ in 0..<25 {
      slow.type("n")
      _ = slow.frame()
    }
    var fast = try noisy(steps: 25)
    fast.type("F")
    fast.finishWork()
    fast.status = nil
    slow.status = nil
    #expect(slow.frame().rows == fast.frame().rows)
    // And back, with a frame of what is then taken away.
    slow.type("N")
    _ = slow.frame()
    slow.type("P")
    fast.type("N P")
    #expect(slow.frame().rows == fast.frame().rows)
  }
}

/// Frames of ghosts and fans as a person has looked at them.
@Suite struct CompanionFrameTests {
  @Test(arguments: ["80x24", "120x36"], [true, false]) func goldenGhosts(_ size: String, _ unicode: Bool)
    throws
  {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try explorer(
      "ravine", width: parts[0], height: parts[1],
      appearance: Appearance(glyphs: unicode ? .braille : .ascii, depth: .none, isUnicode: unicode))
    explorer.type("N N g { { { { { { { { { { N N Tab g")
    explorer.status = nil
    try Golden.expect(
      explorer.rows().joined(separator: "\n") + "\n", with: "ghosts-\(size)\(unicode ? "" : "-ascii").txt")
  }

  @Test(arguments: ["80x24", "120x36"], [true, false]) func goldenFan(_ size: String, _ unicode: Bool) throws
  {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var scene = try scene("ravine")
    scene.experiment.noise = try Noise("gaussian(sigma=2)")
    var explorer = Explorer(
      scene: scene,
      appearance: Appearance(glyphs: unicode ? .braille : .ascii, depth: .none, isUnicode: unicode),
      width: parts[0], height: parts[1])
    explorer.type("2 3 4 N N N F")
    explorer.finishWork()
    try Golden.expect(
      explorer.rows().joined(separator: "\n") + "\n", with: "fan-\(size)\(unicode ? "" : "-ascii").txt")
  }
}
