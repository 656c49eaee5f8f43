import ArgumentParser
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing
import TestSupport

@testable import descent

/// `descent trace`: the same race as within the process, to the last bit.
struct TraceTests {
  /// The experiment that words describe, by the program's own parser.
  private func experiment(_ words: [String]) throws -> Experiment {
    try RunOptions.parse(words).makeScene().experiment
  }

  private func rows(_ experiment: Experiment) -> [[String]] {
    var rows: [[String]] = []
    experiment.trace { trace in
      let row = trace.row
      rows.append(
        ["\(trace.run)", trace.entry.spec.description, "\(row.step)", "\(row.evaluations)"]
          + (row.point + [row.loss, row.gradientNorm]).map { "\($0.bitPattern)" }
          + [row.learningRate.map { "\($0.bitPattern)" } ?? ""])
    } end: { _ in
    }
    return rows
  }

  /// The same from the text of a trace.
  private func read(_ text: String) -> [[String]] {
    CSVReader.records(text).dropFirst().map { fields in
      Array(fields[..<4]) + fields[4...].map { $0.isEmpty ? "" : "\(strtod($0, nil).bitPattern)" }
    }
  }

  private static let lines: [[String]] = [
    ["ravine", "--steps", "60"],
    ["--function", "(1-x)^2+100*(y-x^2)^2", "-o", "adam:lr=0.01", "--start=-1.5,2", "--steps", "200"],
    [
      "--landscape", "ravine", "--set", "kappa=40", "-o", "sgd:lr=0.02", "-o",
      "lookahead(sgd:lr=0.05):k=3,alpha=0.4",
      "--start=1,10", "--start=-2,3", "--steps", "80", "--change", "40:lookahead.base.lr=0.01", "--change",
      "40:landscape.kappa=100", "--change", "7:sgd.lr=0.001",
    ],
    ["--landscape", "himmelblau", "--evaluations", "30", "--steps", "25"],
    [
      "saddle", "-o", "adamw:lr=0.1,schedule=warmup(5)>cosine(30)", "-o", "newton:damping=0.1", "--steps",
      "50",
    ],
    [
      "--landscape", "bowl", "-o", "sgd:lr=0.1", "--noise", "gaussian(0.3)", "--seed", "5", "--steps",
      "40",
    ],
    ["--landscape", "matrix-3x2", "-o", "sgd:lr=0.0001", "-o", "adam:lr=0.05", "--steps", "30"],
    [
      "--landscape", "matrix-wide", "--plane", "minimum,gradient", "-o", "adam:lr=0.05", "--start=0.5,0.25",
      "--steps",
      "20",
    ],
  ]

  /// The same on losses made of data, whose rows have more columns.
  static let dataLines: [[String]] = [
    [
      "--landscape", "samples(data=line, rows=20, model=a*x + b, start=a=-1 b=1.5)", "-o", "sgd:lr=0.1", "-o",
      "gauss-newton:control=levenberg", "--noise", "minibatch(size=8,sampling=shuffle)", "--seed", "3",
      "--steps", "20",
    ],
    [
      "--landscape", "gaussian-fit", "-o", "natural-gradient:lr=0.2,fisher=empirical,damping=0.01", "-o",
      "natural-gradient", "--noise", "minibatch(size=16,sampling=uniform,independent=on)", "--steps", "12",
    ],
    [
      "--landscape", "network(data=moons, rows=20, hidden=3x2, activation=tanh, test=0.2, seed=4)",
      "--plane", "random1,gradient", "-o", "adam:lr=0.03", "-o", "kfac:refresh=3", "--noise",
      "minibatch(size=5,sampling=cyclic)", "--steps", "15",
    ],
    [
      "--landscape", "linear-fit", "--set", "rows=12", "-o", "momentum:lr=0.05", "--noise",
      "minibatch(size=4,sampling=importance)", "--evaluations", "9", "--steps", "40",
    ],
  ]

  @Test(arguments: lines) func readBackItIsTheRaceToTheBit(words: [String]) throws {
    let finished = try Program.run(["trace"] + words)
    #expect(finished.status == 0 && finished.errors.isEmpty)
    let experiment = try experiment(words)
    let dimension = experiment.landscape.dimension
    let names = dimension == 2 ? "x,y" : (0..<dimension).map { "p\($0)" }.joined(separator: ",")
    #expect(finished.lines.first == "run,optimizer,step,evaluations,\(names),loss,gradient_norm,lr")
    #expect(read(finished.text) == rows(experiment))
    // And a race that was stepped back and forth holds the same rows.
    var race = Race(experiment)
    race.seek(to: 1000)
    race.seek(to: 3)
    let recorded = race.runs.flatMap { run in
      (0..<run.history.count).map { run.history[$0].point.map { "\($0.bitPattern)" } }
    }
    #expect(recorded == read(finished.text).map { Array($0[4..<4 + dimension]) })
  }

