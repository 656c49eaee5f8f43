import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import TestSupport
import Testing

@testable import Explorer

/// Whatever is typed, pasted, clicked and resized, and whatever numbers a race comes to, every frame is drawn whole; see
/// `FuzzCases` for more cases than these.
@Suite struct ExplorerFuzzTests {
  /// A frame has its size, and rows that are no wider.
  private func check(_ explorer: inout Explorer, _ name: String) {
    let frame = explorer.frame()
    #expect(frame.width == explorer.width && frame.height == explorer.height, "\(name)")
    for row in frame.rows {
      // A wide character that is cut is replaced, so that every row is as wide as the screen.
      #expect(Text.width(of: row) == explorer.width, "\(name)")
      #expect(
        row.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }, "\(name)")
    }
    let progress = explorer.progress
    #expect(progress >= 0 && progress <= 1, "\(name)")
    // What is open can be open.
    #expect(explorer.openView == .contour || explorer.obstacle(to: explorer.openView) == nil, "\(name)")
  }

  private func play(_ explorer: inout Explorer, _ random: inout Fuzz, _ name: String) {
    for round in 0..<60 {
      let events = random.events()
      FuzzCases.begin("\(name), \(round): \(events)")
      for event in events { _ = explorer.handle(event) }
      if random.happens(in: 3) { explorer.advance(by: .random(in: 0...0.1, using: &random)) }
      if random.happens(in: 2) { check(&explorer, name) }
    }
    check(&explorer, name)
  }

  @Test func sequencesOfEvents() {
    for seed in FuzzCases.seeds(12) {
      var random = Fuzz(seed: seed)
      let size = random.size()
      let scene = random.scene(steps: 30)
      var explorer = Explorer(
        scene: scene, appearance: random.appearance(), width: size.width, height: size.height)
      play(&explorer, &random, "events \(seed), \(scene.experiment.replayLine(steps: 0))")
    }
  }

  @Test func sequencesInLectures() throws {
    let library = SceneLibrary()
    for seed in FuzzCases.seeds(4) {
      var random = Fuzz(seed: seed)
      let size = random.size()
      let names = (0...random.below(3)).map { _ in random.pick(library.names) }
      var explorer = Explorer(
        lecture: try names.map { try library.scene($0) }, appearance: random.appearance(), width: size.width,
        height: size.height)
      play(&explorer, &random, "lecture \(seed), \(names)")
    }
  }

  @Test func renderedRaces() {
    for seed in FuzzCases.seeds(30) {
      var random = Fuzz(seed: seed)
      let scene = random.scene(steps: 12)
      let (size, step) = (random.size(), random.below(13))
      let view = random.pick(ViewName.allCases)
      let name =
        "render \(seed), \(scene.experiment.replayLine(steps: step)) --view \(view) --size \(size.width)x\(size.height)"
      FuzzCases.begin(name)
      var explorer = Explorer(
        scene: scene, appearance: random.appearance(), width: size.width, height: size.height)
      explorer.seek(to: step)
      guard explorer.obstacle(to: view) == nil else { continue }
      explorer.show(view)
      check(&explorer, name)
      // As far as it comes in a moment.
      var rounds = 5
      explorer.finishWork {
        rounds -= 1
        return rounds > 0
      }
      check(&explorer, name)
    }
  }
}
