public import Canvas
internal import CNcurses
internal import Glibc

/// The screen and the keyboard, by way of ncurses. The only place that knows it; use it from one thread.
///
/// Output: `show` sends what changed since the frame before, in one write. When the terminal is not ready for it the frame
/// is dropped, never queued; the next one carries the difference. Input: `nextEvents` waits without waking up. However the
/// program ends, the terminal is put back as it was.
public final class Terminal {
  /// What a caller can choose.
  public struct Configuration: Sendable {
    /// Whether frames are marked as one, so that the terminal draws them at once.
    public enum Sync: String, Sendable, CaseIterable {
      /// Always, never, or where the terminal says that it knows the mark.
      case on, off, auto
    }

    /// The colours to use; nil for what the terminal has.
    public var depth: ColourDepth?
    /// Whether frames are marked as one.
    public var sync: Sync
    /// Whether the mouse is reported; without it the terminal's own selection of text works.
    public var mouse: Bool

    /// A configuration; what is not given follows the terminal.
    public init(depth: ColourDepth? = nil, sync: Sync = .auto, mouse: Bool = true) {
      self.depth = depth
      self.sync = sync
      self.mouse = mouse
    }
  }

  /// What became of a frame.
  public struct Frame: Sendable, Equatable {
    /// Bytes sent to the terminal.
    public var bytes: Int
    /// Whether the terminal was not ready, and the frame was left out.
    public var dropped: Bool
  }

  /// What woke the program up.
  public enum Input: Sendable, Equatable {
    /// Keys, mouse, paste, size; empty if the time was up.
    case events([Event])
    /// The program was asked to end by this signal: close, then `Terminal.die(by:)`.
    case signal(Int32)
    /// The terminal is gone.
    case hangup
  }

  /// The size in cells.
  public private(set) var size: (width: Int, height: Int)
  /// The colours that frames are shown in.
  public let depth: ColourDepth
  /// Whether anything beyond ASCII can be shown.
  public let supportsUnicode: Bool
  /// The rung of the glyph ladder that this terminal is known to show.
  public let glyphs: GlyphSet
  /// What the user should know about how the terminal was taken: for the status line.
  public let notice: String?

  private let configuration: Configuration
  private let input: Int32
  private let output: Int32
  /// Where frames are written: a description of its own where possible, so that not blocking concerns nobody else.
  private let tty: Int32
  /// What ncurses believes to be the terminal. Around its output it is exchanged for `memory`.
  private let curses: Int32
  private let memory: Int32
  private let screen: OpaquePointer
  private let files: (output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>)
  private let cooked: termios
  private var raw: termios
  private let signals: Signals
  private let leaveSequence: [UInt8]
  private let enterSequence: [UInt8]
  private let isXtermLike: Bool
  private let filter: OutputFilter

  private var decoder: InputDecoder
  private let encoder: RowEncoder
  private var pairs: [UInt64: Int32] = [:]
  private let pairLimit: Int32
  private var encoded: [EncodedCell] = []
  private var row: [cchar_t] = []
  private var widthIsKnown: [UInt32: Bool] = [:]

  /// The canvas whose difference to the next is to be sent; nil if what the screen shows is not known.
  private var shown: Canvas?
  /// The canvas that was last asked for, shown or not.
  private var wanted: Canvas?
  private var mustClear = true
  /// Whether the screen was cleared on entering it, and nothing shown since.
  private var isBlank = false
  /// Bytes of a frame that the terminal has not taken yet.
  private var unsent: ArraySlice<UInt8> = []
  /// Written in front of the next frame: entering the screen.
  private var prefix: [UInt8] = []
  private var isOpen = true
  /// How many times the terminal was written to.
  private(set) var writes = 0

  /// Opens the screen of the terminal on standard input and output. Nothing is shown before the first `show`.
  public convenience init(_ configuration: Configuration = Configuration()) throws(TerminalError) {
    try self.init(configuration, input: STDIN_FILENO, output: STDOUT_FILENO, surroundings: Surroundings())
  }

