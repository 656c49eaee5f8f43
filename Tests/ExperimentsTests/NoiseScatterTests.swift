import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// How the gradients of batches scatter, measured and by the law; and steps that look at all samples now and then.
@Suite struct NoiseScatterTests {
  private static let line = "samples(data=line, rows=20, model=a*x + b, start=a=-1 b=1.5)"
  private static let penalised =
    "samples(data=line, rows=20, model=a*x + b, start=a=-1 b=1.5, l2=5)"
  private static let network = "network(data=moons, rows=24, hidden=3, activation=tanh)"

  /// What is drawn has the covariance of the law, but for chance; of a fixed order exactly.
  @Test(
    arguments: [
      "shuffle", "replacement", "cyclic", "importance", "uniform", "bernoulli", "shuffle,weights=coin",
      "cyclic,weights=exponential", "importance,weights=coin", "bernoulli,weights=exponential",
    ], [line, penalised])
  func theMeasureIsTheLaw(_ sampling: String, _ text: String) throws {
    let landscape = try LandscapeText.landscape(text)
    let noise = try Noise("minibatch(size=3,sampling=\(sampling))")
    let scatters = try (1...12).map {
      try #require(NoiseScatter(of: noise, at: [-1, 1.5], on: landscape, seed: $0))
    }
    let law = scatters[0]
    #expect(law.batches >= 64 && law.batches % 7 == 0)
    #expect(law.predictedTrace > 0)
    #expect(abs(law.predicted.xx + law.predicted.yy - law.predictedTrace) < 1e-12)
    let room = sampling == "cyclic" ? 1e-12 : 0.2
    let trace = scatters.reduce(0) { $0 + $1.measuredTrace / 12 }
    let first = scatters.reduce(0) { $0 + $1.measured.xx / 12 }
    #expect(abs(trace / law.predictedTrace - 1) < room)
    #expect(abs(first / law.predicted.xx - 1) < room)
  }

  /// Σ from the rows by hand.
  @Test func theLawIsThatOfTheRows() throws {
    let landscape = try LandscapeText.landscape(Self.line)
    let table = try #require(landscape.data).training
    var slopes: [(Double, Double)] = []
    for row in 0..<20 {
      let (x, y) = (table.columns[0][row], table.columns[1][row])
      let residual = -x + 1.5 - y
      slopes.append((residual * x, residual))
    }
    let mean = (slopes.reduce(0) { $0 + $1.0 } / 20, slopes.reduce(0) { $0 + $1.1 } / 20)
    let xx = slopes.reduce(0) { $0 + ($1.0 - mean.0) * ($1.0 - mean.0) } / 20
    let xy = slopes.reduce(0) { $0 + ($1.0 - mean.0) * ($1.1 - mean.1) } / 20
    let with = try #require(
      NoiseScatter(
        of: try Noise("minibatch(size=4,sampling=replacement)"), at: [-1, 1.5], on: landscape, seed: 0))
    #expect(abs(with.predicted.xx - xx / 4) < 1e-12 && abs(with.predicted.xy - xy / 4) < 1e-12)
    let without = try #require(
      NoiseScatter(
        of: try Noise("minibatch(size=4,sampling=uniform)"), at: [-1, 1.5], on: landscape, seed: 0))
    #expect(abs(without.predicted.xx - xx / 4 * 16 / 19) < 1e-12)
    #expect(without.formula == "Σ/b·(N−b)/(N−1)" && with.formula == "Σ/b")
  }

  /// New samples scatter as those of the table do, but for chance.
  @Test func newSamplesAreMeasuredToo() throws {
    let landscape = try LandscapeText.landscape(
      "samples(data=line, rows=400, model=a*x + b, start=a=-1 b=1.5)")
    let scatter = try #require(
      NoiseScatter(of: try Noise("minibatch(size=8,sampling=fresh)"), at: [-1, 1.5], on: landscape, seed: 4))
    #expect(abs(scatter.measuredTrace / scatter.predictedTrace - 1) < 0.5)
  }

  @Test func whatHasNoBatchesHasNone() throws {
    let landscape = try LandscapeText.landscape(Self.line)
    #expect(NoiseScatter(of: .none, at: [0, 0], on: landscape, seed: 0) == nil)
    #expect(NoiseScatter(of: try Noise("gaussian"), at: [0, 0], on: landscape, seed: 0) == nil)
  }

  // MARK: Losses now and then

  private func experiment(_ landscape: String, _ noise: String, steps: Int = 60) throws -> Experiment {
    Experiment(
      landscape: try LandscapeText.landscape(landscape),
      entries: Entry.entries(try specs(["sgd:lr=0.05", "adam:lr=0.05"])), budget: Budget(steps: steps),
      noise: try Noise(noise), seed: 2)
  }

  /// The same steps, with rows at the interval alone, and a loss that is true wherever the race stands.
  @Test(arguments: [line, network]) func lookingSeldomChangesNoStep(_ landscape: String) throws {
    var (often, seldom) = (
      Race(try experiment(landscape, "minibatch(size=3)")),
      Race(try experiment(landscape, "minibatch(size=3,losses=25)"))
    )
    for step in [7, 25, 33, 60, 12, 59, 0, 41] {
      often.seek(to: step)
      seldom.seek(to: step)
      for entry in 0..<2 {
        let (a, b) = (often.run(entry: entry), seldom.run(entry: entry))
        #expect(RowBits(a.row) == RowBits(b.row), "\(step)")
        #expect(a.lastStepRecord.gradient == b.lastStepRecord.gradient)
      }
    }
    #expect(seldom.run(entry: 0).history.steps == [0, 25, 50])
    #expect(seldom.lastStep == 60 && seldom.run(entry: 1).lastStep == 60)
    // Step by step it stays behind, until it is asked.
    var walk = Race(try experiment(landscape, "minibatch(size=3,losses=25)"))
    for _ in 0..<7 { walk.advance() }
    often.seek(to: 7)
    #expect(walk.run(entry: 0).loss == walk.run(entry: 0).history.losses[0])
    walk.settle()
    #expect(walk.run(entry: 0).loss == often.run(entry: 0).loss)
  }

  @Test func aTraceHasTrueLosses() throws {
    var rows: [String: [RowBits]] = [:]
    for noise in ["minibatch(size=3)", "minibatch(size=3,losses=1000)"] {
      try experiment(Self.line, noise).trace(every: 17) {
        rows[noise, default: []].append(RowBits($0.row))
      } end: {
        _ in
      }
    }
    #expect(
      rows["minibatch(size=3)"]?.count == 10
        && rows["minibatch(size=3)"] == rows["minibatch(size=3,losses=1000)"])
  }

  /// A run that leaves the numbers between two looks ends at the last look.
  @Test func aRunThatLeavesTheNumbersEnds() throws {
    var experiment = try experiment(Self.line, "minibatch(size=3,losses=10)", steps: 4000)
    experiment.entries = Entry.entries(try specs(["sgd:lr=5"]))
    var race = Race(experiment)
    race.seek(to: 4000)
    let run = race.run(entry: 0)
    #expect(run.isOver && run.divergedAt != nil && run.step % 10 == 0)
    #expect(run.loss.isFinite && run.parameters.allSatisfy(\.isFinite))
  }
}
