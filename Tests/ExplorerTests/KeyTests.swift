import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// Scripted keys through the explorer as a value.
@Suite struct KeyTests {
  @Test func aKeyHasOneMeaning() {
    let keys = KeyMap.bindings.flatMap(\.strokes).map(\.key)
    #expect(keys.count == Set(keys).count)
  }

  @Test func spacePlaysAndPauses() throws {
    var explorer = try explorer()
    #expect(!explorer.isAnimating)
    explorer.type("space")
    #expect(explorer.isAnimating)
    explorer.advance(by: 1)
    #expect(explorer.race.step == 10)
    explorer.type("space")
    explorer.advance(by: 1)
    #expect(explorer.race.step == 10)
  }

  @Test func playingKeepsItsPaceWhateverTheFrames() throws {
    var coarse = try explorer()
    var fine = try explorer()
    coarse.type("space")
    fine.type("space")
    for _ in 0..<4 { coarse.advance(by: 0.25) }
    for _ in 0..<64 { fine.advance(by: 1.0 / 64) }
    #expect(coarse.race.step == 10)
    #expect(fine.race.step == 10)
    #expect(coarse.bits == fine.bits)
  }

  @Test func stepsForwardAndBackAreExact() throws {
    var explorer = try explorer()
    explorer.type("n n n")
    let third = explorer.bits
    explorer.type("N")
    #expect(explorer.race.step == 13)
    let thirteenth = explorer.bits
    explorer.type("P")
    #expect(explorer.race.step == 3)
    #expect(explorer.bits == third)
    explorer.type("End")
    #expect(explorer.race.step == 13)
    #expect(explorer.bits == thirteenth)
    explorer.type("0")
    #expect(explorer.race.step == 0)
    explorer.type("p")
    #expect(explorer.race.step == 0)
    #expect(explorer.shows("this is the start"))
  }

  @Test func speedGoesThroughRoundValues() throws {
    var explorer = try explorer()
    explorer.type("]")
    #expect(explorer.speed == 20)
    explorer.type("] ]")
    #expect(explorer.speed == 100)
    explorer.type("[ [ [ [ [ [ [ [ [ [")
    #expect(explorer.speed == 1)
    #expect(explorer.shows("is the limit"))
  }

  @Test func aKnobTurnedAtTheStartIsASetting() throws {
    var explorer = try explorer()
    explorer.type("Right")
    let rate = try #require(explorer.race.experiment.entries[0].spec.setting("lr"))
    #expect(rate > 0.06)
    #expect(explorer.race.experiment.changes.isEmpty)
    #expect(explorer.replayLine.contains("sgd:lr=\(NumberText.exact(rate))"))
  }

  @Test func aKnobTurnedLaterIsAChangeThatSteppingBackUndoes() throws {
    var explorer = try explorer()
    explorer.type("N n n Right n n n")
    #expect(explorer.race.step == 15)
    let change = try #require(explorer.race.experiment.changes.first)
    #expect(change.step == 13)
    #expect(explorer.race.run(entry: 0).optimizer.value(of: "lr") == change.value)
    #expect(explorer.replayLine.contains("--change 13:sgd.lr=\(NumberText.exact(change.value))"))
    let after = explorer.bits
    explorer.type("p p p")
    #expect(explorer.race.run(entry: 0).optimizer.value(of: "lr") == 0.06)
    // The replay line speaks of what is run up to the playhead.
    #expect(!explorer.replayLine.contains("--change"))
    explorer.type("n n n")
    #expect(explorer.bits == after)
  }

  @Test func turningAKnobInThePastRewritesTheFuture() throws {
    var explorer = try explorer()
    explorer.type("N N p p p p p")
    let unchanged = try #require(explorer.race.runs.last?.lastStep)
    explorer.type("Right")
    #expect(explorer.race.run(entry: 0).lastStep == 15)
    // The others go on as they were.
    #expect(explorer.race.runs.last?.lastStep == unchanged)
    explorer.type("u")
    #expect(explorer.race.experiment.changes.isEmpty)
    #expect(explorer.race.step == 15)
  }

