import Canvas
import Scenes

/// What is said to the class: the caption, the question with its choices, the answer once it is revealed.
struct LectureCaption {
  /// A row of it.
  struct Line {
    var text: String
    var role: TextRole
    /// The number of the choice that it begins.
    var choice: Int?
  }

  let lecture: Lecture

  init(_ lecture: Lecture) { self.lecture = lecture }

  /// The rows, wrapped to a width.
  func lines(width: Int) -> [Line] {
    let stage = lecture.stage
    var lines: [Line] = []
    func add(_ text: String, _ role: TextRole, choice: Int? = nil, prefix: String = "") {
      let indent = Text.width(of: prefix)
      for (row, part) in Text.wrapped(Text.sanitised(text), to: max(8, width - indent)).enumerated() {
        lines.append(
          Line(
            text: (row == 0 ? prefix : String(repeating: " ", count: indent)) + part, role: role,
            choice: row == 0 ? choice : nil))
      }
    }
    guard let question = stage.question else {
      if !stage.caption.isEmpty { add(stage.caption, .caption) }
      return lines
    }
    add(question.text, .strong)
    for (index, choice) in question.choices.enumerated() {
      let number = index + 1
      let isRight = question.answer == number
      let role: TextRole =
        lecture.isRevealed ? (isRight ? .good : .muted) : lecture.picked == number ? .accent : .text
      let mark =
        lecture.isRevealed
        ? (isRight ? "✓" : lecture.picked == number ? "✗" : " ") : lecture.picked == number ? "▸" : " "
      add(choice, role, choice: number, prefix: "\(mark) \(number)  ")
    }
    // Below the answer, so that where there is little room the answer is what stays.
    if lecture.isRevealed, !stage.caption.isEmpty { add(stage.caption, .caption) }
    return lines
  }

  /// Paints it in large, as much as fits, and returns the choices that can be clicked.
  ///
  /// - Parameter showsPlace: whether the place in the lecture stands here where nothing is said.
  func paint(on canvas: inout Canvas, _ area: Rect, showsPlace: Bool, _ look: Look) -> [HitRegion] {
    var hits: [HitRegion] = []
    let lines = lines(width: area.width - 2)
    for (row, line) in lines.prefix(area.height).enumerated() {
      let y = area.y + row
      canvas.text("▌", x: area.x, y: y, style: look.accent)
      let style = look.palette.style(line.role).adding(.bold)
      canvas.text(Text.truncated(line.text, to: area.width - 2), x: area.x + 2, y: y, style: style)
      if let choice = line.choice, lecture.openQuestion != nil {
        hits.append(
          HitRegion(
            Rect(x: area.x, y: y, width: area.width, height: 1), .key(.character(Character("\(choice)")))))
      }
    }
    if lines.isEmpty, showsPlace {
      canvas.text(Text.truncated(lecture.place, to: area.width), x: area.x, y: area.y, style: look.muted)
    }
    return hits
  }
}
