import Testing

@testable import Terminal

@Suite struct OutputFilterTests {
  private func filtered(_ text: String, reset: String = "\u{1b}]104\u{7}") -> String {
    String(decoding: OutputFilter(paletteReset: Array(reset.utf8)).filtered(Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    ("\u{1b}[38;5;17m", "\u{1b}[38;5;18m", "\u{1b}[48;5;17m", "\u{1b}[48;5;18m"),
    ("\u{1b}[31m", "\u{1b}[92m", "\u{1b}[41m", "\u{1b}[107m"),
    ("\u{1b}[38:2::1:2:3m", "\u{1b}[38:2::1:2:4m", "\u{1b}[48:2::1:2:3m", "\u{1b}[48:2::1:2:4m"),
    ("\u{1b}[38;2;1;2;3m", "\u{1b}[38;2;1;2;4m", "\u{1b}[48;2;1;2;3m", "\u{1b}[48;2;1;2;4m"),
  ])
  func aColourThatIsThereIsNotSentAgain(f1: String, f2: String, b1: String, b2: String) {
    // A foreground and a background next to each other become one sequence.
    let (both1, both2) = (f1.dropLast() + ";" + b1.dropFirst(2), f2.dropLast() + ";" + b2.dropFirst(2))
    #expect(filtered(f1 + b1 + "a" + f1 + b2 + "b") == both1 + "a" + b2 + "b")
    #expect(filtered(f1 + b1 + "a" + f2 + b1 + "b") == both1 + "a" + f2 + "b")
    #expect(filtered(f1 + b1 + "a" + f2 + b2 + "b") == both1 + "a" + both2 + "b")
    #expect(filtered(f1 + "a" + b1 + "b") == f1 + "a" + b1 + "b")
    // Moving and erasing change no colours.
    #expect(filtered(f1 + "a\u{1b}[2;3H\u{1b}[K" + f1 + "b") == f1 + "a\u{1b}[2;3H\u{1b}[Kb")
    // Whatever else concerns them makes them unknown.
    for other in [
      "\u{1b}[m", "\u{1b}(B\u{1b}[m", "\u{1b}[39;49m", "\u{1b}[1m", "\u{1b}[0;7m", "\u{1b}8", "\u{1b}[39m",
    ] {
      #expect(filtered(f1 + b1 + other + f1 + b1) == both1 + other + both1)
    }
  }

  @Test func severalAtOnceAreLeftAlone() {
    for text in ["\u{1b}[38;5;1;48;5;2m", "\u{1b}[0;31m", "\u{1b}[31;42m", "\u{1b}[38;5m", "\u{1b}[38m"] {
      #expect(filtered(text + text) == text + text)
    }
  }

  @Test func thePaletteIsNotReset() {
    #expect(filtered("a\u{1b}]104\u{7}b\u{1b}[39;49m") == "ab\u{1b}[39;49m")
    #expect(filtered("a\u{1b}]Rb", reset: "\u{1b}]R") == "ab")
    #expect(filtered("a\u{1b}]104\u{7}b", reset: "") == "a\u{1b}]104\u{7}b")
  }

  @Test func whatIsCutShortStaysAsItIs() {
    for text in ["", "\u{1b}", "\u{1b}[", "\u{1b}[38;5", "a\u{1b}[38;5;1", "▀\u{1b}[48;5;200"] {
      #expect(filtered(text) == text)
    }
  }
}
