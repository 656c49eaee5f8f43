import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Experiments

/// Runs and maps of networks that are large, or become so.
@Suite struct LargeNetworkRunTests {
  private func race(_ landscape: String, _ optimizer: String) throws -> Race {
    Race(
      Experiment(
        landscape: try LandscapeText.landscape(landscape),
        entries: Entry.entries([try OptimizerSpec(optimizer)])))
  }

  /// A record of as many numbers whatever a row has, and of eight rows at least.
  @Test func aRecordOfManyParametersHasFewRows() throws {
    let rows = [9, 2002, 1_000_000, 10_000_000].map { Run.historyLimit(of: $0) }
    #expect(rows == [1_864_135, 8380, 16, 8])
    let race = try race("network(data=moons, rows=2, hidden=400, init=zero)", "sgd")
    #expect(race.run(entry: 0).history.dimension == 2002 && race.run(entry: 0).history.limit == 8380)
  }

  /// With a record of eight rows and two snapshots a run goes back to the same bits.
  @Test func aShortRecordLeadsBackToTheSameBits() throws {
    let experiment = Experiment(
      landscape: try LandscapeText.landscape("network(data=moons, rows=6, hidden=3, activation=tanh)"),
      entries: Entry.entries([try OptimizerSpec("adam:lr=0.05")]))
    var short = Race(experiment, historyLimit: 8)
    var long = Race(experiment)
    short.seek(to: 700)
    #expect(short.run(entry: 0).history.count <= 8)
    for step in [3, 699, 256, 700] {
      short.seek(to: step)
      long.seek(to: step)
      #expect(
        short.run(entry: 0).parameters.map(\.bitPattern) == long.run(entry: 0).parameters.map(\.bitPattern))
    }
  }

  /// At its right end this axis makes networks of which there is no full matrix.
  @Test func aMapOverWidthsIsRefusedWhereARuleHasNoMatrix() throws {
    func map(_ widest: Int) throws -> Sweep {
      let race = try experiment("moons-mlp", ["gauss-newton:damping=0.1"], steps: 1)
      return try Sweep(
        race, x: Axis("landscape.width=2:\(widest)", in: race),
        y: Axis("gauss-newton.damping=0.01:1", in: race), columns: 2, rows: 2)
    }
    let error = #expect(throws: SweepError.self) { try map(500) }
    #expect(
      error?.message
        == "landscape.width: gauss-newton needs a model's outputs, and of more than 2000 parameters no full matrix "
        + "is made: there are 2502; take fewer units, or lbfgs or kfac")
    #expect(try map(8).count == 4)
  }

  /// Another landscape may lack what an entry needs, or have too few rows for a batch.
  @Test func whatDoesNotGoWithAnotherLandscapeIsSaid() throws {
    var experiment = try experiment("wave-mlp", ["sgd", "gauss-newton:damping=0.1"])
    experiment.noise = try Noise("minibatch(size=32)")
    #expect(experiment.obstacle(to: experiment.landscape) == nil)
    #expect(
      experiment.obstacle(to: try experiment.landscape.setting("rows", to: 20))
        == "size of minibatch must be at most 20, the number of samples, got '32'")
    #expect(
      experiment.obstacle(to: try experiment.landscape.setting("width", to: 700))?
        .hasPrefix("gauss-newton needs") == true)
  }

  // MARK: The gauge

  /// Adam's curvature over a network of 52 parameters, against the full matrix D·H·D.
  @Test func theGaugeOfAdamIsThatOfItsPreconditioner() throws {
    var race = try race("network(data=moons, rows=16, hidden=10, activation=tanh)", "adam:lr=0.02")
    race.seek(to: 5)
    let run = race.run(entry: 0)
    let p = run.parameters.count
    #expect(p == 52)
    let oracle = race.landscape.makeOracle()
    var matrix = [Double](repeating: 0, count: p * p)
    var span = matrix.mutableSpan
    oracle.evaluateHessian(at: run.parameters.span, into: &span)
    let v = try #require(run.optimizer.state.first { $0.symbol == "v̂" }).values
    for i in 0..<p {
      for j in 0..<p {
        matrix[i * p + j] /= ((v[i].squareRoot() + 1e-8) * (v[j].squareRoot() + 1e-8)).squareRoot()
      }
    }
    let values = DenseMatrix.eigen(matrix).values
    let gauge = Gauge(of: run, on: race.landscape)
    let size = try #require(values.map(\.magnitude).max())
    #expect(gauge.isPreconditioned && gauge.reason == nil)
    #expect((gauge.largest - values.max()!).magnitude < 1e-8 * size)
    #expect((gauge.smallest - values.min()!).magnitude < 1e-8 * size)
    #expect((gauge.limit! - 1900).magnitude < 1e-9)
    // A penalty adds its λ to the Hessian.
    let scale = v.map { 1 / ($0.squareRoot() + 1e-8).squareRoot() }
    for i in 0..<p { matrix[i * p + i] += 0.3 * scale[i] * scale[i] }
    let penalised = race.landscape.curvatures(at: run.parameters, scaledBy: scale, penalty: 0.3)
    #expect((penalised.larger / DenseMatrix.eigen(matrix).values.max()! - 1).magnitude < 1e-8)
  }

  /// Eight multiplications for each parameter and row; up to 32 parameters there is a full matrix.
  @Test func whatIsSeenOfTheCurvatureDependsOnWhatItCosts() throws {
    func sights(_ cost: Double) -> [CurvatureSight] {
      [false, true].map { CurvatureSight(cost: cost, isMoving: $0) }
    }
    #expect(sights(0) == [.both, .both])
    #expect(sights(8 * 261 * 800) == [.both, .largest])
    #expect(sights(8 * 2502 * 800) == [.both, .none(untilRest: true)])
    #expect(sights(8 * 8002 * 800) == [.largest, .none(untilRest: true)])
    #expect(sights(8 * 65541 * 1000) == [.none(untilRest: false), .none(untilRest: false)])
    for (hidden, cost) in [(6, 0.0), (8, 8 * 42 * 20)] {
      let landscape = try LandscapeText.landscape("network(data=moons, rows=20, hidden=\(hidden))")
      #expect(landscape.problem.curvatureCost == cost)
    }
    let bowl = try Landscape(formula: "x^2 + y^2")
    #expect(CurvatureSight(on: bowl, isMoving: true) == .both)
  }

  @Test func whatIsNotSeenIsSaid() throws {
    var race = try race("network(data=moons, rows=20, hidden=8, activation=tanh)", "sgd:lr=0.1")
    race.seek(to: 2)
    let run = race.run(entry: 0)
    let (both, largest) = (
      Gauge(of: run, on: race.landscape), Gauge(of: run, on: race.landscape, seeing: .largest)
    )
    #expect(both.smallest < 0 && largest.smallest.isNaN)
    #expect((largest.largest / both.largest - 1).magnitude < 1e-10 && largest.limit == 20)
    let none = Gauge(of: run, on: race.landscape, seeing: .none(untilRest: true))
    #expect(none.largest.isNaN && none.limit == nil && none.reason == "λmax is found when the run rests")
    let theory = Theory(
      of: run.entry.spec, on: race.landscape, at: run.parameters, seeing: .none(untilRest: false))
    #expect(theory.limit(of: "lr") == .unknown("too large to find λmax"))
    guard
      case .known(let limit, _) = Theory(
        of: run.entry.spec, on: race.landscape, at: run.parameters, seeing: .largest
      ).limit(of: "lr")
    else {
      Issue.record("a limit is known")
      return
    }
    #expect((limit * both.largest / 2 - 1).magnitude < 1e-10)
  }
}
