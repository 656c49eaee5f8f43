import Glibc
import Testing
import TestSupport

/// A lecture from end to end in a real terminal, driven by the keys of a presenter remote.
extension OnATerminal {
  @Suite struct LectureOnATerminalTests {
    @Test(.enabled(if: BuiltProgram.tmux != nil, "needs tmux"))
    func aLectureFromEndToEnd() throws {
      let tmux = try Tmux("lecture")
      try tmux.send(
        "\(BuiltProgram.descent) present ravine step-too-large --no-config; echo status=$?", "Enter")
      try tmux.wait("scene 1/2")
      // With everything shown, whatever the size of the terminal.
      try tmux.press("H", until: "replay")
      try tmux.press("NPage", until: "Who is first at the bottom?")
      // The class picks, the answer is revealed, and the next beat plays as far as it says.
      try tmux.press("2", until: "▸ 2")
      try tmux.press("Enter", until: "✓ 4")
      try tmux.press("NPage", until: "step 12")
      try tmux.press("NPage", until: "By how much can the rate of SGD grow")
      // Remotes send these to begin a show.
      try tmux.send("F5", "Escape")
      // What follows an Esc at once would belong to it.
      usleep(600_000)
      try tmux.send("b")
      usleep(600_000)
      #expect(try !tmux.screen().contains("By how much"))
      try tmux.press("b", until: "By how much can the rate of SGD grow")
      try tmux.press("Right", until: "exploring")
      try tmux.press("BSpace", until: "back to the beat")
      #expect(try !tmux.screen().contains("exploring"))
      try tmux.press("NPage", until: "✓ 1")
      try tmux.send("NPage")
      try tmux.press("NPage", until: "beat 4/4")
      try tmux.press("NPage", until: "scene 2/2")
      try tmux.press("PPage", until: "scene 1/2")
      try tmux.press("q", until: "q again ends the lecture")
      try tmux.press("q", until: "status=0")
    }

    @Test(.enabled(if: BuiltProgram.tmux != nil, "needs tmux"))
    func aBeatStartsAtTheStepThatIsShown() throws {
      let tmux = try Tmux("play")
      try tmux.send("\(BuiltProgram.descent) present square-root --no-config", "Enter")
      try tmux.wait("scene 1/1")
      try tmux.press("H", until: "replay")
      try tmux.press("NPage", until: "How many times fewer steps")
      try tmux.press("1", until: "▸ 1")
      try tmux.press("Enter", until: "✓ 2")
      // The lecturer is silent.
      usleep(3_000_000)
      let clock = ContinuousClock()
      let start = clock.now
      try tmux.send("NPage")
      try tmux.wait("the beat that plays") { $0.firstMatch(of: /step ([1-9]\d*)/) != nil }
      let step = try #require(try tmux.screen().firstMatch(of: /step (\d+)/).flatMap { Int($0.1) })
      // 40 steps a second since the key, however slow the machine is; the silence would add 50 to that.
      let seconds = (clock.now - start) / .seconds(1)
      #expect(Double(step) <= 40 * seconds + 1)
    }
  }
}
