import Canvas
import Scenes

/// What a lecturer is to know at a place of a lecture: where it is, what the class sees and is asked, the notes, what comes
/// next.
public struct LectureNotes: Sendable, Hashable {
  /// What a line is.
  public enum Part: String, CaseIterable, Sendable {
    /// The scene and the beat, and the title.
    case place, title
    /// What the class reads.
    case say, ask
    /// The right answer.
    case answer
    /// For the lecturer alone.
    case notes
    /// What comes with the next key.
    case next
  }

  /// A line with what it is.
  public struct Line: Sendable, Hashable {
    /// What it is.
    public var part: Part
    /// What it says, on one line.
    public var text: String

    /// A line as it is.
    public init(_ part: Part, _ text: String) {
      self.part = part
      self.text = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
  }

  /// From the top.
  public var lines: [Line]

  /// Lines as they are.
  public init(_ lines: [Line]) { self.lines = lines }

  /// Reads what `text` wrote; a line that is none is left out.
  public init(text: String) {
    lines = text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2, let part = Part(rawValue: String(parts[0])) else { return nil }
      return Line(part, String(parts[1]))
    }
  }

  /// A line each: what it is, a tab, what it says.
  public var text: String { lines.map { "\($0.part.rawValue)\t\($0.text)\n" }.joined() }
}

extension Lecture {
  /// What the lecturer is to know at this place.
  var notes: LectureNotes {
    let stage = stage
    var lines = [LectureNotes.Line(.place, place), LectureNotes.Line(.title, scene.title)]
    func add(_ part: LectureNotes.Part, _ text: String) {
      if !text.isEmpty { lines.append(LectureNotes.Line(part, text)) }
    }
    add(.say, stage.caption)
    if let question = stage.question {
      add(.ask, question.text)
      for (index, choice) in question.choices.enumerated() { add(.ask, "\(index + 1)  \(choice)") }
      if let answer = question.answer { add(.answer, "\(answer)  \(question.choices[answer - 1])") }
    }
    if beat >= 0 { add(.notes, scene.beats[beat].notes) }
    add(.notes, scene.notes)
    add(.next, nextWords)
    return LectureNotes(lines)
  }

  /// What the next key brings.
  private var nextWords: String {
    if openQuestion != nil { return "the answer" }
    var later = self
    guard later.goOn() else { return "the end" }
    guard later.sceneIndex == sceneIndex else { return "the scene \"\(later.scene.title)\"" }
    if let question = later.stage.question { return "a question: \(question.text)" }
    return scene.beats[later.beat].say ?? "the next beat"
  }
}

extension Explorer {
  /// What the lecturer is to know now; nil if this is no lecture.
  public var lectureNotes: LectureNotes? { lecture?.notes }
  /// Seconds since the lecture began.
  public var lectureTime: Double { lecture?.elapsed ?? 0 }
}
