import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// First weights are drawn from the seed of the run, unless they have one of their own.
@Suite struct SeededStartTests {
  private static let network = "network(data=xor, rows=12, hidden=3, activation=tanh)"

  private func experiment(
    _ landscape: String = network, seed: UInt64, plane: String? = nil, noise: Noise = .none
  ) throws -> Experiment {
    var found = try LandscapeCatalog.named(landscape) ?? LandscapeText.landscape(landscape)
    if let plane { found = try found.showing(plane: plane) }
    return Experiment(
      landscape: found, entries: Entry.entries(try specs(["sgd:lr=0.1", "adam:lr=0.05"])),
      budget: Budget(steps: 5), noise: noise, seed: seed)
  }

  private func weights(_ landscape: Landscape, _ seed: UInt64) throws -> [Double] {
    let problem = try #require(landscape.problem as? NetworkProblem)
    return problem.network.initialParameters(problem.settings.initialisation, seed: seed)
  }

  @Test(arguments: [nil, "W1_1_1,W2_1_1", "gradient,sharpest", "path(sgd:lr=0.1; 4)"] as [String?])
  func runsBeginWhereTheSeedSays(_ plane: String?) throws {
    let names = try LandscapeText.landscape(Self.network).problem.words.parameters
    let plane = plane?.hasPrefix("W") == true ? "\(names[0]),\(names[8])" : plane
    for seed in [UInt64(0), 5, 6] {
      let experiment = try experiment(seed: seed, plane: plane)
      let wanted = try weights(experiment.landscape, seed)
      let run = Race(experiment).run(entry: 0)
      #expect(run.parameters == wanted)
      // The picture goes through there.
      #expect(run.distanceFromPlane < 1e-12 && run.point == experiment.landscape.start)
      #expect(experiment.starts == [experiment.landscape.start])
      // As it does where the seed is set later.
      var later = try self.experiment(seed: 1, plane: plane)
      later.seed = seed
      #expect(later == experiment)
    }
  }

  @Test func aSeedOfTheirOwnKeepsThem() throws {
    let fixed = Self.network.dropLast() + ", weights=9)"
    for seed in [UInt64(0), 5] {
      let experiment = try experiment(String(fixed), seed: seed)
      #expect(Race(experiment).run(entry: 0).parameters == (try weights(experiment.landscape, 9)))
    }
    var catalogued = try experiment("xor-mlp", seed: 5)
    #expect(Race(catalogued).run(entry: 0).parameters == (try weights(catalogued.landscape, 5)))
    catalogued.landscape = try catalogued.landscape.setting("weights", to: 9)
    #expect(Race(catalogued).run(entry: 0).parameters == (try weights(catalogued.landscape, 9)))
    catalogued.landscape = try catalogued.landscape.setting("weights", to: 0)
    #expect(Race(catalogued).run(entry: 0).parameters == (try weights(catalogued.landscape, 5)))
  }

  /// A fan over seeds is one over first weights, and over batches.
  @Test func theRunsOfAFanBeginApart() throws {
    let experiment = try experiment(seed: 7, noise: Noise("minibatch(size=4)"))
    var fan = Fan(experiment, entry: 0, count: 4)
    for (index, run) in fan.runs.enumerated() {
      #expect(run.parameters == (try weights(experiment.landscape, 8 + UInt64(index))))
    }
    fan.advance(to: 5)
    // Each is the run of its seed, to the bit.
    for (index, run) in fan.runs.enumerated() {
      var alone = experiment
      alone.seed = 8 + UInt64(index)
      var race = Race(alone)
      race.seek(to: 5)
      #expect(race.run(entry: 0).parameters.map(\.bitPattern) == run.parameters.map(\.bitPattern))
    }
  }

  /// A start that was moved in the picture is moved alike from the start of every seed.
  @Test func aMovedStartMovesAllAlike() throws {
    var experiment = try experiment(seed: 2)
    experiment.starts = [Point(0.25, -0.5)]
    let (u, v) = experiment.landscape.axisDirections
    let moved = experiment.reseeded(3).startParameters(experiment.starts[0])
    for (k, weight) in try weights(experiment.landscape, 3).enumerated() {
      #expect(abs(moved[k] - (weight + 0.25 * u[k] - 0.5 * v[k])) < 1e-12)
    }
  }

  /// What is not drawn is the same for every seed.
  @Test func otherStartsDoNotFollow() throws {
    for landscape in ["linear-fit", "matrix-2x2", "bowl", "\(Self.network.dropLast()), init=zero)"] {
      let runs = try [UInt64(0), 5].map { Race(try experiment(landscape, seed: $0)).run(entry: 0).parameters }
      #expect(runs[0] == runs[1], "\(landscape)")
    }
  }

  /// What the replay line says is all there is to it, of data from a file too.
  @Test func theReplayLineSaysIt() throws {
    let table = "x,y,class\n0,1,0\n1,0.5,1\n0.25,2,0\n1,1,1\n"
    let files: LandscapeText.FileReader = { @Sendable (path: String) throws(DataError) -> [UInt8] in
      guard path == "a folder/points.csv" else { throw DataError("no such file") }
      return Array(table.utf8)
    }
    let text = "network(data=a folder/points.csv, hidden=2, activation=tanh)"
    let experiment = Experiment(
      landscape: try LandscapeText.landscape(text, files: files).showing(plane: "path(sgd:lr=0.1; 4)"),
      entries: Entry.entries(try specs(["sgd:lr=0.1"])), noise: try Noise("minibatch(size=2)"), seed: 5)
    let words = experiment.arguments(steps: 6)
    #expect(words.starts(with: ["descent", "--landscape", text, "--plane", "path(sgd:lr=0.1; 4)"]))
    func value(_ name: String) throws -> String { words[try #require(words.firstIndex(of: name)) + 1] }
    // What the command line makes of the words.
    var again = Experiment(
      landscape: try RunOption.landscape(
        try value("--landscape"), plane: try value("--plane"), files: files),
      entries: Entry.entries([try RunOption.optimizer(try value("-o"))]))
    again.seed = try RunOption.seed(try value("--seed"))
    again.noise = try RunOption.noise(try value("--noise"), on: again.landscape)
    again.window = experiment.window
    #expect(again == experiment)
    var (first, second) = (Race(experiment), Race(again))
    first.seek(to: 6)
    second.seek(to: 6)
    #expect(Sight(first) == Sight(second))
  }
}
