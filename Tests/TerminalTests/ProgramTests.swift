import Foundation
import Glibc
import Testing
import TestSupport

/// The program itself on a pseudo-terminal, as its user meets it: whatever it shows, it takes the terminal and gives it
/// back. Uses no more of it than that `q` quits.
extension OnATerminal {
  @Suite struct ProgramTests {
    private let enterScreen = "\u{1b}[?1049h"

    /// Starts it and waits for the first frame.
    private func started(
      on line: PseudoTerminal, environment: [String: String] = [:]
    ) throws -> (process: pid_t, output: [UInt8]) {
      let process = try line.start(BuiltProgram.descent, environment: environment)
      var output = line.read(until: { $0.count > 600 })
      output += line.readUntilQuiet(seconds: 0.1)
      return (process, output)
    }

    @Test func theTerminalIsPutBackHoweverItEnds() throws {
      let signals: [(String, Int32?)] = [
        ("q", nil), ("INT", SIGINT), ("TERM", SIGTERM), ("HUP", SIGHUP), ("QUIT", SIGQUIT), ("ABRT", SIGABRT),
        ("SEGV", SIGSEGV), ("BUS", SIGBUS), ("ILL", SIGILL), ("FPE", SIGFPE), ("TRAP", SIGTRAP),
      ]
      for (name, number) in signals {
        let line = try PseudoTerminal()
        let before = line.settings
        let (process, _) = try started(on: line)
        #expect(!line.isCooked, "\(name): keys come one by one")
        if let number { kill(process, number) } else { line.type("q") }
        let (status, output) = line.end(of: process)
        #expect(status == number.map { -$0 } ?? 0, "\(name): whoever started it sees how it ended")
        #expect(line.settings == before, "\(name): the line is as it was")
        for sequence in ["?1049l", "?25h", "?1000l", "?1002l", "?2004l"] {
          #expect(output.contains("\u{1b}[" + sequence), "\(name): \(sequence)")
        }
      }
    }

    /// What a step of the race sends, in the costliest colours and characters, from the first steps on, which are the longest:
    /// with the panels hidden the paths alone, else with the numbers and the curves, too.
    @Test(arguments: [true, false]) func aStepCostsLittle(hidesPanels: Bool) throws {
      let line = try PseudoTerminal()
      let words = ["ravine", "--no-config", "--glyphs", "octant", "--color", "direct"]
      let process = try line.start(BuiltProgram.descent, words, environment: ["COLORTERM": "truecolor"])
      var sizes = [line.readUntilQuiet(0.3).count]
      #expect(sizes[0] < 40_000)
      for key in (hidesPanels ? "H" : "") + String(repeating: "n", count: 30) {
        line.type(String(key))
        sizes.append(line.readUntilQuiet(0.1).count)
      }
      line.type("q")
      #expect(line.end(of: process).status == 0)
      // With the first step all heads and names appear. Beside the paths a frame is larger where an axis finds another end.
      let steps = sizes.dropFirst(hidesPanels ? 3 : 2).sorted()
      let (half, most) = hidesPanels ? (1300, 1700) : (1800, 2700)
      #expect(steps[steps.count / 2] < half && steps[steps.count - 1] < most, "\(steps)")
    }

    /// A check counts at a terminal, and leaves nothing of it.
    @Test func aCheckTellsHowFarItIs() throws {
      let line = try PseudoTerminal()
      let process = try line.start(BuiltProgram.descent, ["check", "bowl", "cliff"], environment: [:])
      let (status, output) = line.end(of: process, seconds: 60)
      #expect(status == 0)
      let text = String(decoding: output, as: UTF8.self)
      let end = "\r\u{1b}[K"
      #expect(text.hasPrefix("\(end)checked 0 of 2 scenes, 0 s\(end)checked 1 of 2 scenes, "))
      #expect(text.contains("\(end)descent: longest: "))
      #expect(text.contains("2 scenes, ") && text.hasSuffix("all hold\r\n"))
      let dumb = try PseudoTerminal()
      let quiet = try dumb.start(
        BuiltProgram.descent, ["check", "bowl", "cliff"], environment: ["TERM": "dumb"])
      #expect(!dumb.end(of: quiet, seconds: 60).output.contains("\u{1b}"))
    }

    /// A locale that is not there is said, one that shows no more than ASCII is as asked for.
    @Test func aLocaleThatIsNotThere() throws {
      for (locale, isSaid) in [("xx_YY", true), ("C", false), ("xx_YY.UTF-8", false)] {
        let line = try PseudoTerminal()
        let (process, output) = try started(on: line, environment: ["LC_ALL": locale])
        line.type("q")
        #expect(line.end(of: process).status == 0)
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.contains("LC_ALL=C.UTF-8 shows more") == isSaid, "\(locale)")
        #expect(output.allSatisfy { $0 < 0x80 } == !locale.hasSuffix("UTF-8"))
      }
    }

