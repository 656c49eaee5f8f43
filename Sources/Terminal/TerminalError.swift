internal import Canvas

/// Why there is no usable terminal. Its description is one sentence that names the way out.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Standard input or output is not a terminal.
  case notATerminal
  /// The terminal cannot place its cursor, as `dumb`.
  case cannotAddressCursor(String)
  /// There is no description of the terminal, nor of one to fall back to.
  case unknownTerminal(String)
  /// The terminal could not be set up.
  case unusable(String)

  /// One sentence with the way out.
  package var description: String {
    switch self {
    case .notATerminal:
      "standard input and output must be a terminal; 'descent render' prints a frame without one"
    case .cannotAddressCursor(let name):
      "the terminal '\(Text.sanitised(name))' cannot address its cursor; set TERM to what it is, or use 'descent render'"
    case .unknownTerminal(let name):
      "no terminfo entry for TERM '\(Text.sanitised(name))', nor for xterm-256color; install ncurses-base, or use 'descent render'"
    case .unusable(let name):
      "the terminal '\(Text.sanitised(name))' could not be set up; try another TERM, or use 'descent render'"
    }
  }
}
