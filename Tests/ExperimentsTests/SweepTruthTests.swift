import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// Maps beside what is known on paper.
struct SweepTruthTests {
  /// Gradient descent on the ravine grows beyond 2/L = 0.02.
  @Test func descentGrowsBeyondTheLimit() throws {
    let race = try experiment("ravine", ["sgd"], starts: [Point(1, 1)], steps: 250)
    let columns = 41
    let map = try sweep(race, "sgd.lr=0.01:0.04:linear", "landscape.kappa=50:200:linear", columns, 5)
    let grid = map.grid()
    let limits = try #require(map.theory.first { $0.kind == .limit && $0.isAlongX })
    #expect(limits.formula == "2/L" && limits.isExact)
    for row in 0..<5 {
      let kappa = map.y.value(at: row, of: 5)
      let limit = try #require(limits.values[row])
      #expect((limit - 2 / kappa).magnitude < 1e-12)
      let boundary = try #require(map.x.position(of: limit, of: columns))
      for column in 0..<columns {
        let outcome = try #require(grid[column, row]).outcome
        let isGrowing = outcome == .growing || outcome == .diverged
        if Double(column) < boundary - 1 { #expect(!isGrowing, "\(column), \(row)") }
        if Double(column) > boundary + 1 { #expect(isGrowing, "\(column), \(row)") }
      }
    }
  }

  /// The fastest heavy ball is at η = 4/(√L + √μ)², β = ((√κ − 1)/(√κ + 1))².
  ///
  /// Theory lies in the middle of the map, so that the best cell is the nearest one.
  @Test func theBestHeavyBallIsWherePolyakSays() throws {
    var race = try experiment("ravine", ["momentum"], starts: [Point(1, 1)], steps: 900)
    race.landscape = try race.landscape.setting("kappa", to: 100)
    let (rate, beta) = (4.0 / 121, 81.0 / 121)
    let lr = Axis.Target.knob(.entry(name: "momentum", key: "lr"))
    let decay = Axis.Target.knob(.entry(name: "momentum", key: "beta"))
    let map = try Sweep(
      race, x: Axis(lr, from: 0.6 * rate, to: 1.4 * rate, scale: .linear, in: race),
      y: Axis(decay, from: beta - 0.2, to: beta + 0.2, scale: .linear, in: race), columns: 21, rows: 21,
      target: 1e-100)
    let best = try #require(map.grid().best)
    #expect(abs(best.column - 10) <= 1 && abs(best.row - 10) <= 1, "\(best)")
    let optimum = try #require(map.theory.first { $0.kind == .optimum && $0.isAlongX })
    #expect((try #require(optimum.values[10]) - rate).magnitude < 1e-12)
  }

  /// Small steps from every pixel end at one of the four minima of Himmelblau's function, on which side it says.
  @Test func himmelblauHasFourBasins() throws {
    var race = try experiment("himmelblau", ["sgd:lr=0.008"], steps: 250)
    race.window = Window(x: -5...5, y: -5...5)
    let map = try Sweep.basins(of: race, entry: 0, columns: 32, rows: 32)
    let grid = map.grid()
    let shares = BasinShares(of: grid, minima: 4)
    #expect(shares.known == 1024 && shares.gone == 0 && shares.elsewhere <= 4)
    // The shares of the gradient flow, by a Runge-Kutta integrator with 250×250 starts; descent takes steps and the map is
    // coarser.
    for (share, flow) in zip(shares.minima, [0.2556, 0.2599, 0.2473, 0.2373]) {
      #expect((shares.share(share) - flow).magnitude < 0.015)
    }
    #expect(shares.minima.reduce(0, +) + shares.elsewhere == 1024)
    // A start beside a minimum ends there.
    for (number, minimum) in race.landscape.minima.enumerated() {
      let column = try #require(map.x.position(of: minimum.x, of: 32)).rounded()
      let row = try #require(map.y.position(of: minimum.y, of: 32)).rounded()
      #expect(grid[Int(column), Int(row)]?.minimum == number + 1)
    }
  }

  /// The well is symmetric in y, and so is its map, cell by cell.
  @Test func aSymmetricLossHasASymmetricMap() throws {
    var race = try experiment("(x^2-1)^2 + y^2", ["momentum:lr=0.02"], steps: 200)
    race.window = Window(x: -2...2, y: -2...2)
    let grid = try Sweep.basins(of: race, entry: 0, columns: 20, rows: 20).grid()
    for row in 0..<20 {
      for column in 0..<20 {
        let (cell, mirrored) = (try #require(grid[column, row]), try #require(grid[column, 19 - row]))
        #expect(cell.steps == mirrored.steps && cell.outcome == mirrored.outcome)
      }
    }
  }

  @Test func differencesAreWhereTheEndsDiffer() throws {
    let race = try experiment("himmelblau", ["sgd:lr=0.01", "momentum:lr=0.01", "sgd:lr=1e-5"], steps: 300)
    let maps = try (0..<3).map { try Sweep.basins(of: race, entry: $0, columns: 16, rows: 12) }
    let grids = SweepJob(maps).wait().grids
    let same = DifferenceMap(grids[0], grids[0])
    #expect(same.counts == [.same: 192])
    let other = DifferenceMap(grids[0], grids[1])
    #expect(other.counts[.otherMinimum] ?? 0 > 10)
    #expect(other.counts[.same] ?? 0 > 50)
    let slow = DifferenceMap(grids[0], grids[2])
    #expect(slow.counts[.onlyFirst] ?? 0 > 150 && slow.counts[.onlySecond] == nil)
    #expect(DifferenceMap(grids[2], grids[0]).counts[.onlySecond] == slow.counts[.onlyFirst])
    #expect(DifferenceMap(grids[0], SweepGrid(columns: 16, rows: 12))[3, 4] == nil)
  }

  // MARK: Fair races

  @Test func aFairRaceCountsEvaluations() throws {
    let race = try experiment(
      "ravine", ["sgd", "sam(sgd)", "conjugate-gradient"], starts: [Point(1, 10), Point(2, 5), Point(-1, 3)],
      steps: 100)
    let fair = try FairRace(race, rates: 1e-4...1, count: 21)
    #expect(fair.experiment.budget == Budget(evaluations: 100))
    #expect(fair.sweeps.map(\.entry) == [0, 1] && fair.withoutRate == [2])
    #expect(fair.sweeps[1].x.path == "sam.base.lr" && fair.sweeps.allSatisfy { $0.rows == 3 })
    let grids = SweepJob(fair.sweeps).wait().grids
    // SAM pays twice a step: it takes half as many.
    #expect(grids[0][0, 0]?.steps == 100 && grids[1][0, 0]?.steps == 50)
    let curves = fair.sweeps.indices.map { fair.curve(of: $0, from: grids[$0]) }
    for curve in curves {
      let best = try #require(curve.best)
      let good = try #require(curve.good)
      #expect(good.contains(best) && curve.places[best].reached >= 2)
      let fewest = try #require(curve.places[best].evaluations?.median)
      for place in good { #expect(try #require(curve.places[place].evaluations?.median) <= 2 * fewest) }
      for outside in [good.lowerBound - 1, good.upperBound + 1] where curve.places.indices.contains(outside) {
        #expect(try #require(curve.places[outside].evaluations?.median) > 2 * fewest)
      }
      #expect((curve.width - Double(good.count) * 0.2).magnitude < 1e-9)
    }
    // Beyond 2/L descent grows from every start.
    let last = try #require(curves[0].places.last)
    #expect(last.reached == 0 && last.losses?.lower == .infinity && last.evaluations?.median == .infinity)
  }

  @Test func aFairRaceNeedsARate() throws {
    let race = try experiment("ravine", ["conjugate-gradient"], steps: 100)
    #expect(throws: SweepError.self) { try FairRace(race) }
  }

  /// Where nothing reaches the target there is a best rate, but no good region.
  @Test func whatReachesNothingHasNoGoodRegion() throws {
    let race = try experiment("rosenbrock", ["sgd"], steps: 5)
    let fair = try FairRace(race, count: 9, target: -1)
    let curve = fair.curve(of: 0, from: fair.sweeps[0].grid())
    #expect(curve.good == nil && curve.width == 0)
    let best = try #require(curve.best)
    let losses = curve.places.compactMap { $0.losses?.median }
    #expect(curve.places[best].losses?.median == losses.min())
  }
}
