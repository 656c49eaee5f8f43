import Testing

@testable import Canvas

@Suite struct TextTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("ηθβ₁", 4), ("m̂", 1), ("m\u{302}\u{304}x", 2), ("½κ‖∇f‖", 6), ("日本", 4), ("한국어", 6),
    ("→│⣿▀", 4),
    ("a\tb", 3), ("\u{1b}[31m", 5), ("\u{202e}x", 2), ("\u{200b}", 1), ("\u{e000}", 1), ("🎉", 2),
    ("\u{302}", 1),
  ])
  func widths(text: String, columns: Int) {
    #expect(Text.width(of: text) == columns)
    var canvas = Canvas(width: 20, height: 1)
    #expect(canvas.text(text, x: 0, y: 0, style: .plain) == columns)
    #expect(canvas.rows[0].unicodeScalars.count >= 20 - columns)
  }

  @Test func truncationKeepsWideGlyphsWhole() {
    #expect(Text.truncated("abcdef", to: 6) == "abcdef")
    #expect(Text.truncated("abcdef", to: 5) == "abcd…")
    #expect(Text.truncated("abcdef", to: 1) == "…")
    #expect(Text.truncated("abcdef", to: 0) == "")
    #expect(Text.truncated("abcdef", to: -3) == "")
    #expect(Text.truncated("日本語", to: 5) == "日本…")
    #expect(Text.truncated("日本語", to: 4) == "日…")
    #expect(Text.truncated("m̂m̂m̂", to: 2) == "m̂…")
    #expect(Text.padded("日本語", to: 4) == "日… ")
  }

  @Test func wrapping() {
    #expect(Text.wrapped("one two three", to: 7) == ["one two", "three"])
    #expect(Text.wrapped("one\n\ntwo", to: 7) == ["one", "", "two"])
    #expect(Text.wrapped("abcdefgh ij", to: 3) == ["abc", "def", "gh", "ij"])
    #expect(Text.wrapped("日本語", to: 3) == ["日", "本", "語"])
    #expect(Text.wrapped("日本", to: 1) == ["日", "本"])
    #expect(Text.wrapped("x", to: 0) == [])
    for width in 1...9 {
      for line in Text.wrapped("the step of Lion is η · sign(β₁m + (1 − β₁)g)", to: width) {
        #expect(Text.width(of: line) <= width)
      }
    }
  }

  @Test func nothingThatSteersATerminalSurvivesCleaning() {
    #expect(Text.sanitised("a\u{1b}]52;c;eA==\u{7}b") == "a\\u{1B}]52;c;eA==\\u{7}b")
    #expect(Text.sanitised("\u{9b}31m") == "\\u{9B}31m")
    #expect(Text.sanitised("\u{202e}gpj.exe") == "\\u{202E}gpj.exe")
    #expect(Text.sanitised("a\u{200b}b\u{feff}c") == "a\\u{200B}b\\u{FEFF}c")
    #expect(Text.sanitised("one\ttwo\nthree\r") == "one two three ")
    #expect(Text.sanitised("\u{302}x") == "?x")
    #expect(Text.sanitised("x\u{302}\u{304}\u{308}\u{30a}") == "x\u{302}\u{304}??")
    #expect(Text.sanitised("ηθ ½ 日本") == "ηθ ½ 日本")
    for value in Array(0..<0x20) + Array(0x7f..<0xa0) + Array(0x202a...0x202e) + Array(0x2066...0x2069) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let clean = Text.sanitised(String(Character(scalar)))
      #expect(!clean.unicodeScalars.contains(scalar))
      #expect(Text.sanitised(clean) == clean)
      #expect(Glyph(scalar) == "?", "a glyph never holds a control")
    }
  }

  /// No scalar at all may get into a cell unless it has a width of its own.
  @Test func everyScalarHasAWidthOrIsRefused() {
    var wide = 0
    for value in UInt32(0)..<0x3_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      switch Text.columns(of: scalar) {
      case nil, 0: #expect(Glyph(scalar) == "?")
      case 1: #expect(Glyph(scalar).columns == 1)
      default:
        wide += 1
        #expect(Glyph(scalar).columns == 2)
      }
    }
    #expect(wide > 80_000, "the ideographs are wide")
  }
}
