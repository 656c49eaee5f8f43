import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Experiments

/// Going back and forth changes nothing: every step looks the same however one came there.
struct TimeTravelTests {
  private static let entries = [
    "sgd:lr=0.02", "adam:lr=0.1,schedule=warmup(20)>cosine(200)", "lookahead(sgd:lr=0.05):k=5,alpha=0.5",
    "newton:lr=0.1", "lion:lr=0.03", "nesterov:lr=0.02,beta=0.9",
    "momentum:lr=0.01,beta=0.95,schedule.beta=linear(400,start=0.2,end=1),schedule=inverse(300)",
  ]
  /// Before, on and after snapshots, two before one step, of entries and of the landscape.
  private static let changes = [
    Change(1, "newton.lr", 0.05), Change(40, "sgd.lr", 0.15), Change(60, "landscape.kappa", 100),
    Change(60, "sgd.lr", 0.01), Change(256, "adam.beta1", 0.5), Change(257, "lookahead.base.lr", 0.001),
    Change(300, "landscape.kappa", 3), Change(512, "lion.lr", 0.001), Change(512, "landscape.kappa", 31),
    Change(513, "nesterov.beta", 0.2), Change(90, "momentum.beta", 0.7), Change(256, "momentum.beta", 0.9),
  ]

  private static func race(limit: Int = 1 << 16) throws -> Race {
    Race(try experiment("ravine", entries, steps: 700, changes: changes), historyLimit: limit)
  }

  private static func straight(_ race: Race, withOutcomes: Bool = true) -> [Sight] {
    var race = race
    var sights = [Sight(race, withOutcomes: withOutcomes)]
    while race.advance() { sights.append(Sight(race, withOutcomes: withOutcomes)) }
    return sights
  }

  @Test func everyStepLooksTheSameFromEverySide() throws {
    var race = try Self.race()
    let straight = Self.straight(race)
    try #require(straight.count == 701)
    var random = SplitMix64(state: 1)
    var targets = [700, 0, 1, 699, 256, 255, 257, 512, 511, 513, 59, 60, 61, 300, 299, 0]
    targets += (0..<40).map { _ in Int.random(in: 0...700, using: &random) }
    for target in targets {
      race.seek(to: target)
      #expect(Sight(race) == straight[target], "step \(target)")
    }
    for target in (100..<140).reversed() {
      race.seek(to: target)
      #expect(Sight(race) == straight[target], "step by step back, \(target)")
    }
  }

  @Test(arguments: [8, 9, 64]) func thinnedHistoriesSeekExactly(limit: Int) throws {
    let straight = Self.straight(try Self.race(), withOutcomes: false)
    var race = try Self.race(limit: limit)
    var random = SplitMix64(state: 2)
    for target in [700, 350, 3, 0, 699] + (0..<20).map({ _ in Int.random(in: 0...700, using: &random) }) {
      race.seek(to: target)
      #expect(Sight(race, withOutcomes: false) == straight[target], "step \(target) with \(limit) rows")
      for run in race.runs { #expect(run.history.count <= limit) }
    }
  }

  @Test func theRecordedRowsAreThoseOfTheSteps() throws {
    let straight = Self.straight(try Self.race(), withOutcomes: false)
    var race = try Self.race(limit: 64)
    race.seek(to: 700)
    race.seek(to: 123)
    for (index, run) in race.runs.enumerated() {
      #expect(run.history.steps.first == 0)
      #expect(run.history.lastStep == 700)
      #expect(run.history.steps.suffix(32) == Array(669...700)[...], "the recent half is complete")
      for i in 0..<run.history.count {
        let row = run.history[i]
        #expect(RowBits(row) == straight[row.step].rows[index])
      }
    }
  }

  @Test func runsThatEndEarlyTravelToo() throws {
    // The first leaves every bound, the second stays.
    let experiment = try experiment(
      "x^4 + y^2", ["sgd:lr=1", "sgd:lr=0.001"], starts: [Point(2, 1)], steps: 40)
    let straight = Self.straight(Race(experiment))
    let end = try #require(straight[40].rows.first?.row.step)
    try #require(end > 1 && end < 20)
    var race = Race(experiment)
    for target in [40, end, end - 1, end + 1, 0, 40, end, end + 2, end + 1, 1] {
      race.seek(to: target)
      #expect(Sight(race) == straight[target], "step \(target), the first run ends at \(end)")
    }
  }

  @Test func aKnobTurnedIsUndoneByGoingBack() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=0.02", "adam:lr=0.1"], steps: 500))
    let before = Self.straight(race)
    race.seek(to: 40)
    race.turn(entry: 0, key: "lr", to: 0.19)
    #expect(race.value(entry: 0, key: "lr") == 0.19)
    #expect(Sight(race) == before[40], "a knob turned takes effect with the next step")
    race.advance()
    #expect(race.run(entry: 0).row.learningRate == 0.19)
    #expect(RowBits(race.run(entry: 0).row) != before[41].rows[0])
    #expect(RowBits(race.run(entry: 1).row) == before[41].rows[1], "the other entry goes on as it would")
    race.seek(to: 200)
    let turned = Sight(race)
    race.seek(to: 39)
    #expect(Sight(race) == before[39])
    #expect(race.run(entry: 0).optimizer.value(of: "lr") == 0.02)
    race.seek(to: 200)
    #expect(Sight(race) == turned)
    #expect(race.experiment.changes == [Change(41, "sgd.lr", 0.19)])
  }

