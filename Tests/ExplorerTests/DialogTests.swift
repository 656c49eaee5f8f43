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

  @Test func aListAnswersWithWhatIsChosen() throws {
    let list = PickList.landscapes(selected: "ravine")
    guard case .landscape(let same)? = try answer(list, to: [.enter]) else {
      Issue.record("a landscape is the answer")
      return
    }
    #expect(same.id == "ravine")
    guard case .landscape(let found)? = try answer(list, to: typed("rosenbrock") + [.enter]) else {
      Issue.record("a landscape is the answer")
      return
    }
    #expect(found.id == "rosenbrock")
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
