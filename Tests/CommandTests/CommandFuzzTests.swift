import Canvas
import Foundation
import Scenes
import TestSupport
import Testing

@testable import descent

/// Command lines, changed at random: each ends with a status that is documented, says why if that is not 0, and prints nothing
/// that a terminal would obey; what takes long can be interrupted. See `FuzzCases` for more cases than these.
struct CommandFuzzTests {
  /// None holds a slash: what is written is written in the folder of the test.
  private static let lines: [[String]] = [
    "trace ravine --steps 20 -o adam:lr=0.1 --format json",
    "trace --landscape rosenbrock --set a=1 -o sgd:lr=0.01 --start 1,1 --noise gaussian(0.1) --seed 3 --every 2 --steps 30",
    "trace --function 0.5*(x^2+y^2) -o sgd --evaluations 30 --change 5:sgd.lr=0.2",
    "render ravine --step 5 --view step --size 60x20 --theme light --glyphs braille --color 256",
    "render --landscape rosenbrock -o momentum --view surface --size 50x16 --view-x -2:2 --view-y -1:3",
    "render ravine --size 40x12 --format svg --no-config", "render ravine --size 40x12 --format ansi",
    "render --landscape matrix-factorization --plane minimum,gradient --size 60x20",
    "map ravine --x momentum.lr=1e-3:1:log --y start.x=-2:2 --cells 4x3 --target 0.1 --wait 1",
    "map ravine --fair --x lr=1e-3:1 --cells 3 --wait 1",
    "check ravine zigzag", "list optimizers", "list scenes --format json", "describe adam --format json",
    "describe ravine", "describe formulas", "export ravine a.csv b.svg c.txt --steps 5 --force --size 40x12",
    "export ravine a.cast --steps 3 --speed 5 --size 40x12", "explore ravine --glyphs ascii",
    "present ravine zigzag",
    "glyphs --glyphs octant", "install --prefix out", "help trace", "--version", "--help", "manual",
    "check s.yaml", "trace s.yaml --every 50", "render s.yaml --size 50x16 --wait 1", "describe s.yaml",
  ].map { $0.split(separator: " ").map(String.init) }

  private static let words = lines.flatMap(\.self) + ["-", "--", "=", ":", ",", "--x=", "none", "-h", "-V"]

  /// Every status but that of a bug.
  private static let documented = Set(
    (Int32(0)...127).filter { $0 == 0 || Failure.Status(rawValue: $0).map { $0 != .bug } ?? false })

  /// A line with a word left out, put in, twice, elsewhere or changed.
  private static func line(_ random: inout TextMutator) -> [String] {
    var line = random.pick(lines)
    for _ in 0...random.below(3) {
      let place = random.below(line.count + 1)
      switch random.below(6) {
      case 0 where place < line.count: line.remove(at: place)
      case 1: line.insert(random.pick(words), at: place)
      case 2: line.insert(random.pick(TextMutator.hostile), at: place)
      case 3 where place < line.count: line.swapAt(place, random.below(line.count))
      case _ where place < line.count: line[place] = random.mutated(line[place], words: words)
      default: break
      }
    }
    // Arguments cannot hold a zero.
    return line.map { $0.filter { $0 != "/" && $0 != "\0" } }
  }

  /// What of a text would do something to a terminal, or hide from its reader.
  private func raw(_ data: Data, isANSI: Bool) -> [Unicode.Scalar] {
    var text = String(decoding: data, as: UTF8.self)
    if isANSI { text = text.replacing(/\u{1b}\[[0-9;]*m/, with: "") }
    return text.unicodeScalars.filter { $0 != "\n" && !Text.isShown($0) }
  }

  @Test func changedLines() throws {
    for seed in FuzzCases.seeds(40) {
      var random = TextMutator(seed: seed)
      let folder = try Folder()
      let words = Self.line(&random)
      if words.contains("s.yaml") {
        let scene = random.pick(SceneLibrary.bundled).text
        try folder.write(random.mutated(scene, words: Self.words + ["\n", ": ", "- "]), to: "s.yaml")
      }
      let name = "line \(seed), \(words.map(\.debugDescription).joined(separator: " "))"
      FuzzCases.begin(name)
      var isLate = false
      let ended = try Spawn.run(
        Program.path, words,
        environment: [
          "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "HOME": folder.path,
        ],
        folder: folder.path, seconds: 20
      ) { process in
        isLate = true
        kill(process, SIGINT)
        return Spawn.wait(for: process, seconds: 5)
      }
      let errors = String(decoding: ended.errors, as: UTF8.self)
      if isLate {
        #expect(ended.status == -SIGINT, "\(name): it cannot be interrupted")
        continue
      }
      #expect(
        ended.status.map { Self.documented.contains($0) } ?? false, "\(name): \(ended.status ?? 0) \(errors)")
      #expect(ended.status == 0 || !ended.errors.isEmpty, "\(name)")
      // The test card is drawn in colours.
      let isANSI = words.contains { $0.contains("ansi") || $0 == "glyphs" }
      #expect(raw(ended.output, isANSI: isANSI).isEmpty, "\(name): \(raw(ended.output, isANSI: isANSI))")
      #expect(raw(ended.errors, isANSI: false).isEmpty, "\(name): \(raw(ended.errors, isANSI: false))")
    }
  }
}
