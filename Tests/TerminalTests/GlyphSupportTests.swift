import Canvas
import Foundation
import Testing

@testable import Terminal

/// What a terminal draws, and how it gets what the system does not know.
@Suite struct GlyphSupportTests {
  @Test(arguments: [
    ("kitty(0.42.1)", GlyphSet.octant), ("kitty(0.40.0)", .octant), ("kitty(0.39.9)", .sextant),
    ("kitty(0.9.1)", nil), ("ghostty 1.2.0", .octant), ("ghostty 1.1.3", .sextant), ("foot(1.20.1)", .octant),
    ("foot(1.19.0)", .sextant), ("VTE(7800)", .octant), ("VTE(7603)", .sextant), ("VTE(5202)", nil),
    ("WezTerm 20240203-110809-5046fc22", .sextant), ("XTerm(379)", nil), ("tmux 3.4", nil), ("", nil),
    ("kitty", nil), ("kitty(999999999999999999999999)", nil), ("\u{1b}[31m", nil),
  ])
  func versionsAreKnown(answer: String, glyphs: GlyphSet?) {
    #expect(TerminalVersion(answer).glyphs == glyphs)
  }

  @Test func theAnswerIsReadInOnePieceOrInSeveral() {
    let answer = Array("\u{1b}P>|kitty(0.42.1)\u{1b}\\".utf8)
    for cut in 0...answer.count {
      var decoder = InputDecoder()
      var events = decoder.feed(answer[..<cut], at: 0)
      events += decoder.feed(answer[cut...], at: 10)
      events += decoder.feed(Array("q".utf8), at: 20)
      // An Esc alone at the end of a piece is not a key before its delay is over.
      #expect(events == [.key(.character("q"))], "cut at \(cut)")
      #expect(decoder.terminalVersion == "kitty(0.42.1)", "cut at \(cut)")
    }
    var decoder = InputDecoder()
    _ = decoder.feed(
      Array("\u{1b}P>|\(String(repeating: "x", count: 9999))\u{7}\u{1b}P1$r0m\u{1b}\\".utf8), at: 0)
    #expect(
      decoder.terminalVersion.map(\.count) == InputDecoder.longestAnswer - 3, "no more than that is kept")
  }

  @Test func standInsAreExchangedOnTheWayOut() {
    var standIns = StandIns()
    // A system that knows nothing beyond the Latin alphabet but the private use area.
    func columns(_ value: UInt32) -> Int { value < 0x250 || (0xe000...0xf8ff).contains(value) ? 1 : -1 }
    let octant = Dots.octant.glyph(0b0000_0100)
    #expect(octant.base == 0x1cd00)
    let first = standIns.base(for: octant, columns: columns)
    #expect(first == 0xe000)
    #expect(standIns.base(for: "\u{e000}", columns: columns) == 0x3f, "the canvas has none of these")
    #expect(standIns.base(for: octant, columns: columns) == first)
    #expect(standIns.base(for: "a", columns: columns) == 0x61)
    #expect(standIns.base(for: "漢", columns: columns) == 0x3f, "two columns have none")
    let sent = Array("\u{1b}[31ma\u{e000}b\u{e001}é".utf8)
    let shown = OutputFilter(paletteReset: []).filtered(standIns: standIns, sent)
    #expect(String(decoding: shown, as: UTF8.self) == "\u{1b}[31ma\u{1cd00}b\u{e001}é")
  }

  @Test func standInsRunOutWithoutHarm() {
    var standIns = StandIns()
    for value in 0x3400..<0x3400 + 5000 {
      let base = standIns.base(for: Glyph(Unicode.Scalar(UInt32(value + 0x1000)) ?? "?")) { value in
        value >= 0xe000 ? 1 : -1
      }
      #expect(base == 0x3f || StandIns.range.contains(base))
    }
    #expect(standIns.originals.count <= 4096)
  }
}

/// The descriptions that the program brings along.
@Suite struct DirectColourEntryTests {
  @Test func theyAreWhatTheirSourceCompilesTo() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "entries-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appending(path: "direct.ti")
    try (DirectColourEntry.source + "\n").write(to: source, atomically: true, encoding: .utf8)
    func run(_ words: String...) throws -> String {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = words
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return String(decoding: data, as: UTF8.self)
    }
    _ = try run("tic", "-x", "-o", folder.path, source.path)
    for entry in DirectColourEntry.allCases {
      let compiled = try run("infocmp", "-A", folder.path, "-1", "-x", entry.rawValue)
      let own = try run(
        "env", "TERMINFO=\(entry.database)", "infocmp", "-1", "-x", entry.rawValue)
      func capabilities(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      }
      #expect(capabilities(own) == capabilities(compiled))
      #expect(own.contains("38;2;"))
    }
  }

  @Test func whatIsStartedFromHereDoesNotSeeThem() {
    setenv("TERMINFO", "/somewhere", 1)
    let seen = DirectColourEntry.xterm.whileFound { getenv("TERMINFO").map { String(cString: $0) } }
    #expect(seen?.hasPrefix("b64:") == true)
    #expect(getenv("TERMINFO").map { String(cString: $0) } == "/somewhere")
    unsetenv("TERMINFO")
    DirectColourEntry.tmux.whileFound {}
    #expect(getenv("TERMINFO") == nil)
  }

  @Test func theyAreForWhatIsLikeXterm() {
    for name in ["xterm", "xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm"] {
      #expect(DirectColourEntry(term: name) == .xterm)
    }
    #expect(DirectColourEntry(term: "tmux-256color") == .tmux)
    #expect(DirectColourEntry(term: "screen") == .tmux)
    for name in ["linux", "vt220", "rxvt-unicode-256color", "dumb"] {
      #expect(DirectColourEntry(term: name) == nil)
    }
  }
}
