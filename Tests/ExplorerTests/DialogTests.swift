import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// Dialogs as values: keys in, an answer out.
@Suite struct DialogTests {
  private func answer(_ dialog: any Dialog, to keys: [Key]) throws -> DialogAnswer? {
    let context = try explorer().context
    var dialog = dialog
    for key in keys.dropLast() { #expect(dialog.handle(key, context) == nil) }
    let last = try #require(keys.last)
    return dialog.handle(last, context)
  }

  private func typed(_ text: String) -> [Key] { text.map { .character($0) } }

  @Test func nothingIsTornBesideADialog() throws {
    for (width, height) in [(80, 24), (120, 36), (200, 60)] {
      for key in ["L", "a", "f", "i", "?"] {
        var explorer = try explorer("ravine", width: width, height: height)
        explorer.seek(to: 6)
        let before = explorer.frame()
        explorer.type(key)
        let after = explorer.frame()
        // A word is whole, or not there: what is left of a run of text has kept both of its neighbours.
        for y in 0..<height {
          let row = (0..<width).map { after[$0, y].glyph }
          guard let left = row.firstIndex(where: { $0 == "┌" || $0 == "│" }),
            let right = row.lastIndex(where: { $0 == "┐" || $0 == "│" }), right > left + 20
          else { continue }
          for (beside, step) in [(left - 1, 1), (right + 1, -1)]
          where (0..<width).contains(beside) && after[beside, y].glyph.isText {
            for covered in [beside + step, beside + 2 * step] {
              #expect(!before[covered, y].glyph.isText, "\(key) \(width)x\(height) row \(y)")
            }
          }
        }
      }
    }
  }

  @Test func theSelectedLandscapeIsPreviewedAndDescribed() throws {
    for word in ["himmelblau", "rosenbrock"] {
      var explorer = try explorer("ravine", width: 120, height: 36)
      explorer.type("L")
      for character in word { explorer.handle(.key(.character(character))) }
      let landscape = try #require(LandscapeCatalog.named(word))
      let words = Text.wrapped(landscape.watch, to: explorer.layout.dialogInside.width)
      #expect(words.allSatisfy { explorer.shows($0) }, "\(word)")
      let frame = explorer.frame()
      // Its minima are marked on the small picture.
      let marks = (0..<36).reduce(0) { sum, y in
        sum + (60..<112).count { frame[$0, y].glyph == "+" }
      }
      #expect(marks == landscape.minima.count, "\(word)")
    }
  }

  @Test func aListAnswersWithWhatIsChosen() throws {
    let list = PickList.landscapes(selected: "ravine")
    guard case .landscape(let same)? = try answer(list, to: [.enter]) else {
      Issue.record("a landscape is the answer")
      return
    }
    #expect(same == "ravine")
    guard case .landscape(let found)? = try answer(list, to: typed("rosenbrock") + [.enter]) else {
      Issue.record("a landscape is the answer")
      return
    }
    #expect(found == "rosenbrock")
    guard case .note(let words)? = try answer(list, to: typed("qqq") + [.enter]) else {
      Issue.record("that nothing matches is said")
      return
    }
    #expect(words == "no landscape matches 'qqq'")
  }

  @Test func whatCannotBeChosenStaysOpen() throws {
    let wrapper = try #require(OptimizerRegistry.all.first { $0.isWrapper })
    let landscape = try #require(LandscapeCatalog.named("bowl"))
    let list = PickList.optimizers(on: landscape, over: nil)
    #expect(try answer(list, to: typed(wrapper.about.name) + [.enter]) == nil)

    let base = try OptimizerSpec("sgd:lr=0.1")
    let over = PickList.optimizers(on: landscape, over: base)
    guard case .optimizer(let spec)? = try answer(over, to: typed(wrapper.about.name + " over") + [.enter])
    else {
      Issue.record("the wrapper is the answer")
      return
    }
    #expect(try OptimizerSpec(spec).base == base)
  }

  @Test func aSpecIsTakenAsItIsTyped() throws {
    let landscape = try #require(LandscapeCatalog.named("bowl"))
    let list = PickList.optimizers(on: landscape, over: nil)
    guard case .optimizer(let text)? = try answer(list, to: typed("adam:lr=0.5") + [.enter]) else {
      Issue.record("what is typed is the answer")
      return
    }
    #expect(text == "adam:lr=0.5")
  }

  @Test(arguments: [("a.svg", "a.svg", false), ("a.svg!", "a.svg", true)])
  func aFileIsOverwrittenOnlyWithAnExclamationMark(text: String, path: String, isForced: Bool) throws {
    guard case .export(path, isForced)? = try answer(Prompt.export(text), to: [.enter]) else {
      Issue.record("'\(text)' is a file to write")
      return
    }
  }

  @Test(arguments: ["", "!"]) func aFileHasAName(text: String) throws {
    guard case .note(let words)? = try answer(Prompt.export(text), to: [.enter]) else {
      Issue.record("nothing is written")
      return
    }
    #expect(words == "nothing was written: the file had no name")
  }

  // MARK: A line that comes filled

  /// What is typed over a selection replaces it; any other key keeps the text for editing.
  @Test(
    arguments: [
      ([.character("y")], "y"),
      ([.character("y"), .character("z")], "yz"),
      ([.left, .character("y")], "yabc"),
      ([.right, .character("y")], "abcy"),
      ([.home, .character("y")], "yabc"),
      ([.end, .character("y")], "abcy"),
      ([.control("a"), .character("y")], "yabc"),
      ([.control("e"), .character("y")], "abcy"),
      ([.backspace], "ab"),
      ([.backspace, .character("y")], "aby"),
      ([.delete, .character("y")], "abcy"),
      ([.control("u"), .character("y")], "y"),
      // A key that means nothing in a line leaves the selection as it is.
      ([.up, .character("y")], "y"),
      ([.left, .right, .right, .backspace], "ac"),
    ] as [([Key], String)])
  func aSelectedTextMakesWayForWhatIsTyped(keys: [Key], text: String) {
    var line = TextLine(selected: "abc")
    #expect(line.isSelected)
    for key in keys { line.edit(with: key) }
    #expect(line.text == text)
  }

  @Test func aSelectedTextMakesWayForWhatIsPastedAndStaysForAClick() {
    var pasted = TextLine(selected: "abc")
    pasted.insert("x + y")
    pasted.insert("^2")
    #expect(pasted.text == "x + y^2")

    var clicked = TextLine(selected: "abc")
    clicked.moveCursor(to: 1)
    clicked.insert("y")
    #expect(clicked.text == "aybc")
    #expect(!TextLine(selected: "").isSelected)
  }

  /// `f` asks for another formula, and shows the one that is there.
  @Test func theFormulaThatIsThereIsSelected() throws {
    var typed = try explorer("ravine", ["sgd"])
    typed.type("f")
    #expect(typed.shows("f(x, y) = 0.5*(kappa*x^2 + y^2)"))
    typed.handle(.paste("(1-x)^2 + 100*(y - x^2)^2"))
    typed.type("Enter")
    #expect(typed.race.experiment.landscape.formula?.text == "(1-x)^2 + 100*(y - x^2)^2")

    var edited = try explorer("ravine", ["sgd"])
    edited.type("f End +x^4 Enter")
    #expect(edited.race.experiment.landscape.formula?.text == "0.5*(kappa*x^2 + y^2)+x^4")
  }

  /// What the header shows of a formula can be typed; its constants stay knobs by their symbols.
  @Test func whatTheScreenShowsIsTakenAsAFormula() throws {
    for id in ["ravine", "rotated-ravine"] {
      var explorer = try explorer(id, ["sgd"])
      let before = explorer.race.experiment.landscape
      explorer.type("f")
      explorer.handle(.paste(before.display))
      explorer.type("Enter")
      let after = explorer.race.experiment.landscape
      #expect(after.id == "formula" && after.display == before.display)
      #expect(after.constants == before.constants)
      #expect(after.value(at: Point(0.3, -0.7)) == before.value(at: Point(0.3, -0.7)))
    }
  }

  /// A selection is seen, and it is all that is reversed: the cursor comes with the first key.
  @Test(arguments: [ColourDepth.direct, .none]) func aSelectionIsDrawn(depth: ColourDepth) throws {
    var explorer = try explorer("ravine", ["sgd"], appearance: Appearance(depth: depth))
    func reversed() -> String {
      let canvas = explorer.frame()
      var text = ""
      for y in 0..<canvas.height {
        for x in 0..<canvas.width where canvas[x, y].style.attributes.contains(.reverse) {
          if canvas.rows[y].contains("f(x, y) = ") {
            text += String(String.UnicodeScalarView(canvas[x, y].glyph.scalars))
          }
        }
      }
      return text
    }
    explorer.type("f")
    #expect(reversed() == "0.5*(kappa*x^2 + y^2)")
    explorer.type("Home")
    #expect(reversed() == "0")
  }

  /// The mark behind a file's name is no other name.
  @Test func theExclamationMarkKeepsTheNameThatIsThere() throws {
    guard case .export("a.svg", true)? = try answer(Prompt.export("a.svg"), to: typed("!") + [.enter]) else {
      Issue.record("the file that was offered is overwritten")
      return
    }
    guard case .export("b.txt", true)? = try answer(Prompt.export("a.svg"), to: typed("b.txt!") + [.enter])
    else {
      Issue.record("another file is overwritten")
      return
    }
  }

  @Test func whatIsRefusedIsShownWhereItIs() throws {
    var explorer = try explorer()
    explorer.type("f")
    explorer.handle(.key(.control("u")))
    explorer.type("x+*y Enter")
    let error = try #require(explorer.dialog?.line.error)
    #expect(error.column == 3)
    #expect(explorer.race.experiment == explorer.scene.experiment)

    explorer.type("Esc a adam:lr=fast Enter")
    #expect(!explorer.dialogIsClosed)
    #expect(explorer.shows("lr"))
    #expect(explorer.race.experiment == explorer.scene.experiment)
  }

  /// The event log leads to what lies ahead of the playhead too.
  @Test func theLogLeadsAhead() throws {
    var explorer = try explorer()
    explorer.seek(to: 400)
    explorer.seek(to: 0)
    let list = PickList.log(of: explorer.race)
    let ahead = try #require(list.items.first { $0.isFaint })
    #expect(ahead.obstacle == nil)
    #expect(ahead.detail.hasSuffix("ahead of the playhead"))
  }
}
