import Canvas
import Foundation
import Glibc
import Pixels
import TestSupport
import Testing

@testable import Terminal

/// Whether pictures are shown, and when no longer.
struct PictureSessionTests {
  private let cell = CellSize(width: 10, height: 20)
  private let kitty = PictureAnswer(knowsKitty: true)

  /// A first frame of so many bytes, answered after so many milliseconds.
  private func session(
    _ pictures: Terminal.Configuration.Pictures = .auto, bytes: Int, after time: Int,
    _ answer: PictureAnswer = PictureAnswer(knowsKitty: true),
    cell: CellSize? = CellSize(width: 10, height: 20)
  ) -> (PictureSession, Event?) {
    var session = PictureSession(pictures)
    session.asked(at: 1000, behind: bytes)
    let event = session.answered(answer, cell: cell, at: 1000 + time)
    return (session, event)
  }

  /// A serial line of 115,200 baud carries 11,520 bytes a second.
  @Test(arguments: [
    (11_000, 30, true), (11_000, 249, true), (40_000, 1900, true), (11_000, 955, false),
    (40_000, 3472, false),
    (200, 400, false),
  ])
  func onlyALineThatIsFastEnough(bytes: Int, time: Int, isFast: Bool) {
    let (session, event) = session(bytes: bytes, after: time)
    #expect(event == (isFast ? .showsPictures(true) : nil) && session.isOn == isFast)
    // Who asks for pictures gets them.
    #expect(self.session(.on, bytes: bytes, after: time).1 == .showsPictures(true))
  }

  @Test func onlyWhereTheTerminalSaysSo() {
    #expect(session(bytes: 100, after: 1, PictureAnswer()).1 == nil)
    #expect(session(bytes: 100, after: 1, PictureAnswer(knowsSixels: true)).1 == .showsPictures(true))
    #expect(session(bytes: 100, after: 1, cell: nil).1 == nil, "of which the size of a cell is not known")
    #expect(
      PictureAnswer(knowsKitty: true, knowsSixels: true, replacesParts: true).means
        == .kitty(replacesParts: true))
    var unasked = PictureSession(.auto)
    #expect(unasked.answered(kitty, cell: cell, at: 5) == nil && !unasked.isOn)
  }

  /// Behind tmux it is the terminal around that counts, and whether tmux hands anything on.
  @Test(arguments: [
    ("1 kitty(0.42.1)\n", true), ("0 kitty(0.42.1)\n", false), ("on kitty(0.42.1)\n", true),
    ("all ghostty 1.2.0\n", true), ("off kitty(0.42.1)\n", false),
    ("on kitty(0.26.5)\n", false), ("on XTerm(379)\n", false), ("\n", false), ("on \n", false),
  ])
  func tmuxIsAskedWhatIsBehindIt(answer: String, shows: Bool) {
    var pictures = PictureAnswer()
    pictures.behind = Multiplexer.terminal(answer: answer)
    #expect((pictures.means == .placeholders(hasDirectColour: false)) == shows)
  }

  /// Five slow frames in a row are too many; a fast one between them is a new beginning.
  @Test func tooSlowIsTooSlow() {
    func answers(_ pictures: Terminal.Configuration.Pictures, _ times: [Int]) -> [Event?] {
      var (session, _) = session(pictures, bytes: 100, after: 1)
      var now = 2000
      return times.map { time in
        session.sent(at: now)
        #expect(session.isWaiting(at: now + min(time, 2999)))
        now += time
        defer { now += 10 }
        return session.answered(kitty, cell: cell, at: now)
      }
    }
    let slow = [300, 300, 300, 300, 10, 300, 300, 300, 300, 251]
    #expect(answers(.auto, slow) == [Event?](repeating: nil, count: 9) + [.showsPictures(false)])
    #expect(answers(.on, slow).allSatisfy { $0 == nil })
    #expect(answers(.auto, [Int](repeating: 250, count: 20)).allSatisfy { $0 == nil })
  }

  /// An answer that never comes holds nothing up for ever.
  @Test func aLostAnswerIsGivenUp() {
    var (session, _) = session(bytes: 100, after: 1)
    session.sent(at: 5000)
    #expect(session.isWaiting(at: 7999) && !session.isWaiting(at: 8000))
    session.forget(cell: cell)
    #expect(!session.isWaiting(at: 5001))
  }
}

extension OnATerminal {
  @Suite struct PicturesOnATerminalTests {
    private let palette = Palette(depth: .direct)

