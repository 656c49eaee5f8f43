/// Frames as text with colours.
public enum AnsiWriter {
  /// The canvas as text for a terminal or a pager: one line a row, colours and attributes as SGR sequences, every row
  /// ended by a reset so that rows can be cut and joined. With no colours and no attributes it is the rows alone.
  public static func text(of canvas: Canvas, depth: ColourDepth) -> String {
    var text = String.UnicodeScalarView()
    let frame = canvas.quantised(to: depth)
    for y in 0..<frame.height {
      var current = Style.plain
      for x in 0..<frame.width {
        let cell = frame.cells[y * frame.width + x]
        if cell.glyph == .continuation { continue }
        if cell.style != current {
          text.append(contentsOf: sequence(from: current, to: cell.style).unicodeScalars)
          current = cell.style
        }
        cell.glyph.write(to: &text)
      }
      if current != .plain { text.append(contentsOf: "\u{1b}[0m".unicodeScalars) }
      text.append("\n")
    }
    return String(text)
  }

  /// The sequence that takes the terminal from one style to another; only what differs, unless an attribute ends.
  static func sequence(from old: Style, to new: Style) -> String {
    var codes: [String] = []
    var old = old
    if !old.attributes.isSubset(of: new.attributes) {
      codes.append("0")
      old = .plain
    }
    let added = new.attributes.subtracting(old.attributes)
    if added.contains(.bold) { codes.append("1") }
    if added.contains(.dim) { codes.append("2") }
    if added.contains(.underline) { codes.append("4") }
    if added.contains(.reverse) { codes.append("7") }
    if new.foreground != old.foreground { codes.append(code(new.foreground, base: 30)) }
    if new.background != old.background { codes.append(code(new.background, base: 40)) }
    return "\u{1b}[" + codes.joined(separator: ";") + "m"
  }

  private static func code(_ colour: Colour, base: Int) -> String {
    switch colour.kind {
    case .terminal: "\(base + 9)"
    case .ansi(let number): number < 8 ? "\(base + number)" : "\(base + 52 + number)"
    case .indexed(let number): "\(base + 8);5;\(number)"
    case .direct: "\(base + 8);2;\(colour.red);\(colour.green);\(colour.blue)"
    }
  }
}
