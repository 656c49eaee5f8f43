import Foundation
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Experiments

struct ReplayLineTests {
  @Test func allThatWasChosenIsSaid() throws {
    var experiment = try experiment(
      "ravine", ["sgd:lr=0.02", "sgd:lr=0.05", "lookahead(adam:lr=0.1):k=3", "nesterov"],
      starts: [Point(-1.5, 2), Point(1, 10)], steps: 90,
      changes: [
        Change(40, "sgd2.lr", 0.01), Change(41, "lookahead.base.lr", 0.03),
        Change(60, "landscape.kappa", 100),
        Change(91, "sgd.lr", 1),
      ])
    experiment.seed = 7
    #expect(
      experiment.arguments(steps: 90) == [
        "descent", "--landscape", "ravine", "--start=-1.5,2", "--start=1,10", "-o", "sgd:lr=0.02", "-o",
        "sgd:lr=0.05",
        "-o", "lookahead(adam:lr=0.1):k=3", "-o", "nesterov", "--steps", "90", "--seed", "7", "--change",
        "40:sgd2.lr=0.01", "--change", "41:lookahead.base.lr=0.03", "--change", "60:landscape.kappa=100",
      ])
    #expect(
      experiment.arguments(steps: 60).last == "60:landscape.kappa=100",
      "before the last step is before the end")
    #expect(experiment.arguments(steps: 59).last == "41:lookahead.base.lr=0.03")
    experiment.window = Window(x: -2...2.5, y: -3...11)
    experiment.landscape = try experiment.landscape.setting("kappa", to: 30)
    #expect(experiment.arguments(steps: 5).contains("--view-x=-2:2.5"))
    #expect(experiment.arguments(steps: 5).contains("--view-y=-3:11"))
    #expect(experiment.arguments(steps: 5).contains("kappa=30"))
  }

  @Test func entriesThatAreOffAreLeftOutAndTheOthersRenumbered() throws {
    var experiment = try experiment(
      "ravine", ["sgd:lr=0.02", "sgd:lr=0.05", "adam"], steps: 90,
      changes: [Change(10, "sgd.lr", 0.3), Change(40, "sgd2.lr", 0.01)])
    experiment.entries[0].isOn = false
    experiment.entries[2].name = "heavy"
    experiment.changes.append(Change(50, "heavy.lr", 0.5))
    let words = experiment.arguments(steps: 90)
    #expect(words.filter { $0.contains(".lr") } == ["40:sgd.lr=0.01", "50:adam.lr=0.5"])
  }

  /// Without a word about entries the line would run the standard race.
  @Test func aRaceWithoutEntriesIsSaid() throws {
    var experiment = try experiment("ravine", [], steps: 9)
    #expect(
      experiment.arguments(steps: 9) == [
        "descent", "--landscape", "ravine", "--start=1,10", "-o", "none", "--steps", "9",
      ])
    experiment = try raceOfTwo(of: ["sgd", "adam"])
    for i in experiment.entries.indices { experiment.entries[i].isOn = false }
    for noise in ["none", "gaussian(0.1,independent=on)"] {
      experiment.noise = try Noise(noise)
      let words = experiment.arguments(steps: 9)
      #expect(words.count { $0 == "-o" } == 1 && words.contains("none"))
      #expect(!words.contains("--change"))
    }
  }

  private func raceOfTwo(of optimizers: [String]) throws -> Experiment {
    Experiment(
      landscape: try #require(LandscapeCatalog.named("ravine")),
      entries: Entry.entries(try specs(optimizers)),
      changes: [Change(3, "adam.lr", 0.5)])
  }

  @Test func aFormulaIsSaidWithItsConstantsAndItsWindow() throws {
    let landscape = try Landscape(
      formula: "a*x^2 + y^2 + b",
      constants: [Constant(name: "a", value: 3), Constant(name: "b", value: -0.5)])
    let experiment = Experiment(landscape: landscape, entries: Entry.entries(try specs(["sgd"])))
    let words = experiment.arguments(steps: 4)
    #expect(
      words.prefix(7) == ["descent", "--function", "a*x^2 + y^2 + b", "--set", "a=3", "--set", "b=-0.5"])
    #expect(words.contains("--view-x=-3:3"))
  }

  @Test func aBudgetInEvaluationsIsSaid() throws {
    let words = try experiment("ravine", ["sgd", "newton"], evaluations: 30).arguments(steps: 30)
    #expect(words.suffix(4) == ["--steps", "30", "--evaluations", "30"])
  }

  @Test(arguments: [
    ("plain-1.5,2", "plain-1.5,2"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"),
    ("adam:lr=0.1", "adam:lr=0.1"), ("lookahead(sgd)", "'lookahead(sgd)'"), ("x^2", "'x^2'"), ("~", "'~'"),
    ("$HOME", "'$HOME'"), ("a*b", "'a*b'"), ("warmup(20)>cosine(9)", "'warmup(20)>cosine(9)'"), ("ü", "'ü'"),
  ]) func quoted(word: String, text: String) {
    #expect(ShellText.quoted(word) == text)
  }

  /// Whatever the word, the shell hands it over unchanged.
  @Test func theShellReadsBackTheSameWords() throws {
    var random = SplitMix64(state: 6)
    var words = [
      "a'b", "'", "''", "\"", "\\", "$(x)", "`id`", "a\nb", "\t", "*", "?", "[a]", "!", "#", "-n", "%s", "é😀",
      "&&", ";",
      "~", "{a,b}", "<>|", "=", " ", "a=b c",
    ]
    let scalars = (0x20...0x7e).map { Character(Unicode.Scalar($0)!) } + ["'", "'", "\n", "η"]
    for _ in 0..<200 {
      words.append(
        String(
          (0..<Int.random(in: 1...12, using: &random)).map { _ in scalars.randomElement(using: &random)! }))
    }
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "printf '%s\\0' " + words.map(ShellText.quoted).joined(separator: " ")]
    let pipe = Pipe()
    shell.standardOutput = pipe
    try shell.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    let read = data.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(read == words)
  }
}
