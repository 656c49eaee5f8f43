internal import CNcurses
internal import Canvas
internal import Glibc

/// The screen as ncurses keeps it: canvases go in, the bytes for what changed come out. ncurses has one screen at a time.
final class CursesScreen {
  /// The colours that cells are shown in.
  let depth: ColourDepth

  private let screen: OpaquePointer
  private let files: (output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>)
  /// What ncurses believes to be the terminal. Around its output it is exchanged for `memory`.
  private let curses: Int32
  private let memory: Int32
  private let filter: OutputFilter
  private let encoder: RowEncoder
  private var pairs: [UInt64: Int32] = [:]
  /// The pair of the last cell, which is mostly that of the next.
  private var lastPair: (key: UInt64, number: Int32) = (.max, 0)
  private let pairLimit: Int32
  private var encoded: [EncodedCell] = []
  /// How each row of the screen was sent.
  private var sent: [[EncodedCell]] = []
  private var row: [cchar_t] = []
  private var standIns = StandIns()

  /// Opens the screen of a terminal and takes its keyboard; the terminal sees nothing of it yet.
  ///
  /// - Parameter asked: the colours asked for; nil for those that the terminal has, unless they are refused.
  init(
    _ description: TerminalDescription, input: Int32, output: Int32, size: WindowSize,
    colours asked: ColourDepth?, surroundings: Surroundings, isUnicode: Bool
  ) throws(TerminalError) {
    curses = dup(output)
    memory = cnc_memory_file()
    guard curses >= 0, memory >= 0, let writing = fdopen(curses, "w"), let reading = fdopen(dup(input), "r")
    else { throw .unusable(description.name) }
    files = (writing, reading)
    filter = OutputFilter(paletteReset: description.paletteReset, clear: description.clear)
    guard let opened = description.whileFound({ newterm(description.name, writing, reading) }) else {
      throw .unusable(description.name)
    }
    screen = opened
    CNcurses.raw()
    noecho()
    nonl()
    depth = CursesScreen.depth(
      colours: Int(cnc_start_colors()), asked: asked, refused: surroundings.refusesColour)
    pairLimit = min(cnc_color_pairs(), 1 << 15)
    encoder = RowEncoder(depth: depth, asciiOnly: !isUnicode)
    resize(to: size)
    leaveok(cnc_stdscr(), true)
    scrollok(cnc_stdscr(), false)
  }

  /// Lets go of everything; the terminal sees nothing of it.
  func close() {
    delscreen(screen)
    fclose(files.output)
    fclose(files.input)
    Glibc.close(memory)
  }

  func resize(to size: WindowSize) { resize_term(Int32(size.rows), Int32(size.columns)) }

  // MARK: What ncurses writes

  /// The bytes with which the screen is entered, blank.
  func entered() -> [UInt8] {
    captured {
      werase(cnc_stdscr())
      update()
      curs_set(0)
    }
  }

  /// Tells ncurses that somebody else has the terminal. What it would write is left out.
  func suspend() { _ = captured { endwin() } }

  /// The bytes that show a canvas, and how many rows changed.
  ///
  /// - Parameters:
  ///   - shown: the canvas that the screen shows; nil if that is not known.
  ///   - isWhole: whether everything is drawn anew.
  ///   - clearing: whether the screen is erased before.
  func drawn(
    _ canvas: Canvas, over shown: Canvas?, within size: WindowSize, isWhole: Bool, clearing: Bool
  ) -> (bytes: [UInt8], rows: Int) {
    var rows = 0
    let bytes = captured {
      if clearing { clearok(cnc_curscr(), true) }
      rows = draw(canvas, over: shown, within: size, isWhole: isWhole)
    }
    return (bytes, rows)
  }

