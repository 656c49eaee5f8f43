import Canvas
import Experiments
import Scenes
import Testing

@testable import Explorer

/// Lecture mode: each beat is what its scene says, whatever happened before.
@Suite struct LectureTests {
  private func lecture(_ names: [String] = ["ravine", "step-too-large"], width: Int = 120, height: Int = 36)
    throws
    -> Explorer
  {
    Explorer(
      lecture: try names.map { try scene($0) }, appearance: Appearance(depth: .direct), width: width,
      height: height)
  }

  /// Plays as long as something moves.
  private func play(_ explorer: inout Explorer) {
    for _ in 0..<10_000 where explorer.isPlaying { explorer.advance(by: 0.1) }
  }

  private func press(_ explorer: inout Explorer, _ key: Key, _ times: Int = 1) {
    for _ in 0..<times { explorer.handle(.key(key)) }
  }

  @Test func aQuestionWaitsForItsAnswer() throws {
    var explorer = try lecture()
    press(&explorer, .pageDown)
    #expect(explorer.shows("Who is first at the bottom?"))
    #expect(explorer.shows("4  Newton"))
    #expect(!explorer.isPlaying)
    press(&explorer, .character("2"))
    #expect(explorer.shows("▸ 2  Momentum"))
    press(&explorer, .enter)
    #expect(explorer.shows("✗ 2  Momentum"))
    #expect(explorer.shows("✓ 4  Newton"))
    press(&explorer, .pageDown)
    #expect(explorer.isPlaying)
    play(&explorer)
    #expect(explorer.race.step == 12)
    #expect(explorer.shows("beat 2/4"))
  }

  @Test func pageDownAnswersAndFinishesBeforeItGoesOn() throws {
    var explorer = try lecture()
    press(&explorer, .pageDown)
    press(&explorer, .pageDown)
    #expect(explorer.lecture?.beat == 0)
    #expect(explorer.lecture?.isRevealed == true)
    press(&explorer, .pageDown)
    #expect(explorer.isPlaying)
    press(&explorer, .pageDown)
    #expect(!explorer.isPlaying)
    #expect(explorer.race.step == 12)
    #expect(explorer.lecture?.beat == 1)
  }

  @Test(arguments: ["ravine", "step-too-large", "rotation", "schedules"])
  func everyBeatIsTheSameWhateverHappenedBefore(_ name: String) throws {
    var straight = try lecture([name])
    let beats = try scene(name).beats.count
    var frames: [[String]] = []
    for beat in -1..<beats {
      straight.lecture?.go(toScene: 0, beat: beat)
      straight.showBeat()
      play(&straight)
      straight.finishWork()
      frames.append(straight.rows())
    }
    // There and back again, with knobs turned, views opened, entries switched and the window moved between.
    var wild = try lecture([name])
    for beat in [beats - 1, 0, beats - 1, -1] + Array(0..<beats) {
      wild.type("N Right Right + l 1 * O n v")
      wild.lecture?.go(toScene: 0, beat: beat)
      wild.showBeat()
      play(&wild)
      wild.finishWork()
      #expect(wild.rows() == frames[beat + 1], "beat \(beat + 1)")
    }
  }

  @Test func backspaceReturnsToTheBeat() throws {
    var explorer = try lecture()
    press(&explorer, .pageDown, 3)
    play(&explorer)
    let there = explorer.rows()
    explorer.type("Right Right e")
    #expect(explorer.shows("exploring"))
    press(&explorer, .backspace)
    play(&explorer)
    explorer.status = nil
    #expect(explorer.rows() == there)
  }

  @Test func noBeatIsSkipped() throws {
    var lecture = Lecture([try scene("ravine"), try scene("saddle")])
    var places: [[Int]] = [[lecture.sceneIndex, lecture.beat]]
    while lecture.goOn() { places.append([lecture.sceneIndex, lecture.beat]) }
    let all = lecture.scenes.enumerated().flatMap { index, scene in
      (-1..<scene.beats.count).map { [index, $0] }
    }
    #expect(places == all)
    while lecture.goBack() {}
    #expect(lecture.sceneIndex == 0 && lecture.beat == -1)
  }

  @Test func beatsGoOverTheEdgesOfScenesBothWays() throws {
    var explorer = try lecture()
    explorer.lecture?.go(toScene: 0, beat: 3)
    explorer.showBeat()
    play(&explorer)
    press(&explorer, .pageDown)
    #expect(explorer.lecture?.sceneIndex == 1)
    #expect(explorer.lecture?.beat == -1)
    #expect(explorer.shows(try scene("step-too-large").title))
    press(&explorer, .pageUp)
    #expect(explorer.lecture?.sceneIndex == 0)
    #expect(explorer.lecture?.beat == 3)
    explorer.lecture?.go(toScene: 0, beat: -1)
    explorer.showBeat()
    press(&explorer, .pageUp)
    #expect(explorer.shows("this is the beginning"))
  }

  @Test func theScreenGoesBlackAndComesBack() throws {
    var explorer = try lecture()
    let before = explorer.rows()
    press(&explorer, .character("b"))
    #expect(explorer.rows().allSatisfy { $0.allSatisfy { $0 == " " } })
    press(&explorer, .character("."))
    #expect(explorer.rows() == before)
  }