  @Test func rerunFoldsTheChangesIn() throws {
    var explorer = try explorer()
    explorer.type("N Right R")
    #expect(explorer.race.step == 0)
    #expect(explorer.race.experiment.changes.isEmpty)
    #expect(try #require(explorer.race.experiment.entries[0].spec.setting("lr")) > 0.06)
    explorer.type("u")
    #expect(explorer.race.step == 10)
    #expect(explorer.race.experiment.changes.count == 1)
  }

  @Test func turnsOfOneKnobAreUndoneTogetherAndRedone() throws {
    var explorer = try explorer()
    explorer.type("Right Right Right")
    let turned = explorer.race.experiment
    explorer.type("u")
    #expect(explorer.race.experiment.entries[0].spec.setting("lr") == 0.06)
    explorer.type("U")
    #expect(explorer.race.experiment == turned)
    explorer.type("u u")
    #expect(explorer.shows("nothing to undo"))
  }

  @Test func undoBringsBackEverythingAKeyCanChange() throws {
    for keys in [
      "Right", "2", "x", "a Enter", "L Down Enter", "> >", "w", "s Left Enter", "h", "+", "R", "Backspace",
    ] {
      var explorer = try explorer()
      explorer.type("N")
      explorer.type("+")
      let before = (explorer.race.experiment, explorer.bits, explorer.rows())
      explorer.type(keys)
      let changed = (explorer.race.experiment, explorer.bits, explorer.rows())
      #expect(
        changed.0 != before.0 || changed.1 != before.1 || changed.2 != before.2, "\(keys) changed nothing")
      explorer.type("u")
      explorer.handle(.key(.function(12)))  // any key clears the status line …
      explorer.type("Esc")  // … and this one says nothing
      #expect(explorer.race.experiment == before.0, "\(keys)")
      #expect(explorer.bits == before.1, "\(keys)")
      explorer.type("U")
      explorer.type("Esc")
      #expect(explorer.race.experiment == changed.0, "\(keys)")
      #expect(explorer.bits == changed.1, "\(keys)")
    }
  }

  @Test func entriesAreSelectedSwitchedAddedAndRemoved() throws {
    var explorer = try explorer()
    explorer.type("Tab Tab")
    #expect(explorer.selectedEntry == 2)
    explorer.type("BackTab BackTab BackTab")
    #expect(explorer.selectedEntry == 3)
    explorer.type("2")
    #expect(!explorer.race.experiment.entries[1].isOn)
    explorer.type("N 2")
    #expect(explorer.race.experiment.entries[1].isOn)
    #expect(explorer.race.run(entry: 1).step == 10)
    explorer.type("a lion Enter")
    #expect(explorer.race.experiment.entries.last?.spec.id == "lion")
    #expect(explorer.race.runs.last?.step == 10)
    #expect(explorer.selectedEntry == 4)
    explorer.type("x")
    #expect(explorer.race.experiment.entries.count == 4)
    explorer.type("9")
    #expect(explorer.shows("there is no entry 9"))
  }

  @Test func anEntryCanBeTypedAsASpecAndAWrapperWrapsTheSelected() throws {
    var explorer = try explorer()
    explorer.type("a adam:lr=0.3,beta1=0.5 Enter")
    #expect(explorer.race.experiment.entries.last?.spec.description == "adam:lr=0.3,beta1=0.5")
    #expect(explorer.race.experiment.entries.last?.name == "adam2")
    explorer.type("a lookahead Enter")
    #expect(explorer.race.experiment.entries.last?.spec.description == "lookahead(adam:lr=0.3,beta1=0.5)")
    explorer.type("a adam:lr=-1 Enter")
    #expect(explorer.race.experiment.entries.count == 6)
    #expect(explorer.shows("lr must be between"))
  }

  @Test func atMostNineEntries() throws {
    var explorer = try explorer()
    for _ in 0..<7 { explorer.type("a Enter") }
    #expect(explorer.race.experiment.entries.count == 9)
    #expect(explorer.shows("at most nine"))
  }

  @Test func aFormulaIsTypedAndFaultsArePointedAt() throws {
    var explorer = try explorer()
    explorer.type("f")
    explorer.handle(.key(.control("u")))
    explorer.type("x^2+sine(y) Enter")
    #expect(explorer.shows("unknown function 'sine', did you mean 'sin'?"))
    for _ in 0..<7 { explorer.handle(.key(.backspace)) }
    explorer.type("3*y^2 Enter")
    #expect(explorer.race.experiment.landscape.formula?.text == "x^2+3*y^2")
    #expect(explorer.replayLine.contains("--function 'x^2+3*y^2'"))
  }

  @Test func pastedTextNeverRunsCommands() throws {
    var explorer = try explorer()
    explorer.handle(.paste("q\u{3}  nnnn"))
    #expect(explorer.race.step == 0)
    explorer.type("f")
    explorer.handle(.key(.control("u")))
    explorer.handle(.paste("x^2\n+ y^2\u{1b}[2J"))
    let effect = explorer.handle(.key(.enter))
    #expect(effect == nil)
    // The escape character was made visible, so it is a fault of the formula, not a command to the terminal.
    let rows = explorer.rows()
    #expect(rows.allSatisfy { row in row.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f } })
  }

  @Test func landscapesAreChosenFromAList() throws {
    var explorer = try explorer()
    explorer.type("N Tab L himmel")
    #expect(explorer.shows("Himmelblau"))
    explorer.type("Enter")
    #expect(explorer.race.experiment.landscape.id == "himmelblau")
    #expect(explorer.race.step == 0)
    #expect(explorer.race.experiment.starts == [explorer.race.experiment.landscape.start])
  }

  @Test func anotherLandscapeFitsTheRatesThatNobodyTurned() throws {
    var explorer = try explorer()
    explorer.type("Tab Right BackTab L rosenbrock Enter")
    #expect(explorer.shows("fitted to this landscape"))
    let entries = explorer.race.experiment.entries
    let landscape = explorer.race.experiment.landscape
    #expect(
      entries[0].spec.setting("lr") == StandardRace.rate(for: "sgd", on: landscape, from: landscape.start))
    // The momentum's was turned.
    let turned = try #require(entries[1].spec.setting("lr"))
    #expect(turned > 0.06 && turned < 0.08)
    for _ in 0..<4 { explorer.type("N") }
    #expect(explorer.race.run(entry: 0).divergedAt == nil)
    explorer.type("u")
    #expect(explorer.race.experiment.entries[0].spec.setting("lr") == 0.06)
  }

  @Test func stretchingAndRotatingAreChangesOfTheRun() throws {
    var explorer = try explorer()
    explorer.type("N > w n")
    #expect(explorer.race.experiment.changes.count == 2)
    #expect(explorer.replayLine.contains("--change 11:landscape.kappa="))
    #expect(explorer.replayLine.contains("--change 11:landscape.angle="))
    explorer.type("p")
    #expect(explorer.race.landscape.constant("kappa")?.value == 30)
    var plain = try Explorer(
      scene: scene("bowl"), appearance: Appearance(), width: 120, height: 36)
    plain.type(">")
    #expect(plain.shows("no constant to stretch"))
    plain.type("w")
    #expect(plain.shows("no angle"))
  }

  @Test func theStartMovesWithArrowsAndTheMouse() throws {
    var explorer = try explorer()
    let start = explorer.race.experiment.starts[0]
    explorer.type("N s Right Up Enter")
    #expect(explorer.race.step == 0)
    #expect(explorer.race.experiment.starts[0].x > start.x)
    #expect(explorer.race.experiment.starts[0].y > start.y)
    explorer.type("s Left Esc")
    #expect(explorer.race.experiment.starts[0].x > start.x)
    // The middle of the plot is the middle of the window.
    let plot = explorer.plotArea
    explorer.handle(.mouse(Mouse(.press, x: plot.x + plot.width / 2, y: plot.y + plot.height / 2)))
    let clicked = explorer.race.experiment.starts[0]
    let centre = explorer.window.centre
    #expect(abs(clicked.x - centre.x) < 0.15 && abs(clicked.y - centre.y) < 0.3, "\(clicked)")
    #expect(
      explorer.replayLine.contains("--start=\(NumberText.exact(clicked.x)),\(NumberText.exact(clicked.y))"))
  }

  @Test func plusMagnifiesAndMinusTakesBack() throws {
    var explorer = try explorer()
    let before = explorer.window
    explorer.type("+")
    #expect(abs(explorer.window.width - before.width / 1.25) < 1e-12)
    #expect(explorer.window.centre.distance(to: before.centre) < 1e-12)
    explorer.type("- -")
    #expect(abs(explorer.window.width - before.width * 1.25) < 1e-12)
    // What is magnified is what is drawn: the start stands further from the middle of the plot.
    explorer.type("z")
    let place = { (explorer: Explorer) -> Int? in
      let plot = explorer.plotArea
      let rows = explorer.rows()
      return (plot.x..<plot.right).first { x in
        (plot.y..<plot.bottom).contains { Array(rows[$0])[x] == "◆" }
      }
    }
    let start = try #require(place(explorer))
    explorer.type("+")
    #expect(try #require(place(explorer)) < start)
  }

  @Test func panningMovesByATenthOfTheWindow() throws {
    var explorer = try explorer()
    explorer.type("N")
    let frame = explorer.frame()
    explorer.type("l")
    let panned = explorer.frame()
    // A tenth of the plot's columns: what stood there stands that much further left now.
    let plot = explorer.plotArea
    let shift = plot.width / 10
    for entry in explorer.race.experiment.entries.indices.dropFirst() {
      let head = Glyph(Character("\(entry + 1)"))
      func column(_ canvas: Canvas) -> Int? {
        // In its square, or reversed, which no number of a level is.
        (plot.x + 1..<plot.right).first { x in
          (plot.y..<plot.bottom).contains { y in
            canvas[x, y].glyph == head
              && ([.rightHalf, .leftHalf].contains(canvas[x - 1, y].glyph)
                || canvas[x, y].style.attributes.contains(.reverse))
          }
        }
      }
      let (before, after) = (try #require(column(frame)), try #require(column(panned)))
      #expect(abs(before - after - shift) <= 1, "\(entry + 1) went from \(before) to \(after)")
    }
  }

  @Test func undoingAViewDoesNotMoveTheRun() throws {
    var explorer = try explorer()
    explorer.type("n l N N u")
    #expect(explorer.race.step == 21)
    explorer.type("2 N u")
    #expect(explorer.race.step == 31)
    #expect(explorer.race.experiment.entries[1].isOn)
    #expect(explorer.race.run(entry: 1).step == 31)
  }

  @Test func leavingTheStartWhereItIsLeavesEverythingAsItIs() throws {
    var explorer = try explorer()
    explorer.type("n n Right n s Esc n")
    #expect(explorer.race.experiment.changes.count == 1)
    #expect(explorer.race.step == 4)
    explorer.type("s Right Esc")
    #expect(explorer.race.experiment.changes.count == 1)
    #expect(explorer.race.step == 4)
    explorer.type("U")
    #expect(explorer.shows("nothing to redo"))
  }

  @Test func theFormulaOfTheLandscapeIsTakenAsItStands() throws {
    var explorer = try explorer()
    explorer.type("f Enter")
    #expect(explorer.dialogIsClosed)
    #expect(explorer.race.landscape.constants.map(\.name) == ["kappa", "angle"])
    #expect(explorer.replayLine.contains("--set kappa=30"))
  }

  @Test func theHelpCanBeReadToItsEndOnASmallScreen() throws {
    var explorer = try explorer(width: 40, height: 12)
    explorer.type("?")
    for _ in 0..<30 { explorer.type("PageDown") }
    #expect(explorer.shows("click a key"))
    let last = explorer.rows()
    explorer.type("Up")
    #expect(explorer.rows() != last)
  }

  @Test func theWheelZoomsAroundThePointer() throws {
    var explorer = try explorer()
    let before = explorer.rows()
    explorer.handle(.mouse(Mouse(.wheelUp, x: 41, y: 16)))
    #expect(explorer.rows() != before)
    explorer.type("z")
    explorer.type("Esc")
    #expect(explorer.rows() == before)
    explorer.type("z")
    #expect(explorer.shows("the window is as the scene has it"))
  }

  @Test func zoomEndsBeforeTheNumbersDo() throws {
    var explorer = try explorer()
    for _ in 0..<400 { explorer.type("+") }
    _ = explorer.frame()
    for _ in 0..<900 { explorer.type("-") }
    _ = explorer.frame()
    #expect(explorer.race.step == 0)
  }

  @Test func theoryPutsTheKnobOnLimitAndOptimum() throws {
    var explorer = try explorer()
    explorer.type("c")
    #expect(explorer.shows("2/L"))
    let limit = try #require(explorer.race.experiment.entries[0].spec.setting("lr"))
    #expect(abs(limit - 2.0 / 30) < 1e-12)
    explorer.type("o")
    let optimum = try #require(explorer.race.experiment.entries[0].spec.setting("lr"))
    #expect(abs(optimum - 2.0 / 31) < 1e-12)
    explorer.type("d")
    #expect(explorer.race.experiment.entries[0].spec.setting("lr") == 0.01)
    explorer.type("Tab Tab c")
    #expect(explorer.shows("no closed stability limit is known for Adam"))
  }

  @Test func budgetPausesAndSpaceGoesOn() throws {
    var explorer = try explorer()
    explorer.type("space")
    for _ in 0..<100 { explorer.advance(by: 1) }
    #expect(explorer.race.step == 400)
    #expect(!explorer.isAnimating)
    #expect(explorer.shows("400 steps are done"))
    explorer.type("space")
    explorer.advance(by: 1)
    #expect(explorer.race.step == 410)
  }

  @Test func aKeyWithoutMeaningSaysSo() throws {
    var explorer = try explorer()
    explorer.type("Q")
    #expect(explorer.shows("Q does nothing here; ? shows the keys"))
    explorer.handle(.key(.function(5)))
    #expect(explorer.shows("F5 does nothing here"))
  }

  @Test func everyKeyOfTheTableIsInTheHelpAndCanBeSearched() throws {
    var explorer = try explorer(height: 120)
    explorer.type("?")
    for text in ["play, pause", "slower, faster", "spotlight", "choose a landscape", "quit"] {
      #expect(explorer.shows(text), "\(text)")
    }
    explorer.type("rot")
    #expect(explorer.shows("rotate the landscape"))
    #expect(!explorer.shows("play, pause"))
    explorer.type("Esc")
    #expect(!explorer.shows("rotate the landscape"))
  }

  @Test func quitSuspendAndRedrawAreAskedOfTheProgram() throws {
    var explorer = try explorer()
    let asked: [(Key, Effect)] = [
      (.character("q"), .quit), (.control("c"), .quit), (.control("z"), .suspend), (.control("l"), .redraw),
    ]
    for (key, wanted) in asked {
      let effect = explorer.handle(.key(key))
      #expect(effect == wanted)
    }
    for open in ["?", "L", "a", "f"] {
      explorer.type(open)
      let effect = explorer.handle(.key(.control("c")))
      #expect(effect == .quit, "\(open)")
      explorer.type("Esc")
    }
  }

  @Test func lettersInADialogAreText() throws {
    var explorer = try explorer()
    explorer.type("L qqq")
    #expect(explorer.shows("nothing matches"))
    explorer.type("Enter")
    #expect(explorer.race.experiment.landscape.id == "rotated-ravine")
  }

  @Test func appearanceKeysChangeThePictureOnly() throws {
    var explorer = try explorer()
    explorer.type("N")
    let bits = explorer.bits
    let dark = explorer.frame()
    explorer.type("T")
    #expect(explorer.frame() != dark)
    explorer.type("T G")
    #expect(explorer.appearance.glyphs == .half)
    explorer.type("H")
    #expect(!explorer.shows("─ Race"))
    #expect(explorer.bits == bits)
  }

  @Test func anAsciiLocaleStaysAscii() throws {
    var explorer = try explorer(
      appearance: Appearance(glyphs: .braille, depth: .indexed256, isUnicode: false))
    explorer.type("N G")
    #expect(explorer.shows("this locale is not UTF-8"))
    #expect(explorer.rows().allSatisfy { $0.allSatisfy(\.isASCII) })
  }
}
