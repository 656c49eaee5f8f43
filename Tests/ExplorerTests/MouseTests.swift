import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

extension Explorer {
  /// Where a text stands on the frame as it is now.
  func place(of text: String, after start: (x: Int, y: Int) = (0, 0)) -> (x: Int, y: Int)? {
    let wanted = Array(text)
    for (y, row) in rows().enumerated() where y >= start.y {
      let cells = Array(row)
      guard cells.count >= wanted.count else { continue }
      for x in (y == start.y ? start.x : 0)...max(0, cells.count - wanted.count)
      where Array(cells[x..<min(cells.count, x + wanted.count)]) == wanted { return (x, y) }
    }
    return nil
  }

  /// A mouse event on the frame as it is now, as a person sees it.
  @discardableResult
  mutating func mouse(_ kind: Mouse.Kind, _ x: Int, _ y: Int) -> Effect? {
    _ = frame()
    return handle(.mouse(Mouse(kind, x: x, y: y)))
  }

  /// A click on the first cell of a text, or on one further on.
  @discardableResult
  mutating func click(_ text: String, plus columns: Int = 0) throws -> Effect? {
    let found = try #require(place(of: text), "'\(text)' is not on the screen")
    let effect = mouse(.press, found.x + columns, found.y)
    mouse(.release, found.x + columns, found.y)
    return effect
  }
}

