import Canvas

/// Where a lecture is, at the right end of a row: its scene and beat, the minutes, and a bar where there is room.
struct LecturePlace {
  let lecture: Lecture
  /// Whether what is shown is what the beat shows.
  let isAtBeat: Bool

  /// Paints it; returns the columns it takes.
  func paint(on canvas: inout Canvas, _ row: Rect, _ look: Look) -> Int {
    var text = "\(lecture.place)  \(Int(clamped: lecture.elapsed / 60)) min"
    if !isAtBeat { text = "exploring  \(text)" }
    guard Text.width(of: text) + 16 <= row.width else { return 0 }
    canvas.text(rightAligned: text, right: row.right, y: row.y, style: isAtBeat ? look.muted : look.accent)
    let bar = 10
    let left = row.right - Text.width(of: text) - bar - 2
    guard left >= row.x + 40 else { return Text.width(of: text) + 2 }
    canvas.progress(lecture.progress, x: left, y: row.y, width: bar, look)
    return row.right - left + 2
  }
}