  @Test func turningForgetsTheFutureOfThatEntryAlone() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=0.02", "adam:lr=0.1"], steps: 500))
    race.seek(to: 300)
    race.turn(entry: 0, key: "lr", to: 0.01)
    race.turn(entry: 1, key: "lr", to: 0.2)
    race.seek(to: 400)
    race.seek(to: 100)
    race.turn(entry: 0, key: "lr", to: 0.03)
    #expect(race.experiment.changes == [Change(101, "sgd.lr", 0.03), Change(301, "adam.lr", 0.2)])
    #expect(race.run(entry: 0).lastStep == 100)
    #expect(race.run(entry: 1).lastStep == 400)
    race.seek(to: 400)
    #expect(race.run(entry: 0).row.learningRate == 0.03)
    #expect(race.run(entry: 1).row.learningRate == 0.2)
    // The same changes from the start give the same race.
    var again = Race(race.experiment)
    again.seek(to: 400)
    #expect(Sight(again) == Sight(race))
  }

  @Test func turningTheLandscapeForgetsTheFutureOfAll() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=0.001", "adam:lr=0.1"], steps: 500))
    let before = Self.straight(race)
    race.seek(to: 300)
    race.seek(to: 50)
    race.turn(constant: "kappa", to: 200)
    #expect(race.runs.map(\.lastStep) == [50, 50])
    #expect(race.landscape.constant("kappa")?.value == 10)
    #expect(race.nextLandscape.constant("kappa")?.value == 200)
    race.seek(to: 51)
    #expect(race.landscape.constant("kappa")?.value == 200)
    let x = race.run(entry: 0).point.x
    let y = race.run(entry: 0).point.y
    #expect(race.run(entry: 0).loss == 0.5 * (200 * (x * x) + y * y))
    race.seek(to: 120)
    race.seek(to: 50)
    #expect(Sight(race).rows == before[50].rows)
    race.seek(to: 49)
    #expect(Sight(race) == before[49])
  }

  @Test func aSecondTurnBeforeTheSameStepReplacesTheFirst() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=0.02"], steps: 100))
    race.seek(to: 10)
    race.turn(entry: 0, key: "lr", to: 0.05)
    race.turn(entry: 0, key: "lr", to: 0.06)
    #expect(race.experiment.changes == [Change(11, "sgd.lr", 0.06)])
    race.turn(entry: 0, key: "lr", to: 0.02)
    #expect(race.experiment.changes.isEmpty, "turned back to what it was")
    race.turn(constant: "kappa", to: 20)
    race.turn(constant: "kappa", to: 10)
    #expect(race.experiment.changes.isEmpty)
  }

  @Test func atTheStartAKnobIsASettingAndNoChange() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=0.02", "adam:lr=0.1"], steps: 100))
    race.seek(to: 60)
    race.turn(entry: 0, key: "lr", to: 0.05)
    race.seek(to: 0)
    race.turn(entry: 0, key: "lr", to: 0.03)
    #expect(race.experiment.entries[0].spec.setting("lr") == 0.03)
    #expect(race.experiment.changes.isEmpty)
    race.advance()
    #expect(race.run(entry: 0).row.learningRate == 0.03)
  }

  @Test func atTheStartAKnobOutdoesAChangeBeforeTheFirstStep() throws {
    var race = Race(
      try experiment(
        "ravine", ["momentum:lr=0.02"], steps: 100,
        changes: [Change(1, "momentum.lr", 0.5), Change(1, "momentum.beta", 0.3)]))
    #expect(race.value(entry: 0, key: "lr") == 0.5)
    race.turn(entry: 0, key: "lr", to: 0.03)
    #expect(race.value(entry: 0, key: "lr") == 0.03)
    race.advance()
    #expect(race.run(entry: 0).row.learningRate == 0.03)
    #expect(race.run(entry: 0).optimizer.value(of: "beta") == 0.3)
  }

  @Test func aRunThatIsOverStaysSoWhateverIsTurnedLater() throws {
    var race = Race(
      try experiment("rosenbrock", ["sgd:lr=0.1", "adam:lr=0.01"], starts: [Point(-1.2, 1)], steps: 100))
    race.seek(to: 50)
    let over = race.run(entry: 0)
    try #require(over.isOver && over.step < 50)
    race.turn(constant: "b", to: 10)
    race.seek(to: 60)
    #expect(race.run(entry: 0).isOver)
    #expect(race.run(entry: 0).divergedAt == over.divergedAt)
    #expect(race.run(entry: 0).outcome(on: race.landscape, in: race.experiment.window) != .running)
    // The same experiment from the start says the same.
    var again = Race(race.experiment)
    again.seek(to: 60)
    #expect(Sight(again) == Sight(race))
    // And it never asks to be stepped again.
    race.setOn(false, entry: 1)
    #expect(!race.canStep)
  }

  @Test func switchedOnAgainAnEntryCatchesUp() throws {
    let experiment = try experiment(
      "ravine", Self.entries, starts: [Point(1, 10), Point(-2, 3)], steps: 300,
      changes: [Change(20, "landscape.kappa", 30)])
    var all = Race(experiment)
    var some = Race(experiment)
    for i in [0, 2, 4] { some.setOn(false, entry: i) }
    all.seek(to: 270)
    some.seek(to: 270)
    #expect(some.run(entry: 2, start: 1).step == 0)
    #expect(some.lastStep == 270)
    for i in [4, 0, 2] { some.setOn(true, entry: i) }
    #expect(Sight(some) == Sight(all))
    // Off while going back, on again.
    some.setOn(false, entry: 1)
    some.seek(to: 10)
    some.setOn(true, entry: 1)
    all.seek(to: 10)
    #expect(Sight(some) == Sight(all))
  }

  @Test func addedAndRemovedEntriesLeaveTheOthersAlone() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=0.02", "adam:lr=0.1"], steps: 300))
    race.seek(to: 120)
    race.turn(entry: 1, key: "lr", to: 0.3)
    race.seek(to: 130)
    let specs = try specs(["sgd:lr=0.05"])
    race.add(
      Entry(
        spec: specs[0], name: Entry.freeName(for: specs[0], among: race.experiment.entries), label: "b",
        colour: 2))
    #expect(race.experiment.entries[2].name == "sgd2")
    race.seek(to: 200)
    var same = Race(
      try experiment(
        "ravine", ["sgd:lr=0.02", "adam:lr=0.1", "sgd:lr=0.05"], steps: 300,
        changes: [Change(121, "adam.lr", 0.3)]))
    same.seek(to: 200)
    #expect(Sight(race) == Sight(same))
    race.remove(entry: 1)
    #expect(race.experiment.changes.isEmpty)
    #expect(race.runs.map(\.entry.name) == ["sgd", "sgd2"])
    #expect(RowBits(race.runs[1].row) == RowBits(same.runs[2].row))
  }

  @Test func copiesAreIndependent() throws {
    var race = try Self.race()
    race.seek(to: 50)
    let then = Sight(race)
    var copy = race
    copy.seek(to: 130)
    #expect(Sight(race) == then)
    race.advance()
    copy.turn(constant: "kappa", to: 500)
    copy.advance()
    var straight = try Self.race()
    straight.seek(to: 51)
    #expect(Sight(race) == Sight(straight))
    var other = race
    race.seek(to: 200)
    other.seek(to: 199)
    other.advance()
    #expect(Sight(race) == Sight(other))
  }

  @Test func rerunTakesTheKnobsAsTheyAreNow() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=0.02", "lookahead(sgd:lr=0.1)"], steps: 300))
    race.seek(to: 20)
    race.turn(entry: 0, key: "lr", to: 0.05)
    race.turn(entry: 1, key: "base.lr", to: 0.04)
    race.turn(constant: "kappa", to: 20)
    race.rerun()
    #expect(race.step == 0)
    #expect(race.experiment.changes.isEmpty)
    #expect(race.experiment.entries.map(\.spec.description) == ["sgd:lr=0.05", "lookahead(sgd:lr=0.04)"])
    #expect(race.landscape.constant("kappa")?.value == 20)
    race.seek(to: 5)
    #expect(race.run(entry: 1).row.learningRate == 0.04)
  }

  @Test func startsAreOrderedWithinEntries() throws {
    let starts = [Point(1, 10), Point(-1, 2), Point(0.5, 0.5)]
    var race = Race(try experiment("ravine", ["sgd:lr=0.02", "adam:lr=0.1"], starts: starts, steps: 10))
    #expect(race.runs.map(\.start) == starts + starts)
    #expect(race.runs.map(\.entry.name) == ["sgd", "sgd", "sgd", "adam", "adam", "adam"])
    race.seek(to: 10)
    var alone = Race(try experiment("ravine", ["adam:lr=0.1"], starts: [Point(-1, 2)], steps: 10))
    alone.seek(to: 10)
    #expect(RowBits(race.run(entry: 1, start: 1).row) == RowBits(alone.run(entry: 0).row))
  }
}

