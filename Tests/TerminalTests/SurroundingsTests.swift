import Canvas
import Testing

@testable import Terminal

@Suite struct SurroundingsTests {
  private func surroundings(_ variables: [String: String]) -> Surroundings { Surroundings { variables[$0] } }

  @Test func theLocaleThatIsAskedFor() {
    #expect(surroundings(["LANG": "en_US.UTF-8"]).asksForUnicode)
    #expect(surroundings(["LANG": "de_DE.utf8@euro"]).asksForUnicode)
    #expect(!surroundings(["LANG": "C"]).asksForUnicode)
    #expect(!surroundings([:]).asksForUnicode)
    #expect(!surroundings(["LANG": "en_US.UTF-8", "LC_CTYPE": "C"]).asksForUnicode)
    #expect(surroundings(["LANG": "C", "LC_CTYPE": "C", "LC_ALL": "C.UTF-8"]).asksForUnicode)
    #expect(surroundings(["LANG": "C.UTF-8", "LC_ALL": ""]).asksForUnicode, "an empty variable says nothing")
  }

  @Test func coloursAndPatience() {
    #expect(!surroundings(["NO_COLOR": ""]).refusesColour)
    #expect(surroundings(["NO_COLOR": "0"]).refusesColour)
    #expect(surroundings([:]).escapeDelay == 50)
    #expect(surroundings(["ESCDELAY": "25"]).escapeDelay == 25)
    #expect(surroundings(["ESCDELAY": "-9"]).escapeDelay == 0)
    #expect(surroundings(["ESCDELAY": "soon"]).escapeDelay == 50)
    #expect(surroundings([:]).term == "dumb")
  }

  @Test func theDescriptionsToTry() {
    #expect(surroundings(["TERM": "xterm-256color"]).candidates(depth: nil) == ["xterm-256color"])
    #expect(
      surroundings(["TERM": "xterm-256color"]).candidates(depth: .direct) == [
        "xterm-direct", "xterm-256color",
      ])
    #expect(surroundings(["TERM": "xterm"]).candidates(depth: nil) == ["xterm"])
    #expect(
      surroundings(["TERM": "xterm", "COLORTERM": "truecolor"]).candidates(depth: nil) == [
        "xterm-256color", "xterm",
      ])
    #expect(surroundings(["TERM": "xterm"]).candidates(depth: .indexed256) == ["xterm-256color", "xterm"])
    #expect(surroundings(["TERM": "xterm-direct"]).candidates(depth: .direct) == ["xterm-direct"])
  }

  @Test func theRungATerminalShows() {
    #expect(Surroundings.glyphs("xterm-256color", unicode: true) == .braille)
    #expect(Surroundings.glyphs("xterm-256color", unicode: false) == .ascii)
    #expect(Surroundings.glyphs("linux", unicode: true) == .ascii)
    #expect(Surroundings.glyphs("rxvt-unicode-256color", unicode: true) == .quadrant, "it has no braille")
  }

  @Test func errorsNameTheWayOut() {
    for error in [
      TerminalError.notATerminal, .cannotAddressCursor("dumb"), .unknownTerminal("x"), .unusable("x"),
    ] {
      #expect("\(error)".contains("descent render"))
    }
    #expect(!"\(TerminalError.cannotAddressCursor("\u{1b}[2J"))".contains("\u{1b}"))
  }
}
