internal import Canvas

/// A cell as it goes to ncurses: glyph, attributes, and the numbers of its colours there, -1 for the terminal's own.
struct EncodedCell: Equatable {
  var glyph: Glyph
  var foreground: Int32
  var background: Int32
  var attributes: Attributes
}

/// Chooses for each cell of a row one of the several ways in which it can be sent.
///
/// A half-block ▀ shows the same as ▄ with its colours exchanged, and one with equal halves the same as a blank or a full
/// block. Two uses are made of that:
///
/// - **No false scrolling.** ncurses looks for rows that moved by their characters, not their colours. The rows of a
///   shaded plot have one character all along, so it finds moves where there are none, and scrolls and repaints the
///   picture to and fro. The first half-blocks of every row therefore spell the number of the row.
/// - **Fewer bytes.** Whenever the pair of colours changes, ncurses sends both. Elsewhere a cell takes the form that
///   can be shown in the pair of the cell before it.
struct RowEncoder {
  /// Colours the terminal can show.
  let depth: ColourDepth
  /// Whether the terminal is sent nothing but ASCII.
  let asciiOnly: Bool
  /// Half-blocks spent on the number of a row: enough that every row of the screen has a number of its own.
  let tagLength: Int

  init(depth: ColourDepth, asciiOnly: Bool, rows: Int) {
    self.depth = depth
    self.asciiOnly = asciiOnly
    var length = 1
    while length * (length + 1) / 2 + 1 < rows { length += 1 }
    tagLength = length
  }

  /// Which of the first half-blocks of a row are lower ones: a single stretch of them, because each end of a stretch
  /// costs a change of colours. The stretches of `n` places are n(n + 1)/2, and none at all is one more.
  func tag(row: Int) -> Range<Int> {
    var number = row
    for length in 0...tagLength {
      let places = length == 0 ? 1 : tagLength - length + 1
      if number < places { return number..<number + length }
      number -= places
    }
    return 0..<0
  }

  /// The number ncurses has for a colour.
  func number(_ colour: Colour) -> Int32 {
    switch colour.kind {
    case .terminal: return -1
    case .ansi(let number):
      // A direct-colour terminal takes 0 to 7 for the ANSI colours and everything else for RGB.
      return depth == .direct && number > 7 ? Int32(colour.hex) : Int32(number)
    case .indexed(let number): return depth == .direct ? direct(colour.hex) : Int32(number)
    case .direct: return direct(colour.hex)
    }
  }

  private func direct(_ hex: UInt32) -> Int32 { hex < 8 ? 8 : Int32(hex) }

  /// Encodes one row. Wide glyphs are followed by their continuation, which is not to be sent.
  func encode(_ cells: ArraySlice<Cell>, row: Int, into encoded: inout [EncodedCell]) {
    encoded.removeAll(keepingCapacity: true)
    let tag = tag(row: row)
    var halfBlocks = 0
    var last: (style: Style, foreground: Int32, background: Int32)?
    var before = EncodedCell(glyph: .space, foreground: -2, background: -2, attributes: [])
    for cell in cells {
      if last?.style != cell.style {
        let style = cell.style.quantised(to: depth)
        last = (cell.style, number(style.foreground), number(style.background))
      }
      let (foreground, background) = (last?.foreground ?? -1, last?.background ?? -1)
      var out = EncodedCell(
        glyph: cell.glyph, foreground: foreground, background: background, attributes: cell.style.attributes)
      if asciiOnly {
        out.glyph = out.glyph == .upperHalf && depth != .none ? .space : out.glyph.ascii
        if out.glyph == .continuation { out.glyph = .space }
      } else if cell.glyph == .upperHalf, depth != .none, !out.attributes.contains(.reverse) {
        let lower = halfBlocks < tagLength ? tag.contains(halfBlocks) : nil
        halfBlocks += 1
        out = halfBlock(out, lower: lower, after: before)
      } else if cell.glyph == .space, out.attributes.isDisjoint(with: [.reverse, .underline]),
        before.background == background, before.attributes.isDisjoint(with: [.reverse, .underline])
      {
        // The colour of a blank's glyph does not show.
        out = before
        out.glyph = .space
      }
      encoded.append(out)
      before = out
    }
  }

  /// A half-block in one of its forms; `lower` says which kind of glyph it must be, if any.
  private func halfBlock(_ cell: EncodedCell, lower: Bool?, after before: EncodedCell) -> EncodedCell {
    var out = cell
    let (top, bottom) = (cell.foreground, cell.background)
    let alike = before.attributes == cell.attributes
    if top == bottom && top >= 0 {
      let blank = alike && before.background == top
      let full = alike && before.foreground == top
      if lower ?? (full && !blank) {
        out.glyph = .fullBlock
        if full { out.background = before.background }
      } else {
        out.glyph = .space
        if blank { out.foreground = before.foreground }
      }
      return out
    }
    // The page behind a plot may be the terminal's own colour, which has no number as a foreground or background of the
    // other kind: such a cell stays as it is.
    guard top >= 0, bottom >= 0 else { return out }
    if lower ?? (alike && before.foreground == bottom && before.background == top) {
      out.glyph = .lowerHalf
      (out.foreground, out.background) = (bottom, top)
    }
    return out
  }
}
