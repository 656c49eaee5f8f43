extension AnsiWriter {
  /// What a terminal that shows one canvas must be sent to show another of the same size: only the cells that differ, each
  /// at its place. Empty where nothing differs.
  ///
  /// The text begins and ends in the plain style, so that each of a row of such texts stands for itself.
  ///
  /// - Parameters:
  ///   - old: what the terminal shows; nil stands for an unknown screen, of which every cell is sent.
  ///   - depth: the colours the terminal can show.
  public static func changes(from old: Canvas?, to new: Canvas, depth: ColourDepth) -> String {
    let frame = new.quantised(to: depth)
    let shown = old?.quantised(to: depth)
    precondition(
      shown.map { $0.width == frame.width && $0.height == frame.height } ?? true,
      "changes are between canvases of one size")
    var text = String.UnicodeScalarView()
    var style = Style.plain
    for y in 0..<frame.height {
      // Where the cursor stands in this row, once it has been sent there.
      var cursor: Int?
      for x in 0..<frame.width {
        let place = y * frame.width + x
        let cell = frame.cells[place]
        if cell.glyph == .continuation || shown?.cells[place] == cell { continue }
        if let at = cursor, at < x, at + 4 > x, isBridge(frame, at..<x, y, style) {
          // A few cells of the same style are shorter than a movement over them.
          for column in at..<x { frame.cells[y * frame.width + column].glyph.write(to: &text) }
        } else if let at = cursor, at < x {
          text.append(contentsOf: "\u{1b}[\(x - at)C".unicodeScalars)
        } else if cursor == nil {
          text.append(contentsOf: "\u{1b}[\(y + 1);\(x + 1)H".unicodeScalars)
        }
        if cell.style != style {
          text.append(contentsOf: sequence(from: style, to: cell.style).unicodeScalars)
          style = cell.style
        }
        cell.glyph.write(to: &text)
        cursor = x + max(cell.glyph.columns, 1)
      }
    }
    if style != .plain { text.append(contentsOf: "\u{1b}[0m".unicodeScalars) }
    return String(text)
  }

  /// Whether the cells of a row may be written on the way: all of one style, and none half of something wide.
  private static func isBridge(_ frame: Canvas, _ columns: Range<Int>, _ y: Int, _ style: Style) -> Bool {
    columns.allSatisfy {
      let cell = frame.cells[y * frame.width + $0]
      return cell.style == style && cell.glyph.columns == 1
    }
  }
}
