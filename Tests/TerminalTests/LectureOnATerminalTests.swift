import Foundation
import Glibc
import Testing

/// A lecture from end to end in a real terminal, driven by the keys of a presenter remote.
extension OnATerminal {
  @Suite struct LectureOnATerminalTests {
    private static let tmuxPath: String? = {
      let places: [String] = ["/usr/bin/tmux", "/usr/local/bin/tmux"]
      return places.first { access($0, X_OK) == 0 }
    }()

    @Test(.enabled(if: tmuxPath != nil, "needs tmux"))
    func aLectureFromEndToEnd() throws {
      let path = try #require(LectureOnATerminalTests.tmuxPath)
      let socket = "descent-lecture-\(getpid())"
      func tmux(_ arguments: String...) throws -> String {
        try Spawn.run(
          path, ["-L", socket, "-f", "/dev/null"] + arguments,
          environment: ["LC_ALL": "C.UTF-8", "TERM": "xterm-256color"]
        ).output
      }
      func wait(_ what: String) throws {
        var screen = ""
        for _ in 0..<600 {
          screen = try tmux("capture-pane", "-p")
          if screen.contains(what) { return }
          usleep(30_000)
        }
        Issue.record("'\(what)' did not come; the screen was\n\(screen)")
      }
      func press(_ key: String, until what: String) throws {
        _ = try tmux("send-keys", key)
        try wait(what)
      }
      defer { _ = try? tmux("kill-server") }
      _ = try tmux(
        "new-session", "-d", "-x", "100", "-y", "30", "PS1='ready> ' exec bash --norc --noprofile -i")
      try wait("ready>")
      _ = try tmux(
        "send-keys", "\(ProgramTests.descent) present ravine step-too-large --no-config; echo status=$?",
        "Enter")
      try wait("scene 1/2")
      try press("NPage", until: "Who is first at the bottom?")
      // The class picks, the answer is revealed, and the next beat plays as far as it says.
      try press("2", until: "▸ 2")
      try press("Enter", until: "✓ 4")
      try press("NPage", until: "step 12")
      try press("NPage", until: "By how much can the rate of SGD grow")
      // Remotes send these to begin a show.
      _ = try tmux("send-keys", "F5", "Escape")
      // What follows an Esc at once would belong to it.
      usleep(600_000)
      _ = try tmux("send-keys", "b")
      usleep(600_000)
      #expect(try !tmux("capture-pane", "-p").contains("By how much"))
      try press("b", until: "By how much can the rate of SGD grow")
      try press("Right", until: "exploring")
      try press("BSpace", until: "back to the beat")
      #expect(try !tmux("capture-pane", "-p").contains("exploring"))
      try press("NPage", until: "✓ 1")
      _ = try tmux("send-keys", "NPage")
      try press("NPage", until: "beat 4/4")
      try press("NPage", until: "scene 2/2")
      try press("PPage", until: "scene 1/2")
      try press("q", until: "q again ends the lecture")
      try press("q", until: "status=0")
    }
  }
}
