import Foundation
import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// Runs over the entries of a matrix, from the catalog's landscapes through the race to the rows of a trace.
@Suite struct MatrixRunTests {
  /// A recorded run of a peer.
  struct Reference: Decodable, CustomTestStringConvertible, Sendable {
    let name: String
    let surface: String
    let indices: [Int]
    let trajectory: [[Double]]
    let suggested_tolerance: Double
    var testDescription: String { name }

    /// Our words for what the peer was asked for.
    var spec: String {
      switch String(name.prefix { $0 != "/" }) {
      case "muon_torch_f64ns": "muon:lr=0.05,nesterov=on,average=on,scale=torch"
      case "muon_optax": "muon:lr=0.05,nesterov=on,average=corrected,scale=optax,eps=1e-8"
      case "muon_torch_f64ns_plain_wd": "muon:lr=0.05,beta=0.9,average=on,scale=torch,weight_decay=0.1"
      case "shampoo_kozistr": "shampoo:lr=0.1,eps=0.01"
      case "shampoo_kozistr_l2": "shampoo:lr=0.1,eps=0.001,l2=0.05"
      default: "shampoo:lr=0.05,eps=0.01,momentum=0.9"
      }
    }
  }

  private struct File: Decodable { let cases: [Reference] }

  static let references: [Reference] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let names = [
      "muon_torch_f64ns", "muon_optax", "muon_torch_f64ns_plain_wd", "shampoo_kozistr", "shampoo_kozistr_l2",
      "shampoo_kozistr_momentum",
    ]
    return ["muon", "shampoo"].flatMap { file in
      // A missing or broken file must fail loudly.
      // swift-format-ignore: NeverUseForceTry
      try! JSONDecoder().decode(
        File.self,
        from: Data(contentsOf: tests.appending(path: "OptimizerCoreTests/Reference/\(file).json"))
      ).cases.filter { names.contains(String($0.name.prefix { $0 != "/" })) }
    }
  }()

  @Test func allReferencesAreThere() { #expect(Self.references.count == 12) }

  @Test(arguments: references) func peersAgree(_ reference: Reference) throws {
    let last = try #require(reference.indices.last)
    var race = Race(try experiment("matrix-\(reference.surface)", [reference.spec], steps: last))
    race.seek(to: last)
    let history = race.run(entry: 0).history
    #expect(history.dimension == reference.trajectory[0].count)
    for (step, point) in zip(reference.indices, reference.trajectory) {
      for (ours, theirs) in zip(history[step].point, point) {
        #expect((ours - theirs).magnitude <= reference.suggested_tolerance, "step \(step)")
      }
    }
  }

  @Test func rowsHoldAllParameters() throws {
    let experiment = try experiment("matrix-wide", ["adam:lr=0.1", "muon"], steps: 7)
    let problem = try #require(experiment.landscape.problem as? MatrixProblem)
    var race = Race(experiment)
    race.seek(to: 7)
    var rows = 0
    experiment.trace { traced in
      rows += 1
      let row = traced.row
      #expect(row.point.count == 15)
      #expect(RowBits(row) == RowBits(race.run(entry: traced.run - 1).history[row.step]))
      #expect(row.loss.bitPattern == problem.value(at: row.point).bitPattern)
      let gradient = problem.gradient(at: row.point)
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect((row.gradientNorm - norm).magnitude <= 1e-14 * norm)
    } end: { _ in
    }
    #expect(rows == 16)
    let run = race.run(entry: 1)
    let plane = try #require(experiment.landscape.plane)
    #expect(run.parameters == run.history[7].point)
    #expect(
      run.point == plane.project(run.parameters) && run.point == Point(run.parameters[2], run.parameters[5]))
    #expect(run.distanceFromPlane == plane.distance(to: run.parameters) && run.distanceFromPlane > 0.1)
    let straight = try Race(ExperimentsTests.experiment("ravine", ["sgd"])).run(entry: 0)
    #expect(straight.distanceFromPlane == 0 && straight.parameters == [1, 10])
  }

  /// What is looked at changes nothing of what happens.
  @Test func planesDoNotMoveRuns() throws {
    func bits(_ plane: String) throws -> [[UInt64]] {
      var experiment = try experiment(
        "matrix-3x2", ["muon:lr=0.05", "shampoo", "newton:lr=0.5"], steps: 40,
        changes: [Change(12, "landscape.kappa", 30), Change(20, "muon.lr", 0.01)])
      experiment.landscape = try experiment.landscape.showing(plane: plane)
      experiment.window = experiment.landscape.window
      experiment.starts = [experiment.landscape.start]
      var race = Race(experiment)
      race.seek(to: 40)
      return race.runs.map { $0.parameters.map(\.bitPattern) }
    }
    let usual = try bits("W11,W32")
    for plane in ["W12,W21", "minimum,gradient", "sharpest,flattest", "gradient,W31"] {
      #expect(try bits(plane) == usual, "\(plane)")
    }
  }

  @Test func timeTravelIsExact() throws {
    let experiment = try experiment(
      "matrix-3x2", ["muon:lr=0.05,orthogonalise=svd", "shampoo:momentum=0.5", "newton:lr=0.1"], steps: 700,
      changes: [Change(90, "landscape.kappa", 7), Change(300, "shampoo.lr", 0.02)])
    var straight = Race(experiment)
    var sights: [Int: Sight] = [:]
    for step in [1, 89, 90, 256, 400, 699] {
      straight.seek(to: step)
      sights[step] = Sight(straight)
    }
    var wild = Race(experiment, historyLimit: 64)
    for step in [699, 1, 400, 90, 89, 256, 699, 89] {
      wild.seek(to: step)
      #expect(Sight(wild) == sights[step], "\(step)")
    }
  }

  // MARK: Outcomes, in the space of the parameters

  @Test func convergedMeansTheMinimumItself() throws {
    #expect(
      try outcome("matrix-tall", "newton", from: try start("matrix-tall"), steps: 3) == .converged(minimum: 1)
    )
    // A point that is drawn where the minimum is, and is elsewhere.
    let landscape = try #require(LandscapeCatalog.named("matrix-tall"))
    let window = landscape.window
    #expect(landscape.distanceFromPlane(landscape.minimisers[0]) > 5)
    #expect(StandingThresholds(in: window).minimum(near: landscape.minima[0], of: landscape) == nil)
    #expect(StandingThresholds(in: window).minimum(near: landscape.minimisers[0], of: landscape) == 1)
    var near = landscape.minimisers[0]
    near[7] += 0.9e-3 * window.diagonal
    #expect(StandingThresholds(in: window).minimum(near: near, of: landscape) == 1)
    near[8] += 0.9e-3 * window.diagonal
    #expect(StandingThresholds(in: window).minimum(near: near, of: landscape) == nil)
  }

  private func start(_ name: String) throws -> Point { try #require(LandscapeCatalog.named(name)).start }

  @Test func divergedMeansFarFromTheWindowsCentre() throws {
    var race = Race(try experiment("matrix-2x2", ["sgd:lr=0.05"], steps: 60))
    race.seek(to: 60)
    let run = race.run(entry: 0)
    let window = race.experiment.window
    let centre = race.experiment.landscape.lift(window.centre)
    func distance(_ step: Int) -> Double {
      zip(run.history[step].point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    let first = try #require((0...60).first { distance($0) > 1000 * window.diagonal })
    #expect(run.divergedAt == first && first > 2)
    #expect(run.outcome(on: race.landscape, in: window) == .diverged(step: first))
  }

  @Test func oscillationIsSeenOutsideThePlane() throws {
    // Sign descent hops around the minimum in steps of η, in every parameter.
    let experiment = try experiment("matrix-3x2", ["muon:lr=0.25,beta=0,orthogonalise=svd"], steps: 300)
    var race = Race(experiment)
    race.seek(to: 300)
    let run = race.run(entry: 0)
    let outcome = run.outcome(on: race.landscape, in: race.experiment.window)
    let rows = (280...300).map { run.history[$0].point }
    func distance(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    #expect(distance(rows[20], rows[18]) < 1e-2 * distance(rows[20], rows[19]))
    #expect(outcome == .oscillating(period: 2))
  }

  @Test func theoryHoldsForMatrices() throws {
    let landscape = try #require(LandscapeCatalog.named("matrix-2x2"))
    let theory = Theory(of: try OptimizerSpec("sgd"), on: landscape, at: landscape.start)
    guard case .known(let limit, "2/L") = theory.limit(of: "lr") else {
      Issue.record("the limit of gradient descent is known")
      return
    }
    #expect((limit / 0.02 - 1).magnitude < 1e-12 && theory.isExact)
    for (factor, grows) in [(0.99, false), (1.01, true)] {
      var race = Race(try experiment("matrix-2x2", ["sgd:lr=\(limit * factor)"], steps: 400))
      race.seek(to: 400)
      let losses = race.run(entry: 0).history.losses
      #expect((losses[400] > losses[0]) == grows, "\(factor)")
    }
  }

  // MARK: Words

  @Test func theReplayLineSaysThePlane() throws {
    var experiment = try experiment("matrix-2x2", ["muon:lr=0.05"], steps: 30)
    #expect(
      experiment.arguments(steps: 30) == [
        "descent", "--landscape", "matrix-2x2", "--view-x=-1.6:1.6", "--view-y=-1.4:1.8", "--start=-1,1",
        "-o",
        "muon:lr=0.05", "--steps", "30",
      ])
    experiment.landscape = try experiment.landscape.showing(plane: "minimum,gradient")
    experiment.starts = [experiment.landscape.start]
    let words = experiment.arguments(steps: 30)
    #expect(words[3...4] == ["--plane", "minimum,gradient"] && words.contains("--start=0,0"))
  }

  @Test func theStandardRaceIsOneOfMatrixMethods() throws {
    for landscape in LandscapeCatalog.all where landscape.dimension > 2 && landscape.data == nil {
      let specs = StandardRace.specs(on: landscape, from: landscape.start)
      #expect(specs.map(\.id) == ["sgd", "adam", "shampoo", "muon"])
      var race = Race(
        Experiment(landscape: landscape, entries: Entry.entries(specs), budget: Budget(steps: 300)))
      race.seek(to: 300)
      for run in race.runs {
        #expect(
          run.divergedAt == nil && run.loss < run.history.losses[0], "\(landscape.id) \(run.entry.label)")
      }
    }
  }
}
