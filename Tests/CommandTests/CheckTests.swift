import Foundation
import Testing
import TestSupport

/// `descent check`: what it prints, and its status.
struct CheckTests {
  /// A file for a test, removed with it.
  private struct File {
    let folder: Folder
    let path: String

    init(_ text: String, name: String = "scene.yaml") throws {
      folder = try Folder()
      path = try folder.write(text, to: name)
    }
  }

  private static let head = "landscape: ravine\nstart: [1, 10]\noptimizers: [\"sgd:lr=0.1\"]\nsteps: 20\n"

  @Test func aSceneThatKeepsItsPromise() throws {
    let file = try File(Self.head + "expect: [sgd.loss < 1, not sgd.diverged]\n")
    let done = try Program.run(["check", file.path])
    #expect(done.status == 0 && done.errors.isEmpty)
    #expect(done.text == "ok    \(String(file.path))  2 expectations\n1 scene, 2 expectations: all hold\n")
  }

  /// What is strange about a scene's rules is said, and is no failure; of the bundled scenes' nothing is.
  @Test func whatNobodyReadsIsSaid() throws {
    let file = try File(
      "landscape: ravine\nstart: [1, 10]\nrules: [\"idle(lr=0.01, b=2): x = x - lr*g\"]\n"
        + "optimizers: [idle]\nsteps: 20\nexpect: [not idle.diverged]\n")
    let remark = "idle: the knob 'b' changes nothing: no line on the way to x reads it\n"
    let done = try Program.run(["check", file.path])
    #expect(done.status == 0 && done.text.hasSuffix("1 scene, 1 expectation: all hold\n"))
    #expect(done.errors == "descent: \(file.path): \(remark)")
    let trace = try Program.run(["trace", file.path, "--steps", "2"])
    #expect(trace.status == 0 && trace.errors == "descent: \(remark)")
  }

  /// What an expectation makes of standard changes: one about the landscape notices none.
  @Test func expectationsAreTried() throws {
    let file = try File(
      "landscape: ravine\nstart: [1, 10]\noptimizers: [\"sgd:lr=0.05\"]\nsteps: 20\n"
        + "expect:\n  - sgd.loss < 0.5*sgd.loss(0)\n  - landscape.kappa == 10\n  - sgd.x(0) == 1\n")
    let done = try Program.run(["check", "--falsify", file.path])
    #expect(done.status == 0 && done.errors.isEmpty)
    #expect(done.lines.first == "scene: 3 expectations, 1 falsification, 3 variations")
    let rows = done.text.components(separatedBy: "\n\n")
    #expect(rows.count == 5)
    #expect(rows[1] == "6  sgd.loss < 0.5*sgd.loss(0)\n    noticed 1 of 1 falsification")
    #expect(rows[2] == "7  landscape.kappa == 10\n    noticed 0 of 1 falsification")
    #expect(rows[3].hasSuffix("    fails under: start mirrored"))
    #expect(rows[4].contains("2 of 3 expectations notice no falsification"))
    #expect(try Program.run(["check", "--falsify", "no-such"]).status == 66)
  }

  @Test func aSceneThatPromisesNothing() throws {
    let file = try File(Self.head)
    let done = try Program.run(["check", file.path])
    #expect(done.status == 0 && done.lines.first?.hasSuffix("nothing expected") == true)
  }

  @Test func aBrokenPromiseIsStatusOne() throws {
    let file = try File(Self.head + "expect:\n  - sgd.loss < 1\n  - sgd.x(1) > 3\n")
    let done = try Program.run(["check", file.path, "bowl"])
    #expect(done.status == 1 && !done.wasSignalled)
    #expect(done.lines.first?.hasPrefix("FAIL  ") == true)
    #expect(done.lines.first?.hasSuffix("1 of 2 do not hold") == true)
    #expect(done.lines.dropFirst().first?.hasPrefix("ok    bowl") == true)
    #expect(done.lines.last?.hasSuffix(": 1 does not hold") == true)
    #expect(done.errors == "descent: error: \(file.path):7:5: sgd.x(1) > 3: 0 > 3 does not hold\n")
  }

