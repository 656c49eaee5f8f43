import Canvas
import Foundation
import Glibc
import Testing

@testable import Terminal

/// What needs a terminal goes one after the other: ncurses has one screen at a time, and signals concern the process.
@Suite(.serialized) enum OnATerminal {}

/// The screen on a pseudo-terminal in this process.
extension OnATerminal {
  @Suite struct ScreenTests {
    private func with(
      _ configuration: Terminal.Configuration = Terminal.Configuration(sync: .off), columns: Int = 120,
      rows: Int = 36,
      environment: [String: String] = [:], _ body: (Terminal, PseudoTerminal) throws -> Void
    ) throws {
      let line = try PseudoTerminal(columns: columns, rows: rows)
      let end = line.open()
      defer { close(end) }
      var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"]
      variables.merge(environment) { $1 }
      setenv("LC_ALL", variables["LC_ALL"] ?? "", 1)
      let terminal = try Terminal(
        configuration, input: end, output: end, surroundings: Surroundings { variables[$0] })
      defer { terminal.close() }
      try body(terminal, line)
    }

    /// Shows a canvas and returns what came of it at the other end. A long frame takes more than one turn, since the line
    /// holds only so much.
    private func show(
      _ canvas: Canvas, on terminal: Terminal, _ line: PseudoTerminal
    ) -> (frame: Terminal.Frame, bytes: [UInt8]) {
      deliver(terminal.show(canvas), terminal, line)
    }

    private func deliver(
      _ frame: Terminal.Frame, _ terminal: Terminal, _ line: PseudoTerminal
    ) -> (frame: Terminal.Frame, bytes: [UInt8]) {
      var bytes: [UInt8] = []
      for _ in 0..<2000 where bytes.count < frame.bytes {
        bytes += line.read(seconds: 0.01, until: { !$0.isEmpty })
        if bytes.count < frame.bytes { _ = terminal.nextEvents(timeout: .zero) }
      }
      return (frame, bytes)
    }

    /// A shaded plot with contour lines, a trail and a head that wander down and up, as in the explorer.
    private func frame(_ step: Int, _ width: Int, _ height: Int, depth: ColourDepth = .indexed256) -> Canvas {
      let palette = Palette(depth: depth)
      var canvas = Canvas(width: width, height: height, style: Style(palette.text, on: palette.ground))
      canvas.text("descent  Rosenbrock", x: 1, y: 0, style: palette.style(.accent))
      var plot = Plot(columns: max(width - 44, 4), rows: max(height - 6, 2), palette: palette)
      let (columns, rows) = (Double(plot.columns), Double(plot.rows))
      plot.shade { x, y in
        let u = (Double(x) / columns - 0.5) * 4
        let v = (Double(y) / rows / 2 - 0.3) * 4
        let bend = v - u * u
        let loss = (1 - u) * (1 - u) + 20 * bend * bend
        return (loss / (loss + 10)).squareRoot()
      }
      for ring in 1..<6 {
        let height = rows * Double(ring) / 6
        plot.line((0...40).map { SIMD2<Double>(Double($0) / 40 * columns, height + Double($0 % 20) / 10) })
      }
      for entry in 0..<5 {
        let left = columns * (0.2 + 0.1 * Double(entry))
        let way = (0...step).map { (age: Int) -> SIMD2<Double> in
          let turn = (age * 7 + entry * 13) % 40
          return SIMD2(left + Double(age % 50) / 4, rows * Double(abs(turn - 20)) / 21)
        }
        plot.trail(way.suffix(24), TrailPen(palette.entry(entry), fade: 16))
        plot.head(Glyph(Unicode.Scalar(UInt8(49 + entry))), at: way[step], colour: palette.entry(entry))
        canvas.text(String(step * (entry + 3)), x: width - 20, y: 3 + entry, style: palette.style(.text))
      }
      plot.paint(on: &canvas, x: 6, y: 2)
      canvas.text(rightAligned: "step \(step)", right: width - 1, y: 0, style: palette.style(.good))
      return canvas
    }

