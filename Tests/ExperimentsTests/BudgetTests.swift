import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// What runs cost, when they end, and what they keep.
struct BudgetTests {
  private func rows(_ experiment: Experiment, every: Int = 1) -> [[Row]] {
    var rows: [[Row]] = []
    experiment.trace(every: every) { trace in
      if rows.count < trace.run { rows.append([]) }
      rows[trace.run - 1].append(trace.row)
    } end: { _ in
    }
    return rows
  }

  /// A gradient is 1; in two dimensions a Hessian is 2; a wrapper costs what its base costs.
  @Test(arguments: [
    ("sgd", 1), ("momentum", 1), ("nesterov", 1), ("adam", 1), ("lion", 1), ("newton", 3),
    ("lookahead(sgd)", 1), ("lookahead(newton:lr=0.1)", 3), ("lookahead(nesterov):k=2", 1),
  ])
  func aStepCosts(spec: String, each: Int) throws {
    let runs = rows(try experiment("ravine", [spec], steps: 12))
    #expect(runs[0].map(\.evaluations) == (0...12).map { $0 * each })
    #expect(runs[0].allSatisfy { $0.values == 0 })
  }

  @Test func theBudgetInStepsIsTheLastStep() throws {
    var race = Race(try experiment("ravine", ["sgd", "newton:lr=0.1"], steps: 7))
    race.seek(to: 1000)
    #expect(race.step == 7)
    #expect(!race.canStep)
    let moved = race.advance()
    #expect(!moved)
    #expect(Race(try experiment("ravine", ["sgd"], steps: 0)).canStep == false)
  }

  @Test func noStepStartsOnceTheEvaluationsAreSpent() throws {
    let experiment = try experiment("ravine", ["sgd", "newton:lr=0.1"], evaluations: 10)
    #expect(rows(experiment).map { $0.last?.step } == [10, 4])
    #expect(rows(experiment).map { $0.last?.evaluations } == [10, 12])
    var race = Race(experiment)
    race.seek(to: 1000)
    #expect(race.runs.map(\.step) == [10, 4])
    #expect(race.step == 10)
    race.seek(to: 3)
    #expect(race.runs.map(\.step) == [3, 3])
    race.seek(to: 10)
    #expect(race.runs.map(\.step) == [10, 4])
  }

  @Test func aLargerBudgetLetsThoseThatStoppedCatchUp() throws {
    var race = Race(try experiment("ravine", ["sgd", "newton:lr=0.1"], evaluations: 10))
    race.seek(to: 10)
    race.setBudget(Budget(steps: 20))
    race.seek(to: 20)
    var straight = Race(try experiment("ravine", ["sgd", "newton:lr=0.1"], steps: 20))
    straight.seek(to: 20)
    #expect(Sight(race) == Sight(straight))
  }

  /// What is shown is what the budget gives: as if it had been there from the start.
  @Test(arguments: [
    Budget(evaluations: 40), Budget(steps: 7), Budget(steps: 30, evaluations: 50), Budget(evaluations: 0),
    Budget(steps: 0),
  ])
  func aSmallerBudgetCutsBackWhatWasRun(_ budget: Budget) throws {
    let specs = ["sgd:lr=0.08", "newton:lr=0.1", "sam(sgd:lr=0.01)"]
    for place in [60, 12, 0] {
      var race = Race(try experiment("ravine", specs))
      race.seek(to: 60)
      race.seek(to: place)
      race.setBudget(budget)
      var straight = Race(
        try experiment("ravine", specs, steps: budget.steps, evaluations: budget.evaluations))
      straight.seek(to: place)
      #expect(race.step == straight.step && Sight(race) == Sight(straight), "\(budget) at \(place)")
      // Nothing of what went beyond it is left.
      straight.seek(to: 1000)
      #expect(race.lastStep <= straight.lastStep)
      for (cut, whole) in zip(race.runs, straight.runs) {
        #expect(cut.history.steps == Array(whole.history.steps.prefix(cut.history.count)))
        #expect(cut.lastStep <= whole.lastStep)
      }
    }
  }