  /// Opens the screen of a terminal. ncurses has one screen at a time: close it before opening another.
  init(
    _ configuration: Configuration, input: Int32, output: Int32, surroundings: Surroundings
  ) throws(TerminalError) {
    guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
    self.configuration = configuration
    self.input = input
    self.output = output
    supportsUnicode = surroundings.establishLocale()

    let term: String
    (term, notice) = try Terminal.chooseTerm(surroundings, depth: configuration.depth, output: output)
    guard let place = cnc_terminfo_string("cup"), place.pointee != 0 else { throw .cannotAddressCursor(term) }

    var settings = termios()
    guard tcgetattr(input, &settings) == 0 else { throw .notATerminal }
    cooked = settings
    curses = dup(output)
    memory = cnc_memory_file()
    guard curses >= 0, memory >= 0 else { throw .unusable(term) }
    var name = [CChar](repeating: 0, count: 256)
    let reopened =
      ttyname_r(output, &name, name.count) == 0
      ? Glibc.open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1
    tty = reopened >= 0 ? reopened : dup(output)

    isXtermLike = Surroundings.isXtermLike(term, hasMouse: cnc_terminfo_string("kmous") != nil)
    leaveSequence = Terminal.leaveSequence(isXtermLike: isXtermLike)
    filter = OutputFilter(paletteReset: Terminal.capability("oc"))
    var modes = [String(decoding: Terminal.capability("smkx"), as: UTF8.self)]
    if isXtermLike {
      if configuration.mouse { modes.append("\u{1b}[?1000h\u{1b}[?1002h\u{1b}[?1006h") }
      modes.append("\u{1b}[?2004h")
    }
    // Asked once; an answer comes from the terminals that know the mark. Some others would print the question.
    if isXtermLike, configuration.sync == .auto, !term.hasPrefix("screen") { modes.append("\u{1b}[?2026$p") }
    enterSequence = Array(modes.joined().utf8)

    // The handlers come first: ncurses installs its own only where there are none yet, and a change of size in between is
    // then not missed.
    signals = try Signals(tty: tty, cooked: cooked, reset: leaveSequence)
    signals.arm(true)

    guard let opened = Terminal.files(output: curses, input: input),
      let opening = newterm(term, opened.output, opened.input)
    else {
      signals.release()
      throw .unusable(term)
    }
    files = opened
    screen = opening
    CNcurses.raw()
    noecho()
    nonl()
    var changed = termios()
    tcgetattr(input, &changed)
    raw = changed

    let colours = Int(cnc_start_colors())
    depth = Terminal.depth(
      colours: colours, asked: configuration.depth, refused: surroundings.refusesColour)
    pairLimit = min(cnc_color_pairs(), 1 << 15)
    glyphs = Surroundings.glyphs(term, unicode: supportsUnicode)
    decoder = InputDecoder(escapeDelay: surroundings.escapeDelay)
    size = Terminal.measure(output)
    encoder = RowEncoder(depth: depth, asciiOnly: !supportsUnicode)
    resize_term(Int32(size.height), Int32(size.width))

    leaveok(cnc_stdscr(), true)
    scrollok(cnc_stdscr(), false)
    // Until a first endwin and doupdate ncurses writes at every move of the cursor. The terminal need not see that: only
    // the second entering is kept, for the first frame, so that all of it is one write.
    _ = captured { endwin() }
    enter()
  }

  deinit { close() }

  // MARK: Output

  /// Shows a canvas: sends what differs from the frame before in one write, nothing if nothing does.
  @discardableResult
  public func show(_ canvas: Canvas) -> Frame {
    guard isOpen else { return Frame(bytes: 0, dropped: true) }
    wanted = canvas
    isBehind = true
    let free = sendRest()
    if let shown, shown == canvas, !mustClear {
      isBehind = false
      return Frame(bytes: 0, dropped: false)
    }
    guard free, isWritable else { return Frame(bytes: 0, dropped: true) }
    let cleared = mustClear
    var rows = 0
    let bytes = captured {
      if cleared && !isBlank { clearok(cnc_curscr(), true) }
      rows = draw(canvas)
    }
    shown = canvas
    isBehind = false
    mustClear = false
    isBlank = false
    guard !bytes.isEmpty || !prefix.isEmpty else { return Frame(bytes: 0, dropped: false) }
    var frame = prefix
    prefix = []
    // Marked as one only where it pays: some multiplexers redraw everything at the end of a mark, and an erased screen
    // within one is lost in others.
    let marked = marksFrames && !cleared && (bytes.count > 2048 || rows > 1)
    if marked { frame += "\u{1b}[?2026h".utf8 }
    frame += bytes
    if marked { frame += "\u{1b}[?2026l".utf8 }
    unsent = frame[...]
    _ = sendRest()
    return Frame(bytes: frame.count, dropped: false)
  }