  @Test func quittingAsksOnceAndRemotesCannotEndIt() throws {
    var explorer = try lecture()
    press(&explorer, .character("q"))
    #expect(explorer.shows("q again ends the lecture"))
    press(&explorer, .escape)
    press(&explorer, .function(5))
    let first = explorer.handle(.key(.character("q")))
    #expect(first == nil)
    let second = explorer.handle(.key(.character("q")))
    #expect(second == .quit)
  }

  @Test func theJumpListLeadsToABeat() throws {
    var explorer = try lecture()
    explorer.type("J")
    #expect(explorer.shows("beat 2"))
    explorer.type("How")
    press(&explorer, .escape)
    explorer.type("J Down Down Enter")
    #expect(explorer.lecture?.beat == 1)
  }

  @Test func minutesPassWhileNothingMoves() throws {
    var explorer = try lecture()
    #expect(explorer.isAnimating)
    #expect(explorer.shows("0 min"))
    let isSoon = explorer.advance(by: 1.25, elapsed: 59)
    #expect(!isSoon)
    let isLater = explorer.advance(by: 1.25, elapsed: 2)
    #expect(isLater)
    #expect(explorer.shows("1 min"))
  }

  @Test func aSceneSaysWhatIsDrawnOverThePicture() throws {
    var scene = try scene("ravine")
    func dots(_ overlays: [Overlay]?) -> Int {
      scene.overlays = overlays
      var explorer = Explorer(
        scene: scene, appearance: Appearance(glyphs: .ascii, depth: .none, isUnicode: false), width: 80,
        height: 24)
      explorer.seek(to: 24)
      return explorer.rows()[2..<18].reduce(0) { $0 + $1.count { "o.1234".contains($0) } }
    }
    #expect(dots(nil) == dots([.trail, .minima]))
    #expect(dots([.minima]) < dots([.trail, .minima]) - 20)
  }

  @Test func onlyTheControlsOfASceneAreLive() throws {
    var scene = try scene("ravine")
    scene.controls = [.entry(name: "sgd", key: "lr")]
    var explorer = Explorer(scene: scene, appearance: Appearance(depth: .direct), width: 120, height: 36)
    explorer.type("Right")
    #expect(explorer.race.value(entry: 0, key: "lr") != 0.06)
    explorer.type("Tab")
    let before = explorer.race.value(entry: 1, key: "lr")
    explorer.type("Right")
    #expect(explorer.race.value(entry: 1, key: "lr") == before)
    #expect(explorer.shows("this scene keeps that knob as it is; live: sgd.lr"))
    explorer.type(">")
    #expect(explorer.race.nextLandscape == scene.experiment.landscape)
  }

  @Test(arguments: [(20, 6), (40, 12), (80, 24), (120, 36), (200, 60)])
  func everySizeIsServed(_ width: Int, _ height: Int) throws {
    var explorer = try lecture(width: width, height: height)
    for key in [Key.pageDown, .character("2"), .enter, .pageDown, .character("J"), .escape, .character("q")] {
      press(&explorer, key)
      #expect(explorer.rows().count == height)
      #expect(explorer.rows().allSatisfy { Text.width(of: $0) <= width })
    }
  }

  @Test(arguments: ["80x24", "120x36"]) func goldenLecture(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try lecture(width: parts[0], height: parts[1])
    explorer.appearance = Appearance(glyphs: .braille, depth: .none)
    press(&explorer, .pageDown)
    press(&explorer, .character("2"))
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "lecture-\(size).txt")
  }

  @Test func exportAsksForAName() throws {
    var explorer = try explorer()
    explorer.type("X")
    #expect(explorer.shows("ravine.svg"))
    let plain = explorer.handle(.key(.enter))
    #expect(plain == .export(path: "ravine.svg", overwriting: false))
    explorer.type("X !")
    let forced = explorer.handle(.key(.enter))
    #expect(forced == .export(path: "ravine.svg", overwriting: true))
    explorer.type("X")
    press(&explorer, .control("u"))
    press(&explorer, .enter)
    #expect(explorer.shows("nothing was written"))
  }

  @Test func whatIsSavedOpensAsItWasShown() throws {
    var explorer = try explorer()
    explorer.type("Right Right N Right")
    let saved = try SceneLibrary.scene(of: explorer.document(named: "mine"), file: "mine.yaml", name: "mine")
    var again = Explorer(scene: saved, appearance: Appearance(depth: .direct), width: 120, height: 36)
    explorer.type("N")
    again.seek(to: explorer.race.step)
    #expect(again.bits == explorer.bits)
  }

  /// On the smallest lecture screen no name of the course's entries is cut in the race, at no step.
  @Test func namesAreWholeInTheRace() throws {
    for name in SceneLibrary().names {
      let scene = try scene(name)
      var explorer = Explorer(lecture: [scene], appearance: Appearance(depth: .direct), width: 80, height: 24)
      let labels = scene.experiment.entries.map(\.label)
      // Other views say in their own way what they show.
      guard explorer.openView == .contour else { continue }
      for step in [0, 1, 200] {
        explorer.seek(to: step)
        let shown = explorer.rows().joined(separator: "\n")
        for label in labels { #expect(shown.contains(label), "\(scene.name), step \(step): \(label)") }
      }
    }
  }
}
