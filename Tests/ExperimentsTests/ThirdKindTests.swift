import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// A kind of problem that nothing here has heard of goes through everything that a race is asked.
@Suite struct ThirdKindTests {
  private func experiment(_ specs: [String], plane: String? = nil, steps: Int = 60) throws -> Experiment {
    Experiment(
      landscape: try ThirdKind.landscape(plane: plane),
      entries: Entry.entries(try specs.map { try OptimizerSpec($0) }), budget: Budget(steps: steps))
  }

  @Test func aRaceRunsAndIsTraced() throws {
    let experiment = try experiment(["sgd:lr=0.05", "momentum:lr=0.02", "adam:lr=0.1", "lbfgs"])
    var race = Race(experiment)
    race.seek(to: 60)
    var rows = 0
    experiment.trace { traced in
      rows += 1
      #expect(traced.row.point.count == 5)
      #expect(traced.row.loss == ThirdKind().value(at: traced.row.point))
    } end: { _ in
    }
    #expect(rows == race.runs.reduce(0) { $0 + $1.history.count })
    // Each step of gradient descent multiplies the way along coordinate k by 1 − 0.05 cₖ.
    let sgd = race.run(entry: 0)
    for (k, c) in ThirdKind().curvatures.enumerated() {
      let before = try #require(experiment.landscape.problem.defaultStart)[k] - ThirdKind.minimiser[k]
      let expected = ThirdKind.minimiser[k] + before * (0..<60).reduce(1.0) { p, _ in p * (1 - 0.05 * c) }
      #expect((sgd.parameters[k] - expected).magnitude < 1e-12)
    }
    #expect(race.run(entry: 3).loss < 1e-12)
    // Back in time and forth again, to the bit.
    let parameters = race.run(entry: 2).parameters
    race.seek(to: 17)
    race.seek(to: 60)
    #expect(race.run(entry: 2).parameters == parameters)
  }

  @Test func theoryAndGaugeAskTheProblem() throws {
    let experiment = try experiment(["sgd:lr=0.05", "adam:lr=0.05"])
    let landscape = experiment.landscape
    var race = Race(experiment)
    race.seek(to: 30)
    let theory = Theory(of: race.run(entry: 0), on: landscape)
    guard case .known(let limit, _) = theory.limit(of: "lr"),
      case .known(let optimum, _) = theory.optimum(of: "lr")
    else {
      Issue.record("a quadratic has a limit and an optimum")
      return
    }
    #expect((limit - 2.0 / 20).magnitude < 1e-9 && (optimum - 2.0 / 21).magnitude < 1e-9)
    #expect(theory.regimes.count == 2 && theory.regimes.allSatisfy { $0.direction == nil })
    let gauge = Gauge(of: race.run(entry: 0), on: landscape)
    #expect((gauge.largest - 20).magnitude < 1e-8 && (gauge.smallest - 1).magnitude < 1e-8)
    // The preconditioned Hessian is found from gradients alone too.
    let adam = Gauge(of: race.run(entry: 1), on: landscape)
    #expect(adam.isPreconditioned && adam.largest.isFinite)
    let changed = try landscape.setting("kappa", to: 100)
    #expect((Gauge(of: race.run(entry: 0), on: changed).largest - 100).magnitude < 1e-7)
  }

  @Test func theStandardRaceLeavesOutWhatCannotRun() throws {
    let landscape = try ThirdKind.landscape()
    let specs = StandardRace.specs(on: landscape, from: landscape.start)
    #expect(specs.map(\.id) == ["sgd", "momentum", "adam"])
    let newton = try OptimizerSpec("newton")
    #expect(throws: OptionError("newton needs a Hessian, which the landscape does not have")) {
      try RunOption.checkNeeds(of: newton, on: landscape)
    }
    var race = Race(Experiment(landscape: landscape, entries: Entry.entries(specs)))
    race.seek(to: 600)
    for index in specs.indices { #expect(race.run(entry: index).divergedAt == nil, "\(specs[index])") }
    #expect(race.run(entry: 1).outcome(on: landscape, in: landscape.window) == .converged(minimum: 1))
  }

  @Test func mapsAgreeWithSingleRuns() throws {
    let experiment = try experiment(["momentum:lr=0.02"], plane: "q1,q5", steps: 40)
    for (x, y) in [
      ("momentum.lr=0.01:0.06:linear", "momentum.beta=0.2:0.9:linear"),
      ("landscape.kappa=5:50:log", "momentum.lr=0.01:0.06:linear"),
    ] {
      let map = try Sweep(
        experiment, x: Axis(x, in: experiment), y: Axis(y, in: experiment), columns: 5, rows: 3, target: 1e-3)
      let grid = map.grid()
      for column in 0..<5 {
        for row in 0..<3 {
          let cell = try #require(grid[column, row])
          let (a, b) = map.values(column: column, row: row)
          var race = Race(map.experiment(x: a, y: b))
          race.seek(to: 40)
          let run = race.run(entry: 0)
          let first = run.history.losses.firstIndex { $0 < 1e-3 }
          #expect((cell.outcome == .reached) == (first != nil), "\(x) \(column), \(row)")
          if let first { #expect(cell.steps == first) } else { #expect(cell.loss == run.loss) }
        }
      }
    }
  }

  @Test func aRainFalls() throws {
    let experiment = try experiment(["momentum:lr=0.02"], plane: "q1,q5", steps: 600)
    var rain = Rain(experiment, entry: 0, starts: .grid, count: 25)
    for _ in 0..<600 { rain.advance() }
    // None elsewhere, all at the one minimum that is known.
    #expect(rain.counts.converged == [0, 25], "\(rain.counts)")
  }
}
