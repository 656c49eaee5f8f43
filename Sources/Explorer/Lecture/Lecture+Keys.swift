import Canvas
import Scenes

extension Lecture {
  /// The keys of the lecture as it stands: what an open question waits for comes first.
  var bindings: [Binding] {
    var bindings = Lecture.keys
    guard let question = openQuestion else { return bindings }
    for index in bindings.indices {
      if bindings[index].keys == [.enter] { bindings[index].hint = (-3000, "Enter", "reveal") }
      if bindings[index].keys.count == 9, !question.choices.isEmpty {
        bindings[index].hint = (-2999, "1…\(question.choices.count)", "answer")
      }
    }
    return bindings
  }

  /// The keys of a lecture, as the help prints them. They come before all others.
  private static let keys: [Binding] = [
    Binding(
      .lecture, "PageDown / PageUp",
      "next, previous beat; an open question is answered first, what plays is finished",
      hint: (-2000, "PgDn", "next"), keys: [.pageDown, .pageUp], []),
    Binding(.lecture, "Enter", "reveal the answer, then run", keys: [.enter], []),
    Binding(
      .lecture, "1 … 9", "answer while a question is open",
      keys: (1...9).map { .character(Character("\($0)")) }, []),
    Binding(
      .lecture, "H", "knobs, replay line and keys, or the lecture's screen", keys: [.character("H")], []),
    Binding(.lecture, "b .", "black screen, and back", keys: [.character("b"), .character(".")], []),
    Binding(
      .lecture, "J", "jump to a scene or a beat", hint: (-1999, "J", "jump"), keys: [.character("J")], []),
    Binding(
      .lecture, "Backspace", "back to the beat, whatever was explored", hint: (-1998, "Backspace", "back"),
      keys: [.backspace], []),
    Binding(.lecture, "q", "end the lecture: asks once", keys: [.character("q")], []),
  ]
}