    @Test func everyKindOfTerminal() throws {
      let kinds: [[String: String]] = [
        ["TERM": "xterm-256color"], ["TERM": "tmux-256color"], ["TERM": "screen"], ["TERM": "linux"],
        ["TERM": "vt100"],
        ["TERM": "xterm"], ["TERM": "no-such-terminal"], ["LANG": "C"], ["LANG": "en_XX.UTF-8"],
        ["NO_COLOR": "1"],
      ]
      for kind in kinds {
        let line = try PseudoTerminal()
        let (process, output) = try started(on: line, environment: kind)
        line.type("q")
        let (status, _) = line.end(of: process)
        #expect(status == 0, "\(kind)")
        #expect(output.count > 600, "\(kind)")
        if kind["LANG"] == "C" { #expect(output.allSatisfy { $0 < 0x80 }) }
        if kind["NO_COLOR"] != nil {
          let text = String(decoding: output, as: UTF8.self)
          #expect(text.matches(of: /\u{1b}\[[0-9;]*(3[0-7]|4[0-7]|38;5|48;5)[0-9;]*m/).isEmpty)
        }
      }
    }

    /// Every ending is named, that of scenes too, and on a narrow screen.
    @Test func anEndingThatIsNone() throws {
      let line = try PseudoTerminal(columns: 80, rows: 24)
      let (process, _) = try started(on: line)
      line.type("X\u{15}bad.gif\r")
      let output = line.readUntilQuiet(0.3, seconds: 3)
      line.type("q")
      #expect(line.end(of: process).status == 0)
      let text = String(decoding: output, as: UTF8.self)
      #expect(text.contains("the ending says what: .svg .png .apng .txt .ansi .cast .html .csv .json .yaml"))
    }

    /// A shell may have exported the size of another window.
    @Test func exportedSizesDoNotBeatTheWindow() throws {
      var frames: [[UInt8]] = []
      for environment in [
        [:], ["LINES": "24", "COLUMNS": "80"], ["LINES": "99999", "COLUMNS": "99999"],
        ["LINES": "0", "COLUMNS": "x"],
      ] {
        let line = try PseudoTerminal(columns: 110, rows: 34)
        let (process, output) = try started(on: line, environment: environment)
        line.type("q")
        #expect(line.end(of: process).status == 0, "\(environment)")
        frames.append(output)
      }
      #expect(frames.allSatisfy { $0 == frames[0] && $0.count > 600 })
    }

    @Test func withoutAUsableTerminalItSaysSo() throws {
      let line = try PseudoTerminal()
      let process = try line.start(BuiltProgram.descent, environment: ["TERM": "dumb"])
      let (status, output) = line.end(of: process)
      #expect(status == 69)
      #expect(output.contains("render"))
      #expect(line.isCooked)

      let piped = try Spawn.run(BuiltProgram.descent, environment: [:])
      let message = String(decoding: piped.output + piped.errors, as: UTF8.self)
      #expect(piped.status == 69)
      #expect(message.hasPrefix("descent: error:") && message.contains("render"))
      #expect(!message.contains("\u{1b}"), "nothing for a terminal goes into a pipe")
    }

    @Test func manySizesWhileItRuns() throws {
      let line = try PseudoTerminal(columns: 80, rows: 24)
      let (process, _) = try started(on: line)
      for (columns, rows) in [
        (120, 36), (20, 6), (10, 5), (1, 1), (200, 2), (3, 100), (200, 60), (400, 100), (80, 24),
      ] {
        line.resize(columns: columns, rows: rows)
        _ = line.readUntilQuiet(0.03, seconds: 0.2)
      }
      line.type("q")
      #expect(line.end(of: process).status == 0)
      #expect(line.isCooked)
    }

    @Test func waitingCostsNothing() throws {
      let line = try PseudoTerminal()
      let (process, _) = try started(on: line)
      _ = line.readUntilQuiet(0.5, seconds: 0.5)
      func switches() throws -> Int {
        try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8).split(separator: "\n")
          .filter { $0.contains("ctxt_switches") }.compactMap { Int($0.split(separator: "\t").last ?? "") }
          .reduce(0, +)
      }
      let before = try switches()
      let output = line.read(seconds: 1)
      #expect(output.isEmpty)
      #expect(try switches() - before <= 6)
      line.type("q")
      #expect(line.end(of: process).status == 0)
    }