  /// Sends the whole of the last canvas again, whatever the screen shows.
  @discardableResult
  public func redraw() -> Frame {
    mustClear = true
    shown = nil
    guard let wanted else { return Frame(bytes: 0, dropped: false) }
    return show(wanted)
  }

  /// Whether the last frame was left out because the terminal was not ready. It is then shown while waiting for events, as
  /// soon as the terminal is.
  public private(set) var isBehind = false

  private var marksFrames: Bool {
    switch configuration.sync {
    case .on: true
    case .off: false
    case .auto: decoder.synchronizedOutput ?? false
    }
  }

  /// Has ncurses send the rows that changed and returns how many did.
  ///
  /// One row at a time, except for a whole new picture: ncurses looks for rows that moved by their characters, not their
  /// colours, and the rows of a shaded plot, or of an empty one, have much the same characters. It would find moves where
  /// there are none, and scroll and repaint the picture to and fro. A row alone has nowhere to move to.
  private func draw(_ canvas: Canvas) -> Int {
    let (width, height) = (min(canvas.width, size.width), min(canvas.height, size.height))
    let isWhole = mustClear || shown?.width != canvas.width || shown?.height != canvas.height
    if isWhole { werase(cnc_stdscr()) }
    defer { if isWhole { update() } }
    var rows = 0
    for y in 0..<height {
      let cells = canvas.cells[y * canvas.width..<y * canvas.width + width]
      if let shown, shown.width == canvas.width, y < shown.height,
        shown.cells[y * shown.width..<y * shown.width + width] == cells
      {
        continue
      }
      rows += 1
      encoder.encode(cells, into: &encoded)
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
    cnc_set_cell(&out, isKnown(cell.glyph) ? cell.glyph.base : 0x3f, marks.0, marks.1, attributes, pair)
    return out
  }

  /// Whether the system gives a glyph the width that the canvas gives it. One on which they disagree would push the rest
  /// of its row aside.
  private func isKnown(_ glyph: Glyph) -> Bool {
    if glyph.base < 0x7f { return true }
    if let known = widthIsKnown[glyph.base] { return known }
    let known = Int(cnc_columns(glyph.base)) == glyph.columns
    widthIsKnown[glyph.base] = known
    return known
  }

  /// The number of a pair of colours, made when it is first needed. A pair is never redefined while it is on the screen.
  private func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
    if foreground == -1 && background == -1 || depth == .none { return 0 }
    let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
    if let known = pairs[key] { return known }
    guard pairs.count + 1 < pairLimit else {
      // All pairs are taken: the one with the same ground comes nearest, and the next whole frame starts afresh.
      return pairs.first { UInt32(truncatingIfNeeded: $0.key) == UInt32(bitPattern: background) }?.value ?? 0
    }
    let number = Int32(pairs.count + 1)
    init_extended_pair(number, foreground, background)
    pairs[key] = number
    return number
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
      [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
        count = max(pread(memory, buffer.baseAddress, length, 0), 0)
      })
  }

  private var isWritable: Bool {
    var poll = pollfd(fd: tty, events: Int16(POLLOUT), revents: 0)
    return Glibc.poll(&poll, 1, 0) == 1 && poll.revents & Int16(POLLOUT) != 0
  }

  /// Sends what is left of the frame before; false if there is still some.
  private func sendRest() -> Bool {
    while !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { write(tty, $0.baseAddress, $0.count) }
      if count > 0 {
        writes += 1
        unsent = unsent.dropFirst(count)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Writes bytes that must arrive, for at most half a second: a terminal that is stuck must not hold up the end.
  private func insist(_ bytes: [UInt8]) {
    unsent = bytes[...]
    for _ in 0..<50 {
      if sendRest() { return }
      var poll = pollfd(fd: tty, events: Int16(POLLOUT), revents: 0)
      if Glibc.poll(&poll, 1, 10) < 0 || poll.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { break }
    }
    unsent = []
  }

  // MARK: Input

  /// Waits for input, at most for `timeout`; without one for as long as it takes. Nothing is polled meanwhile: a program
  /// that has nothing to do is not woken up.
  public func nextEvents(timeout: Duration? = nil) -> Input {
    guard isOpen else { return .hangup }
    let end = timeout.map { Terminal.now() + Terminal.milliseconds($0) }
    while true {
      var deadline = end
      if let pending = decoder.deadline { deadline = min(deadline ?? pending, pending) }
      let wait = deadline.map { Int32(clamping: max($0 - Terminal.now(), 0)) } ?? -1
      var polls = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.notices.read, events: Int16(POLLIN), revents: 0),
        // The rest of a frame, or the last one left out, goes out as soon as the terminal takes it.
        pollfd(fd: unsent.isEmpty && !isBehind ? -1 : tty, events: Int16(POLLOUT), revents: 0),
      ]
      let ready = poll(&polls, 3, wait)
      if ready < 0 && errno != EINTR { return .hangup }
      var events: [Event] = []
      if ready > 0, polls[1].revents != 0 {
        for number in signals.received() {
          switch number {
          case SIGWINCH: events += resized()
          case SIGTSTP:
            suspend(group: false)
            events.append(.resize(width: size.width, height: size.height))
          case SIGCONT:
            // Stopped by a signal that cannot be caught: the shell has had the terminal meanwhile.
            events += resized()
            resume()
          default: return .signal(number)
          }
        }
      }
      if ready > 0, polls[2].revents != 0 {
        _ = sendRest()
        // After a change of size the caller paints anew.
        if isBehind, events.isEmpty, let wanted { show(wanted) }
      }
      if ready > 0, polls[0].revents != 0 {
        guard let bytes = readInput() else { return .hangup }
        events += decoder.feed(bytes, at: Terminal.now())
      }
      events += decoder.expire(at: Terminal.now())
      if let index = events.firstIndex(of: .key(.control("\\"))) {
        // The one key that still ends a program whose loop has gone astray elsewhere.
        return index == 0 ? .signal(SIGQUIT) : .events(Array(events[..<index]))
      }
      if !events.isEmpty { return .events(events) }
      if let end, Terminal.now() >= end { return .events([]) }
    }
  }

  /// What the terminal has sent; nil if it is gone.
  private func readInput() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &bytes, bytes.count)
    if count > 0 { return Array(bytes[..<count]) }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? [] : nil
  }

  private func resized() -> [Event] {
    let measured = Terminal.measure(output)
    // ncurses must know even if the size is as before: what the terminal shows after a change is not known.
    resize_term(Int32(measured.height), Int32(measured.width))
    shown = nil
    mustClear = true
    isBlank = false
    size = measured
    return [.resize(width: size.width, height: size.height)]
  }

  // MARK: Coming and going

  /// Puts the terminal back and stops the program, as Ctrl-Z does elsewhere; when it goes on, takes the terminal again and
  /// shows the last canvas, unless the size has changed meanwhile: then `size` is the new one, and it is for the caller to
  /// show a canvas of it.
  public func suspend() { suspend(group: true) }

  private func suspend(group: Bool) {
    guard isOpen else { return }
    leave()
    signals.stop(group: group)
    // The signal that woke it up is answered here.
    let others = signals.received().filter { ![SIGCONT, SIGTSTP, SIGWINCH].contains($0) }
    for number in others {
      var byte = UInt8(truncatingIfNeeded: number)
      write(signals.notices.write, &byte, 1)
    }
    let before = size
    _ = resized()
    enter()
    if size == before { redraw() }
  }

  /// Takes the terminal again after somebody else had it.
  private func resume() {
    guard isOpen else { return }
    _ = captured { endwin() }
    enter()
    mustClear = true
    shown = nil
  }

  private func enter() {
    var settings = raw
    tcsetattr(input, TCSANOW, &settings)
    signals.arm(true)
    // The first update repaints all that was there: nothing, so that only the frame to come is seen.
    prefix = captured {
      werase(cnc_stdscr())
      update()
      curs_set(0)
    }
    let clear = Terminal.capability("clear")
    isBlank = !clear.isEmpty && prefix.indices.contains { prefix[$0...].starts(with: clear) }
    prefix += enterSequence
  }

  private func leave() {
    // ncurses is told; what goes to the terminal is what a fatal signal would send too.
    _ = captured { endwin() }
    insist(leaveSequence)
    var settings = cooked
    tcsetattr(input, TCSANOW, &settings)
    signals.arm(false)
    prefix = []
    shown = nil
    mustClear = true
  }

  /// Puts the terminal back as it was. May be called again, and then does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    leave()
    // Answers and keys on their way would end up on the shell's line.
    tcflush(input, TCIFLUSH)
    signals.release()
    delscreen(screen)
    fclose(files.output)
    fclose(files.input)
    Glibc.close(tty)
    Glibc.close(memory)
  }

  /// Ends the process by a signal, so that whoever started it sees what happened. Close the terminal before.
  public static func die(by signal: Int32) -> Never { Signals.die(by: signal) }

  // MARK: Finding out

  private static func measure(_ output: Int32) -> (width: Int, height: Int) {
    var (width, height): (Int32, Int32) = (0, 0)
    guard cnc_window_size(output, &width, &height) == 0, width > 0, height > 0 else { return (80, 24) }
    return (Int(min(width, 2000)), Int(min(height, 1000)))
  }

  /// Loads the best description of the terminal there is, and says what the user should know about the choice.
  private static func chooseTerm(
    _ surroundings: Surroundings, depth: ColourDepth?, output: Int32
  ) throws(TerminalError) -> (String, String?) {
    for name in surroundings.candidates(depth: depth) where isDescribed(name, output) {
      let downgraded = depth == .direct && !name.hasSuffix("-direct")
      return (
        name,
        downgraded
          ? "no direct colour in the terminfo database for \(Text.sanitised(name)): the nearest of 256" : nil
      )
    }
    let term = surroundings.term
    guard isDescribed("xterm-256color", output) else { throw .unknownTerminal(term) }
    return ("xterm-256color", "unknown terminal '\(Text.sanitised(term))', taken for xterm-256color")
  }

  private static func isDescribed(_ name: String, _ output: Int32) -> Bool {
    var result: Int32 = 0
    return setupterm(name, output, &result) == OK && result == 1
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

  /// What puts the terminal back from any state this program brings it into. CAN first: it ends a sequence that was cut
  /// short.
  private static func leaveSequence(isXtermLike: Bool) -> [UInt8] {
    var bytes: [UInt8] = [0x18]
    if isXtermLike {
      bytes += "\u{1b}[?2026l\u{1b}[?1003l\u{1b}[?1002l\u{1b}[?1000l\u{1b}[?1006l\u{1b}[?2004l".utf8
    }
    bytes += capability("sgr0")
    bytes += capability("rmkx")
    let leaving = capability("rmcup")
    bytes += leaving.isEmpty ? capability("clear") : leaving
    bytes += capability("cnorm")
    if isXtermLike { bytes += "\u{1b}[?7h".utf8 }
    return bytes
  }

  /// A string of the terminal's description, without the delays that only paper needs.
  private static func capability(_ name: String) -> [UInt8] {
    guard let text = cnc_terminfo_string(name) else { return [] }
    var bytes = Array(String(cString: text).utf8)[...]
    var out: [UInt8] = []
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "$"), bytes.first == UInt8(ascii: "<"),
        let end = bytes.firstIndex(of: UInt8(ascii: ">"))
      {
        bytes = bytes[(end + 1)...]
      } else {
        out.append(byte)
      }
    }
    return out
  }

  private static func files(
    output: Int32, input: Int32
  ) -> (output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>)? {
    guard let output = fdopen(output, "w"), let input = fdopen(dup(input), "r") else { return nil }
    return (output, input)
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// Rounded up, so that waiting for a moment does not end just before it.
  private static func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return Int(clamping: seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
