import Canvas
import Foundation
import TestSupport
import Testing

@testable import descent

/// Whatever stands in names of files, arguments and the environment, a terminal obeys nothing of what is printed, and
/// nothing hides itself.
struct HostileNameTests {
  /// Escapes, bells, carriage returns, C1 controls, overrides of the writing direction, zero-width scalars, tags, private
  /// use.
  static let hostile =
    "x\u{1b}[31m\u{1b}]0;t\u{7}\r\u{8}\u{9b}5m\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\u{e0041}\u{e000}\u{f0000}"

  /// What of a text would do something to a terminal, or hide from its reader.
  private func raw(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { $0 != "\n" && !Text.isShown($0) }
  }

  private func expectSafe(_ finished: Finished, _ what: String) {
    #expect(raw(finished.text).isEmpty, "\(what): \(raw(finished.text)) on standard output")
    #expect(raw(finished.errors).isEmpty, "\(what): \(raw(finished.errors)) on standard error")
  }

  @Test func filesOfHostileNames() throws {
    let folder = try Folder()
    let scene = "landscape: bowl\noptimizers: [sgd]\nsteps: 3\nexpect: [sgd.loss(3) > 1e9]\n"
    let path = try folder.write(scene, to: "\(Self.hostile).yaml")
    let broken = try folder.write("a\u{202e}b: 1\n", to: "b\(Self.hostile).yaml")
    let out = "\(folder.path)/o\(Self.hostile)"
    let missing = "\(folder.path)/\(Self.hostile)/none.yaml"
    let lines: [[String]] = [
      ["check", path], ["check", path, broken, missing], ["check", Self.hostile],
      ["trace", path], ["trace", broken], ["trace", missing], ["trace", path, "--format", "json"],
      ["render", path, "--size", "60x12"], ["render", path, "--size", "60x12", "--format", "svg"],
      ["render", missing],
      ["map", path, "--x", "sgd.lr=0.1:1", "--y", "start.x=0:1", "--cells", "2x2"],
      ["map", path, "--x", "sgd.lr=0.1:1", "--y", "start.x=0:1", "--cells", "2x2", "--format", "json"],
      ["export", path, "\(out).csv", "\(out).svg", "\(out).cast"], ["export", path, "\(out).csv"],
      ["export", path, out], ["export", path, "\(missing).csv"], ["describe", path],
      ["describe", path, "--format", "json"],
      ["describe", broken], ["explore", path], ["explore", missing], ["present", path], ["present", broken],
      ["install", "--prefix", "\(path)/x"],
    ]
    for words in lines {
      expectSafe(try Program.run(words), words.map { $0.debugDescription }.joined(separator: " "))
    }
    // Scenes of a folder are named by their files.
    let environment = ["DESCENT_SCENES": folder.path]
    for line in [
      "list scenes", "list scenes --format json", "list", "check", "present", "trace nosuch",
      "describe nosuch",
    ] {
      expectSafe(try Program.run(line, environment: environment), line)
    }
    #expect(Completions.safe(["ravine", Self.hostile]) == ["ravine"])
    let listed = try Program.run("check", environment: environment).text
    #expect(listed.contains("x\\u{1B}[31m"), "what is there is shown, spelt out")
  }

  @Test func argumentsThatAreHostile() throws {
    let values = [
      "--landscape", "--function", "--set", "--plane", "-o", "--start", "--steps", "--evaluations",
      "--change",
      "--noise", "--seed", "--view-x", "--every", "--format",
    ]
    for option in values { expectSafe(try Program.run(["trace", option, Self.hostile]), option) }
    for option in ["--view", "--theme", "--glyphs", "--color", "--size", "--step"] {
      expectSafe(try Program.run(["render", option, Self.hostile]), option)
    }
    for option in ["--x", "--y", "--cells", "--target", "--shard"] {
      expectSafe(try Program.run(["map", option, Self.hostile]), option)
    }
    for command in CommandName.allCases {
      for words in [["--\(Self.hostile)"], [Self.hostile, Self.hostile], ["-\(Self.hostile)", "x"]] {
        expectSafe(try Program.run([command.rawValue] + words), "\(command)")
      }
    }
    for words in [
      [Self.hostile], ["help", Self.hostile], ["--generate-completion-script", Self.hostile],
      ["list", Self.hostile],
    ] {
      expectSafe(try Program.run(words), "\(words)")
    }
  }

  @Test func surroundingsThatAreHostile() throws {
    let folder = try Folder()
    let home = "\(folder.path)/\(Self.hostile)"
    try folder.write("theme: \u{1b}[31m\n", to: "\(Self.hostile)/descent/config.yaml")
    for environment in [
      ["TERM": Self.hostile], ["XDG_CONFIG_HOME": home], ["HOME": home], ["DESCENT_SCENES": home],
      ["LC_ALL": Self.hostile], ["COLORTERM": Self.hostile, "TERM": "xterm"],
    ] {
      for line in [
        "render --size 40x10", "explore", "list scenes", "trace nosuch",
        "install --prefix=~/x\(Self.hostile)/\u{1}",
      ] {
        guard line.hasPrefix("install") == (environment["HOME"] != nil) else { continue }
        expectSafe(try Program.run(line, environment: environment), "\(environment) \(line)")
      }
    }
  }

  /// A pipe that is filled slowly is read to its end; one that nobody fills, in a folder of scenes, is not waited for.
  @Test func scenesFromPipes() throws {
    let scene = "landscape: bowl\\noptimizers: [sgd]\\nsteps: 3\\n"
    let slow = try Program.shell(
      "(printf 'title: x\\n'; sleep 0.3; printf '\(scene)') | descent check /dev/stdin")
    #expect(slow.status == 0 && slow.text.contains("ok"), "\(slow.errors)")
    let folder = try Folder()
    let fifo = "\(folder.path)/pipe.yaml"
    let named = try Program.shell(
      "mkfifo '\(fifo)'; (sleep 0.3; printf '\(scene)' > '\(fifo)') & descent trace '\(fifo)'")
    #expect(named.status == 0 && named.lines.count == 5, "\(named.errors)")
    let listed = try Program.run("check pipe", environment: ["DESCENT_SCENES": folder.path])
    #expect(listed.status == 66 && listed.errors.contains("no plain file"))
    // A link to a file that is no scene shows a few characters of it.
    let secret = try folder.write("password-of-the-whole-company-is-hunter2: yes\n", to: "secret")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link.yaml", withDestinationPath: secret)
    let linked = try Program.run(["check", "\(folder.path)/link.yaml"])
    #expect(linked.status == 65 && linked.errors.contains("password") && !linked.errors.contains("hunter2"))
  }
}
