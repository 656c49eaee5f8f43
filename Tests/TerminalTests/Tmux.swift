import Glibc
import TestSupport
import Testing

/// A shell in a real terminal: a server of tmux of its own, ended with it.
final class Tmux {
  private let path: String
  private let socket: String

  /// Starts a shell whose prompt is `ready>`.
  ///
  /// - Parameter name: tells it from others of this process.
  init(_ name: String, columns: Int = 100, rows: Int = 30) throws {
    path = try #require(BuiltProgram.tmux)
    socket = "descent-test-\(getpid())-\(name)"
    try run(
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "PS1='ready> ' exec bash --norc --noprofile -i")
    try wait("the shell") { $0.contains("ready>") }
  }

  deinit { _ = try? run("kill-server") }

  @discardableResult
  func run(_ arguments: String...) throws -> String {
    let ended = try Spawn.run(
      path, ["-L", socket, "-f", "/dev/null"] + arguments,
      environment: [
        "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
      ])
    return String(decoding: ended.output + ended.errors, as: UTF8.self)
  }

  /// What stands on the screen.
  func screen() throws -> String { try run("capture-pane", "-p") }

  /// Presses keys by their names; other words are typed.
  func send(_ keys: String...) throws {
    for key in keys { try run("send-keys", key) }
  }

  /// Waits until the screen is as wanted, for at most half a minute.
  func wait(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, for condition: (String) -> Bool
  ) throws {
    var screen = ""
    for _ in 0..<800 {
      screen = try self.screen()
      if condition(screen) { return }
      usleep(30_000)
    }
    Issue.record(
      "\(socket): \(what) did not come; the screen was\n\(screen)", sourceLocation: sourceLocation)
  }

  func wait(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try wait("'\(text)'", sourceLocation: sourceLocation) { $0.contains(text) }
  }

  func press(_ key: String, until text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try send(key)
    try wait(text, sourceLocation: sourceLocation)
  }
}