    private func canvas(step: Int) -> Canvas {
      var canvas = Canvas(width: 60, height: 20, style: Style(palette.text, on: palette.ground))
      var plot = Plot(columns: 30, rows: 12, rung: .pixels, palette: palette)
      plot.shade { x, y in Double(x + y) / 53 }
      plot.head("1", at: SIMD2(4 + Double(step), 6), colour: palette.entry(0))
      plot.paint(on: &canvas, x: 2, y: 2)
      return canvas
    }

    private func with(
      _ environment: [String: String] = [:], pixels: (Int, Int) = (600, 400),
      _ body: (Terminal, PseudoTerminal) throws -> Void
    ) throws {
      let line = try PseudoTerminal(columns: 60, rows: 20, pixels: pixels)
      let end = line.open()
      defer { close(end) }
      var variables = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
      variables.merge(environment) { $1 }
      setenv("LC_ALL", "C.UTF-8", 1)
      let terminal = try Terminal(
        Terminal.Configuration(sync: .off, pictures: .on), input: end, output: end,
        surroundings: Surroundings { variables[$0] })
      defer { terminal.close() }
      try body(terminal, line)
    }

    /// What a frame sends, with what of it has to wait.
    private func show(_ canvas: Canvas, _ terminal: Terminal, _ line: PseudoTerminal) -> [UInt8] {
      let frame = terminal.show(canvas)
      var bytes: [UInt8] = []
      for _ in 0..<1000 where bytes.count < frame.bytes {
        bytes += line.read(seconds: 0.01, until: { !$0.isEmpty })
        if bytes.count < frame.bytes { _ = terminal.nextEvents(timeout: .zero) }
      }
      return bytes
    }

    /// Answers the last question, and goes on when that has arrived.
    private func answer(_ terminal: Terminal, _ line: PseudoTerminal) {
      line.type("\u{1b}[?62;c")
      for _ in 0..<100 where terminal.isWaitingForAnswer {
        _ = terminal.nextEvents(timeout: .milliseconds(50))
      }
    }

    private static let known = "\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[?62;c"

    /// The first frame is cells and waits for nothing; pictures follow the answer; a frame is sent when the one before was
    /// read, and only then.
    @Test func picturesFollowTheAnswer() throws {
      try with { terminal, line in
        let first = show(canvas(step: 0), terminal, line)
        #expect(first.contains("\u{1b}_Gi=31,") && !first.contains("a=T"))
        #expect(first.suffix(3).elementsEqual(Array("\u{1b}[c".utf8)), "asked behind the frame")
        line.type(Self.known)
        #expect(terminal.nextEvents(timeout: .seconds(5)) == .events([.showsPictures(true)]))
        let second = show(canvas(step: 1), terminal, line)
        #expect(second.contains("a=T") && second.suffix(3).elementsEqual(Array("\u{1b}[c".utf8)))
        let third = terminal.show(canvas(step: 2))
        #expect(third.dropped && terminal.isBehind)
        #expect(terminal.nextEvents(timeout: .milliseconds(20)) == .events([]), "it waits, and does not poll")
        line.type("\u{1b}[?62;c")
        for _ in 0..<100 where terminal.isBehind { _ = terminal.nextEvents(timeout: .milliseconds(50)) }
        #expect(!terminal.isBehind && line.readUntilQuiet().contains("a=T"))
      }
    }

    @Test func sixelsFollowTheirAnswer() throws {
      try with(pixels: (0, 0)) { terminal, line in
        _ = show(canvas(step: 0), terminal, line)
        // The size of a cell is told where the kernel does not know it.
        line.type("\u{1b}[6;20;10t\u{1b}[?62;4;22c")
        #expect(terminal.nextEvents(timeout: .seconds(5)) == .events([.showsPictures(true)]))
        let second = show(canvas(step: 1), terminal, line)
        #expect(second.contains("\u{1b}P0;1;0q\"1;1;300;240") && second.contains("\u{1b}[?80l"))
      }
    }

    /// A multiplexer is not asked in the words that it would take for a title.
    @Test func multiplexersAreNotAskedForKitty() throws {
      for variables in [["TMUX": "/tmp/x"], ["TERM": "tmux-256color"]] {
        try with(variables) { terminal, line in
          let first = show(canvas(step: 0), terminal, line)
          #expect(!first.contains("_G") && first.contains("\u{1b}[c"))
        }
      }
    }