/// Undo and long ways: what was run is used again, and nobody can tell.
struct ResumeTests {
  private func race(_ optimizers: [String] = ["sgd:lr=0.02", "adam:lr=0.1"], steps: Int = 3000) throws -> Race
  {
    Race(try experiment("ravine", optimizers, steps: steps))
  }

  /// The race that was never anything else.
  private func fresh(_ race: Race) -> Race {
    var fresh = Race(race.experiment)
    fresh.seek(to: race.step)
    return fresh
  }

  @Test func undoneTurnsKeepWhatWasRunBeforeThem() throws {
    var race = try race()
    race.seek(to: 2000)
    let before = race.experiment
    let sight = Sight(race)
    race.turn(entry: 0, key: "lr", to: 0.05)
    race.seek(to: 2500)
    let turned = race.experiment
    let after = Sight(race)
    race.resume(before, at: 2000)
    #expect(Sight(race) == sight)
    #expect(race.runs[0].lastStep == 2000, "the run was another beyond the turn")
    #expect(race.runs[1].lastStep == 2500, "nothing was turned here")
    race.seek(to: 2500)
    #expect(Sight(race) == Sight(fresh(race)))
    race.resume(turned, at: 2500)
    #expect(Sight(race) == after)
    #expect(Sight(race) == Sight(fresh(race)))
  }

