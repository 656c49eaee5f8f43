import Canvas

/// The box of a dialog while it is painted: its inside, and what the mouse can hit in it.
struct DialogBox {
  let inside: Rect
  let look: Look
  private(set) var hits: [HitRegion]

  /// Paints an empty box with a title. A click beside it leaves the dialog, the wheel goes up and down in it.
  init(_ title: String, _ rect: Rect, on canvas: inout Canvas, _ context: ViewContext) {
    look = context.look
    inside = rect.inset(left: 2, top: 1, right: 2, bottom: 1)
    hits = [HitRegion(context.layout.screen, .key(.escape)), HitRegion(rect, .dialog(.box))]
    DialogBox.clearTornWords(beside: rect, on: &canvas, look)
    DialogBox.dim(around: rect, on: &canvas, look)
    canvas.fill(rect, .space, look.text)
    canvas.frame(rect, style: look.accent)
    canvas.text(
      Text.truncated(" \(title) ", to: max(0, rect.width - 4)), x: rect.x + 2, y: rect.y, style: look.strong)
  }

  /// Blanks what the sides of the box would leave of words and numbers, up to a gap of two cells or a picture.
  private static func clearTornWords(beside rect: Rect, on canvas: inout Canvas, _ look: Look) {
    for y in max(rect.y, 0)..<max(rect.y, min(rect.bottom, canvas.height)) {
      for (first, step) in [(rect.x - 1, -1), (rect.right, 1)] {
        // Only what the box covers in part is torn: a word, or a sentence between two of its words.
        let covered = [first - step, first - 2 * step].filter { (0..<canvas.width).contains($0) }
        guard covered.contains(where: { canvas[$0, y].glyph.isText }) else { continue }
        var (x, gap) = (first, 0)
        while (0..<canvas.width).contains(x), gap < 2 {
          let glyph = canvas[x, y].glyph
          guard glyph.isText || glyph == .space else { break }
          gap = glyph == .space ? gap + 1 : 0
          if glyph != .space { canvas[x, y] = Cell(.space, canvas[x, y].style) }
          x += step
        }
      }
    }
  }

  /// Lets the words around the box stand back; pictures keep their colours.
  private static func dim(around rect: Rect, on canvas: inout Canvas, _ look: Look) {
    for y in 0..<canvas.height {
      for x in 0..<canvas.width where !rect.contains(x: x, y: y) {
        let cell = canvas[x, y]
        guard cell.glyph.isText, cell.style.background == look.palette.ground else { continue }
        canvas[x, y] = Cell(cell.glyph, look.faint)
      }
    }
  }

  /// The mouse can hit a part of the dialog.
  mutating func add(_ rect: Rect, _ part: DialogPart) { hits.append(HitRegion(rect, .dialog(part))) }

  /// Paints a line being edited in the first row: the cursor is a reversed cell, or all of a text that is selected is
  /// reversed; the part around the cursor is shown. A click moves the cursor. Returns the first character shown.
  ///
  /// - Parameter label: what stands before it.
  @discardableResult
  mutating func paint(_ line: TextLine, after label: Int, on canvas: inout Canvas) -> Int {
    let (x, y, width) = (inside.x + label, inside.y, inside.width - label)
    guard width > 1 else { return 0 }
    let texts = line.characters.map { Text.sanitised(String($0)) }
    // Scrolls so far that the cursor is inside.
    var first = 0
    var before = texts[0..<line.cursor].reduce(0) { $0 + Text.width(of: $1) }
    while before >= width, first < line.cursor {
      before -= Text.width(of: texts[first])
      first += 1
    }
    var column = x
    let style = line.isSelected ? look.strong.adding(.reverse) : look.strong
    var shown = 0
    for text in texts[first...] {
      guard column + Text.width(of: text) <= x + width else { break }
      shown += 1
      column += canvas.text(text, x: column, y: y, style: style)
    }
    let cursor = x + before
    if !line.isSelected, cursor < x + width {
      canvas.restyle(Rect(x: cursor, y: y, width: 1, height: 1)) { $0.adding(.reverse) }
    }
    // What goes on beyond an edge is not to look like the end.
    if first > 0 { canvas.text("…", x: x, y: y, style: look.muted) }
    if first + shown < texts.count, line.isSelected || cursor < x + width - 1 {
      canvas.text("…", x: x + width - 1, y: y, style: look.muted)
    }
    let part = DialogPart.line(first: first, x: x, widths: texts.map(Text.width))
    hits.append(HitRegion(Rect(x: x, y: y, width: width, height: 1), .dialog(part), holding: true))
    return first
  }

  /// Paints where a fault is, below the line it is in, and what it is.
  ///
  /// - Parameters:
  ///   - left: the column of the line.
  ///   - first: the first of its characters that is shown.
  func paint(_ error: (message: String, column: Int), left: Int, first: Int, on canvas: inout Canvas) {
    let column = left + error.column - 1 - first
    if column >= left, column < inside.right, inside.height >= 3 {
      canvas.text("^", x: column, y: inside.y + 1, style: look.warning)
    }
    let top = inside.height >= 3 ? inside.y + 2 : inside.y + 1
    for (row, line) in Text.wrapped(error.message, to: inside.width)
      .prefix(max(1, inside.height - (inside.height >= 5 ? 3 : 1))).enumerated()
    where top + row < inside.bottom {
      canvas.text(line, x: inside.x, y: top + row, style: look.warning)
    }
  }

  /// Paints what can be done in the last row: a click on it does it.
  mutating func paint(actions: [(text: String, key: Key?)], on canvas: inout Canvas) {
    var x = inside.x
    for (index, action) in actions.enumerated() where x < inside.right {
      let gap = index > 0 ? "   " : ""
      x += canvas.text(gap, x: x, y: inside.bottom - 1, style: look.muted, width: inside.right - x)
      let text = Text.truncated(action.text, to: max(0, inside.right - x))
      let used = canvas.text(text, x: x, y: inside.bottom - 1, style: look.muted)
      if let key = action.key {
        hits.append(HitRegion(Rect(x: x, y: inside.bottom - 1, width: used, height: 1), .key(key)))
      }
      x += used
    }
  }

  /// Paints what is wrong with a choice, in the last row.
  func paint(warning: String, on canvas: inout Canvas) {
    canvas.fill(Rect(x: inside.x, y: inside.bottom - 1, width: inside.width, height: 1), .space, look.text)
    canvas.text(
      Text.truncated(warning, to: inside.width), x: inside.x, y: inside.bottom - 1, style: look.warning)
  }
}
