import Canvas
import Experiments
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// The run under a map's cursor is a run of its own: what is open beside the race has no part in it.
@Suite struct FanInMapTests {
  private func noisy(_ keys: String) throws -> Explorer {
    var scene = try scene("ravine")
    scene.experiment.noise = try Noise("gaussian(sigma=0.5)")
    scene.experiment.seed = 100
    scene.experiment.budget = Budget()
    var explorer = Explorer(
      scene: scene, appearance: Appearance(depth: .direct), width: 120, height: 36)
    explorer.seek(to: 40)
    explorer.type(keys)
    explorer.finishWork()
    return explorer
  }

  @Test func theRunUnderTheMapsCursorHasNoFanOfAnotherRun() throws {
    let without = try noisy("m").rows()
    var explorer = try noisy("F")
    explorer.type("m")
    explorer.finishWork()
    let with = explorer.rows()
    // The panel beside the map, where the run is.
    let first = try #require(without.first { $0.contains("The run under the cursor") })
    let column = try #require(Array(first).firstIndex { $0 == "T" })
    #expect(without.map { $0.dropFirst(column - 2) } == with.map { $0.dropFirst(column - 2) })
  }
}
