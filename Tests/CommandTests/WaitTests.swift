import Glibc
import TestSupport
import Testing

/// Pictures that take long are written after a while as far as they are, and say so.
struct WaitTests {
  /// A map of 24,000 runs that follow a differential equation: minutes of work.
  private static let long = "render --landscape rosenbrock -o flow --size 200x60 --format text"

  /// The percentage that a text names, if it is that of a picture that is not finished.
  private static func share(in text: String) throws -> Double {
    let words = try #require(text.firstMatch(of: /unfinished: ([0-9.]+) % of what it shows is computed/))
    return try #require(Double(words.1))
  }

  @Test(arguments: ["map", "basin"]) func aPictureSaysHowMuchOfItIsThere(_ view: String) throws {
    let begin = ContinuousClock.now
    let finished = try Program.run("\(Self.long) --view \(view) --wait 0.5")
    // Half a second of the minutes that it would take, with room for a machine that is busy.
    #expect(ContinuousClock.now - begin < .seconds(60))
    #expect(finished.status == 0 && finished.lines.count == 60)
    let share = try Self.share(in: finished.text)
    #expect(share >= 0 && share < 100)
    #expect(try Self.share(in: finished.errors) == share)
    #expect(finished.errors.contains("--wait gives it longer"))
  }

  @Test func aDifferenceAndAnExportSaySo() throws {
    let difference = try Program.run("\(Self.long) -o adam-flow --view difference --wait 0.5")
    #expect(try Self.share(in: difference.text) < 100)
    let export = try Program.shell(
      "cd $(mktemp -d) && descent export --landscape rosenbrock -o nesterov-flow --view basin --size 200x60 "
        + "--steps 500 --wait 0.5 a.screen.svg && cat a.screen.svg")
    #expect(export.status == 0)
    #expect(try Self.share(in: export.text) < 100)
    #expect(export.errors.contains("a.screen.svg is unfinished"))
  }

  /// What is finished in time says nothing, and is the same whatever time there was.
  @Test func aFinishedPictureSaysNothing() throws {
    let line = "render ravine --view map --size 40x12"
    let usual = try Program.run(line)
    #expect(usual.status == 0 && usual.errors.isEmpty && !usual.text.contains("unfinished"))
    #expect(try Program.run("\(line) --wait 1000").output == usual.output)
    // A view that computes nothing needs no time.
    #expect(try Program.run("render ravine --step 20 --wait 0").errors.isEmpty)
  }

  @Test(arguments: ["x", "-1", "nan", "1e7", "inf"]) func waitTakesSeconds(_ value: String) throws {
    for command in ["render ravine", "map ravine --format text"] {
      let finished = try Program.run("\(command) --wait \(value)")
      #expect(finished.status == 64)
      #expect(
        finished.errors
          == "descent: error: --wait must be a number of seconds from 0 to 1000000, got '\(value)'\n")
    }
  }

  /// Ctrl-C ends it at once, whatever is left to compute.
  @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsIt(number: Int32) throws {
    let words = "\(Self.long) --view map --wait 600".split(separator: " ").map(String.init)
    let process = try Spawn.process(
      Program.path, words, output: "/dev/null", environment: ["LC_ALL": "C.UTF-8"])
    #expect(Spawn.wait(for: process, seconds: 1.5) == nil)
    kill(process, number)
    let status = Spawn.wait(for: process, seconds: 5)
    #expect(status == -number)
    if status == nil { Spawn.kill(process) }
  }
}
