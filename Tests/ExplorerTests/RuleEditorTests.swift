import Canvas
import Experiments
@testable import Explorer
import OptimizerCore
import Scenes
import Testing

/// The rule of an entry as text: opened, changed, taken back, added.
@Suite struct RuleEditorTests {
  private let heavy = "heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v"

  private func editor(_ text: String) throws -> RuleEditor { RuleEditor(try TypedRule(text), title: "Rule") }

  private func edited(_ text: String, _ keys: [Key]) throws -> (editor: RuleEditor, answer: DialogAnswer?) {
    let context = try explorer().context
    var editor = try editor(text)
    var answer: DialogAnswer?
    for key in keys { answer = editor.handle(key, context) }
    return (editor, answer)
  }

  @Test func linesAreEditedAndTakenBack() throws {
    var block = TextBlock("ab\ncd")
    func keys(_ keys: Key...) { for key in keys { block.edit(with: key) } }
    keys(.end, .character("x"), .character("y"))
    #expect(block.text == "abxy\ncd")
    keys(.right, .backspace)
    #expect(block.text == "abxycd" && block.row == 0 && block.column == 4)
    keys(.control("n"))
    #expect(block.text == "abxy\ncd" && block.row == 1 && block.column == 0)
    keys(.control("u"), .control("u"))
    #expect(block.text == "abxy\ncd", "the line end is back")
    keys(.control("u"))
    #expect(block.text == "ab\ncd", "two letters typed are one change")
    keys(.control("u"))
    #expect(block.text == "ab\ncd", "nothing more to take back")
    keys(.control("r"), .control("r"), .control("r"))
    #expect(block.text == "abxy\ncd")
    keys(.pageUp, .control("k"))
    #expect(block.text == "cd")
    keys(.control("k"), .control("k"))
    #expect(block.text.isEmpty && block.row == 0)
    block.insert("p\nq")
    #expect(block.text == "p\nq" && block.row == 1 && block.column == 1)
    keys(.up, .home, .delete, .delete)
    #expect(block.text == "q")
    block.moveCursor(row: 9, column: 9)
    #expect(block.row == 0 && block.column == 1)
  }

  @Test func enterAnswersWithTheTextUnlessItIsWrong() throws {
    let whole = try edited(heavy, [.down, .down, .end, .character("*"), .enter])
    #expect(whole.answer == nil, "what is wrong is not added")
    let (_, answer) = try edited(heavy, [.down, .down, .end, .character("*"), .character("2"), .enter])
    guard case .rule(let text, let origin)? = answer else {
      Issue.record("a rule is the answer")
      return
    }
    #expect(text == "heavy(lr=0.01, beta=0.9):\n  v := 0\n  v = beta*v + g*2\n  x = x - lr*v")
    #expect(origin.text == heavy)
  }

  @Test func aFaultStandsUnderItsLine() throws {
    var explorer = try explorer("ravine", ["adam:lr=0.1", "sgd"])
    explorer.type("E")
    let rows = explorer.rows()
    #expect(rows.contains { $0.contains("The rule of Adam") })
    #expect(rows.contains { $0.contains("v = beta2*v + (1 - beta2)*g*g") })
    explorer.type("Down Down Down Down Down Down End")
    explorer.handle(.key(.character("q")))
    let wrong = explorer.rows()
    let place = try #require(wrong.firstIndex { $0.contains("beta2)*g*gq") || $0.contains("*gq") })
    #expect(wrong[place + 1].contains("^ unknown name 'gq'"), "\(wrong[place + 1])")
    #expect(wrong.contains { $0.contains("line 7: unknown name 'gq'") }, "whole, below")
    explorer.type("Up Up Up Up Up Up Home")
    explorer.handle(.key(.enter))
    let block = (explorer.dialog as? RuleEditor)?.block
    #expect(block?.row == 6 && block?.column ?? 0 > 0, "it stays, and the cursor is at what is wrong")
    explorer.type("Esc")
    #expect(!explorer.rows().contains { $0.contains("unknown name") })
  }