/// What keys do, the mouse does too.
@Suite struct MouseTests {
  /// For every key of the table: through the help, where a click on a key is the key. The digits of entries are clicked in
  /// the race.
  @Test func everyKeyHasAWayForTheMouse() throws {
    for binding in KeyMap.bindings {
      for stroke in binding.strokes {
        if case .switchEntry(let index) = stroke.action, index > 0, index < 8 { continue }
        var typed = try explorer(width: 100, height: 28)
        typed.type("N Right")
        var clicked = typed
        let effect = typed.handle(.key(stroke.key))

        try clicked.click(" ?  keys", plus: 1)
        clicked.handle(.paste(binding.does.split(separator: " ").prefix(3).joined(separator: " ")))
        // The frame of the dialog and the keys, so that nothing else on the screen is taken for them.
        let shown = "│ \(Text.padded(binding.shown, to: clicked.helpScreen.keyColumns))"
        let place = try #require(clicked.place(of: shown), "\(binding.shown) is in the help")
        let words = binding.shown.split(separator: " ", omittingEmptySubsequences: false)
        let word = try #require(
          words.firstIndex { $0 == stroke.key.name }, "\(stroke.key.name) is to be clicked")
        let column = words[..<word].reduce(2) { $0 + Text.width(of: $1) + 1 }
        let asked = clicked.mouse(.press, place.x + column, place.y)
        #expect(asked == effect, "\(stroke.key.name)")
        // What a view has computed by its first frame is a matter of how busy the machine is.
        typed.finishWork()
        clicked.finishWork()
        #expect(clicked.rows() == typed.rows(), "\(stroke.key.name)")
        #expect(clicked.race.experiment == typed.race.experiment, "\(stroke.key.name)")
      }
    }
  }

  @Test func theKeysOfTheOpenViewAreClickedInTheHelpToo() throws {
    for view in Views.all {
      var explorer = try explorer()
      guard explorer.obstacle(to: view.name) == nil else { continue }
      if view.name != .contour { explorer.open(view.name) }
      let table = view.keyTable
      for binding in table {
        #expect(!binding.keys.isEmpty, "\(binding.shown) in \(view.name)")
        // A cursor that arrows move goes where the picture is clicked.
        if binding.shown == "arrows" { continue }
        #expect(
          binding.shown.split(separator: " ").contains { binding.key(named: $0) != nil },
          "no word of '\(binding.shown)' in \(view.name) is a key")
      }
    }
  }

  @Test func theHintsAreButtons() throws {
    var explorer = try explorer(width: 200)
    try explorer.click(" n p  step", plus: 1)
    #expect(explorer.race.step == 1)
    try explorer.click(" n p  step", plus: 6)
    #expect(explorer.race.step == 2)
    try explorer.click(" n p  step", plus: 3)
    #expect(explorer.race.step == 1)
    try explorer.click(" space  play", plus: 9)
    #expect(explorer.isPlaying)
    try explorer.click(" space  pause", plus: 2)
    #expect(!explorer.isPlaying)
    try explorer.click(" tab  next", plus: 1)
    #expect(explorer.selectedEntry == 1)
    let effect = try explorer.click("  quit", plus: 2)
    #expect(effect == .quit)
  }

  @Test func asciiHintsAreButtonsOfTheSameKeys() throws {
    var explorer = try explorer(
      width: 160, appearance: Appearance(glyphs: .ascii, depth: .none, isUnicode: false))
    explorer.type("Down")
    try explorer.click("up down", plus: 0)
    #expect(explorer.selectedKnob == 0)
    try explorer.click("up down", plus: 4)
    #expect(explorer.selectedKnob == 1)
  }

  @Test(arguments: [(120, 36), (80, 24), (40, 12)])
  func theRaceSelectsAndItsDigitsSwitch(width: Int, height: Int) throws {
    var explorer = try explorer(width: width, height: height)
    let label = explorer.race.experiment.entries[2].label
    let digit = try #require(
      explorer.place(of: width >= 80 ? "3 \(label)" : "3 ", after: (0, 1)), "the entry is on the screen")
    explorer.mouse(.press, digit.x, digit.y)
    #expect(!explorer.race.experiment.entries[2].isOn)
    #expect(explorer.selectedEntry == 0)
    explorer.mouse(.press, digit.x, digit.y)
    #expect(explorer.race.experiment.entries[2].isOn)
    if width >= 80 {
      try explorer.click("3 \(label)", plus: 3)
      #expect(explorer.selectedEntry == 2)
    }
    explorer.mouse(.wheelDown, digit.x + 1, digit.y)
    #expect(explorer.selectedEntry == (width >= 80 ? 3 : 1))
  }

  @Test func aWordUnderAnEntrySelectsItToo() throws {
    var explorer = try explorer()
    explorer.type("N")
    let words = explorer.context.words(of: 3, width: 30)
    let row = try #require(explorer.place(of: "4 \(explorer.race.experiment.entries[3].label)"))
    let place = try #require(explorer.place(of: String(words.prefix(8)), after: (0, row.y)))
    explorer.mouse(.press, place.x, place.y)
    #expect(explorer.selectedEntry == 3)
  }

  @Test func knobsAreTurnedByTheWheelAndDragged() throws {
    var explorer = try explorer()
    let before = try #require(explorer.race.experiment.entries[0].spec.setting("lr"))
    let knob = try #require(explorer.place(of: "learning rate", after: (0, 1)))
    explorer.mouse(.wheelUp, knob.x, knob.y)
    let turned = try #require(explorer.race.experiment.entries[0].spec.setting("lr"))
    #expect(turned > before)
    explorer.type("u")
    // A click on the name selects and turns nothing.
    let condition = try #require(explorer.place(of: "condition"))
    explorer.mouse(.press, condition.x, condition.y)
    #expect(explorer.selectedKnob == explorer.knobs.firstIndex { $0.knob.key == "kappa" })
    #expect(explorer.race.experiment.landscape.constant("kappa")?.value == 30)

    // The slider is held: past its ends the knob stays at its own, and what lies there is not touched.
    let slider = try #require(explorer.place(of: "━", after: (condition.x, condition.y)))
    let start = explorer.race.experiment.starts
    explorer.mouse(.press, slider.x, slider.y)
    explorer.mouse(.drag, slider.x - 60, slider.y - 10)
    #expect(explorer.race.experiment.landscape.constant("kappa")?.value == 1)
    explorer.mouse(.drag, 119, slider.y - 10)
    #expect(explorer.race.experiment.landscape.constant("kappa")?.value == 1000)
    explorer.mouse(.release, 3, 3)
    #expect(explorer.race.experiment.starts == start)
    // One drag is one thing to undo.
    explorer.type("u")
    #expect(explorer.race.experiment.landscape.constant("kappa")?.value == 30)
    #expect(explorer.shows("undone"))
  }

  @Test func aDraggedKnobRestsOnRoundNumbers() throws {
    var explorer = try explorer()
    let slider = try #require(explorer.place(of: "━", after: (0, 20)))
    for offset in 1..<7 {
      explorer.mouse(.press, slider.x + offset, slider.y)
      explorer.mouse(.release, slider.x + offset, slider.y)
      let value = try #require(explorer.race.experiment.entries[0].spec.setting("lr"))
      #expect(NumberText.exact(value).filter { $0.isNumber && $0 != "0" }.count <= 3, "\(value)")
      // What was clicked is where the ball then stands.
      let ball = try #require(explorer.place(of: "●", after: (slider.x, slider.y)))
      #expect(ball.y == slider.y && abs(ball.x - slider.x - offset) <= 1)
    }
  }

  @Test func onANarrowScreenTheKnobStripDoesTheSame() throws {
    var explorer = try explorer(width: 80, height: 24)
    try explorer.click("η learning", plus: 3)
    #expect(explorer.selectedKnob == 1)
    let slider = try #require(
      explorer.place(of: "━", after: (0, 18)) ?? explorer.place(of: "●", after: (0, 18)))
    explorer.mouse(.press, slider.x + 5, slider.y)
    #expect(explorer.race.experiment.entries[0].spec != (try scene("ravine")).experiment.entries[0].spec)
  }

  @Test func theHeaderPlaysStepsAndTurnsTheSpeed() throws {
    var explorer = try explorer()
    try explorer.click("paused")
    #expect(explorer.isPlaying)
    let speed = try #require(explorer.place(of: "▶"))
    explorer.mouse(.wheelUp, speed.x, speed.y)
    #expect(explorer.speed == 20)
    explorer.mouse(.wheelDown, speed.x, speed.y)
    #expect(explorer.speed == 10)
    try explorer.click("▶")
    #expect(!explorer.isPlaying)
    let step = try #require(explorer.place(of: "step 0"))
    explorer.mouse(.wheelDown, step.x, step.y)
    #expect(explorer.race.step == 1)
    try explorer.click("step 1")
    explorer.type("42 Enter")
    #expect(explorer.race.step == 42)
    try explorer.click("Can one learning rate")
    #expect(explorer.shows("─ Landscapes"))
  }

  @Test func listsSelectThenTake() throws {
    var explorer = try explorer()
    explorer.type("L")
    try explorer.click("Rosenbrock")
    #expect(explorer.shows("▸ Rosenbrock"))
    #expect(explorer.race.experiment.landscape.id == "rotated-ravine")
    try explorer.click("Rosenbrock")
    #expect(explorer.race.experiment.landscape.id == "rosenbrock")
    // A second click on the same cell takes what the first one selected: the rows stay where they are.
    explorer.type("L")
    explorer.mouse(.press, 40, 25)
    guard case .landscape(let selected)? = (explorer.dialog as? PickList)?.choice?.answer else {
      Issue.record("a landscape is selected")
      return
    }
    explorer.mouse(.press, 40, 25)
    #expect(explorer.race.experiment.landscape.id == selected)
    // The wheel goes through, a click beside leaves.
    explorer.type("a")
    explorer.mouse(.wheelDown, 40, 12)
    #expect(explorer.shows("2 of"))
    explorer.mouse(.press, 0, 0)
    #expect(explorer.dialogIsClosed)
    #expect(!explorer.isPlaying && explorer.race.step == 0)
    explorer.type("L")
    try explorer.click("Esc leaves")
    #expect(explorer.dialogIsClosed)
  }

  @Test func linesToTypeHaveTheirCursorUnderTheMouse() throws {
    var explorer = try explorer()
    explorer.type("f")
    explorer.handle(.key(.control("u")))
    explorer.type("x^2+y^2")
    try explorer.click("x^2+y^2", plus: 3)
    explorer.type("*3")
    #expect(explorer.shows("x^2*3+y^2"))
    try explorer.click("x^2*3+y^2", plus: 30)
    explorer.type("+1")
    try explorer.click("Enter draws it")
    #expect(explorer.race.experiment.landscape.formula?.text == "x^2*3+y^2+1")
    explorer.type(":")
    explorer.type("seedd")
    try explorer.click("seedd", plus: 4)
    explorer.type("Delete")
    #expect(explorer.shows(": seed "))
  }

  @Test func whatADialogCoversIsNotHit() throws {
    var explorer = try explorer()
    let knob = try #require(explorer.place(of: "learning rate", after: (0, 1)))
    let plot = explorer.plotArea
    for keys in ["?", "L", "a", "f", ":"] {
      explorer.type(keys)
      let before = explorer.race.experiment
      for kind in [Mouse.Kind.wheelUp, .wheelDown, .drag, .rightPress, .otherDrag, .release, .move] {
        explorer.mouse(kind, plot.x + plot.width / 2, plot.y + plot.height / 2)
        explorer.mouse(kind, knob.x, knob.y)
      }
      // Before the dialog is painted nothing is hit at all.
      #expect(explorer.race.experiment == before, "\(keys)")
      #expect(!explorer.dialogIsClosed, "\(keys)")
      explorer.type("Esc")
    }
    explorer.type("?")
    var fresh = explorer
    fresh.hits = HitMap()
    fresh.handle(.mouse(Mouse(.press, x: plot.x + 5, y: plot.y + 5)))
    #expect(fresh.race.experiment == explorer.race.experiment && fresh.dialog != nil)
  }

  @Test func theOtherButtonsPan() throws {
    for button in [Mouse.Kind.rightPress, .middlePress] {
      var explorer = try explorer()
      let before = explorer.window
      let starts = explorer.race.experiment.starts
      let plot = explorer.plotArea
      explorer.mouse(button, plot.x + 20, plot.y + 10)
      explorer.mouse(.otherDrag, plot.x + 30, plot.y + 12)
      let shown = explorer.layout.area.shown(before)
      // Ten columns and two rows: what was under the mouse still is.
      #expect(
        abs(explorer.window.x.lowerBound - before.x.lowerBound + 10 * shown.width / Double(plot.width)) < 1e-9
      )
      #expect(
        abs(explorer.window.y.lowerBound - before.y.lowerBound - 2 * shown.height / Double(plot.height))
          < 1e-9)
      explorer.mouse(.otherDrag, plot.x + 25, plot.y + 10)
      explorer.mouse(.release, plot.x + 25, plot.y + 10)
      #expect(explorer.race.step == 0 && explorer.race.experiment.starts == starts)
      explorer.type("u")
      #expect(explorer.window == before)
    }
  }

  @Test func aDragThatBeganElsewhereMovesNoStart() throws {
    var explorer = try explorer()
    let plot = explorer.plotArea
    let start = explorer.race.experiment.starts
    explorer.mouse(.press, 2, 34)
    explorer.mouse(.drag, plot.x + 10, plot.y + 5)
    #expect(explorer.race.experiment.starts == start)
    explorer.mouse(.release, plot.x + 10, plot.y + 5)
    explorer.mouse(.press, plot.x + 10, plot.y + 5)
    explorer.mouse(.drag, plot.x + 12, plot.y + 5)
    let moved = explorer.race.experiment.starts
    #expect(moved != start)
    // Out of the plot it stays where it was.
    explorer.mouse(.drag, 119, 20)
    #expect(explorer.race.experiment.starts == moved)
    explorer.mouse(.release, 119, 20)
    explorer.type("u")
    #expect(explorer.race.experiment.starts == start)
  }

  @Test func playingWhileAKnobIsDraggedKeepsStepping() throws {
    var explorer = try explorer()
    explorer.type("space")
    explorer.advance(by: 0.5)
    let slider = try #require(explorer.place(of: "━", after: (0, 20)))
    explorer.mouse(.press, slider.x + 4, slider.y)
    let step = explorer.race.step
    explorer.advance(by: 0.5)
    explorer.mouse(.drag, slider.x + 5, slider.y)
    #expect(explorer.isPlaying && explorer.race.step == step + 5)
    #expect(explorer.race.experiment.changes.count == 2)
  }
}
