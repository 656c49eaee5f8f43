internal import CNcurses
internal import Canvas

/// What the terminfo database knows of the terminal that was chosen, and what follows from it.
struct TerminalDescription {
  /// The name of the entry.
  let name: String
  /// What the user should know about the choice.
  let notice: String?
  /// The entry that the program brings along, if that was chosen.
  private let own: DirectColourEntry?
  /// Whether the terminal calls itself screen.
  private let isScreen: Bool
  /// Whether it understands the private modes of xterm: mouse, bracketed paste, synchronised output.
  let isXtermLike: Bool

  /// Loads the best description of the terminal there is.
  ///
  /// - Throws: where there is none, or one of a terminal whose cursor cannot be placed.
  init(_ surroundings: Surroundings, depth: ColourDepth?, output: Int32) throws(TerminalError) {
    // The kernel knows the size; what LINES and COLUMNS say may be that of another window.
    use_env(false)
    use_tioctl(true)
    isScreen = surroundings.term.hasPrefix("screen")
    own = surroundings.directColour(depth: depth).flatMap { entry in
      TerminalDescription.hasDirectName(surroundings, output)
        || !entry.whileFound { TerminalDescription.isDescribed(entry.rawValue, output) } ? nil : entry
    }
    if let own {
      (name, notice) = (own.rawValue, nil)
    } else {
      (name, notice) = try TerminalDescription.choose(surroundings, depth: depth, output: output)
    }
    guard !TerminalDescription.capability("cup").isEmpty else { throw .cannotAddressCursor(name) }
    isXtermLike = Surroundings.isXtermLike(
      name, hasMouse: !TerminalDescription.capability("kmous").isEmpty)
  }

  /// Whether the name of the terminal is itself that of one with direct colour, and it is described.
  private static func hasDirectName(_ surroundings: Surroundings, _ output: Int32) -> Bool {
    surroundings.term.hasSuffix("-direct") && isDescribed(surroundings.term, output)
  }

  /// Runs `body` so that ncurses finds the description by its name.
  func whileFound<T, E: Error>(_ body: () throws(E) -> T) throws(E) -> T {
    guard let own else { return try body() }
    return try own.whileFound(body)
  }

  private static func choose(
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

  // MARK: Sequences

  /// What clears the screen.
  var clear: [UInt8] { TerminalDescription.capability("clear") }

  /// What sets the palette back to the terminal's own.
  var paletteReset: [UInt8] { TerminalDescription.capability("oc") }

  /// What asks the terminal for keys, mouse and pastes in the forms that are understood here.
  func enterSequence(_ configuration: Terminal.Configuration) -> [UInt8] {
    var bytes = TerminalDescription.capability("smkx")
    if isXtermLike {
      if configuration.mouse { bytes += "\u{1b}[?1000h\u{1b}[?1002h\u{1b}[?1006h".utf8 }
      bytes += "\u{1b}[?2004h".utf8
    }
    // Asked once; an answer comes from the terminals that know the mark, or their name. Some others would print the
    // questions.
    if isAnswering {
      if configuration.sync == .auto { bytes += "\u{1b}[?2026$p".utf8 }
      bytes += "\u{1b}[>q".utf8
    }
    return bytes
  }

  /// Whether the terminal can be asked what it shows: some would print the question.
  var isAnswering: Bool { isXtermLike && !isScreen }

  /// What puts the terminal back from any state this program brings it into. CAN first: it ends a sequence that was cut
  /// short.
  ///
  /// - Parameter pictures: what takes pictures away.
  func leaveSequence(removing pictures: [UInt8] = []) -> [UInt8] {
    var bytes: [UInt8] = [0x18] + pictures
    if isXtermLike {
      bytes += "\u{1b}[?2026l\u{1b}[?1003l\u{1b}[?1002l\u{1b}[?1000l\u{1b}[?1006l\u{1b}[?2004l".utf8
    }
    bytes += TerminalDescription.capability("sgr0")
    bytes += TerminalDescription.capability("rmkx")
    let leaving = TerminalDescription.capability("rmcup")
    bytes += leaving.isEmpty ? clear : leaving
    bytes += TerminalDescription.capability("cnorm")
    if isXtermLike { bytes += "\u{1b}[?7h".utf8 }
    return bytes
  }

  /// A string of the description that was loaded last, without the delays that only paper needs; empty where it has none.
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
}
