extension Canvas {
  /// Draws text on one row from column `x` rightwards and returns the columns it took. Text longer than `width` columns
  /// is cut with …; text that begins left of the canvas shows its later part.
  @discardableResult
  public mutating func text(_ text: String, x: Int, y: Int, style: Style, width limit: Int? = nil) -> Int {
    var column = x
    let text = spelled(text)
    if let limit {
      guard limit > 0 else { return 0 }
      if text.utf8.count > limit && Text.width(of: text) > limit {
        return self.text(Text.truncated(text, to: limit), x: x, y: y, style: style)
      }
    }
    Text.forEachGlyph(in: text) { glyph in
      self[column, y] = Cell(glyph, style)
      column += glyph.columns
      return true
    }
    return column - x
  }

  /// Draws text that ends just left of column `right` and returns the columns it took. Text longer than `width` columns
  /// is cut with ….
  @discardableResult
  public mutating func text(
    rightAligned text: String, right: Int, y: Int, style: Style, width limit: Int? = nil
  ) -> Int {
    let text = spelled(text)
    let cut = limit.map { Text.truncated(text, to: $0) } ?? text
    return self.text(cut, x: right - Text.width(of: cut), y: y, style: style)
  }

  /// Draws text in the middle of one row of a rectangle, cut with … where it does not fit, and returns the columns it
  /// took. `row` counts from the top of the rectangle.
  @discardableResult
  public mutating func text(centred text: String, in rect: Rect, row: Int = 0, style: Style) -> Int {
    let cut = Text.truncated(spelled(text), to: rect.width)
    return self.text(cut, x: rect.x + (rect.width - Text.width(of: cut)) / 2, y: rect.y + row, style: style)
  }

  /// Draws runs of text in styles of their own, one after the other, and returns the columns they took. What goes beyond
  /// `width` columns is cut with ….
  @discardableResult
  public mutating func text(runs: [(String, Style)], x: Int, y: Int, width limit: Int? = nil) -> Int {
    let runs = isSpelled ? runs.map { (Text.spelled($0.0), $0.1) } : runs
    let whole = runs.reduce(0) { $0 + Text.width(of: $1.0) }
    let limit = max(limit ?? whole, 0)
    var used = 0
    for (index, (text, style)) in runs.enumerated() where used < limit {
      let width = Text.width(of: text)
      let rest = runs[(index + 1)...].contains { !$0.0.isEmpty }
      if used + width > limit || (used + width == limit && rest && whole > limit) {
        // The run in which the limit falls is cut one column early if that is what makes room for the ellipsis.
        used += self.text(Text.truncated(text + " ", to: limit - used), x: x + used, y: y, style: style)
        break
      }
      used += self.text(text, x: x + used, y: y, style: style)
    }
    return used
  }

  private func spelled(_ text: String) -> String { isSpelled ? Text.spelled(text) : text }

  /// Draws a horizontal rule, `─` by default.
  public mutating func rule(x: Int, y: Int, width: Int, glyph: Glyph = "─", style: Style) {
    fill(Rect(x: x, y: y, width: width, height: 1), glyph, style)
  }

  /// Draws a frame of box lines just inside a rectangle; smaller than 2×2, nothing.
  public mutating func frame(_ rect: Rect, style: Style) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    rule(x: rect.x + 1, y: rect.y, width: rect.width - 2, style: style)
    rule(x: rect.x + 1, y: rect.bottom - 1, width: rect.width - 2, style: style)
    fill(Rect(x: rect.x, y: rect.y + 1, width: 1, height: rect.height - 2), "│", style)
    fill(Rect(x: rect.right - 1, y: rect.y + 1, width: 1, height: rect.height - 2), "│", style)
    self[rect.x, rect.y] = Cell("┌", style)
    self[rect.right - 1, rect.y] = Cell("┐", style)
    self[rect.x, rect.bottom - 1] = Cell("└", style)
    self[rect.right - 1, rect.bottom - 1] = Cell("┘", style)
  }
}
