import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Experiments

/// Races on some of the samples at a time.
@Suite struct MinibatchRunTests {
  private func experiment(
    _ landscape: String, _ rules: [String], _ noise: String, seed: UInt64 = 3, budget: Budget,
    changes: [Change] = []
  ) throws -> Experiment {
    let found = try LandscapeCatalog.named(landscape) ?? LandscapeText.landscape(landscape)
    let noise = try Noise(noise)
    try found.check(noise)
    return Experiment(
      landscape: found, entries: Entry.entries(try specs(rules)), budget: budget, noise: noise, seed: seed,
      changes: changes)
  }

  private static let network = "network(data=moons, rows=20, hidden=3, activation=tanh)"
  private static let weighted =
    "samples(data=line, rows=20, model=a*x + b, target=y, loss=squared, sample_weight=3 + x, start=a=-1 b=1.5)"
  private static let weightedNetwork =
    "network(data=moons, rows=20, hidden=3, bias=off, activation=tanh, sample_weight=if(class == 1, 3, 1))"
  private static let line = "samples(data=line, rows=20, model=a*x + b, start=a=-1 b=1.5)"

  @Test(arguments: [
    ("shuffle", line), ("replacement", line), ("cyclic", line), ("importance", line), ("uniform", line),
    ("shuffle", network), ("replacement", network), ("importance", weighted), ("fresh", weighted),
    ("shuffle", weightedNetwork),
  ])
  func timeTravelIsExact(_ sampling: String, _ landscape: String) throws {
    let rules = ["sgd:lr=0.05", "adam:lr=0.05", "gauss-newton:lr=0.2,damping=0.1"]
    let experiment = try experiment(
      landscape, rules, "minibatch(size=6,sampling=\(sampling))", budget: Budget(steps: 90),
      changes: [Change(40, "sgd.lr", 0.01)])
    var straight = Race(experiment)
    var sights: [Int: Sight] = [:]
    for step in [1, 39, 40, 64, 89] {
      straight.seek(to: step)
      sights[step] = Sight(straight)
    }
    var wild = Race(experiment, historyLimit: 64)
    for step in [89, 1, 64, 40, 39, 89, 39] {
      wild.seek(to: step)
      #expect(Sight(wild) == sights[step], "\(step)")
    }
    // And a race of its own has the rows of the trace.
    straight.seek(to: 90)
    experiment.trace { traced in
      #expect(RowBits(traced.row) == RowBits(straight.run(entry: traced.run - 1).history[traced.row.step]))
    } end: { _ in
    }
  }

