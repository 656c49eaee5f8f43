import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

@testable import Experiments

/// Runs that were recorded elsewhere.
@Suite struct RecordedTests {
  private static func spec(_ text: String, _ words: String = "recorded(run.csv)") throws(SpecError)
    -> OptimizerSpec
  {
    let reader = Trajectory.reader { @Sendable (_: String) throws(DataError) -> [UInt8] in Array(text.utf8) }
    return try OptimizerSpec(words, files: reader)
  }

  private func fault(_ text: String, _ words: String = "recorded(run.csv)") -> String {
    do {
      _ = try Self.spec(text, words)
      return ""
    } catch {
      return error.description
    }
  }

  private func race(_ specs: [OptimizerSpec], steps: Int? = nil, on name: String = "bowl") throws -> Race {
    Race(
      Experiment(
        landscape: try #require(LandscapeCatalog.named(name)), entries: Entry.entries(specs),
        starts: [Point(3, 3)], budget: Budget(steps: steps)))
  }

  static let csv = "x,y,loss\n1,2,5\n0.5,1,1.25\n0.25,0.5,7\n"

  @Test func everyFormIsTheSame() throws {
    let plain = try #require(try Self.spec("x,y\n1,2\n0.5,1\n0.25,0.5\n").trajectory).rows
    #expect(plain.map(\.step) == [0, 1, 2] && plain.map(\.point) == [[1, 2], [0.5, 1], [0.25, 0.5]])
    #expect(plain.map(\.evaluations) == [0, 1, 1])
    for text in [
      "1,2\n0.5,1\n0.25,0.5", "# x, y\n1,2\n0.5,1\n0.25,0.5\n\n", "step,p1,p0\n7,2,1\n8,1,0.5\n9,0.5,0.25\n",
      "[[1, 2], [0.5, 1], [0.25, 5e-1]]",
      "[{\"x\": 1, \"y\": 2}, {\"y\": 1, \"x\": 0.5}, {\"x\": 0.25, \"y\": 0.5}]",
      "{\"x\": [1, 0.5, 0.25], \"y\": [2, 1, 0.5], \"name\": \"adam\"}",
      "\u{feff}{\"points\": [[1,2],[0.5,1],[0.25,0.5]]}",
      "{\"landscape\": {}, \"runs\": [{\"steps\": [{\"step\": 0, \"point\": [1, 2], \"lr\": null},"
        + "{\"step\": 1, \"point\": [0.5, 1]}, {\"step\": 2, \"point\": [0.25, 0.5]}]}]}",
    ] {
      #expect(try Self.spec(text).trajectory?.rows == plain, "\(text)")
    }
    let full =
      "run,optimizer,step,evaluations,x,y,loss,gradient_norm,lr\n"
      + "1,\"a:b,c\",0,0,9,9,1,1,\n2,sgd,0,0,1,2,2.5,1,\n2,sgd,10,30,0.5,1,0.625,1,0.1\n"
    let rows = try #require(try Self.spec(full, "recorded( trace.csv , run=2 )").trajectory).rows
    #expect(
      rows == [
        .init(step: 0, point: [1, 2], loss: 2.5, evaluations: 0),
        .init(step: 10, point: [0.5, 1], loss: 0.625, rate: 0.1, evaluations: 30),
      ])
  }

  @Test func aSpecReadsBack() throws {
    let spec = try Self.spec(Self.csv, "recorded(a dir/run, (1).csv)")
    #expect(spec.description == "recorded(a dir/run, (1).csv)" && spec.displayName == "run, (1)")
    #expect(try Self.spec(Self.csv, spec.description) == spec && spec.knobs.isEmpty && !spec.hasLearningRate)
    #expect(try Self.spec(Self.csv) != Self.spec("x,y\n1,2\n"))
    #expect(throws: SpecError.self) { try OptimizerSpec("recorded(run.csv)") }
    #expect(spec.makeLanes() == nil)
  }

  /// The path is that of the file, wherever the race starts; what was run can be gone back to.
  @Test func theRunIsTheFile() throws {
    var race = try race([try Self.spec(Self.csv), try OptimizerSpec("sgd:lr=0.1")])
    race.seek(to: 5)
    let run = race.run(entry: 0)
    #expect(run.step == 2 && run.parameters == [0.25, 0.5] && run.isOver && run.cost.evaluations == 2)
    #expect(
      run.outcome(on: race.landscape, in: race.experiment.window) == .ended(reason: "the recording ends"))
    #expect(run.divergedAt == nil && race.run(entry: 1).step == 5)
    #expect(run.loss == race.landscape.value(at: [0.25, 0.5]))
    #expect(run.log.entries.last?.text == "the recording ends")
    race.seek(to: 1)
    #expect(race.run(entry: 0).parameters == [0.5, 1] && !race.run(entry: 0).isOver)
    #expect(race.run(entry: 0).lastStepRecord.displacement == [-0.5, -1])
    race.seek(to: 0)
    #expect(race.run(entry: 0).parameters == [1, 2] && race.run(entry: 1).parameters == [3, 3])
    race.seek(to: 9)
    #expect(race.run(entry: 0).step == 2 && race.run(entry: 0).isOver)
  }

  /// Between rows that are further apart the run stays where it was last seen, and it costs what the rows say.
  @Test func stepsThatWereLeftOutAreRests() throws {
    var race = try race([try Self.spec("step,evaluations,x,y\n0,0,1,2\n3,9,0.5,1\n")], steps: 10)
    race.seek(to: 2)
    #expect(race.run(entry: 0).parameters == [1, 2] && race.run(entry: 0).cost.evaluations == 0)
    race.seek(to: 10)
    #expect(race.run(entry: 0).step == 3 && race.run(entry: 0).parameters == [0.5, 1])
    #expect(race.run(entry: 0).cost.evaluations == 9)
  }

  @Test func aRunThatWasLostEndsThere() throws {
    let spec = try Self.spec("x,y\n1,2\n5,9\nnan,inf\nnan,nan\n")
    #expect(spec.trajectory?.lostAt == 2 && spec.trajectory?.rows.count == 2)
    var race = try race([spec])
    race.seek(to: 4)
    let outcome = race.run(entry: 0).outcome(on: race.landscape, in: race.experiment.window)
    #expect(outcome.words == "the recording is not finite from step 2 on" && outcome.name == "ended")
  }

  /// A trace that is read back is the run that it was made of, to the bit.
  @Test func aTraceIsItsRun() throws {
    let landscape = try #require(LandscapeCatalog.named("rosenbrock"))
    let experiment = Experiment(
      landscape: landscape, entries: Entry.entries([try OptimizerSpec("adam:lr=0.1")]),
      budget: Budget(steps: 60))
    var text = "run,optimizer,step,evaluations,x,y,loss,gradient_norm,lr\n"
    experiment.trace { trace in
      let row = trace.row
      let numbers = (row.point + [row.loss, row.gradientNorm]).map(\.shortest).joined(separator: ",")
      text += "1,adam,\(row.step),\(row.evaluations),\(numbers),\(row.learningRate?.shortest ?? "")\n"
    } end: { _ in
    }
    let specs = [try Self.spec(text), try OptimizerSpec("adam:lr=0.1")]
    var race = Race(
      Experiment(landscape: landscape, entries: Entry.entries(specs), budget: Budget(steps: 60)))
    for step in [60, 13, 47] {
      race.seek(to: step)
      let (file, rule) = (race.run(entry: 0), race.run(entry: 1))
      #expect(file.parameters == rule.parameters && file.loss == rule.loss && file.cost == rule.cost)
    }
    #expect(race.experiment.recordedRemarks.isEmpty)
  }

  @Test func otherLossesAreSaid() throws {
    let race = try race([try Self.spec(Self.csv)])
    // The bowl is x² + y².
    #expect(
      race.experiment.recordedRemarks == [
        "recorded: the loss at step 2 is 7 in the file and 0.3125 here; 1 of 3 losses differ"
      ])
    #expect(
      try self.race([try Self.spec("x,y,loss\n1,2,5.00001\n0.5,1,\n0.5,1,nan\n")]).experiment.recordedRemarks
        .isEmpty)
    // An infinite loss is no other; a step is called as the file calls it.
    #expect(
      try self.race([try Self.spec("step,x,y,loss\n7,1,2,5\n8,0.5,1,inf\n")]).experiment.recordedRemarks
        == ["recorded: the loss at step 8 is ∞ in the file and 1.25 here; 1 of 2 losses differ"])
  }

  /// A run is one of those that a list of rows holds, too.
  @Test func aRunOfAListIsChosen() throws {
    let rows = "[{\"run\":1,\"x\":1,\"y\":2},{\"run\":2,\"x\":3,\"y\":4},{\"run\":2,\"x\":5,\"y\":6}]"
    let spec = try Self.spec(rows, "recorded(run.csv, run=2)")
    #expect(spec.trajectory?.rows.map(\.point) == [[3, 4], [5, 6]])
    #expect(fault("[[1, 2]]", "recorded(run.csv, run=3)").contains("there is no column 'run'"))
  }

  /// Names are looked up, not searched for: a file of very many ends as soon as a file of few.
  @Test func veryManyColumnsAreRead() throws {
    let names = (0..<40_000).map { "p\($0)" }
    let row = [String](repeating: "1", count: names.count).joined(separator: ",")
    let wide = try Self.spec(names.joined(separator: ",") + "\n" + row + "\n")
    #expect(wide.trajectory?.dimension == 40_000)
    let columns = names.map { "\"k\($0)\": [1]" }.joined(separator: ",")
    #expect(fault("{\(columns)}").contains("a recorded run has columns x and y"))
  }

  @Test func whatDoesNotGoTogetherIsSaid() throws {
    let landscape = try #require(LandscapeCatalog.named("bowl"))
    #expect(
      landscape.obstacle(to: try Self.spec("p0,p1,p2\n1,2,3\n"))
        == "'run.csv' has 3 parameters and the landscape 2")
    #expect(landscape.obstacle(to: try Self.spec(Self.csv)) == nil)
    for (words, message) in [
      ("recorded", "recorded needs a file, as in recorded(run.csv) (column 1)"),
      ("recorded()", "recorded needs a file, as in recorded(run.csv) (column 10)"),
      ("recorded(a.csv", "the parenthesis after 'recorded' is not closed (column 1)"),
      ("recorded(a.csv, run=0)", "run must be a whole number from 1 on, got '0' (column 10)"),
      (
        "recorded(a.csv, run=2)",
        "'a.csv', there is no column 'run', so run= says nothing; leave it out (column 10)"
      ),
      (
        "decay(recorded(a.csv))",
        "a recorded run stays as it is: nothing goes around it, so leave decay out (column 1)"
      ),
      ("recorded(a.csv):lr=1", "an optimizer ends here, got ':' (column 16)"),
    ] {
      #expect(fault(Self.csv, words) == message)
    }
  }

  @Test(arguments: [
    ("", "the file is empty; a recorded run has columns x and y, or p0, p1, …"),
    ("a,b\n1,2\n", "line 1: a recorded run has columns x and y, or p0, p1, …, got 'a,b'"),
    ("1,2,3\n", "line 1: name the columns in a first line, such as x,y,loss: 3 columns may be anything"),
    ("x,y\n", "there are no rows"),
    ("x,y\n1,2\n3\n", "line 3: 2 fields are wanted, as in the first row, got 1"),
    ("x,y\n1,two\n", "line 2: y must be a number, got 'two'"),
    ("x,y\n1,\n", "line 2: y must be a number, got ''"),
    ("x,y\nnan,2\n", "line 2: the run begins at a point that is not finite"),
    (
      "x,y\n-1,1\nnan,2\n0,0\n",
      "line 3: the point is not finite, and in line 4 it is again; leave such rows out, a column 'step' says which"
    ),
    ("x,y\n1,2\n\n3,4\n", "line 3: an empty line between rows; leave it out"),
    ("step,x,y\n0,1,2\n0,1,2\n", "line 3: step must go up, got 0 after 0"),
    ("step,x,y\n0.5,1,2\n", "line 2: step must be a whole number, at least 0, got '0.5'"),
    ("step,x,y\n0,1,2\n1e99,1,2\n", "line 3: step must be a whole number, at least 0, got '1e99'"),
    (
      "evaluations,x,y\n0,1,2\n99999999,1,2\n",
      "line 3: evaluations count the gradients so far, at most 10000 a row, got 99999999 more"
    ),
    ("run,x,y\n3,1,2\n4,1,2\n", "there are 2 runs (3, 4); name one, as in recorded(run.csv, run=3)"),
    (
      "p0,p2\n1,2\n",
      "line 1: the parameters are p0, p1, … without a gap, each once: there are 2, but no p1"
    ),
    ("x,y,x\n1,2,3\n", "line 1: the column 'x' is there twice"),
    (
      "[{\"run\":1,\"x\":1,\"y\":2},{\"run\":2,\"x\":3,\"y\":3}]",
      "there are 2 runs (1, 2); name one, as in recorded(run.csv, run=1)"
    ),
    ("[", "line 1: no JSON: a value is missing"), ("[1,\n2", "line 2: no JSON: an array is not closed"),
    ("[[1,2],\n[1,\"a\"]]", "line 2: a point has 2 numbers, as the first one, got 0"),
    ("{\"x\": [1], \"y\": [1,2]}", "line 1: the columns must be equally long: 'x' has 1 numbers, 'y' has 2"),
    ("[]", "there are no rows"),
    ("{}", "a recorded run is an array of points or of rows, or an object of columns"),
    ("[[1,2]] x", "line 1: no JSON: the text goes on behind its end"),
    ("{\"runs\": [{}, {}]}", "there are 2 runs; name one, as in run=1"),
    ("[{\"x\": 1, \"y\": {}}]", "line 1: y must be a number"),
  ])
  func aBadFileIsSaid(_ text: String, _ message: String) {
    #expect(fault(text) == "'run.csv', \(message) (column 10)")
  }

  /// Whatever a file holds, it is a run or a sentence.
  @Test func brokenFilesAreSentences() throws {
    var random = TextMutator(seed: 11)
    let texts = [
      Self.csv, "run,step,evaluations,x,y\n1,0,0,1,2\n1,1,1,2,3\n", "[[1, 2], [0.5, 1]]",
      "{\"runs\": [{\"steps\": [{\"step\": 0, \"point\": [1, 2], \"loss\": null}]}]}",
      "{\"x\": [1, 0.5], \"y\": [2, 1]}",
    ]
    for _ in 0..<1500 {
      let text = random.mutated(
        random.pick(texts), words: [",", "\n", "NaN", "[", "{", "\"x\":", "1e308", "-1"])
      guard let spec = try? Self.spec(text) else { continue }
      guard spec.trajectory?.dimension == 2 else { continue }
      var race = try race([spec], steps: 5)
      race.seek(to: 5)
      _ = race.experiment.recordedRemarks
      #expect(race.run(entry: 0).step <= 5)
    }
    #expect(fault(String(repeating: "[", count: 100_000)).contains("more than 32 brackets"))
    let deep = String(repeating: "1,", count: 60_000)
    #expect(fault("[\(deep)1]") != "")
  }
}
