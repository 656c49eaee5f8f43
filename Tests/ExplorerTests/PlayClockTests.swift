import Canvas
import Experiments
import Scenes
import Testing

@testable import Explorer

/// Playing starts at the step that is shown, whatever was waited for.
@Suite struct PlayClockTests {
  private func lecture(_ name: String) throws -> Explorer {
    Explorer(
      lecture: [try scene(name)], appearance: Appearance(depth: .none), width: 120, height: 36)
  }

  /// A key that comes at a time, as the loop hands it on.
  private func press(_ keys: String, _ explorer: inout Explorer, _ clock: inout PlayClock, at time: Double) {
    _ = clock.tick(&explorer, at: time)
    explorer.type(keys)
  }

  @Test(arguments: [0.5, 1, 3, 8]) func aBeatStartsAtItsFirstStep(_ silence: Double) throws {
    var explorer = try lecture("square-root")
    var clock = PlayClock(at: 0)
    press("PageDown", &explorer, &clock, at: 1)
    press("1", &explorer, &clock, at: 2)
    press("Enter", &explorer, &clock, at: 3)
    press("PageDown", &explorer, &clock, at: 3 + silence)
    #expect(explorer.isPlaying && explorer.race.step == 0)
    // A quarter of a second at 40 steps a second.
    _ = clock.tick(&explorer, at: 3.25 + silence)
    #expect(explorer.race.step == 10)
  }

  @Test(arguments: [false, true]) func spaceStartsAtTheStepThatIsShown(_ isLecture: Bool) throws {
    var explorer = isLecture ? try lecture("square-root") : try ExplorerTests.explorer("square-root")
    var clock = PlayClock(at: 0)
    press("space", &explorer, &clock, at: 5)
    #expect(explorer.race.step == 0)
    _ = clock.tick(&explorer, at: 5.125)
    #expect(explorer.race.step == 5)
    // Paused by a key, the time up to it counts; what is waited then does not.
    press("space", &explorer, &clock, at: 5.25)
    #expect(explorer.race.step == 10)
    press("space", &explorer, &clock, at: 60)
    #expect(explorer.race.step == 10)
  }

  @Test func aShortBeatIsSeen() throws {
    var explorer = try lecture("ravine")
    var clock = PlayClock(at: 0)
    press("PageDown", &explorer, &clock, at: 1)
    press("4", &explorer, &clock, at: 2)
    press("Enter", &explorer, &clock, at: 3)
    press("PageDown", &explorer, &clock, at: 6)
    var seen = [explorer.race.step]
    for frame in 1...120 {
      _ = clock.tick(&explorer, at: 6 + Double(frame) / 60)
      if seen.last != explorer.race.step { seen.append(explorer.race.step) }
    }
    #expect(seen == Array(0...12), "every step of the beat is a frame: \(seen)")
  }

  @Test func aMachineThatSleptDoesNotJump() throws {
    var explorer = try ExplorerTests.explorer("square-root")
    var clock = PlayClock(at: 0)
    press("space", &explorer, &clock, at: 0)
    _ = clock.tick(&explorer, at: 3600)
    #expect(explorer.race.step == 50)
  }

  @Test func aLectureCountsTheTimeOfSilence() throws {
    var explorer = try lecture("square-root")
    var clock = PlayClock(at: 0)
    press("PageDown", &explorer, &clock, at: 121)
    #expect(explorer.lecture?.elapsed == 121)
  }
}
