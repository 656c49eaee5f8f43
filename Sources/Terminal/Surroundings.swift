internal import Canvas
internal import CNcurses
internal import Glibc

/// What the environment says about the terminal: language, colours, patience.
struct Surroundings {
  /// The value of an environment variable; nil if it is not set.
  let variable: (String) -> String?

  init(_ variable: @escaping (String) -> String? = { name in getenv(name).map { String(cString: $0) } }) {
    self.variable = variable
  }

  private func nonEmpty(_ name: String) -> String? {
    guard let value = variable(name), !value.isEmpty else { return nil }
    return value
  }

  /// The value of TERM; `dumb` if there is none.
  var term: String { nonEmpty("TERM") ?? "dumb" }

  /// The locale that the environment asks for text to be in.
  var locale: String { nonEmpty("LC_ALL") ?? nonEmpty("LC_CTYPE") ?? nonEmpty("LANG") ?? "" }

  /// Whether that locale is one of UTF-8.
  var asksForUnicode: Bool {
    let name = locale.lowercased()
    return name.hasSuffix("utf-8") || name.hasSuffix("utf8") || name.contains("utf-8@")
      || name.contains("utf8@")
  }

  /// Whether it runs in tmux.
  var isInTmux: Bool { nonEmpty("TMUX") != nil }

  /// Whether a multiplexer stands between the program and the terminal.
  var isMultiplexed: Bool {
    isInTmux || term.hasPrefix("tmux") || term.hasPrefix("screen") || nonEmpty("STY") != nil
  }

  /// Whether colours are unwelcome (no-color.org: set and not empty).
  var refusesColour: Bool { nonEmpty("NO_COLOR") != nil }

  /// Whether a terminal of few colours is known to have more than its description says.
  var knowsColours: Bool {
    if let value = nonEmpty("COLORTERM")?.lowercased(),
      value == "truecolor" || value == "24bit" || value == "yes"
    {
      return true
    }
    return nonEmpty("TERM_PROGRAM") != nil
  }

  /// The description to bring along where direct colour is asked for, or nothing is asked and the terminal is known to have
  /// it; nil where it is not, or the terminal is not known.
  func directColour(depth: ColourDepth?) -> DirectColourEntry? {
    guard let entry = DirectColourEntry(term: term) else { return nil }
    if depth == .direct { return entry }
    guard depth == nil, !refusesColour, let value = nonEmpty("COLORTERM")?.lowercased(),
      value == "truecolor" || value == "24bit"
    else { return nil }
    // The variable is that of the terminal around, and of what calls itself screen only tmux hands the colours on.
    return term.hasPrefix("screen") && nonEmpty("TMUX") == nil ? nil : entry
  }

  /// How long an Esc may begin a key, in milliseconds: ESCDELAY, 50 by default, at most 5000.
  var escapeDelay: Int { nonEmpty("ESCDELAY").flatMap { Int($0) }.map { min(max($0, 0), 5000) } ?? 50 }

  /// Sets the language of the process for text; returns whether that is UTF-8. A UTF-8 locale that is missing falls back
  /// to C.UTF-8, since in any other ncurses shows blanks for everything beyond ASCII, without an error.
  func establishLocale() -> Bool {
    if setlocale(LC_CTYPE, "") != nil, isUnicode { return true }
    guard asksForUnicode else { return false }
    return (setlocale(LC_CTYPE, "C.UTF-8") != nil || setlocale(LC_CTYPE, "C.utf8") != nil) && isUnicode
  }

  /// What to say of a locale that is not there, which is as good as none.
  func noticeOfLocale(isUnicode: Bool) -> String? {
    guard !isUnicode, !locale.isEmpty, setlocale(LC_CTYPE, "") == nil else { return nil }
    return "there is no locale '\(locale.prefix(40))', so the picture is ASCII; LC_ALL=C.UTF-8 shows more"
  }

  private var isUnicode: Bool {
    guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
    let codeset = String(cString: name).lowercased()
    return codeset == "utf-8" || codeset == "utf8"
  }

  /// The names under which to look for a description of the terminal, best first.
  func candidates(depth: ColourDepth?) -> [String] {
    var names = [term]
    if depth == .direct, !term.hasSuffix("-direct") {
      let base = term.hasSuffix("-256color") ? String(term.dropLast(9)) : term
      names.insert(base + "-direct", at: 0)
    }
    if term == "xterm" && (depth == nil ? knowsColours : depth == .indexed256) {
      names.insert("xterm-256color", at: 0)
    }
    return names
  }

  /// Whether a terminal of this name understands the private modes of xterm: mouse, bracketed paste, synchronised output.
  static func isXtermLike(_ name: String, hasMouse: Bool) -> Bool {
    hasMouse && !["linux", "vt", "ansi", "cons", "cygwin"].contains { name.hasPrefix($0) }
  }

  /// The rung of the glyph ladder that a terminal of this name is known to show.
  static func glyphs(_ name: String, unicode: Bool) -> GlyphSet {
    guard unicode else { return .ascii }
    if name.hasPrefix("linux") || name.hasPrefix("vt") || name.hasPrefix("ansi") || name.hasPrefix("cons") {
      return .ascii
    }
    if name.hasPrefix("rxvt") { return .quadrant }
    return .braille
  }
}