    /// A screen taken again, or of another size, has its pictures again; nothing is left of them when it is given back.
    @Test func picturesComeAndGoWithTheScreen() throws {
      try with { terminal, line in
        _ = show(canvas(step: 0), terminal, line)
        line.type(Self.known)
        _ = terminal.nextEvents(timeout: .seconds(5))
        _ = show(canvas(step: 1), terminal, line)
        answer(terminal, line)
        terminal.resume()
        #expect(show(canvas(step: 1), terminal, line).contains("a=T"))
        answer(terminal, line)
        line.resize(columns: 60, rows: 20, pixels: (900, 600))
        terminal.measure()
        #expect(show(canvas(step: 1), terminal, line).contains("s=450,v=360"), "in pixels of the new size")
        terminal.close()
        let last = line.readUntilQuiet()
        let gone = try #require(last.position(of: "\u{1b}_Ga=d,d=A,q=2\u{1b}\\"))
        #expect(try gone < #require(last.position(of: "\u{1b}[?1049l")))
      }
    }

    /// In a real tmux whose terminal says that it is a kitty: the picture is handed on, parts of it that change too, the
    /// cells name their parts, and nothing of it stays.
    @Test func throughARealTmux() throws {
      let tmux = try #require(BuiltProgram.tmux)
      let line = try PseudoTerminal(columns: 80, rows: 24, pixels: (480, 288))
      let socket = ["-L", "descent-pictures-\(getpid())", "-f", "/dev/null"]
      func tell(_ words: String...) throws -> String {
        let ended = try Spawn.run(
          tmux, socket + words,
          environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"])
        return String(decoding: ended.output, as: UTF8.self)
      }
      let client = try line.start(
        tmux, socket + ["new-session", "exec bash --norc --noprofile -i"], environment: ["LC_ALL": "C.UTF-8"])
      defer {
        _ = try? tell("kill-server")
        _ = line.end(of: client)
      }
      _ = line.read(until: { $0.contains("\u{1b}[>q") })
      line.type("\u{1b}P>|kitty(0.42.1)\u{1b}\\\u{1b}[?62;c")
      _ = line.readUntilQuiet(0.5)
      for _ in 0..<200 where try !tell("display-message", "-p", "#{client_termtype}").contains("kitty") {
        usleep(20_000)
      }
      _ = try tell("set", "-g", "allow-passthrough", "on")
      _ = try tell("send-keys", "\(BuiltProgram.descent) bowl --no-config --glyphs pixels", "Enter")
      let shown = line.read(until: { $0.contains("a=T,U=1,i=232") && $0.contains("\u{10eeee}\u{305}\u{30d}") }
      )
      #expect(shown.contains("a=T,U=1,i=232") && shown.contains("\u{10eeee}\u{305}\u{30d}"))
      _ = line.readUntilQuiet(0.5)
      _ = try tell("send-keys", "n")
      #expect(line.read(until: { $0.contains("a=f,i=232") }).contains("a=f,i=232"))
      _ = line.readUntilQuiet(0.5)
      _ = try tell("send-keys", "q")
      #expect(line.read(until: { $0.contains("a=d,d=I,i=232") }).contains("a=d,d=I,i=232"))
    }

    /// However the program ends, even while a picture is on its way, none stays. It runs below a shell, as it does for a
    /// person: what a leader of a session has not been read of is lost with it.
    @Test func noPictureStays() throws {
      for number in [nil, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGTRAP] as [Int32?] {
        let line = try PseudoTerminal(columns: 60, rows: 20, pixels: (240, 160))
        let command = "\(BuiltProgram.descent) bowl --no-config --glyphs pixels; s=$?; sleep 0.3; exit $s"
        let shell = try line.start("/bin/sh", ["-c", command], environment: [:])
        _ = line.read(until: { $0.contains("\u{1b}[c") })
        line.type(Self.known)
        let shown = line.read(until: { $0.contains("a=T") })
        #expect(shown.contains("a=T"), "\(number ?? 0)")
        let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
        let process = try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
        // Until then the line fills up.
        usleep(50_000)
        if let number { kill(process, number) } else { line.type("q") }
        let (status, output) = line.end(of: shell)
        #expect(status == number.map { 128 + $0 } ?? 0)
        let gone = output.position(of: "\u{1b}_Ga=d,d=A,q=2\u{1b}\\")
        let left = output.position(of: "\u{1b}[?1049l")
        #expect(gone != nil && left != nil && gone ?? 0 < left ?? 0, "\(number ?? 0)")
      }
    }
  }
}
