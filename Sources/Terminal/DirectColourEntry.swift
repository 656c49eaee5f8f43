internal import Canvas
internal import Glibc

/// Descriptions of terminals with direct colour that the program brings along: those in the terminfo database are in a
/// package that is rarely installed, and some of them use a form of the sequence that few terminals know.
///
/// ncurses takes a description from the variable TERMINFO itself (6.1 and later, `b64:`).
enum DirectColourEntry: String, CaseIterable {
  /// For what calls itself xterm, or is as good.
  case xterm = "descent-direct"
  /// Inside tmux, which does not erase in the colour of the ground.
  case tmux = "descent-direct-tmux"

  /// The entry for a terminal of this name; nil for one that is not known to be like xterm.
  init?(term: String) {
    if term.hasPrefix("tmux") || term.hasPrefix("screen") {
      self = .tmux
    } else if [
      "xterm", "alacritty", "foot", "kitty", "ghostty", "wezterm", "konsole", "vte", "gnome", "iterm2",
    ]
    .contains(where: term.hasPrefix) {
      self = .xterm
    } else {
      return nil
    }
  }

  /// Runs `body` with TERMINFO naming this entry, then puts the variable back: what is started from here does not see it.
  func whileFound<T, E: Error>(_ body: () throws(E) -> T) throws(E) -> T {
    let before = getenv("TERMINFO").map { String(cString: $0) }
    setenv("TERMINFO", database, 1)
    defer {
      if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") }
    }
    return try body()
  }

  /// The entries in the language of terminfo.
  static let source = """
    descent-direct|xterm with direct colour in the form with semicolons,
      RGB, colors#0x1000000, pairs#0x7FFF,
      setaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
      setab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
      setb@, setf@, initc@, oc@, ccc@,
      use=xterm-256color,
    descent-direct-tmux|tmux with direct colour in the form with semicolons,
      RGB, colors#0x1000000, pairs#0x7FFF,
      setaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
      setab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
      setb@, setf@, initc@, oc@, ccc@,
      use=tmux-256color,
    """
}
