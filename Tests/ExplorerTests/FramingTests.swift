import Canvas
import Experiments
import Landscapes
import Scenes
import Testing

@testable import Explorer

/// What part of the landscape is shown.
@Suite struct FramingTests {
  private func bundled(_ name: String) throws -> Scene { try SceneLibrary().scene(name) }

  /// Scenes whose runs are small in their picture, and why.
  private static let reasons = [
    "contraction": "drawn to scale, and its box is flat",
    "decay-in-sgd": "drawn to scale, and its box is flat",
    "wilson": "drawn to scale, and its box is flat",
  ]

  /// The share of the plot that the box around what the beats run takes.
  private func share(of scene: Scene, width: Int, height: Int) -> Double? {
    let explorer = Explorer(scene: scene, appearance: Appearance(), width: width, height: height)
    let shown = explorer.layout.area.shown(explorer.window)
    var (left, right, bottom, top) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
    for index in scene.beats.indices {
      let stage = scene.stage(index)
      guard stage.until > 0 else { continue }
      var race = Race(stage.experiment)
      race.seek(to: stage.until)
      for entry in stage.experiment.entries.indices where stage.experiment.entries[entry].isOn {
        for start in stage.experiment.starts.indices {
          let history = race.run(entry: entry, start: start).history
          for row in 0..<history.count {
            let place = stage.experiment.landscape.project(history.parameters(at: row))
            guard shown.contains(place) else { continue }
            (left, right) = (min(left, place.x), max(right, place.x))
            (bottom, top) = (min(bottom, place.y), max(top, place.y))
          }
        }
      }
    }
    guard left <= right else { return nil }
    // A line is as wide as a tenth of its length.
    let least = max(right - left, top - bottom) / 10
    return max(right - left, least) * max(top - bottom, least) / (shown.width * shown.height)
  }

  @Test func runsFillTheirPictures() throws {
    for (name, _) in SceneLibrary.bundled {
      let scene = try bundled(name)
      guard scene.view == .contour, let share = share(of: scene, width: 120, height: 36) else { continue }
      if Self.reasons[scene.name] != nil { continue }
      #expect(share >= 0.35, "\(scene.name): \((share * 100).rounded()) %")
    }
  }

  @Test func aWindowThatIsNamedStays() throws {
    var scene = try bundled("ravine")
    #expect(scene.frame() != scene.experiment.window)
    scene.experiment.window = Window(x: -9...9, y: -8...8)
    #expect(scene.frame() == Window(x: -9...9, y: -8...8))
    scene = try bundled("ravine")
    scene.beats = []
    #expect(scene.frame() == scene.experiment.window, "nothing is run")
  }

  @Test func theBoxOfWhatIsFramedTakesItsShare() throws {
    let framed = try #require(Window(framing: [Point(x: 1, y: 2), Point(x: 5, y: 4), Point(x: .nan, y: 0)]))
    #expect(abs(4 * 2 / (framed.width * framed.height) - Window.framedShare) < 1e-12)
    #expect(abs(framed.centre.x - 3) < 1e-12 && abs(framed.centre.y - 3) < 1e-12)
    let flat = try #require(Window(framing: [Point(x: 0, y: 1), Point(x: 10, y: 1)]))
    #expect(abs(flat.width / flat.height - 10) < 1e-9)
    #expect(Window(framing: [Point(x: 1, y: 1)]) == nil && Window(framing: []) == nil)
    #expect(Window(framing: [Point(x: -1e308, y: 0), Point(x: 1e308, y: 0)]) == nil)
  }

  @Test func framingWhatWasRunAndBack() throws {
    var explorer = try explorer("ravine", width: 120, height: 36)
    explorer.type("Z")
    #expect(explorer.shows("nothing has moved yet"))
    let home = explorer.window
    explorer.type("N Z")
    #expect(explorer.window != home)
    let run = explorer.race.run(entry: 0)
    #expect(explorer.window.contains(run.point))
    explorer.type("z")
    #expect(explorer.window == home)
    explorer.type("Z u")
    #expect(explorer.window == home, "undo takes all looks in a row back")
  }
}
