import Canvas
import Scenes
import Testing

@testable import Explorer

/// What the lecturer sees in a second terminal.
@Suite struct LectureNotesTests {
  private func lecture() throws -> Explorer {
    let first = try SceneLibrary.scene(
      of: """
        title: One
        notes: Of the scene.
        landscape: bowl
        optimizers: [sgd]
        steps: 40
        beats:
          - say: Look.
            until: 10
            notes: Of the beat.
          - ask: What now?
            choices: [This, That]
            answer: 2
            until: 20
        """, file: "s.yaml", name: "s")
    let second = try SceneLibrary.scene(
      of: "title: Two\nlandscape: bowl\noptimizers: [sgd]\n", file: "t.yaml", name: "t")
    return Explorer(lecture: [first, second], appearance: Appearance(), width: 100, height: 30)
  }

  private func texts(_ explorer: Explorer, _ part: LectureNotes.Part) -> [String] {
    (explorer.lectureNotes?.lines ?? []).filter { $0.part == part }.map(\.text)
  }

  @Test func theyFollowTheBeats() throws {
    var explorer = try lecture()
    #expect(texts(explorer, .place) == ["scene 1/2  beat 0/2"] && texts(explorer, .title) == ["One"])
    #expect(texts(explorer, .next) == ["Look."] && texts(explorer, .notes) == ["Of the scene."])
    explorer.type("PageDown")
    #expect(
      texts(explorer, .say) == ["Look."] && texts(explorer, .notes) == ["Of the beat.", "Of the scene."])
    #expect(texts(explorer, .next) == ["a question: What now?"])
    explorer.type("PageDown PageDown")
    #expect(
      texts(explorer, .ask) == ["What now?", "1  This", "2  That"] && texts(explorer, .answer) == ["2  That"])
    #expect(texts(explorer, .next) == ["the answer"])
    explorer.type("Enter")
    #expect(texts(explorer, .next) == ["the scene \"Two\""])
    explorer.type("PageDown PageDown")
    #expect(texts(explorer, .title) == ["Two"] && texts(explorer, .next) == ["the end"])
  }

  @Test func theyAreWrittenAndReadBack() throws {
    let notes = LectureNotes([.init(.title, "a\tb\nc"), .init(.notes, "¬ äöü"), .init(.next, "the end")])
    #expect(LectureNotes(text: notes.text) == notes && notes.lines[0].text == "a b c")
    #expect(LectureNotes(text: "nonsense\ntitle\tT\nbad\tx\n").lines == [.init(.title, "T")])
  }

  @Test func thePageShowsThem() throws {
    var explorer = try lecture()
    explorer.type("PageDown")
    let page = NotesPage(notes: explorer.lectureNotes, elapsed: 75)
    let rows = page.canvas(width: 60, height: 20, Appearance()).rows
    #expect(
      rows[0].contains("scene 1/2") && rows[0].contains("1:15")
        && rows.contains { $0.contains("Of the beat.") })
    #expect(rows.contains { $0.contains("next") && $0.contains("a question") })
    #expect(
      NotesPage(notes: nil, elapsed: 0).canvas(width: 40, height: 5, Appearance()).rows[0].contains(
        "No lecture runs"))
    // However small.
    for size in [(1, 1), (9, 2), (0, 0)] {
      _ = page.canvas(width: size.0, height: size.1, Appearance(isUnicode: false))
    }
  }
}
