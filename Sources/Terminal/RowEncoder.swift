internal import Canvas

/// Chooses for each cell of a row the one of several ways in which it costs least to send.
///
/// A half-block ▀ shows the same as ▄ with its colours exchanged, and one with equal halves the same as a blank or a full
/// block. Only colours that differ from those of the cell before are sent, so the form is taken that keeps most of them.
struct RowEncoder {
  /// Colours the terminal can show.
  let depth: ColourDepth
  /// Whether the terminal is sent nothing but ASCII.
  let asciiOnly: Bool

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
  ///
  /// - Parameter there: the row that the screen shows, and how it was sent. A cell that is the same keeps its form: another
  ///   would look no different, and be sent, and so would all that follow it.
  func encode(
    _ cells: ArraySlice<Cell>, over there: (cells: ArraySlice<Cell>, encoded: [EncodedCell])? = nil,
    into encoded: inout [EncodedCell]
  ) {
    encoded.removeAll(keepingCapacity: true)
    var last: (style: Style, foreground: Int32, background: Int32)?
    var before = EncodedCell(glyph: .space, foreground: -2, background: -2, attributes: [])
    for cell in cells {
      if let there, there.encoded.count == cells.count,
        there.cells[there.cells.startIndex + encoded.count] == cell
      {
        before = there.encoded[encoded.count]
        encoded.append(before)
        continue
      }
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
        out = halfBlock(out, after: before)
      } else if isReversed(out, of: before) {
        (out.foreground, out.background) = (before.foreground, before.background)
        out.attributes.insert(.reverse)
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

  /// Whether a cell has the colours of the cell before the other way round: of colours that are told in full that is shorter.
  /// The digit of an entry on its colour stands beside its curve and its name.
  private func isReversed(_ cell: EncodedCell, of before: EncodedCell) -> Bool {
    depth == .direct && before.foreground >= 0 && before.background >= 0
      && cell.foreground == before.background && cell.background == before.foreground
      && cell.foreground != cell.background
      && cell.attributes.isDisjoint(with: [.reverse, .underline])
  }

  /// A half-block in the form that keeps most of the colours of the cell before.
  private func halfBlock(_ cell: EncodedCell, after before: EncodedCell) -> EncodedCell {
    var out = cell
    let (top, bottom) = (cell.foreground, cell.background)
    let alike = before.attributes == cell.attributes
    if top == bottom && top >= 0 {
      if alike && before.foreground == top && before.background != top {
        out.glyph = .fullBlock
        out.background = before.background
      } else {
        out.glyph = .space
        if alike, before.foreground >= -1 { out.foreground = before.foreground }
      }
      return out
    }
    // The page behind a plot may be the terminal's own colour, which has no number as a foreground or background of the
    // other kind: such a cell stays as it is.
    guard top >= 0, bottom >= 0, alike else { return out }
    func kept(_ foreground: Int32, _ background: Int32) -> Int {
      (foreground == before.foreground ? 1 : 0) + (background == before.background ? 1 : 0)
    }
    if kept(bottom, top) > kept(top, bottom) {
      out.glyph = .lowerHalf
      (out.foreground, out.background) = (bottom, top)
    }
    return out
  }
}