  /// The words that reproduce a race do so, byte for byte.
  @Test(arguments: lines + dataLines) func theReplayLineIsTrue(words: [String]) throws {
    let first = try Program.run(["trace"] + words)
    let experiment = try experiment(words)
    var steps = 0
    experiment.trace {
      steps = max(steps, $0.row.step)
    } end: { _ in
    }
    let again = try Program.shell(
      experiment.replayLine(steps: steps).replacingOccurrences(
        of: "descent ", with: "descent trace ", range: nil))
    #expect(again.status == 0)
    #expect(again.output == first.output)
    #expect(again.errors == first.errors)
  }

  /// No entry is a race too, and its replay line is not that of the standard one.
  @Test func aRaceWithoutEntriesReplays() throws {
    let header = "run,optimizer,step,evaluations,x,y,loss,gradient_norm,lr\n"
    #expect(try Program.run("trace --landscape ravine -o none").text == header)
    var race = Race(try experiment(["--landscape", "ravine", "-o", "sgd", "-o", "adam"]))
    race.seek(to: 4)
    race.setOn(false, entry: 0)
    race.remove(entry: 1)
    let line = race.experiment.replayLine(steps: race.step)
    let replayed = try Program.shell(line.replacingOccurrences(of: "descent ", with: "descent trace "))
    #expect(replayed.status == 0 && replayed.errors.isEmpty && replayed.text == header)
    #expect(try experiment(["--landscape", "ravine", "-o", "none"]).entries.isEmpty)
    #expect(try Program.run("render --landscape ravine -o none --size 60x20").status == 0)
    #expect(
      try Program.run("trace --landscape ravine -o none --format json").text.hasSuffix("\"runs\": [\n]}\n"))
  }

  /// What was turned at the keyboard comes back by the words for it: choices, toggles, wrappers, constants.
  @Test func whatWasTurnedLiveReplays() throws {
    var race = Race(
      try experiment([
        "--landscape", "rotated-ravine", "-o", "nesterov:lr=0.002", "-o", "newton:lr=0.5", "-o",
        "lookahead(lookahead(adam:lr=0.1):k=2):k=3", "-o", "nesterov:lr=0.003", "--steps", "120",
      ]))
    race.seek(to: 20)
    race.turn(entry: 1, key: "saddle_free", to: 1)
    race.turn(entry: 2, key: "base.base.lr", to: 0.031)
    race.seek(to: 33)
    race.turn(entry: 3, key: "beta", to: 0.35)
    race.turn(constant: "kappa", to: 12.5)
    race.seek(to: 50)
    race.turn(constant: "angle", to: -41)
    race.turn(entry: 2, key: "k", to: 7)
    race.seek(to: 70)
    let line = race.experiment.replayLine(steps: race.step)
    #expect(line.contains("--change 21:newton.saddle_free=on"))
    #expect(line.contains("34:nesterov2.beta=0.35"))
    let replayed = try Program.shell(line.replacingOccurrences(of: "descent ", with: "descent trace "))
    #expect(replayed.status == 0 && replayed.errors.isEmpty)
    for (number, run) in race.runs.enumerated() {
      let last = try #require(CSVReader.records(replayed.text).last { $0[0] == "\(number + 1)" })
      #expect(last[2] == "70")
      let expected = run.row.point + [run.row.loss, run.row.gradientNorm]
      #expect(last[4..<8].map { Double($0)?.bitPattern } == expected.map(\.bitPattern))
    }
  }

  /// A constant of a formula may have been turned beyond the range that the command line would give it.
  @Test func aConstantOfASceneReplaysBeyondItsUsualRange() throws {
    let folder = try Folder()
    let path = try folder.write(
      """
      landscape: {formula: a*x^2 + y^2 + b, constants: {a: {value: 1, range: [0, 10000]}, b: {value: 0, range: [-50, 50]}}}
      start: [1, 1]
      optimizers: [adam]
      steps: 20
      """, to: "wide.yaml")
    var race = Race(try experiment([path]))
    race.seek(to: 5)
    race.turn(constant: "a", to: 5000)
    race.seek(to: 7)
    race.turn(constant: "b", to: -45)
    race.seek(to: 9)
    race.turn(constant: "a", to: 0)
    race.seek(to: 20)
    let replayed = try Program.shell(
      race.experiment.replayLine(steps: 20).replacingOccurrences(of: "descent ", with: "descent trace "))
    #expect(replayed.status == 0, "\(replayed.errors)")
    let last = try #require(CSVReader.records(replayed.text).last)
    #expect(Double(last[4]) == race.run(entry: 0).point.x)
    #expect(Double(last[6]) == race.run(entry: 0).loss)
  }

  @Test func startsWithAndWithoutTheSign() throws {
    let joined = try Program.run("trace bowl --start=-1.5,2 --steps 3")
    let apart = try Program.run("trace bowl --start -1.5,2 --steps 3")
    #expect(joined.status == 0 && joined.output == apart.output)
    #expect(CSVReader.records(joined.text)[1][4...5] == ["-1.5", "2"])
  }

  @Test func everyKthStepAndTheLast() throws {
    let finished = try Program.run("trace --landscape bowl -o sgd -o adam --steps 23 --every 10")
    #expect(
      CSVReader.records(finished.text).dropFirst().map { $0[2] } == [
        "0", "10", "20", "23", "0", "10", "20", "23",
      ])
    let all = try Program.run("trace --landscape bowl -o sgd -o adam --steps 23")
    #expect(Set(finished.lines).isSubset(of: all.lines))
  }

  @Test func jsonHoldsTheSame() throws {
    let words = "--landscape ravine -o sgd:lr=0.02 -o newton --start=1,10 --start=-2,3 --steps 12"
    let csv = CSVReader.records(try Program.run("trace \(words)").text).dropFirst()
    let finished = try Program.run("trace \(words) --format json")
    let trace = try JSONDecoder().decode(Trace.self, from: finished.output)
    #expect(trace.landscape.id == "ravine" && trace.runs.count == 4)
    #expect(trace.runs.map(\.optimizer) == ["sgd:lr=0.02", "sgd:lr=0.02", "newton", "newton"])
    #expect(trace.runs[2].outcome == "converged")
    let steps = trace.runs.flatMap(\.steps)
    #expect(steps.count == csv.count)
    for (step, fields) in zip(steps, csv) {
      #expect("\(step.step)" == fields[2] && "\(step.evaluations)" == fields[3])
      #expect(
        (step.point + [step.loss, step.gradient_norm]).map(\.bitPattern)
          == fields[4..<8].map { Double($0)!.bitPattern })
      #expect(step.lr == Double(fields[8]))
    }
  }

  private struct Trace: Decodable {
    struct Place: Decodable { let id: String }
    struct Run: Decodable {
      let optimizer: String
      let outcome: String
      let steps: [Step]
    }
    struct Step: Decodable {
      let step: Int
      let evaluations: Int
      let point: [Double]
      let loss: Double
      let gradient_norm: Double
      let lr: Double?
    }
    let landscape: Place
    let runs: [Run]
  }

  @Test func divergenceIsAnOutcomeAndNoError() throws {
    let finished = try Program.run("trace --landscape rosenbrock -o sgd:lr=0.1 -o adam --steps 50")
    #expect(finished.status == 0)
    let rows = CSVReader.records(finished.text).dropFirst()
    let last = try #require(rows.last { $0[0] == "1" })
    #expect(rows.allSatisfy { $0[4..<8].allSatisfy { Double($0)?.isFinite == true } })
    let step = try #require(Int(last[2]))
    #expect(step < 50)
    #expect(rows.last?[2] == "50", "the other runs on")
    // The mark is the first step beyond 1000 diagonals, or the one after the last finite row.
    let words = finished.errors.split(separator: " ")
    #expect(finished.errors.hasSuffix("\n") && finished.errors.contains("sgd diverged at step "))
    let marked = try #require(words.last.flatMap { Int($0.trimmingCharacters(in: .newlines)) })
    #expect((1...step + 1).contains(marked))
    let json = try Program.run("trace --landscape rosenbrock -o sgd:lr=0.1 --steps 50 --format json")
    #expect(json.text.contains("\"outcome\": \"diverged\""))
  }

  @Test func aStartThatIsNotFiniteIsSaid() throws {
    let finished = try Program.run(["trace", "--function", "1/0 + x", "-o", "sgd", "--steps", "3"])
    #expect(finished.status == 0 && finished.errors.contains("sgd diverged at step 0"))
    #expect(finished.lines.count == 2)
  }

  @Test func theLocaleChangesNoNumber() throws {
    let words = "trace ravine --steps 5"
    let plain = try Program.run(words).output
    for locale in ["de_DE.UTF-8", "C", "POSIX", "tr_TR.UTF-8", "nonsense"] {
      #expect(try Program.run(words, environment: ["LC_ALL": locale, "LC_NUMERIC": locale]).output == plain)
    }
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    let finished = try Program.shell("descent trace --landscape bowl -o sgd --steps 20000 | head -1")
    #expect(finished.text == "run,optimizer,step,evaluations,x,y,loss,gradient_norm,lr\n")
    #expect(finished.errors.isEmpty && finished.status == 0)
    let ignoring = try Program.shell(
      "trap '' PIPE; descent trace --landscape bowl -o sgd --steps 20000 | head -1")
    #expect(ignoring.errors.isEmpty)
  }

  @Test func aFullDiskIsAnError() throws {
    let finished = try Program.shell("descent trace bowl --steps 3 > /dev/full")
    #expect(finished.status == 74)
    #expect(finished.errors == "descent: error: cannot write to standard output: No space left on device\n")
  }

  @Test func longTracesNeedNoMemory() throws {
    // 200 MB of address space above what it takes to start: rows are written as they come.
    let finished = try Program.shell(
      "descent trace --landscape bowl -o momentum --steps 30000 --every 10000 | cut -d, -f3")
    #expect(finished.lines == ["step", "0", "10000", "20000", "30000"])
  }
}
