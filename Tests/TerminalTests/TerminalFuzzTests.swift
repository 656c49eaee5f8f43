import Foundation
import Glibc
import TestSupport
import Testing

/// Keys, pastes, mouse and resizes at random through a pseudo-terminal: the program lives, nothing that was pasted reaches the
/// terminal as it is, and the terminal is as it was when it ends. See `FuzzCases` for more cases than these.
extension OnATerminal {
  @Suite struct TerminalFuzzTests {
    /// What a terminal sends for keys, for its own answers, and what is none of either. Neither a slash, so that files are
    /// written in the folder of the test, nor Ctrl-Z, which needs a shell.
    private static let sequences = [
      "\r", "\r", "\t", "\u{7f}", "\u{1b}[A", "\u{1b}[B", "\u{1b}[C", "\u{1b}[D", "\u{1b}OA", "\u{1b}[Z",
      "\u{1b}[5~",
      "\u{1b}[6~", "\u{1b}[H", "\u{1b}[F", "\u{1b}[3~", "\u{1b}[1;5C", "\u{1b}OP", "\u{1b}x", "\u{15}",
      "\u{17}", "\u{1}",
      "\u{c}", "\u{1b}[I", "\u{1b}[O", "\u{1b}]11;rgb:0000\u{1b}\\", "\u{1b}P>|XTerm(380)\u{1b}\\",
      "\u{1b}[?62;c",
      "\u{1b}[99999999999999999999~", "\u{1b}[<", "\u{9b}A", "é", "漢", "\u{301}", "\u{202e}",
    ]
    private static let pasted = [
      "", "x^2 + y^2", "adam:lr=0.1", "\u{1b}]0;pasted\u{7}", "\u{1b}[2J", "é漢\u{301}\u{202e}", "1e308",
      String(repeating: "(", count: 600),
    ]

    private func typed(_ random: inout TextMutator) -> String {
      switch random.below(10) {
      case 0: return "\u{1b}[200~\(random.pick(Self.pasted))\u{1b}[201~"
      case 1:
        let place = "\(random.below(140));\(random.below(50))"
        return "\u{1b}[<\(random.pick([0, 0, 2, 32, 64, 65]));\(place)M\u{1b}[<0;\(place)m"
      case 2, 3: return random.pick(Self.sequences)
      case 4: return ":" + random.pick(["steps 9", "view map", "set kappa=1e300", "-o", "\u{9b}"]) + "\r"
      case 5: return "\u{1b}"
      default:
        // Any character but the two that end it or write elsewhere.
        let shown = (0x20...0x7e).filter { $0 != 0x2f && $0 != 0x71 }
        return (0...random.below(3)).map { _ in String(Unicode.Scalar(UInt8(random.pick(shown)))) }.joined()
      }
    }

    private func size(_ random: inout TextMutator) -> (columns: Int, rows: Int) {
      random.pick([(80, 24), (120, 36), (40, 12), (20, 6), (10, 3), (1, 1), (200, 60), (300, 4)])
    }

    @Test func keysPastesAndSizes() throws {
      for seed in FuzzCases.seeds(4) {
        var random = TextMutator(seed: seed)
        let folder = try Folder()
        let start = random.pick([[], ["ravine"], ["present", "ravine", "zigzag"], ["--glyphs", "ascii"]])
        let first = size(&random)
        let kind = random.pick(["xterm-256color", "xterm-256color", "vt100", "linux", "tmux-256color"])
        let line = try PseudoTerminal(columns: first.columns, rows: first.rows)
        let before = line.settings
        let process = try line.start(
          BuiltProgram.descent, start,
          environment: ["HOME": folder.path, "TERM": kind], folder: folder.path)
        var output = line.read(until: { $0.contains("\u{1b}[?2004h") || $0.count > 600 })
        output += line.readUntilQuiet(seconds: 0.1)
        var told = ""
        for _ in 0..<80 {
          if random.below(12) == 0 {
            let size = size(&random)
            line.resize(columns: size.columns, rows: size.rows)
            told += " \(size)"
          } else {
            let text = typed(&random)
            line.type(text)
            told += " \(text.debugDescription)"
          }
          if random.below(3) == 0 { output += line.readUntilQuiet(0.01, seconds: 0.02) }
          output += line.available()
        }
        let name = "terminal \(seed), \(kind), \(start) at \(first):\(told)"
        FuzzCases.begin(name)
        // Out of every dialog and view.
        line.resize(columns: 80, rows: 24)
        for _ in 0..<6 {
          line.type("\u{1b}")
          output += line.readUntilQuiet(0.15, seconds: 0.15)
        }
        // A lecture asks again.
        line.type("q")
        output += line.readUntilQuiet(0.3, seconds: 0.3)
        line.type("q")
        let end = line.end(of: process)
        output += end.output
        #expect(end.status == 0, "\(name)")
        #expect(line.settings == before, "\(name): the line is as it was")
        let says = { (text: String) in output.contains(text) }
        #expect(!says("\u{1b}]0;pasted") && !says("Fatal error"), "\(name)")
        let ends = ["?1049l", "?25h", "?1000l", "?1002l", "?2004l"].filter { !says("\u{1b}[" + $0) }
        #expect(ends.isEmpty || kind != "xterm-256color", "\(name): \(ends) are missing")
      }
    }
  }
}
