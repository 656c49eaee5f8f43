import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Experiments

/// The log of a run: what happened, in few entries, the same whichever way the playhead came.
struct EventLogTests {
  private func texts(_ race: Race, entry: Int? = nil, includesAhead: Bool = true) -> [String] {
    race.log(entry: entry, includesAhead: includesAhead).map {
      let span = $0.event.step == $0.event.lastStep ? "" : "–\($0.event.lastStep)"
      return "\($0.event.step)\(span) \($0.event.text)\($0.isAhead ? " (ahead)" : "")"
    }
  }

  /// Clipping acts as long as ‖g‖ = 2‖x‖ is above 1: from 4, with steps of 0.1, while ‖x‖ > 0.5.
  @Test func aStretchOfClippingIsOneEntry() throws {
    var race = Race(try experiment("x^2 + y^2", ["clip(sgd:lr=0.1)"], starts: [Point(4, 0)], steps: 60))
    race.seek(to: 60)
    var x = 4.0
    var clipped = 0
    while 2 * x > 1 {
      x -= 0.1
      clipped += 1
    }
    #expect(texts(race) == ["1–\(clipped) the gradient was clipped"])
    // In the middle of the stretch, the part that has happened.
    race.seek(to: 10)
    #expect(texts(race) == ["1–10 the gradient was clipped"])
    race.seek(to: 0)
    #expect(texts(race) == ["1–\(clipped) the gradient was clipped (ahead)"])
    #expect(texts(race, includesAhead: false).isEmpty)
  }