  @Test func everythingThatCanChangeIsNoticed() throws {
    let base = try experiment("ravine", ["sgd:lr=0.02", "adam:lr=0.1"], steps: 600)
    var others: [Experiment] = []
    func other(_ change: (inout Experiment) throws -> Void) rethrows {
      var copy = base
      try change(&copy)
      others.append(copy)
    }
    let specs = try specs(["sgd:lr=0.03", "momentum:lr=0.01"])
    other { $0.entries[0].spec = specs[0] }
    other { $0.entries.insert(Entry.entries([specs[1]])[0], at: 0) }
    other { $0.entries.remove(at: 0) }
    other { $0.entries.swapAt(0, 1) }
    other { $0.entries[1].isOn = false }
    other { $0.entries[1].name = "heavy" }
    other { $0.starts = [Point(0.5, 0.5)] }
    other { $0.starts = [Point(0.5, 0.5), base.starts[0]] }
    try other { $0.landscape = try $0.landscape.setting("kappa", to: 20) }
    other { $0.window = Window(x: -1...1, y: -1...1) }
    other { $0.budget = Budget(steps: 100) }
    other { $0.budget = Budget(evaluations: 77) }
    other { $0.budget = Budget() }
    try other { $0.noise = try Noise("gaussian(0.1)") }
    other { $0.seed = 5 }
    other { $0.changes = [Change(40, "sgd.lr", 0.01), Change(300, "landscape.kappa", 4)] }
    other { $0.changes = [Change(300, "landscape.kappa", 4)] }
    other { $0.changes = [Change(1, "adam.lr", 0.5)] }
    other { $0.changes = [Change(321, "adam.lr", 0.5)] }
    try #require(Set(others).count == others.count)
    for from in [base] + others {
      for to in [base] + others {
        var race = Race(from)
        race.seek(to: 320)
        race.seek(to: 290)
        race.resume(to, at: 310)
        var fresh = Race(to)
        fresh.seek(to: 310)
        #expect(race.step == fresh.step)
        #expect(race.experiment == to)
        for (run, other) in zip(race.runs, fresh.runs) where run.entry.isOn {
          #expect(RowBits(run.row) == RowBits(other.row) && run.entry == other.entry)
          #expect(run.lastStepRecord == other.lastStepRecord)
        }
        race.seek(to: 325)
        fresh.seek(to: 325)
        for (run, other) in zip(race.runs, fresh.runs) where run.entry.isOn {
          #expect(RowBits(run.row) == RowBits(other.row))
          #expect(run.history.steps == Array(0...run.history.lastStep))
        }
      }
    }
  }