    @Test(arguments: [false, true])
    func aTerminalThatGoesAwayEndsIt(ignoringHangUp: Bool) throws {
      let process: pid_t
      do {
        let line = try PseudoTerminal()
        if ignoringHangUp {
          process = try line.start(
            "/bin/sh", ["-c", "trap '' HUP; exec \(BuiltProgram.descent)"], environment: [:])
          _ = line.read(until: { $0.count > 600 })
        } else {
          process = try started(on: line).process
        }
      }
      var status: Int32 = 0
      var ended: pid_t = 0
      for _ in 0..<400 where ended == 0 {
        ended = waitpid(process, &status, WNOHANG)
        if ended == 0 { usleep(25_000) }
      }
      #expect(ended == process, "it does not go on without a terminal")
      if ended == 0 {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
      }
    }

    @Test func stoppedAndContinuedItRepaints() throws {
      let line = try PseudoTerminal()
      let (process, first) = try started(on: line)
      #expect(first.contains(enterScreen))
      kill(process, SIGSTOP)
      var status: Int32 = 0
      #expect(waitpid(process, &status, WUNTRACED) == process)
      _ = line.available()
      kill(process, SIGCONT)
      let output = line.read(until: { $0.contains("\u{1b}[?2004h") && $0.count > 600 })
      #expect(output.contains(enterScreen))
      line.type("q")
      #expect(line.end(of: process).status == 0)
      #expect(line.isCooked)
    }

    @Test func resizedWhileStoppedItPaintsOnce() throws {
      let line = try PseudoTerminal(columns: 100, rows: 40)
      let (process, _) = try started(on: line)
      kill(process, SIGSTOP)
      var status: Int32 = 0
      // Until it has stopped.
      #expect(waitpid(process, &status, WUNTRACED) == process)
      _ = line.available()
      line.resize(columns: 80, rows: 24)
      kill(process, SIGCONT)
      var output = line.read(until: { $0.contains("\u{1b}[?2004h") && $0.count > 600 })
      output += line.readUntilQuiet(seconds: 0.2)
      let text = String(decoding: output, as: UTF8.self)
      #expect(output.sequences(ending: "J") == 1, "one screen is cleared, one frame is painted")
      let rows = text.matches(of: /\u{1b}\[(\d+)(;\d+)?[Hd]/).compactMap { Int($0.1) }
      #expect(!rows.isEmpty && rows.allSatisfy { $0 <= 24 }, "nothing is painted for the size before")
      line.type("q")
      #expect(line.end(of: process).status == 0)
    }

    @Test(arguments: [
      ["TERM": "xterm-256color"], ["NO_COLOR": "1"], ["TERM": "vt100"], ["LANG": "C"], ["TERM": "linux"],
    ])
    func playingScrollsNothing(kind: [String: String]) throws {
      let line = try PseudoTerminal()
      let (process, first) = try started(on: line, environment: kind)
      #expect(!first.contains("\u{1b}]104") && !first.contains("\u{1b}]R"), "the palette is the user's")
      line.type("NNNNNN")
      var output = line.readUntilQuiet(0.2)
      line.type("PPPPPPnnnnpppp")
      output += line.readUntilQuiet(0.2)
      #expect(output.count > 1000)
      #expect(output.sequences(ending: "r") == 0 && output.sequences(ending: "S") == 0, "no scroll region")
      #expect(output.sequences(ending: "L") == 0 && output.sequences(ending: "M") == 0, "no row moves")
      #expect(!output.contains("\u{1b}M") && !output.contains("\u{1b}D"))
      line.type("q")
      let (status, end) = line.end(of: process)
      #expect(status == 0 && !end.contains("\u{1b}]104") && !end.contains("\u{1b}]R"))
    }

    /// Under a shell with job control in a real terminal: Ctrl-Z gives the shell back, fg the picture.
    @Test(
      .enabled(if: BuiltProgram.tmux != nil, "needs tmux"),
      arguments: ["xterm-256color", "vt100"])
    func underAShell(term: String) throws {
      let tmux = try Tmux(term)
      try tmux.send("TERM=\(term) \(BuiltProgram.descent); echo status=$?", "Enter")
      try tmux.wait("the picture") { $0.split(separator: "\n").count > 15 && !$0.contains("ready>") }
      try tmux.send("C-z")
      try tmux.wait("the shell after Ctrl-Z") { $0.contains("ready>") && $0.contains("Stopped") }
      try tmux.send(
        "clear; stty -a | tr ' ' '\\n' | grep -cE '^(icanon|echo|opost|icrnl);?$'", "Enter")
      try tmux.wait("the settings of the line") { $0.split(separator: "\n").first == "4" }
      try tmux.send("clear; fg", "Enter")
      try tmux.wait("the picture again") { $0.split(separator: "\n").count > 15 && !$0.contains("ready>") }
      try tmux.send("q")
      try tmux.wait("the end") { $0.contains("ready>") }
      try tmux.send(
        "clear; stty -a | tr ' ' '\\n' | grep -cE '^(icanon|echo|opost|icrnl);?$'", "Enter")
      try tmux.wait("the settings after the end") { $0.split(separator: "\n").first == "4" }
    }
  }
}
