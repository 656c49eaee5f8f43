internal import Canvas
internal import Pixels

/// Frames on their way to the terminal: what differs from the frame before goes out in one write, or not at all.
final class TerminalOutput {
  let screen: CursesScreen
  let line: LineWriter
  private let description: TerminalDescription

  /// The canvas whose difference to the next is to be sent, and its text; nil if what the screen shows is not known.
  private var shown: (canvas: Canvas, text: Canvas)?
  /// The canvas that was last asked for, shown or not.
  private var wanted: Canvas?
  private var mustClear = true
  /// Whether the screen was cleared on entering it, and nothing shown since.
  private var isBlank = false
  /// Written in front of the next frame: entering the screen.
  private var prefix: [UInt8] = []
  /// What is asked behind the next frame.
  private var questions: [UInt8] = []
  /// Pictures beside the text.
  private var pictures: PictureSession
  /// Whether the last frame was left out because the terminal was not ready.
  private(set) var isBehind = false
  /// The size of the window.
  private(set) var size: WindowSize

  /// Told what takes pictures away, when there may be some.
  private let removalChanged: ([UInt8]) -> Void

  init(
    _ screen: CursesScreen, _ line: LineWriter, _ description: TerminalDescription, size: WindowSize,
    pictures: PictureSession, removalChanged: @escaping ([UInt8]) -> Void
  ) {
    self.pictures = pictures
    self.removalChanged = removalChanged
    self.screen = screen
    self.line = line
    self.description = description
    self.size = size
    // Until a first endwin and doupdate ncurses writes at every move of the cursor. The terminal need not see that: only
    // the second entering is kept, for the first frame, so that all of it is one write.
    screen.suspend()
  }

  /// Shows a canvas: sends what differs from the frame before in one write, nothing if nothing does.
  ///
  /// - Parameter marksFrames: whether the terminal knows the mark of a frame that is drawn at once.
  func show(_ canvas: Canvas, marksFrames: Bool) -> Terminal.Frame {
    wanted = canvas
    isBehind = true
    let isFree = line.sendRest()
    if let shown, shown.canvas == canvas, !mustClear {
      isBehind = false
      return Terminal.Frame(bytes: 0, dropped: false)
    }
    guard isFree, line.isWritable, !isWaitingForAnswer else {
      return Terminal.Frame(bytes: 0, dropped: true)
    }
    let isCleared = mustClear
    let text = pictures.text(of: canvas)
    let (bytes, rows) = screen.drawn(
      text, over: shown?.text, within: size, isWhole: isCleared, clearing: isCleared && !isBlank)
    if isCleared { pictures.forget(cell: cell) }
    let drawn = pictures.bytes(for: canvas, text: text, over: shown?.text)
    shown = (canvas, text)
    isBehind = false
    mustClear = false
    isBlank = false
    guard !bytes.isEmpty || !drawn.isEmpty || !prefix.isEmpty else {
      return Terminal.Frame(bytes: 0, dropped: false)
    }
    var frame = prefix
    prefix = []
    // Marked as one only where it pays: some multiplexers redraw everything at the end of a mark, and an erased screen
    // within one is lost in others.
    let isMarked = marksFrames && !isCleared && (bytes.count + drawn.count > 2048 || rows > 1)
    if isMarked { frame += "\u{1b}[?2026h".utf8 }
    frame += bytes + drawn
    if isMarked { frame += "\u{1b}[?2026l".utf8 }
    if !questions.isEmpty {
      frame += questions
      questions = []
      pictures.asked(at: Terminal.now(), behind: frame.count)
    }
    if !drawn.isEmpty { pictures.sent(at: Terminal.now()) }
    line.send(frame)
    return Terminal.Frame(bytes: frame.count, dropped: false)
  }

  /// Sends the whole of the last canvas again, whatever the screen shows.
  func redraw(marksFrames: Bool) -> Terminal.Frame {
    forget()
    guard let wanted else { return Terminal.Frame(bytes: 0, dropped: false) }
    return show(wanted, marksFrames: marksFrames)
  }

  /// Sends what the terminal did not take when it was sent; a frame that was left out only if asked to.
  func catchUp(withFrame: Bool, marksFrames: Bool) {
    _ = line.sendRest()
    if isBehind, withFrame, let wanted { _ = show(wanted, marksFrames: marksFrames) }
  }

  /// Whether there is something to send as soon as the terminal takes it.
  var isWaiting: Bool { isBehind && !isWaitingForAnswer || !line.unsent.isEmpty }

  /// Whether the terminal has not yet read the last frame with pictures.
  var isWaitingForAnswer: Bool { pictures.isWaiting(at: Terminal.now()) }

  /// Takes in that the terminal has answered the last question; what changes for whoever draws, if anything does.
  ///
  /// - Parameter said: the pixels of a cell as the terminal told them, where the kernel does not know.
  func answered(_ answer: PictureAnswer, cell said: (width: Int, height: Int)?) -> Event? {
    if size.cell == nil { size.cell = said }
    let hadPictures = pictures.isOn
    let event = pictures.answered(answer, cell: cell, at: Terminal.now())
    if pictures.isOn, !hadPictures { removalChanged(pictures.removal) }
    return event
  }

  /// The size of a cell, if it is known.
  private var cell: CellSize? { size.cell.map { CellSize(width: $0.width, height: $0.height) } }

  /// Takes the screen: entered, blank and with these modes, in front of the next frame.
  func enter(modes: [UInt8]) {
    // The first update repaints all that was there: nothing, so that only the frame to come is seen.
    prefix = screen.entered()
    let clear = description.clear
    isBlank = !clear.isEmpty && prefix.indices.contains { prefix[$0...].starts(with: clear) }
    prefix += modes
  }

  /// Asks something behind the next frame.
  func ask(_ questions: [UInt8]) { self.questions = questions }

  /// Gives the screen back.
  func leave() {
    // ncurses is told; what goes to the terminal is what a fatal signal would send too.
    screen.suspend()
    line.insist(description.leaveSequence(removing: pictures.removal))
    prefix = []
    forget()
  }

  /// What the screen shows is not known any more: somebody else had it.
  func forget() {
    shown = nil
    mustClear = true
  }

  /// The window has another size, or may have.
  func resize(to size: WindowSize) {
    // ncurses must know even if the size is as before: what the terminal shows after a change is not known.
    screen.resize(to: size)
    forget()
    isBlank = false
    self.size = size
  }

  func close() {
    screen.close()
    line.close()
  }
}