  @Test func independentNoiseIsDrawnByPlace() throws {
    var experiment = try experiment("ravine", ["sgd:lr=0.02", "sgd:lr=0.03"], steps: 300)
    experiment.noise = try Noise("gaussian(0.1,independent=on)")
    var race = Race(experiment)
    race.seek(to: 100)
    var less = experiment
    less.entries.removeFirst()
    race.resume(less, at: 100)
    #expect(Sight(race) == Sight(fresh(race)))
    race.resume(experiment, at: 100)
    #expect(Sight(race) == Sight(fresh(race)))
  }

  /// The end of a long race lies at most two snapshots away, not a race.
  @Test func forwardGoesBySnapshots() throws {
    var race = try race(["sgd:lr=0.02", "momentum:lr=0.01"], steps: 60_000)
    race.seek(to: 60_000)
    let end = Sight(race, withOutcomes: false)
    for target in [0, 60_000, 1, 31_003, 59_999, 60_000] { race.seek(to: target) }
    #expect(Sight(race, withOutcomes: false) == end)
    race.seek(to: 0)
    // A budget that has shrunk in between holds.
    race.setBudget(Budget(steps: 41_000))
    race.seek(to: 60_000)
    #expect(race.step == 41_000 && race.runs.allSatisfy { $0.step == 41_000 })
    race.seek(to: 0)
    race.setBudget(Budget(evaluations: 12_345))
    race.seek(to: 60_000)
    #expect(race.step == 12_345)
    #expect(race.runs.map { RowBits($0.row) } == fresh(race).runs.map { RowBits($0.row) })
  }

  @Test func runsThatEndedStayBehindOnTheWayForward() throws {
    let experiment = try experiment(
      "x^4 + y^2", ["sgd:lr=1", "sgd:lr=0.001"], starts: [Point(2, 1)], steps: 900)
    var race = Race(experiment)
    race.seek(to: 900)
    let sight = Sight(race)
    for target in [0, 900, 5, 900, 3, 700, 900] { race.seek(to: target) }
    #expect(Sight(race) == sight)
  }
}

struct OracleTests {
  /// An oracle made anew has forgotten the point that the next step starts from, and everything would be computed twice.
  @Test func aRunKeepsItsOracleFromStepToStep() throws {
    for noise in ["none", "gaussian(0.1)"] {
      var experiment = try experiment("rosenbrock", ["adam:lr=0.01", "lookahead(sgd:lr=0.001)"], steps: 50)
      experiment.noise = try Noise(noise)
      var race = Race(experiment)
      race.advance()
      let identities = race.runs.map { ObjectIdentifier($0.oracle) }
      for _ in 0..<40 { race.advance() }
      #expect(race.runs.map { ObjectIdentifier($0.oracle) } == identities)
    }
  }
}

struct HistoryTests {
  /// A trace needs the start and the recent rows, in memory that does not grow.
  @Test func withoutItsPastAHistoryKeepsTheFirstAndTheRecentRows() {
    var history = History(dimension: 2, limit: 16, keepsPast: false)
    for step in 0...1000 {
      history.append(
        step: step, point: [Double(step), -Double(step)], loss: Double(2000 - step), gradientNorm: 1,
        learningRate: nil, evaluations: step, values: 0)
      #expect(history.count <= 16)
      #expect(history.steps.first == 0)
      let recent = history.steps.suffix(min(step + 1, 8))
      #expect(Array(recent) == Array((step - recent.count + 1)...step))
    }
    for i in 0..<history.count {
      #expect(Array(history.parameters(at: i)) == [Double(history.steps[i]), -Double(history.steps[i])])
      #expect(
        history.evaluations(at: i) == history.steps[i] && history[i].loss == Double(2000 - history.steps[i]))
    }
  }
}
