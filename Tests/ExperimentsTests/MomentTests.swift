import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// What a frame is handed is what the race says when it is asked.
@Suite struct MomentTests {
  private func race() throws -> Race {
    Race(
      try experiment(
        "ravine", ["sgd:lr=0.02", "clip(momentum:lr=0.02):norm=5"], starts: [Point(1, 10), Point(2, 3)],
        changes: [
          Change(5, "sgd.lr", 0.03), Change(10, "landscape.kappa", 20), Change(15, "clip.base.lr", 0.01),
        ]
      ))
  }

  @Test func aMomentSaysWhatTheRaceSays() throws {
    var race = try race()
    for step in [0, 4, 5, 9, 10, 14, 15, 20, 9] {
      race.seek(to: step)
      let moment = Moment(of: race)
      #expect(moment.step == step && moment.lastStep == race.lastStep && moment.canStep)
      #expect(moment.experiment == race.experiment && moment.landscape == race.landscape)
      #expect(moment.nextLandscape == race.nextLandscape && moment.settled.changes.isEmpty)
      for (index, entry) in race.experiment.entries.enumerated() {
        for start in 0..<2 {
          #expect(
            moment.run(entry: index, start: start).parameters
              == race.run(entry: index, start: start).parameters)
        }
        #expect(
          moment.outcome(entry: index)
            == race.run(entry: index).outcome(on: race.landscape, in: race.experiment.window))
        #expect(moment.spec(entry: index) == race.experiment.spec(of: entry, at: step + 1))
        for knob in entry.spec.knobs {
          #expect(
            moment.value(of: .entry(name: entry.name, key: knob.key))
              == race.value(entry: index, key: knob.key))
          #expect(
            moment.waitingRun(entry: index).optimizer.value(of: knob.key)
              == race.value(entry: index, key: knob.key))
        }
      }
    }
  }

  /// The moment holds what is in force now, and beside it what waits for the next step.
  @Test func whatWaitsIsBesideWhatIsInForce() throws {
    var race = try race()
    race.seek(to: 9)
    let moment = Moment(of: race)
    #expect(moment.landscape.constant("kappa")?.value == 10)
    #expect(moment.nextLandscape.constant("kappa")?.value == 20)
    #expect(moment.value(of: .landscape(constant: "kappa")) == 20)
    #expect(moment.value(of: .entry(name: "sgd", key: "lr")) == 0.03)
    #expect(moment.value(of: .entry(name: "sgd", key: "beta")) == nil)
    #expect(moment.value(of: .entry(name: "adam", key: "lr")) == nil)
  }

  /// A knob turned after its run has ended keeps the value it was turned to.
  @Test func aKnobTurnedAfterTheEndKeepsItsValue() throws {
    var race = Race(try experiment("ravine", ["sgd:lr=1", "momentum:lr=0.01"]))
    race.seek(to: 600)
    #expect(race.run(entry: 0).step < 600)
    race.turn(entry: 0, key: "lr", to: 0.01)
    #expect(race.value(entry: 0, key: "lr") == 0.01)
    race.seek(to: 605)
    #expect(race.value(entry: 0, key: "lr") == 0.01)
    #expect(Moment(of: race).value(of: .entry(name: "sgd", key: "lr")) == 0.01)
  }

  /// A rule that moves a knob by itself is asked for its value, and a turn to the value it was given once is a turn.
  @Test func aKnobThatTheRuleMovesIsTurnedBack() throws {
    var race = Race(try experiment("rosenbrock", ["line-search"]))
    race.seek(to: 20)
    let key = try #require(
      race.experiment.entries[0].spec.knobs.map(\.key).first {
        race.value(entry: 0, key: $0) != race.experiment.entries[0].spec.setting($0)
      })
    let given = try #require(race.experiment.entries[0].spec.setting(key))
    let knob = KnobPath.entry(name: "line-search", key: key)
    #expect(Moment(of: race).value(of: knob) == race.run(entry: 0).optimizer.value(of: key))
    race.turn(knob, to: given)
    #expect(race.experiment.changes == [Change(step: 21, target: knob, value: given)])
    #expect(race.value(entry: 0, key: key) == given)
  }

  @Test func whatIsSettledRunsAsItWouldGoOn() throws {
    var race = try race()
    race.seek(to: 12)
    let settled = race.experiment.settled(at: 13)
    #expect(settled.landscape.constant("kappa")?.value == 20 && settled.entries[0].spec.setting("lr") == 0.03)
    #expect(settled.entries[1].spec.setting("base.lr") == 0.02 && settled.changes.isEmpty)
    #expect(settled.starts == race.experiment.starts && settled.window == race.experiment.window)
    race.rerun()
    #expect(race.experiment == settled && race.step == 0)
  }

  /// Changes happen by step, in whatever order they are listed; two experiments with the same lists are the same.
  @Test func changesHappenByStep() throws {
    let changes = [
      Change(20, "landscape.kappa", 30), Change(10, "landscape.kappa", 20), Change(20, "sgd.lr", 0.01),
      Change(10, "sgd.lr", 0.02), Change(20, "landscape.kappa", 40),
    ]
    let listed = try experiment("ravine", ["sgd:lr=0.03"], changes: changes)
    for (step, kappa, rate) in [
      (0, 10.0, 0.03), (9, 10, 0.03), (10, 20, 0.02), (19, 20, 0.02), (20, 40, 0.01), (99, 40, 0.01),
    ] {
      #expect(listed.landscape(at: step).constant("kappa")?.value == kappa, "\(step)")
      #expect(listed.spec(of: listed.entries[0], at: step).setting("lr") == rate, "\(step)")
    }
    var copy = listed
    copy.changes = []
    #expect(copy != listed && copy.landscape(at: 99).constant("kappa")?.value == 10)
    copy.changes = changes
    #expect(copy == listed && copy.hashValue == listed.hashValue)
    copy.landscape = try copy.landscape.setting("kappa", to: 5)
    #expect(
      copy.landscape(at: 9).constant("kappa")?.value == 5
        && copy.landscape(at: 20).constant("kappa")?.value == 40)
  }

  @Test func anAddedChangeTakesItsPlace() throws {
    var experiment = try experiment(
      "ravine", ["sgd:lr=0.03"], changes: [Change(10, "sgd.lr", 0.02), Change(20, "sgd.lr", 0.01)])
    experiment.add(Change(15, "sgd.lr", 0.015))
    experiment.add(Change(10, "landscape.kappa", 20))
    experiment.add(Change(20, "sgd.lr", 0.005))
    #expect(
      experiment.changes == [
        Change(10, "sgd.lr", 0.02), Change(10, "landscape.kappa", 20), Change(15, "sgd.lr", 0.015),
        Change(20, "sgd.lr", 0.005),
      ])
  }
}