  /// What counts how much is said in the line that runs it again, which gives the same rows.
  @Test(arguments: [
    (weighted, ", sample_weight=3 + x"), (weightedNetwork, ", sample_weight=if(class == 1, 3, 1)"),
  ]) func theReplayLineHasTheWeights(_ landscape: String, _ weights: String) throws {
    let experiment = try experiment(
      landscape, ["sgd:lr=0.05"], "minibatch(size=6)", budget: Budget(steps: 9))
    let words = experiment.arguments(steps: 9)
    let said = words[try #require(words.firstIndex(of: "--landscape")) + 1]
    #expect(said == landscape)
    var (first, again) = (
      Race(experiment),
      Race(try self.experiment(said, ["sgd:lr=0.05"], "minibatch(size=6)", budget: Budget(steps: 9)))
    )
    first.seek(to: 9)
    again.seek(to: 9)
    #expect(first.run(entry: 0).parameters == again.run(entry: 0).parameters)
    let plain = landscape.replacing(weights, with: "")
    var other = Race(
      try self.experiment(plain, ["sgd:lr=0.05"], "minibatch(size=6)", budget: Budget(steps: 9)))
    other.seek(to: 9)
    #expect(other.run(entry: 0).parameters != first.run(entry: 0).parameters)
  }

  /// Every entry sees the same batches, unless each is to have its own.
  @Test func theBatchIsTheSameForAll() throws {
    for (words, isSame) in [("", true), (",independent=on", false)] {
      var race = Race(
        try experiment(
          Self.line, ["sgd:lr=0.05", "sgd:lr=0.05"], "minibatch(size=2,sampling=replacement\(words))",
          budget: Budget(steps: 12)))
      race.seek(to: 12)
      #expect((race.run(entry: 0).parameters == race.run(entry: 1).parameters) == isSame)
    }
  }

  @Test func theSeedDecides() throws {
    let ends = try [UInt64(3), 3, 4].map { seed in
      var race = Race(
        try experiment(
          Self.line, ["sgd:lr=0.05"], "minibatch(size=4)", seed: seed, budget: Budget(steps: 12)))
      race.seek(to: 12)
      return race.run(entry: 0).parameters
    }
    #expect(ends[0] == ends[1] && ends[0] != ends[2])
  }

  /// A step is the step on the mean over its rows.
  @Test func aStepIsOnItsRows() throws {
    let experiment = try experiment(
      Self.line, ["sgd:lr=0.1"], "minibatch(size=8,sampling=cyclic)", budget: Budget(steps: 3))
    let table = try #require(experiment.landscape.data).training
    var race = Race(experiment)
    race.seek(to: 3)
    var θ = [-1.0, 1.5]
    for (step, rows) in [0..<8, 8..<16, 16..<20].enumerated() {
      var slope = [0.0, 0.0]
      for row in rows {
        let (x, y) = (table.columns[0][row], table.columns[1][row])
        let residual = θ[0] * x + θ[1] - y
        slope[0] += residual * x / Double(rows.count)
        slope[1] += residual / Double(rows.count)
      }
      for k in 0..<2 { θ[k] -= 0.1 * slope[k] }
      let point = race.run(entry: 0).history[step + 1].point
      #expect(zip(point, θ).allSatisfy { ($0 - $1).magnitude < 1e-14 }, "step \(step + 1)")
    }
  }

  /// What a step costs: a pass is one, and the value that is reported is free.
  @Test func costsAreInPasses() throws {
    var race = Race(
      try experiment(
        Self.line, ["sgd:lr=0.01", "gauss-newton:damping=1", "newton:damping=1"], "minibatch(size=8)",
        budget: Budget(steps: 12)))
    race.seek(to: 12)
    let evaluations = (0..<3).map { entry in (0...12).map { race.run(entry: entry).history[$0].evaluations } }
    #expect(evaluations[0] == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4])
    // A gradient and one output; a gradient and two columns of the Hessian.
    #expect(evaluations[1][12] == 8 && evaluations[2][12] == 12)
    // A budget in passes.
    var short = Race(
      try experiment(
        Self.line, ["sgd:lr=0.01"], "minibatch(size=4)", budget: Budget(steps: 1000, evaluations: 7)))
    short.seek(to: 1000)
    #expect(short.run(entry: 0).step == 35 && short.run(entry: 0).history[35].evaluations == 7)
  }

  /// The mean of numbers by steps of 1⁄t, one number a step, is their mean after a pass.
  @Test func stochasticApproximationIsTheSampleAverage() throws {
    var race = Race(
      try experiment(
        "samples(data={y: 3 + normal(2)}, rows=40, model=m + 0*k, target=y, start=m=-1 k=0)",
        ["sgd:lr=1,schedule=inverse(1)"], "minibatch(size=1,sampling=shuffle)", budget: Budget(steps: 40)))
    let numbers = try #require(race.landscape.data).training.columns[0]
    race.seek(to: 40)
    let mean = numbers.reduce(0, +) / 40
    #expect((race.run(entry: 0).parameters[0] - mean).magnitude < 1e-14)
  }

  /// Eight runs side by side, each with draws of its own, are eight single ones.
  @Test(arguments: [
    (line, "sgd:lr=0.05"), (line, "adam:lr=0.1"), (line, "newton:damping=0.1"), (line, "lbfgs"),
    (line, "gauss-newton:control=levenberg"), (line, "natural-gradient:damping=0.1,fisher=empirical"),
    (line, "sam(sgd:lr=0.05)"), (network, "momentum:lr=0.05"), (network, "kfac:refresh=2"),
    (network, "natural-gradient:damping=0.1"), (network, "muon:lr=0.02"),
  ])
  func lanesAgree(_ landscape: String, _ rule: String) throws {
    let landscape = try LandscapeText.landscape(landscape)
    let start = try #require(landscape.problem.defaultStart)
    for noise in ["none", "minibatch(size=7)", "minibatch(size=5,sampling=replacement)"] {
      guard try OptimizerSpec(rule).makeLanes() != nil else { continue }
      #expect(try Walk(landscape, rule, noise: noise).lanesAgree(from: start, steps: 6), "\(noise)")
    }
  }

  @Test func whatDoesNotGoTogetherIsSaid() throws {
    func complaint(_ landscape: String, _ noise: String) throws -> String? {
      #expect(throws: SpecError.self) { try experiment(landscape, ["sgd"], noise, budget: Budget()) }?.message
    }
    #expect(
      try complaint("ravine", "minibatch(size=4)")
        == "minibatch draws from samples, and this loss is not made of any; gaussian is for any loss")
    #expect(
      try complaint(Self.line, "minibatch")
        == "size of minibatch must be at most 20, the number of samples, got '32'")
    #expect(
      try complaint(Self.network, "minibatch(size=4,sampling=importance)")
        == "this problem does not say how steep its samples are; sampling=replacement needs nothing")
  }
}
