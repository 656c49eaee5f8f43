import Canvas

extension Canvas {
  /// A thin rule with a title, and a remark at its right end if there is room for it.
  mutating func rule(titled title: String, remark: String = "", in rect: Rect, _ look: Look) {
    rule(x: rect.x, y: rect.y, width: rect.width, style: look.faint)
    let used = text(
      " \(title) ", x: rect.x + 1, y: rect.y, style: look.strong, width: max(0, rect.width - 1))
    guard !remark.isEmpty, used + Text.width(of: remark) + 4 <= rect.width else { return }
    text(rightAligned: " \(remark)", right: rect.right, y: rect.y, style: look.muted)
  }
}
