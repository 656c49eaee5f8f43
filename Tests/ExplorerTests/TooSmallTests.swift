import Canvas
import Experiments
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// On a screen without room for a picture nothing is computed for one, and keys go on being answered.
@Suite struct TooSmallTests {
  private static func explorer() throws -> Explorer {
    try ExplorerTests.explorer(
      "rastrigin", ["sgd", "adam"], noise: try Noise("gaussian(0.1)"), steps: 2000, width: 120, height: 36)
  }

  @Test(arguments: ["m", "M", "D", "S", "r", "F"]) func workStops(_ key: String) throws {
    var explorer = try Self.explorer()
    explorer.type(key)
    if key == "r" { explorer.type("} } } } }") }
    _ = explorer.frame()
    try #require(explorer.isWorking)
    explorer.handle(.resize(width: 10, height: 5))
    let rows = explorer.frame().rows
    #expect(rows.count == 5 && rows[1] == "needs 20x6")
    #expect(!explorer.isWorking && !explorer.isAnimating && explorer.timeToNextStep == nil)
    // What was left to do is not done behind the notice.
    let progress = explorer.session.fanProgress
    for _ in 0..<20 { _ = explorer.frame() }
    #expect(explorer.session.fanProgress == progress)
  }

  /// With room again the picture is what it would have been.
  @Test(arguments: ["m", "M", "D", "r", "F"]) func workGoesOnWithRoom(_ key: String) throws {
    var explorer = try ExplorerTests.explorer(
      "ravine", ["sgd", "adam"], noise: try Noise("gaussian(0.1)"), steps: 20, width: 80, height: 24)
    explorer.type(": steps space 20 Enter")
    var straight = explorer
    explorer.type(key)
    _ = explorer.frame()
    explorer.handle(.resize(width: 19, height: 24))
    _ = explorer.frame()
    explorer.handle(.resize(width: 80, height: 24))
    explorer.finishWork()
    straight.type(key)
    straight.finishWork()
    #expect(explorer.rows() == straight.rows())
  }

  /// Every key is taken in without a picture being made for it.
  @Test func keysAreAnswered() throws {
    var explorer = try Self.explorer()
    explorer.type("F M")
    _ = explorer.frame()
    explorer.handle(.resize(width: 10, height: 5))
    let keys = KeyMap.bindings.flatMap(\.strokes).map(\.key)
    #expect(keys.count > 60)
    for key in keys + keys where key != .character("N") {
      explorer.handle(.key(key))
      explorer.handle(.key(.escape))
      #expect(explorer.frame().rows[0] == "descent   ")
      #expect(explorer.isPlaying || !explorer.isWorking)
    }
    explorer.handle(.resize(width: 80, height: 24))
    #expect(explorer.frame().height == 24)
  }
}
