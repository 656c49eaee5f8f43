import Canvas
import Scenes

/// The last row of a lecture's screen: a dot a beat, those up to this one filled; and at the right where the lecture is.
struct LectureFooter {
  let lecture: Lecture
  /// Whether what is shown is what the beat shows.
  let isAtBeat: Bool

  func paint(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let beats = lecture.scene.beats.count
    let dots = (0..<beats).map { $0 <= lecture.beat ? "●" : "○" }.joined(separator: " ")
    let used = canvas.text(Text.truncated(dots, to: row.width / 2), x: row.x, y: row.y, style: look.strong)
    _ = LecturePlace(lecture: lecture, isAtBeat: isAtBeat)
      .paint(on: &canvas, row.inset(left: min(used + 2, row.width)), look)
  }
}
