internal import Glibc

/// tmux between the program and the terminal.
enum Multiplexer {
  /// The terminal in which tmux runs, if it hands on to it what it does not understand itself (`allow-passthrough`).
  static func terminalBehind() -> TerminalVersion? {
    // Both are known to tmux alone, and no escape sequence asks for them.
    guard
      let answer = popen("tmux display-message -p '#{allow-passthrough} #{client_termtype}' 2>/dev/null", "r")
    else { return nil }
    defer { pclose(answer) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), answer) != nil else { return nil }
    return terminal(
      answer: String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  /// The terminal by what tmux says of it.
  static func terminal(answer: String) -> TerminalVersion? {
    let words = answer.split(separator: " ", maxSplits: 1)
    // A switch up to version 3.3, a choice since.
    guard words.count == 2, ["1", "on", "all"].contains(words[0]) else { return nil }
    return TerminalVersion(String(words[1].prefix { $0 != "\n" }))
  }
}