  /// Has ncurses send the rows that changed and returns how many did.
  ///
  /// One row at a time, except for a whole new picture: ncurses looks for rows that moved by their characters, not their
  /// colours, and the rows of a shaded plot, or of an empty one, have much the same characters. It would find moves where
  /// there are none, and scroll and repaint the picture to and fro. A row alone has nowhere to move to.
  private func draw(_ canvas: Canvas, over shown: Canvas?, within size: WindowSize, isWhole: Bool) -> Int {
    let (width, height) = (min(canvas.width, size.columns), min(canvas.height, size.rows))
    let isWhole = isWhole || shown?.width != canvas.width || shown?.height != canvas.height
    if isWhole {
      werase(cnc_stdscr())
      sent = Array(repeating: [], count: height)
    }
    defer { if isWhole { update() } }
    var rows = 0
    for y in 0..<height {
      let cells = canvas.cells[y * canvas.width..<y * canvas.width + width]
      let there = shown.flatMap { shown in
        shown.width == canvas.width && y < shown.height
          ? shown.cells[y * shown.width..<y * shown.width + width] : nil
      }
      if there == cells { continue }
      rows += 1
      encoder.encode(cells, over: isWhole ? nil : there.map { ($0, sent[y]) }, into: &encoded)
      sent[y] = encoded
      row.removeAll(keepingCapacity: true)
      for cell in encoded where cell.glyph != .continuation { row.append(converted(cell)) }
      row.withUnsafeBufferPointer {
        _ = mvwadd_wchnstr(cnc_stdscr(), Int32(y), 0, $0.baseAddress, Int32($0.count))
      }
      if !isWhole { update() }
    }
    return rows
  }

  private func update() {
    wnoutrefresh(cnc_stdscr())
    doupdate()
  }

  /// What ncurses writes while `body` runs, without what is superfluous.
  private func captured(_ body: () -> Void) -> [UInt8] {
    lseek(memory, 0, SEEK_SET)
    let kept = dup(curses)
    guard kept >= 0, dup2(memory, curses) >= 0 else { return [] }
    body()
    dup2(kept, curses)
    Glibc.close(kept)
    let length = Int(lseek(memory, 0, SEEK_CUR))
    guard length > 0 else { return [] }
    return filter.filtered(
      standIns: standIns,
      [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
        count = max(pread(memory, buffer.baseAddress, length, 0), 0)
      })
  }

  // MARK: Cells

  private func converted(_ cell: EncodedCell) -> cchar_t {
    var attributes: UInt32 = 0
    if !cell.attributes.isEmpty {
      if cell.attributes.contains(.bold) { attributes |= cnc_bold() }
      if cell.attributes.contains(.dim) { attributes |= cnc_dim() }
      if cell.attributes.contains(.reverse) { attributes |= cnc_reverse() }
      if cell.attributes.contains(.underline) { attributes |= cnc_underline() }
    }
    let pair = pair(cell.foreground, cell.background)
    var out = cchar_t()
    let marks = cell.glyph.combining
    let base = standIns.base(for: cell.glyph) { Int(cnc_columns($0)) }
    cnc_set_cell(&out, base, marks.0, marks.1, attributes, pair)
    return out
  }

  /// The number of a pair of colours, made when it is first needed. A pair is never redefined while it is on the screen.
  private func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
    if foreground == -1 && background == -1 || depth == .none { return 0 }
    let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
    if lastPair.key == key { return lastPair.number }
    if let known = pairs[key] {
      lastPair = (key, known)
      return known
    }
    guard pairs.count + 1 < pairLimit else {
      // All pairs are taken: the one with the same ground comes nearest, and the next whole frame starts afresh.
      return pairs.first { UInt32(truncatingIfNeeded: $0.key) == UInt32(bitPattern: background) }?.value ?? 0
    }
    let number = Int32(pairs.count + 1)
    init_extended_pair(number, foreground, background)
    pairs[key] = number
    return number
  }

  private static func depth(colours: Int, asked: ColourDepth?, refused: Bool) -> ColourDepth {
    if let asked {
      // No more than there is, but for a terminal whose description is too modest the asker knows better.
      switch asked {
      case .direct: return colours > 1 << 16 ? .direct : depth(colours: colours, asked: nil, refused: false)
      case .indexed256:
        return colours > 256
          ? .direct : colours == 256 ? .indexed256 : depth(colours: colours, asked: nil, refused: false)
      case .ansi16: return colours >= 16 ? .ansi16 : depth(colours: colours, asked: nil, refused: false)
      case .ansi8: return colours >= 8 ? .ansi8 : .none
      case .none: return .none
      }
    }
    if refused { return .none }
    if colours > 1 << 16 { return .direct }
    return colours >= 256 ? .indexed256 : colours >= 16 ? .ansi16 : colours >= 8 ? .ansi8 : .none
  }
}