  @Test func anEditedRuleJoinsTheRace() throws {
    var explorer = try explorer("ravine", ["adam:lr=0.1", "sgd"], steps: 20)
    explorer.type("E")
    // The line of m, cut: m stays 0, so x would not move; its use is replaced instead.
    explorer.handle(.key(.pageDown))
    for _ in 0..<3 { explorer.handle(.key(.backspace)) }
    explorer.handle(.paste("  x = x - lr*g\n"))
    explorer.type("Enter")
    let entries = explorer.race.experiment.entries
    #expect(entries.count == 2, "what is wrong is not added")
    explorer.type("Esc")

    explorer.type("E")
    explorer.handle(.key(.pageDown))
    explorer.handle(.paste("\n  x = x - 0.5*lr*m"))
    explorer.type("Enter")
    let added = explorer.race.experiment.entries
    #expect(added.count == 3 && explorer.race.experiment.rules.count == 1)
    let entry = try #require(added.last)
    #expect(entry.name == "my-adam" && entry.label == "my-adam ±x", "\(entry.label)")
    #expect(entry.spec.description == "my-adam:lr=0.1", "its knobs are as they were")
    #expect(explorer.race.runs[2].step == 20, "it catches up")
    #expect(explorer.rows().contains { $0.contains("my-adam ±x") })
    #expect(explorer.race.experiment.replayLine(steps: 20).contains("--rule 'my-adam("))

    // The edited one, edited again, gets a name of its own; undo takes it back.
    explorer.type("E")
    explorer.handle(.key(.pageDown))
    explorer.handle(.paste("\n  x = x - 0.5*lr*m"))
    explorer.type("Enter")
    #expect(explorer.race.experiment.entries.last?.name == "my-adam2")
    #expect(explorer.race.experiment.rules.map(\.name) == ["my-adam", "my-adam2"])
    explorer.type("u")
    #expect(explorer.race.experiment.entries.count == 3)
  }

  @Test func whatHasNoTextSaysWhy() throws {
    var explorer = try explorer("ravine", ["newton", "lookahead(newton)", "coordinates(sgd)"])
    explorer.type("E")
    #expect(explorer.rows().contains { $0.contains("newton has no text") })
    explorer.type("Tab E")
    #expect(explorer.rows().contains { $0.contains("newton has no text") })
    explorer.type("Tab E")
    #expect(explorer.rows().contains { $0.contains("coordinates has no text: what it does") })
    var empty = try ExplorerTests.explorer("ravine", [])
    empty.type("E")
    #expect(empty.rows().contains { $0.contains("there is no entry yet") })
  }

  /// A wrapper's lines stand around its base's, and its knobs are as they were.
  @Test func aWrapperIsOpened() throws {
    var explorer = try explorer("ravine", ["lookahead(sgd:lr=0.03):k=3"])
    explorer.type("E")
    #expect(explorer.rows().contains { $0.contains("my-lookahead-sgd(k=5 from 1 to 1000 log whole") })
    #expect(explorer.rows().contains { $0.contains("due = k <= since") })
    explorer.type("Enter")
    let entry = try #require(explorer.race.experiment.entries.last)
    #expect(entry.spec.description == "my-lookahead-sgd:k=3,lr=0.03")
    explorer.race.seek(to: 50)
    #expect(explorer.race.runs[0].point == explorer.race.runs[1].point)
    #expect(entry.label == "my-lookahead-sgd")
  }

  @Test func blindModeTellsNoRule() throws {
    var explorer = try explorer("ravine", ["adam:lr=0.1", "sgd"])
    explorer.type("B E")
    #expect(!explorer.rows().contains { $0.contains("beta2") })
  }

  @Test func theWordRuleAddsOne() throws {
    var explorer = try explorer("ravine", ["sgd"])
    explorer.handle(.key(.character(":")))
    explorer.handle(.paste("rule \(heavy)"))
    explorer.type("Enter")
    #expect(explorer.race.experiment.entries.map(\.name) == ["sgd", "heavy"])
    explorer.handle(.key(.character(":")))
    explorer.handle(.paste("optimizer heavy:lr=0.03"))
    explorer.type("Enter")
    #expect(explorer.race.experiment.entries.last?.spec.description == "heavy:lr=0.03")
    explorer.handle(.key(.character("a")))
    #expect(explorer.rows().contains { $0.contains("a rule that was typed") })
  }
}
