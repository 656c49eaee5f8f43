package import Canvas
internal import CNcurses
internal import Glibc

/// The screen and the keyboard, by way of ncurses. The only place that knows it; use it from one thread.
///
/// Output: `show` sends what changed since the frame before, in one write. When the terminal is not ready for it the frame
/// is dropped, never queued; the next one carries the difference. Input: `nextEvents` waits without waking up. However the
/// program ends, the terminal is put back as it was.
package final class Terminal {
  /// What became of a frame.
  package struct Frame: Sendable, Equatable {
    /// Bytes sent to the terminal.
    package var bytes: Int
    /// Whether the terminal was not ready, and the frame was left out.
    package var dropped: Bool
  }

  /// The colours that frames are shown in.
  package let depth: ColourDepth
  /// Whether anything beyond ASCII can be shown.
  package let supportsUnicode: Bool
  /// The rung of the glyph ladder that this terminal is known to show.
  package let glyphs: GlyphSet
  /// Whether octants stay in their cells: a multiplexer whose tables do not have them moves what stands behind.
  package let keepsOctants: Bool
  /// What the user should know about how the terminal was taken: for the status line.
  package let notice: String?

  private let configuration: Configuration
  /// Whether tmux stands between, and can be asked what is behind it.
  let isMultiplexed: Bool
  let input: Int32
  private let window: Int32
  let output: TerminalOutput
  let signals: Signals
  private let cooked: termios
  private let raw: termios
  private let modes: [UInt8]
  var decoder: InputDecoder
  private(set) var isOpen = true

  /// Opens the screen of the terminal on standard input and output. Nothing is shown before the first `show`.
  package convenience init(_ configuration: Configuration = Configuration()) throws(TerminalError) {
    try self.init(configuration, input: STDIN_FILENO, output: STDOUT_FILENO, surroundings: Surroundings())
  }

  /// Opens the screen of a terminal. ncurses has one screen at a time: close it before opening another.
  init(
    _ configuration: Configuration, input: Int32, output: Int32, surroundings: Surroundings
  ) throws(TerminalError) {
    guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
    self.configuration = configuration
    isMultiplexed = surroundings.isInTmux
    keepsOctants = !surroundings.isMultiplexed
    self.input = input
    window = output
    supportsUnicode = surroundings.establishLocale()
    let description = try TerminalDescription(surroundings, depth: configuration.depth, output: output)
    let notices = [description.notice, surroundings.noticeOfLocale(isUnicode: supportsUnicode)]
      .compactMap(\.self)
    notice = notices.isEmpty ? nil : notices.joined(separator: "; ")
    var settings = termios()
    guard tcgetattr(input, &settings) == 0 else { throw .notATerminal }
    cooked = settings
    modes = description.enterSequence(configuration)
    let line = LineWriter(output: output)

    // The handlers come first: ncurses installs its own only where there are none yet, and a change of size in between is
    // then not missed.
    signals = try Signals(tty: line.descriptor, cooked: cooked, reset: description.leaveSequence())
    signals.arm(true)
    let size = WindowSize.measured(output)
    let screen: CursesScreen
    do {
      screen = try CursesScreen(
        description, input: input, output: output, size: size, colours: configuration.depth,
        surroundings: surroundings, isUnicode: supportsUnicode)
    } catch {
      signals.release()
      throw error
    }
    var changed = termios()
    tcgetattr(input, &changed)
    raw = changed
    depth = screen.depth
    glyphs = Surroundings.glyphs(description.name, unicode: supportsUnicode)
    decoder = InputDecoder(escapeDelay: surroundings.escapeDelay)
    let (signals, cooked) = (signals, cooked)
    self.output = TerminalOutput(
      screen, line, description, size: size, pictures: PictureSession(configuration.pictures)
    ) { removal in
      signals.prepare(
        tty: line.descriptor, cooked: cooked, reset: description.leaveSequence(removing: removal))
      signals.arm(true)
    }
    if description.isAnswering, depth != .none, configuration.pictures != .off {
      self.output.ask(PictureSession.questions(isMultiplexed: surroundings.isMultiplexed))
    }
    enter()
  }

  deinit { close() }

  // MARK: Output

  /// The size in cells.
  package var size: (width: Int, height: Int) { (output.size.columns, output.size.rows) }

  /// Shows a canvas: sends what differs from the frame before in one write, nothing if nothing does.
  @discardableResult
  package func show(_ canvas: Canvas) -> Frame {
    guard isOpen else { return Frame(bytes: 0, dropped: true) }
    return output.show(canvas, marksFrames: marksFrames)
  }

  /// Sends the whole of the last canvas again, whatever the screen shows.
  @discardableResult
  package func redraw() -> Frame {
    guard isOpen else { return Frame(bytes: 0, dropped: true) }
    return output.redraw(marksFrames: marksFrames)
  }

  /// Whether the last frame was left out because the terminal was not ready. It is then shown while waiting for events, as
  /// soon as the terminal is.
  package var isBehind: Bool { output.isBehind }

  /// Whether the terminal has not yet read the last frame with pictures.
  var isWaitingForAnswer: Bool { output.isWaitingForAnswer }

  /// How many times the terminal was written to.
  var writes: Int { output.line.writes }

  var marksFrames: Bool {
    switch configuration.sync {
    case .on: true
    case .off: false
    case .auto: decoder.synchronizedOutput ?? false
    }
  }

  // MARK: Coming and going

  /// Puts the terminal back and stops the program, as Ctrl-Z does elsewhere; when it goes on, takes the terminal again and
  /// shows the last canvas, unless the size has changed meanwhile: then `size` is the new one, and it is for the caller to
  /// show a canvas of it.
  package func suspend() { suspend(group: true) }

  func suspend(group: Bool) {
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
    measure()
    enter()
    if size == before { redraw() }
  }

  /// Takes the terminal again after somebody else had it.
  func resume() {
    guard isOpen else { return }
    output.screen.suspend()
    enter()
    output.forget()
  }

  /// Finds out how large the window is now.
  func measure() { output.resize(to: WindowSize.measured(window)) }

  private func enter() {
    var settings = raw
    tcsetattr(input, TCSANOW, &settings)
    signals.arm(true)
    output.enter(modes: modes)
  }

  private func leave() {
    output.leave()
    var settings = cooked
    tcsetattr(input, TCSANOW, &settings)
    signals.arm(false)
  }

  /// Puts the terminal back as it was. May be called again, and then does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    leave()
    // Answers and keys on their way would end up on the shell's line.
    tcflush(input, TCIFLUSH)
    signals.release()
    output.close()
  }

  /// Ends the process by a signal, so that whoever started it sees what happened. Close the terminal before.
  package static func die(by signal: Int32) -> Never { Signals.die(by: signal) }
}