    @Test func oneWriteAFrameAndNoFalseScrolling() throws {
      try with { terminal, line in
        #expect(terminal.depth == .indexed256 && terminal.supportsUnicode && terminal.glyphs == .braille)
        #expect(terminal.size == (120, 36))
        #expect(line.available().isEmpty || !line.isCooked)
        var (shown, seen) = show(frame(0, 120, 36), on: terminal, line)
        #expect(!shown.dropped && shown.bytes > 3000)
        #expect(
          seen.contains("\u{1b}[?1049h") && seen.contains("\u{1b}[?1002h") && seen.contains("\u{1b}[?2004h"))
        for step in 1..<80 {
          let writes = terminal.writes
          (shown, seen) = show(frame(step, 120, 36), on: terminal, line)
          #expect(terminal.writes == writes + 1, "a frame is one write")
          #expect(seen.count == shown.bytes)
          #expect(seen.sequences(ending: "r") == 0, "no scroll region at step \(step)")
          #expect(
            seen.sequences(ending: "J") == 0 && !seen.contains("\u{1b}M"), "nothing is erased or scrolled")
        }
        let writes = terminal.writes
        #expect(terminal.show(frame(79, 120, 36)) == Terminal.Frame(bytes: 0, dropped: false))
        #expect(terminal.writes == writes, "what is there already is not sent")
      }
    }

    @Test(arguments: [ColourDepth.indexed256, .direct])
    func aMarkerThatMovesCostsLittle(depth: ColourDepth) throws {
      let environment = depth == .direct ? ["COLORTERM": "truecolor"] : [:]
      try with(environment: environment) { terminal, line in
        #expect(terminal.depth == depth)
        let palette = Palette(depth: depth)
        var plot = Plot(columns: 110, rows: 32, palette: palette)
        plot.shade { x, y in Double((x - 60) * (x - 60) + (y - 32) * (y - 32)) / 4000 }
        var sizes: [Int] = []
        var writes = 0
        for step in 0..<60 {
          var moved = plot
          let places = (0...step).map { SIMD2<Double>(10 + Double($0) * 1.5, 3 + Double($0) * 0.47) }
          for entry in 0..<5 {
            let own = places.map { $0 + SIMD2(0, Double(entry)) }
            moved.trail(own, TrailPen(palette.entry(entry)))
            moved.head("1", at: own[step], colour: palette.entry(entry))
          }
          var canvas = Canvas(width: 120, height: 36, style: Style(palette.text, on: palette.ground))
          moved.paint(on: &canvas, x: 6, y: 1)
          let (shown, seen) = show(canvas, on: terminal, line)
          if step > 0 {
            sizes.append(shown.bytes)
            #expect(seen.sequences(ending: "r") == 0)
            #expect(terminal.writes == writes + 1)
          }
          writes = terminal.writes
        }
        #expect((sizes.max() ?? 0) < 1500 && sizes.sorted()[sizes.count / 2] < 1000, "\(sizes)")
      }
    }

    @Test func aFullRepaintStaysInItsBudget() throws {
      try with(columns: 120, rows: 40) { terminal, line in
        let (shown, _) = show(frame(30, 120, 40), on: terminal, line)
        #expect(shown.bytes < 30_000)
        let (again, seen) = deliver(terminal.redraw(), terminal, line)
        #expect(again.bytes > 3000 && again.bytes < 30_000)
        #expect(seen.contains("\u{1b}[2J"), "a repaint starts from an empty screen")
      }
      try with(columns: 120, rows: 40, environment: ["COLORTERM": "truecolor"]) { terminal, line in
        let (shown, _) = show(frame(30, 120, 40, depth: .direct), on: terminal, line)
        #expect(shown.bytes < 40_000)
      }
    }

    @Test func framesAreMarkedWhereItPays() throws {
      try with(Terminal.Configuration(sync: .on)) { terminal, line in
        var seen = show(frame(0, 120, 36), on: terminal, line).bytes
        #expect(!seen.contains("\u{1b}[?2026h"), "not around an erased screen")
        seen = show(frame(9, 120, 36), on: terminal, line).bytes
        #expect(
          seen.starts(with: Array("\u{1b}[?2026h".utf8))
            && seen.suffix(8).elementsEqual(Array("\u{1b}[?2026l".utf8)))
        var one = frame(9, 120, 36)
        one.text("x", x: 1, y: 0, style: .plain)
        seen = show(one, on: terminal, line).bytes
        #expect(!seen.contains("2026"), "nor around a single row")
      }
      try with(Terminal.Configuration(sync: .auto)) { terminal, line in
        #expect(
          show(frame(0, 120, 36), on: terminal, line).bytes.contains("\u{1b}[?2026$p"),
          "the terminal is asked")
        #expect(
          !show(frame(9, 120, 36), on: terminal, line).bytes.contains("2026h"), "and not believed unasked")
        line.type("\u{1b}[?2026;2$y")
        #expect(terminal.nextEvents(timeout: .milliseconds(300)) == .events([]))
        #expect(show(frame(18, 120, 36), on: terminal, line).bytes.contains("\u{1b}[?2026h"))
      }
    }

    @Test func aSlowTerminalDropsFramesAndCatchesUp() throws {
      try with { terminal, line in
        // Nobody reads: the line fills up.
        var dropped = 0
        var step = 0
        while dropped < 3, step < 4000 {
          var canvas = frame(0, 120, 36)
          canvas.restyle(canvas.bounds) { Style(.indexed(16 + step % 200), on: $0.background) }
          canvas.text("frame \(step)", x: 0, y: 0, style: .plain)
          if terminal.show(canvas).dropped { dropped += 1 }
          step += 1
        }
        #expect(dropped == 3, "a terminal that takes nothing is not waited for")
        #expect(terminal.isBehind)
        let last = frame(50, 120, 36)
        #expect(terminal.show(last).dropped)
        // Once it reads again, the last frame comes by itself, without those between.
        var seen: [UInt8] = []
        for _ in 0..<200 where terminal.isBehind {
          seen += line.available()
          #expect(terminal.nextEvents(timeout: .milliseconds(20)) == .events([]))
        }
        #expect(!terminal.isBehind)
        #expect(terminal.show(last) == Terminal.Frame(bytes: 0, dropped: false))
        seen += line.readUntilQuiet(seconds: 0.5)
        #expect(seen.contains("step 50") || seen.contains("50"))
      }
    }

    /// A frame that the terminal took only in part is given up at the end, but never in the middle of a character.
    @Test func whatIsSentIsWholeCharacters() throws {
      for shift in 0..<12 {
        let line = try PseudoTerminal()
        let end = line.open()
        defer { close(end) }
        var canvas = frame(0, 120, 36)
        let terminal = try Terminal(
          Terminal.Configuration(sync: .off), input: end, output: end,
          surroundings: Surroundings { ["TERM": "xterm-256color", "LANG": "C.UTF-8"][$0] })
        // Nobody reads: the line fills up somewhere in a frame of three-byte characters.
        var isFull = false
        for step in 0..<200 where !isFull {
          for y in 0..<36 {
            canvas.text(
              String(repeating: step % 2 == 0 ? "⣿" : "⡇", count: 120 - shift), x: shift, y: y,
              style: .plain)
          }
          isFull = terminal.show(canvas).dropped
        }
        #expect(isFull)
        var seen: [UInt8] = []
        let reading = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var bytes: [UInt8] = []
        nonisolated(unsafe) let reader = line
        Thread {
          bytes = reader.read(seconds: 3, until: { $0.contains("[?1049l") })
          reading.signal()
        }.start()
        terminal.close()
        reading.wait()
        seen += bytes
        #expect(seen.contains("[?1049l"))
        #expect(String(validating: seen, as: UTF8.self) != nil, "shifted by \(shift)")
      }
    }

    @Test func theSizeIsThatOfTheWindow() throws {
      let line = try PseudoTerminal(columns: 100, rows: 40, pixels: (1200, 960))
      let end = line.open()
      defer { close(end) }
      let size = WindowSize.measured(end)
      #expect(size.columns == 100 && size.rows == 40)
      #expect(size.cell?.width == 12 && size.cell?.height == 24)
      line.resize(columns: 0, rows: 0)
      #expect(WindowSize.measured(end) == WindowSize(columns: 80, rows: 24))
    }

    @Test func theTerminalIsPutBack() throws {
      let line = try PseudoTerminal()
      let end = line.open()
      defer { close(end) }
      let before = line.settings
      let terminal = try Terminal(
        Terminal.Configuration(), input: end, output: end,
        surroundings: Surroundings { ["TERM": "xterm-256color", "LANG": "C.UTF-8"][$0] })
      #expect(!line.isCooked)
      _ = show(frame(1, 120, 36), on: terminal, line)
      terminal.close()
      #expect(line.settings == before)
      let bytes = line.available()
      for sequence in ["?1049l", "?25h", "?1000l", "?1002l", "?1006l", "?2004l", "?2026l", "?1l"] {
        #expect(bytes.contains("\u{1b}[" + sequence), "\(sequence) is sent")
      }
      terminal.close()
      #expect(line.available().isEmpty, "closing twice does nothing")
      #expect(terminal.show(frame(2, 120, 36)).dropped)
      #expect(terminal.nextEvents() == .hangup)
    }

    @Test func coloursFollowTheTerminal() throws {
      let cases: [([String: String], ColourDepth?, ColourDepth, Bool)] = [
        (["TERM": "xterm-256color"], nil, .indexed256, false), (["TERM": "xterm"], nil, .ansi8, false),
        (["TERM": "xterm", "COLORTERM": "truecolor"], nil, .direct, false),
        (["TERM": "xterm-256color", "COLORTERM": "24bit"], nil, .direct, false),
        (["TERM": "xterm-256color", "COLORTERM": "yes"], nil, .indexed256, false),
        (["TERM": "tmux-256color", "COLORTERM": "truecolor"], nil, .direct, false),
        (["TERM": "screen-256color", "COLORTERM": "truecolor"], nil, .indexed256, false),
        (["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "1"], nil, .direct, false),
        (["TERM": "vt100", "COLORTERM": "truecolor"], nil, .none, false),
        (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], nil, .none, false),
        (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .indexed256, .indexed256, false),
        (["TERM": "xterm-256color"], .direct, .direct, false),
        (["TERM": "tmux-256color"], .direct, .direct, false),
        (["TERM": "vt100"], .direct, .none, true),
        (["TERM": "vt100"], nil, .none, false),
        (["TERM": "linux"], nil, .ansi8, false),
        (["TERM": "xterm-256color", "NO_COLOR": "1"], nil, .none, false),
        (["TERM": "xterm-256color", "NO_COLOR": "1"], .ansi16, .ansi16, false),
        (["TERM": "xterm-256color"], .ansi8, .ansi8, false), (["TERM": "vt100"], .indexed256, .none, false),
        (["TERM": "no-such-terminal"], nil, .indexed256, true),
      ]
      for (environment, asked, depth, notice) in cases {
        try with(Terminal.Configuration(depth: asked, sync: .off), environment: environment) {
          terminal, line in
          #expect(terminal.depth == depth, "\(environment)")
          #expect((terminal.notice != nil) == notice)
          let seen = show(frame(3, 120, 36, depth: terminal.depth), on: terminal, line).bytes
          #expect(seen.count > 600)
          if depth == .none {
            let text = String(decoding: seen, as: UTF8.self)
            #expect(
              text.matches(of: /\u{1b}\[[0-9;]*(3[0-7]|4[0-7]|38;5|48;5)[0-9;]*m/).isEmpty, "\(environment)")
          }
        }
      }
    }

    @Test func aLocaleWithoutUnicodeGetsASCII() throws {
      defer { setenv("LC_ALL", "C.UTF-8", 1) }
      try with(environment: ["LANG": "C", "LC_ALL": "C"]) { terminal, line in
        #expect(!terminal.supportsUnicode && terminal.glyphs == .ascii)
        let seen = show(frame(3, 120, 36), on: terminal, line).bytes
        #expect(seen.allSatisfy { $0 < 0x80 })
      }
      try with(environment: ["LANG": "en_XX.UTF-8", "LC_ALL": "en_XX.UTF-8"]) { terminal, line in
        #expect(terminal.supportsUnicode, "a UTF-8 locale that is missing is no reason for blanks")
        #expect(show(frame(3, 120, 36), on: terminal, line).bytes.contains("▀"))
      }
    }

    @Test func whatCannotBeUsedIsRefused() throws {
      let line = try PseudoTerminal()
      let end = line.open()
      defer { close(end) }
      #expect(throws: TerminalError.cannotAddressCursor("dumb")) {
        try Terminal(.init(), input: end, output: end, surroundings: Surroundings { ["TERM": "dumb"][$0] })
      }
      let file = Glibc.open("/dev/null", O_RDWR)
      defer { close(file) }
      #expect(throws: TerminalError.notATerminal) {
        try Terminal(.init(), input: file, output: end, surroundings: Surroundings { ["TERM": "xterm"][$0] })
      }
      #expect(line.isCooked && line.available().isEmpty, "a terminal that is refused is not touched")
    }

    @Test func inputArrives() throws {
      try with { terminal, line in
        _ = show(frame(0, 120, 36), on: terminal, line)
        line.type("n\u{1b}[A\u{1b}[<0;10;5M\u{1b}[200~q\u{1b}[201~")
        var events: [Event] = []
        for _ in 0..<50 where events.count < 4 {
          if case .events(let more) = terminal.nextEvents(timeout: .milliseconds(100)) { events += more }
        }
        #expect(events == [.key(.character("n")), .key(.up), .mouse(Mouse(.press, x: 9, y: 4)), .paste("q")])
        #expect(terminal.nextEvents(timeout: .milliseconds(10)) == .events([]))
        line.type("\u{1c}")
        #expect(
          terminal.nextEvents(timeout: .seconds(5)) == .signal(SIGQUIT), "Ctrl-\\ still ends the program")
      }
    }

    @Test func everySizeIsShown() throws {
      try with(columns: 80, rows: 24) { terminal, line in
        for (columns, rows) in [(80, 24), (1, 1), (20, 5), (300, 100), (2, 60), (120, 36)] {
          line.resize(columns: columns, rows: rows)
          // The terminal is not this process's own, so the kernel does not tell of the change.
          kill(getpid(), SIGWINCH)
          #expect(
            terminal.nextEvents(timeout: .seconds(10)) == .events([.resize(width: columns, height: rows)]))
          #expect(terminal.size == (columns, rows))
          #expect(!show(frame(3, columns, rows), on: terminal, line).frame.dropped)
          // A canvas of another size than the screen does no harm.
          _ = show(frame(3, columns + 7, max(rows - 1, 1)), on: terminal, line)
        }
      }
    }

    @Test func signalsAskTheLoopToEnd() throws {
      try with { terminal, _ in
        kill(getpid(), SIGTERM)
        #expect(terminal.nextEvents(timeout: .seconds(10)) == .signal(SIGTERM))
      }
    }

    @Test func aTerminalThatIsGoneEndsTheLoop() throws {
      let end: Int32
      let terminal: Terminal
      do {
        let line = try PseudoTerminal()
        end = line.open()
        terminal = try Terminal(
          .init(), input: end, output: end, surroundings: Surroundings { ["TERM": "xterm-256color"][$0] })
      }
      defer { close(end) }
      #expect(terminal.nextEvents(timeout: .seconds(10)) == .hangup)
      terminal.close()
    }

    @Test func wideAndCombiningGlyphsKeepTheirPlaces() throws {
      try with(columns: 20, rows: 3) { terminal, line in
        var canvas = Canvas(width: 20, height: 3)
        canvas.text("m̂日本x", x: 0, y: 0, style: .plain)
        canvas.text("end", x: 17, y: 0, style: .plain)
        let text = String(decoding: show(canvas, on: terminal, line).bytes, as: UTF8.self)
        #expect(text.contains("m\u{302}日本x"))
        canvas.text("yz", x: 1, y: 0, style: .plain)
        #expect(show(canvas, on: terminal, line).bytes.contains("yz"))
      }
    }
  }
}