  /// What is malformed weighs more than what fails, and every error of every file is named.
  @Test func malformedScenesAreStatus65() throws {
    let wrong = try File("titel: x\n" + Self.head + "expect: [sgd.los < 1]\n")
    let broken = try File(Self.head + "expect: [sgd.x(1) > 3]\n")
    let done = try Program.run(["check", wrong.path, broken.path])
    #expect(done.status == 65)
    #expect(
      done.errors.split(separator: "\n").map(String.init) == [
        "descent: error: \(wrong.path):1:1: unknown key 'titel', did you mean 'title'?",
        "descent: error: \(wrong.path):6:14: nothing of an entry is called 'los', did you mean 'loss'?",
        "descent: error: \(broken.path):5:10: sgd.x(1) > 3: 0 > 3 does not hold",
      ])
    #expect(done.lines.last == "2 scenes, 1 expectation: 1 does not hold, 1 scene cannot be read")
  }

  @Test func whatIsNotThereIsStatus66() throws {
    let done = try Program.run("check ravne bowl")
    #expect(done.status == 66)
    #expect(done.errors == "descent: error: no scene 'ravne', did you mean 'ravine'?\n")
    #expect(done.lines.first == "FAIL  ravne  not there")
  }

  /// What a scene turns during the run is part of every run of it, unless the options say otherwise.
  @Test func theChangesOfASceneAreRun() throws {
    let file = try File(Self.head + "changes: [\"5:sgd.lr=0.01\", \"8:landscape.kappa=5\"]\n")
    let plain = try Program.run(["trace", file.path])
    let same = try Program.run(
      ["trace", file.path, "--change", "5:sgd.lr=0.01", "--change", "8:landscape.kappa=5"])
    let other = try Program.run(["trace", file.path, "--change", "6:sgd.lr=0.01"])
    #expect(plain.status == 0 && plain.text == same.text && plain.text != other.text)
    // What the options take away is no longer turned.
    let bowl = try Program.run(["trace", file.path, "--landscape", "bowl", "-o", "adam", "--steps", "9"])
    let alone = try Program.run(["trace", "--landscape", "bowl", "-o", "adam", "--steps", "9"])
    #expect(bowl.status == 0 && bowl.text == alone.text)
  }

  /// A folder of the user's own is checked with the rest.
  @Test func ownScenesAreFound() throws {
    let file = try File(Self.head + "expect: [sgd.loss < 1]\n", name: "mine.yaml")
    let done = try Program.run(
      ["check", "mine"], environment: ["DESCENT_SCENES": file.folder.url.path])
    #expect(done.status == 0 && done.lines.first == "ok    mine  1 expectation")
  }

  /// A pipe is read to its end, however long its writer pauses.
  @Test func aSceneFromAPipeThatIsNotFullYet() throws {
    let file = try File(Self.head + "expect: [sgd.loss < 1]\n")
    for command in [
      "(head -c 30 '\(file.path)'; sleep 0.4; tail -c +31 '\(file.path)') | descent check /dev/stdin",
      "mkfifo '\(file.folder.path)/p'; (head -c 30 '\(file.path)'; sleep 0.4; tail -c +31 '\(file.path)') "
        + "> '\(file.folder.path)/p' & descent check '\(file.folder.path)/p'",
    ] {
      let done = try Program.shell(command)
      #expect(done.status == 0 && done.errors.isEmpty, "\(done.errors)")
      #expect(done.lines.last == "1 scene, 1 expectation: all hold")
    }
  }

  /// What is named may be a link to some other file, and that a secret one: a few characters of it are told at most.
  @Test func aLinkToAnotherFileTellsLittleOfIt() throws {
    let secret = "a-line-that-nobody-is-to-read-in-a-message-of-an-error"
    for text in ["\(secret): x\n", "\(secret)\n", "x: [\(secret)\n"] {
      let file = try File(text + String(repeating: "# more\n", count: 2000), name: "other")
      let link = "\(file.folder.path)/link.yaml"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file.path)
      let done = try Program.run(["check", link])
      #expect(done.status == 65)
      #expect(!(done.text + done.errors).contains(secret.prefix(21)))
    }
  }
}