  @Test func everySynchronisationIsOne() throws {
    var race = Race(try experiment("bowl", ["lookahead(sgd:lr=0.01):k=4", "sgd:lr=0.01"], steps: 14))
    race.seek(to: 14)
    #expect(
      texts(race) == ["4 the slow point follows", "8 the slow point follows", "12 the slow point follows"])
    race.seek(to: 9)
    #expect(
      texts(race) == [
        "4 the slow point follows", "8 the slow point follows", "12 the slow point follows (ahead)",
      ])
    #expect(texts(race, includesAhead: false).count == 2)
    #expect(texts(race, entry: 1).isEmpty)
  }

  @Test func changesAreInTheLog() throws {
    var race = Race(
      try experiment(
        "ravine", ["sgd:lr=0.01", "adam"], steps: 30,
        changes: [Change(12, "sgd.lr", 0.02), Change(20, "landscape.kappa", 20), Change(25, "adam.lr", 0.1)]))
    race.seek(to: 21)
    #expect(texts(race) == ["12 sgd.lr = 0.02", "20 kappa = 20", "25 adam.lr = 0.1 (ahead)"])
    #expect(race.log().map(\.entry) == [0, nil, 1])
    #expect(texts(race, entry: 0) == ["12 sgd.lr = 0.02", "20 kappa = 20"])
  }

  @Test func divergenceAndRest() throws {
    var race = Race(
      try experiment("bowl", ["sgd:lr=0.3", "sgd:lr=1.5"], starts: [Point(1, 0)], steps: 3000))
    race.seek(to: 3000)
    let calm = race.run(entry: 0)
    #expect(texts(race, entry: 0) == ["\(try #require(calm.convergedAt)) at rest at a minimum"])
    let wild = race.run(entry: 1)
    let first = try #require(wild.divergedAt)
    #expect(
      texts(race, entry: 1) == [
        "\(first) diverged: further than 1000 windows away",
        "\(wild.step + 1) ended: the next step is not finite",
      ])
    // Passing through at speed it comes to rest for a moment.
    var ball = Race(try experiment("bowl", ["momentum:lr=0.5,beta=0.9"], starts: [Point(1, 0)], steps: 2))
    ball.seek(to: 2)
    #expect(texts(ball) == ["1 at rest at a minimum", "2 left its minimum"])
  }

  @Test func theEndOfARunIsKnownWhereItStands() throws {
    var race = Race(try experiment("x + y^2", ["newton"], starts: [Point(1, 1)], steps: 5))
    race.seek(to: 5)
    #expect(race.step == 0)
    #expect(texts(race) == ["1 no Newton step: singular Hessian"])
    for _ in 0..<3 { race.advance() }
    #expect(texts(race).count == 1, "trying again says nothing new")
  }

  @Test func conjugateGradientSaysWhenItBeginsAnew() throws {
    var race = Race(try experiment("rosenbrock", ["conjugate-gradient:variant=fr"], steps: 20))
    race.seek(to: 20)
    let lines = texts(race)
    #expect(lines.contains { $0.hasSuffix("began anew along the gradient") })
    #expect(!lines.contains { $0.hasPrefix("1 ") }, "the first step begins, it does not begin anew")
  }

  /// What was run beyond a turned knob never happened.
  @Test func theFutureIsForgottenWithTheRun() throws {
    var race = Race(try experiment("bowl", ["lookahead(sgd:lr=0.01):k=4"], steps: 40))
    race.seek(to: 40)
    race.seek(to: 9)
    race.turn(entry: 0, key: "k", to: 7)
    #expect(
      texts(race) == ["4 the slow point follows", "8 the slow point follows", "10 lookahead.k = 7 (ahead)"])
    race.seek(to: 24)
    var fresh = Race(
      try experiment(
        "bowl", ["lookahead(sgd:lr=0.01):k=4"], steps: 40, changes: [Change(10, "lookahead.k", 7)]))
    fresh.seek(to: 24)
    #expect(texts(race) == texts(fresh))
    #expect(texts(race).contains("15 the slow point follows"))
  }

  /// Whatever way the playhead went, the log is that of going straight there.
  @Test func timeTravelLeavesTheLogAsItIs() throws {
    let experiment = try experiment(
      "rosenbrock",
      ["clip(sgd:lr=0.001):norm=20", "lookahead(momentum:lr=0.0005):k=3", "conjugate-gradient"],
      steps: 700, changes: [Change(300, "clip.norm", 5)])
    var straight = Race(experiment)
    straight.seek(to: 600)
    var random = SplitMix64(state: 3)
    var wandering = Race(experiment)
    for _ in 0..<30 { wandering.seek(to: Int.random(in: 0...600, using: &random)) }
    wandering.seek(to: 600)
    #expect(texts(wandering) == texts(straight))
    #expect(!texts(straight).isEmpty)
  }

  /// Memory is bounded, and what is left out is counted; what happens once stays.
  @Test func theLogIsBounded() {
    var log = EventLog()
    for step in 1...20_000 {
      log.record(step, step % 2 == 0 ? ["even \(step % 4)"] : [])
      if step == 30 { log.add(LogEntry(step: 30, lastStep: 30, kind: .divergence, text: "once")) }
    }
    #expect(log.entries.count <= EventLog.limit && log.entries.count > EventLog.limit / 2)
    #expect(log.entries.count + log.omitted == 10_001)
    #expect(log.entries.contains { $0.text == "once" })
    #expect(log.entries.last?.step == 20_000)
    let steps = log.entries.map(\.step)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 })
    // The recent half is complete.
    let recent = Array(steps.suffix(200))
    #expect(zip(recent, recent.dropFirst()).allSatisfy { $1 - $0 == 2 })
  }

  @Test func twoEventsInTheSameStepsAreTwoStretches() {
    var log = EventLog()
    for step in 1...10 { log.record(step, ["a", step == 5 ? "c" : "b"]) }
    #expect(log.entries.map { "\($0.text)\($0.step)-\($0.lastStep)" } == ["a1-10", "b1-4", "c5-5", "b6-10"])
    log.truncate(after: 4)
    #expect(log.entries.map { "\($0.text)\($0.step)-\($0.lastStep)" } == ["a1-4", "b1-4"])
  }

  /// A trace reports rows alone.
  @Test func aTraceKeepsNoLog() throws {
    let experiment = try experiment("bowl", ["lookahead(sgd):k=2"], steps: 10)
    var run = experiment.run(entry: 0, start: 0, historyLimit: 256, keepsPast: false)
    for _ in 0..<10 { run.advance(in: experiment) }
    #expect(run.log.entries.isEmpty)
  }
}
