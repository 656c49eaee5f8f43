public import Canvas
import Experiments
import OptimizerCore

/// The page of a second terminal that follows a lecture.
public struct NotesPage: Sendable {
  /// What is to be known; nil while no lecture runs.
  public var notes: LectureNotes?
  /// Minutes and seconds of the lecture.
  public var elapsed: Double

  /// A page.
  public init(notes: LectureNotes?, elapsed: Double) {
    self.notes = notes
    self.elapsed = elapsed
  }

  /// The page on a screen of a size.
  public func canvas(width: Int, height: Int, _ appearance: Appearance) -> Canvas {
    let look = Look(appearance)
    var canvas = Canvas(width: width, height: height)
    canvas.fill(Rect(x: 0, y: 0, width: width, height: height), .space, look.text)
    guard let notes else {
      let words = "No lecture runs: `descent present` in another terminal begins one. q leaves."
      for (row, line) in Text.wrapped(words, to: max(8, width - 2)).enumerated() {
        canvas.text(line, x: 1, y: row, style: look.muted)
      }
      return canvas
    }
    var row = 0
    var last: LectureNotes.Part?
    for line in notes.lines {
      // What belongs together stands together.
      if let last, last != line.part, !(last == .place && line.part == .title) { row += 1 }
      let label = NotesPage.label(of: line.part)
      let indent = label.isEmpty ? 0 : 8
      canvas.text(last == line.part ? "" : label, x: 1, y: row, style: look.muted)
      for part in Text.wrapped(Text.sanitised(line.text), to: max(8, width - 2 - indent)) {
        canvas.text(part, x: 1 + indent, y: row, style: NotesPage.style(of: line.part, look))
        row += 1
      }
      last = line.part
    }
    let seconds = Int(clamped: elapsed)
    let time = "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    canvas.text(rightAligned: time, right: width - 1, y: 0, style: look.strong.bold)
    return canvas
  }

  private static func label(of part: LectureNotes.Part) -> String {
    switch part {
    case .place, .title: ""
    case .say: "says"
    case .ask: "asks"
    case .answer: "answer"
    case .notes: "notes"
    case .next: "next"
    }
  }

  private static func style(of part: LectureNotes.Part, _ look: Look) -> Style {
    switch part {
    case .place: look.muted
    case .title: look.strong.bold
    case .say, .ask: look.caption
    case .answer: look.good
    case .notes: look.text
    case .next: look.accent
    }
  }
}
