import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

struct RainTests {
  /// The bits of a rain's points beside those of races from the same starts, each alone.
  private func check(
    _ experiment: Experiment, steps: Int, points: [Point], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var rain = Rain(experiment, entry: 0, at: points)
    let draws = experiment.noise.isIndependent || experiment.entries[0].spec.id == "langevin"
    var races = points.enumerated().map { index, point in
      var alone = experiment
      alone.starts = [point]
      if draws { alone.seed += UInt64(index) }
      return Race(alone)
    }
    for step in 1...steps {
      rain.advance()
      for (index, _) in races.enumerated() {
        races[index].advance()
        let run = races[index].run(entry: 0)
        let (isGone, here) = (rain.standings[index] == .diverged, rain.positions[index])
        guard run.divergedAt == nil, !isGone else { continue }
        #expect(
          here.x.bitPattern == run.point.x.bitPattern && here.y.bitPattern == run.point.y.bitPattern,
          "point \(index), step \(step)", sourceLocation: sourceLocation)
      }
    }
    for (index, race) in races.enumerated()
    where race.run(entry: 0).divergedAt.map({ $0 < steps - 8 }) ?? false {
      #expect(rain.standings[index] == .diverged, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [
    "sgd:lr=0.01", "momentum:lr=0.01", "adam:lr=0.1", "line-search", "lbfgs", "langevin:lr=0.01",
  ])
  func pointsAreTheRunsAlone(_ optimizer: String) throws {
    let race = try experiment("himmelblau", [optimizer])
    check(race, steps: 25, points: Rain.points(.grid, count: 19, of: race))
  }

  @Test func noiseAndChangesFallOnAllPoints() throws {
    var race = try experiment("ravine", ["momentum:lr=0.01"])
    race.changes = [Change(5, "momentum.lr", 0.001), Change(9, "landscape.kappa", 30)]
    for noise in ["gaussian(sigma=1)", "gaussian(sigma=1,independent=on)"] {
      race.noise = try Noise(noise)
      check(race, steps: 20, points: Rain.points(.random, count: 11, of: race))
    }
  }

  @Test func pointsOfMoreParametersFallToo() throws {
    let id = try #require(LandscapeCatalog.all.first { $0.dimension > 2 }?.id)
    let race = try experiment(id, ["adam:lr=0.05"])
    check(race, steps: 12, points: Rain.points(.ring, count: 9, of: race))
  }

  /// Newton's method is attracted by saddles as by minima; descent from the ridge between them is not.
  @Test func whereTheyAreIsCounted() throws {
    let race = try experiment("himmelblau", ["newton", "sgd:lr=0.01"])
    var newton = Rain(race, entry: 0, starts: .grid, count: 225)
    var descent = Rain(race, entry: 1, starts: .grid, count: 225)
    #expect(newton.counts.moving == 225 && newton.counts == descent.counts)
    for _ in 0..<500 {
      newton.advance()
      descent.advance()
    }
    #expect(newton.counts.saddles > 30)
    #expect(descent.counts.converged.dropFirst().reduce(0, +) == 225)
    #expect(descent.counts.converged[0] == 0 && descent.counts.converged.dropFirst().allSatisfy { $0 > 30 })
    for rain in [newton, descent] {
      let counts = rain.counts
      #expect(
        counts.moving + counts.converged.reduce(0, +) + counts.saddles + counts.plateaus + counts.diverged
          == 225)
      for (index, standing) in rain.standings.enumerated() {
        guard case .minimum(let minimum?) = standing else { continue }
        let place = race.landscape.minima[minimum - 1]
        #expect(rain.positions[index].distance(to: place) < 0.02)
      }
    }
  }

  @Test func thoseWhoLeaveAreGone() throws {
    let race = try experiment("ravine", ["sgd:lr=0.5"])
    var rain = Rain(race, entry: 0, starts: .line, count: 32)
    for _ in 0..<60 { rain.advance() }
    #expect(rain.counts.diverged == 32 && !rain.canStep)
    #expect(rain.positions.allSatisfy { $0.isFinite })
  }

  @Test func theBudgetHoldsThemBack() throws {
    let race = try experiment("rosenbrock", ["sam(sgd:lr=0.001)"], evaluations: 10)
    var rain = Rain(race, entry: 0, starts: .grid, count: 10)
    for _ in 0..<5 { rain.advance() }
    #expect(!rain.canStep)
    let place = rain.positions
    rain.advance()
    #expect(rain.positions == place)
  }

  /// A copy goes its own way.
  @Test func aRainIsAValue() throws {
    let race = try experiment("rosenbrock", ["adam:lr=0.1"])
    var rain = Rain(race, entry: 0, starts: .grid, count: 20)
    for _ in 0..<5 { rain.advance() }
    var other = rain
    for _ in 0..<5 { other.advance() }
    let place = rain.positions
    #expect(place != other.positions)
    for _ in 0..<5 { rain.advance() }
    #expect(rain.positions == other.positions)
  }

  @Test func startsLieWhereTheySay() throws {
    let race = try experiment("himmelblau", ["sgd"])
    for starts in Rain.Starts.allCases {
      for count in [1, 7, 1000] {
        let points = Rain.points(starts, count: count, of: race)
        #expect(points.count == count && points.allSatisfy { race.window.contains($0) })
        #expect(Set(points).count == count)
      }
    }
    var other = race
    other.seed = 1
    #expect(Rain.points(.random, count: 5, of: race) != Rain.points(.random, count: 5, of: other))
    #expect(Rain.points(.grid, count: 5, of: race) == Rain.points(.grid, count: 5, of: other))
  }
}
