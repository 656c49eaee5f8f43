import Experiments
import Landscapes
import OptimizerCore
import Testing
import TestSupport

/// What a step asked, found out by taking it again.
@Suite struct OracleQueryTests {
  private func race(_ optimizers: [String], on landscape: String = "rosenbrock", noise: Noise = .none) throws
    -> Race
  {
    Race(
      Experiment(
        landscape: try #require(LandscapeCatalog.named(landscape)),
        entries: Entry.entries(try optimizers.map { try OptimizerSpec($0) }), noise: noise, seed: 7))
  }

  private static let specs = OptimizerRegistry.all.map {
    $0.isWrapper ? "\($0.about.id)(momentum)" : $0.about.id
  }

  @Test(arguments: specs) func theQuestionsOfAStepAreItsCost(_ spec: String) throws {
    let landscape = try #require(LandscapeCatalog.named("beale"))
    let parsed = try OptimizerSpec(spec)
    guard landscape.obstacle(to: parsed) == nil else { return }
    var race = try race([spec], on: "beale")
    for _ in 0..<12 {
      let before = race.run(entry: 0).cost
      guard race.advance() else { return }
      let run = race.run(entry: 0)
      let queries = run.queries(in: race.experiment)
      let gradients = queries.count { $0.kind == .gradient }
      let hessians = queries.count { $0.kind == .hessian }
      #expect(gradients + 2 * hessians == run.cost.evaluations - before.evaluations)
      #expect(queries.count { $0.kind == .value } == run.cost.values - before.values)
    }
  }

  @Test func aLineSearchHalvesUntilTheLossFallsEnough() throws {
    var race = try race(["line-search"])
    race.seek(to: 3)
    let run = race.run(entry: 0)
    let before = run.lastStepRecord.before
    let landscape = race.landscape
    let gradient = landscape.gradient(at: before)
    let value = landscape.value(at: before)
    let square = gradient.reduce(0) { $0 + $1 * $1 }
    let queries = run.queries(in: race.experiment)
    #expect(queries.first?.kind == .gradient)
    #expect(queries.first?.parameters == before)
    let trials = queries.dropFirst()
    #expect(trials.allSatisfy { $0.kind == .value })
    for (trial, next) in zip(trials, trials.dropFirst()) {
      let (long, short) = (before[0] - trial.parameters[0], before[0] - next.parameters[0])
      #expect(abs(long - 2 * short) <= 1e-12 * abs(long))
      // A trial that is not the last was not good enough.
      let rate = long / gradient[0]
      #expect(landscape.value(at: trial.parameters) > value - 1e-4 * rate * square)
    }
    #expect(trials.last?.parameters == run.parameters)
  }

  @Test func theyDependOnNothingButTheStep() throws {
    let noise = try Noise("gaussian(0.1)")
    var race = try race(["sam(sgd:lr=0.001)", "lbfgs"], noise: noise)
    race.seek(to: 5)
    race.turn(entry: 0, key: "rho", to: 0.2)
    race.seek(to: 6)
    let asked = race.runs.map { $0.queries(in: race.experiment) }
    let points = race.runs.map(\.parameters)
    race.seek(to: 9)
    race.seek(to: 6)
    #expect(race.runs.map { $0.queries(in: race.experiment) } == asked)
    #expect(race.runs.map(\.parameters) == points)
    // The probe of the turned radius: 0.2 from the point before the step.
    let before = race.run(entry: 0).lastStepRecord.before
    let probe = try #require(asked[0].last?.parameters)
    #expect(abs(Point(x: probe[0] - before[0], y: probe[1] - before[1]).norm - 0.2) < 1e-12)
    race.seek(to: 0)
    #expect(race.run(entry: 0).queries(in: race.experiment).isEmpty)
  }

  @Test func linesThroughTheLandscapeAreTheLandscape() throws {
    var generator = SplitMix64(state: 3)
    for landscape in LandscapeCatalog.all where !landscape.id.hasSuffix("-mlp") {
      let d = landscape.dimension
      let start = landscape.lift(landscape.start)
      for _ in 0..<5 {
        let direction = (0..<d).map { _ in Double.random(in: -1...1, using: &generator) }
        let lengths = (0..<11).map { _ in Double.random(in: -0.5...0.5, using: &generator) }
        let losses = landscape.values(from: start, along: direction, at: lengths, step: 3)
        for (t, loss) in zip(lengths, losses) {
          let parameters = zip(start, direction).map { $0 + t * $1 }
          #expect(loss.bitPattern == landscape.value(at: parameters, step: 3).bitPattern, "\(landscape.id)")
        }
        let h = 1e-5
        let near = landscape.values(from: start, along: direction, at: [-h, 0, h])
        let slope = zip(landscape.gradient(at: start), direction).reduce(0) { $0 + $1.0 * $1.1 }
        let size = near.reduce(1) { max($0, $1.magnitude) }
        #expect(abs((near[2] - near[0]) / (2 * h) - slope) < 1e-4 * max(size, abs(slope)), "\(landscape.id)")
        let curvature = landscape.curvature(along: direction, at: start)
        #expect(
          abs((near[2] - 2 * near[1] + near[0]) / (h * h) - curvature) < 1e-3 * max(size, abs(curvature)),
          "\(landscape.id)")
      }
    }
  }
}