  @Test func everyReportsEverySoManyStepsAndTheLast() throws {
    let experiment = try experiment("ravine", ["sgd"], steps: 23)
    #expect(rows(experiment, every: 10)[0].map(\.step) == [0, 10, 20, 23])
    #expect(rows(experiment, every: 23)[0].map(\.step) == [0, 23])
    #expect(rows(experiment, every: 1000)[0].map(\.step) == [0, 23])
    let all = rows(experiment)[0]
    for row in rows(experiment, every: 5)[0] { #expect(RowBits(row) == RowBits(all[row.step])) }
  }

  @Test func traceAndRaceAgreeToTheBit() throws {
    let experiment = try experiment(
      "rosenbrock", ["adam:lr=0.01", "sgd:lr=0.1", "lookahead(momentum:lr=0.0005)"],
      starts: [Point(-1.2, 1), Point(0, 0)],
      steps: 150, changes: [Change(30, "adam.lr", 0.03), Change(60, "landscape.b", 20)])
    var race = Race(experiment)
    race.seek(to: 150)
    for (run, rows) in zip(race.runs, rows(experiment)) {
      #expect(rows.count == run.history.count)
      for row in rows { #expect(RowBits(row) == RowBits(run.history[row.step])) }
    }
  }

  @Test func entriesThatAreOffAreNotTraced() throws {
    var experiment = try experiment("ravine", ["sgd", "adam"], steps: 2)
    experiment.entries[0].isOn = false
    var names: [String] = []
    experiment.trace {
      names.append($0.entry.name)
    } end: {
      #expect($0.run == 1)
    }
    #expect(names == ["adam", "adam", "adam"])
  }

  /// Long enough that both the rows and the snapshots are thinned several times.
  @Test func longRunsFitAndAreSoughtExactly() throws {
    let steps = 90_000
    let experiment = try experiment(
      "bowl", ["momentum:lr=0.1,beta=0.999"], starts: [Point(-2, 1.5)], steps: steps)
    var race = Race(experiment, historyLimit: 1024)
    var kept: [Int: RowBits] = [:]
    for target in [1, 999, 7777, 40_001, 65_432, 88_000, steps] {
      race.seek(to: target)
      #expect(race.run(entry: 0).history.count <= 1024)
      #expect(race.run(entry: 0).snapshots.count <= 129)
      kept[target] = RowBits(race.run(entry: 0).row)
    }
    #expect(race.step == steps)
    let history = race.run(entry: 0).history
    #expect(history.count > 512)
    #expect(history.steps.first == 0)
    #expect(history.steps.suffix(512) == Array((steps - 511)...steps)[...])
    for target in [65_432, 1, 88_000, 7777, 999, 40_001] {
      race.seek(to: target)
      #expect(RowBits(race.run(entry: 0).row) == kept[target], "step \(target)")
    }
  }

  @Test func aMillionRowsFit() {
    var history = History(dimension: 2, limit: 4096)
    for step in 0...1_000_000 {
      history.append(
        step: step, point: [Double(step), -1], loss: Double(step) / 2, gradientNorm: 0, learningRate: 1,
        evaluations: 3 * step, values: 0)
    }
    #expect(history.count <= 4096)
    #expect(history.steps.suffix(2048) == Array((1_000_001 - 2048)...1_000_000)[...])
    #expect(history.steps == history.steps.sorted() && Set(history.steps).count == history.count)
    // Coarsely, the whole course is there: evenly, with two rows of a thousand at least.
    for (earlier, later) in zip(history.steps, history.steps.dropFirst()) { #expect(later - earlier <= 2000) }
    for index in 0..<history.count {
      let row = history[index]
      #expect(row.point == [Double(row.step), -1] && row.loss == Double(row.step) / 2)
      #expect(row.evaluations == 3 * row.step && row.learningRate == 1)
    }
  }

  @Test func turnedInTheThinnedPastTheLastRecordedStepIsThePlayhead() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=0.01"], steps: 1000), historyLimit: 16)
    race.seek(to: 500)
    race.seek(to: 101)
    race.turn(entry: 0, key: "lr", to: 0.02)
    #expect(race.lastStep == 101)
    race.advance()
    #expect(race.lastStep == 102)
    #expect(race.run(entry: 0).history.steps.suffix(2) == [101, 102])
  }

  @Test func historiesFindTheRowAtOrBeforeAStep() {
    var history = History(dimension: 2, limit: 8)
    #expect(history.index(at: 0) == nil)
    for step in 0..<1000 {
      history.append(
        step: step, point: [Double(step), 0], loss: 0, gradientNorm: 0, learningRate: nil, evaluations: step,
        values: 0)
      #expect(history.count <= 8)
      #expect(history.lastStep == step)
      #expect(history.steps.first == 0)
      #expect(history.steps.suffix(4) == Array(max(0, step - 3)...step)[...])
    }
    for step in 0..<1200 {
      let index = history.index(at: step)
      #expect(index == history.steps.lastIndex { $0 <= step })
      #expect(history[index ?? 0].point == [Double(history.steps[index ?? 0]), 0])
    }
    #expect(history.index(at: -1) == nil)
  }
}
