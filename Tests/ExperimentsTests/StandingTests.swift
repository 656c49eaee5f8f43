import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// A run alone, a point of a rain and a cell of a map are judged by the same thresholds.
@Suite struct StandingTests {
  private let square = Window(x: -2...2, y: -2...2)

  @Test(arguments: [
    ("x^2 + y^2", Point(0, 0), Standing.minimum(nil)), ("0*x + y^2", Point(1, 0), .minimum(nil)),
    ("x^2 - y^2", Point(0, 0), .saddle(smallestCurvature: -2)),
    ("-x^2 - 3*y^2", Point(0, 0), .maximum(largestCurvature: -2)),
    ("x^2 - 1e-5*y^2", Point(0, 0), .plateau), ("x^2 + y^2", Point(1, 1), .moving),
    ("x^2 + y^2", Point(6000, 0), .diverged),
  ]) func whereARunStands(_ formula: String, _ start: Point, _ standing: Standing) throws {
    let race = Race(try experiment(formula, ["sgd:lr=1e-8"], starts: [start], window: square))
    #expect(race.run(entry: 0).standing(on: race.landscape, in: square) == standing)
    // A rain judges every eighth step, and what has a place is judged alike.
    var rain = Rain(race.experiment, entry: 0, at: [start])
    for _ in 0..<Rain.judgingInterval { rain.advance() }
    #expect(rain.standings == [standing])
  }

  /// Just within each threshold and just beyond it.
  @Test func thresholdsAreWhereTheyAreSaidToBe() {
    let diagonal = square.diagonal
    let thresholds = StandingThresholds(in: square)
    #expect(!thresholds.isTooFar(999.9 * diagonal) && thresholds.isTooFar(1000.1 * diagonal))
    #expect(thresholds.isTooFar(.nan) && thresholds.isTooFar(.infinity))
    #expect(thresholds.surelyNearSquare.squareRoot() < thresholds.farthest)
    #expect(thresholds.restLength == 1e-6 * diagonal && thresholds.nearness == 1e-3 * diagonal)
    #expect(thresholds.isCurvedUp((-0.9e-6, 1)) && !thresholds.isCurvedUp((-1.1e-6, 1)))
    #expect(thresholds.critical((-0.9e-4, 1), isAtSaddle: false) == .plateau)
    #expect(thresholds.critical((-1.1e-4, 1), isAtSaddle: false) == .saddle(smallestCurvature: -1.1e-4))
    #expect(thresholds.critical((-2, -0.9e-4), isAtSaddle: false) == .saddle(smallestCurvature: -2))
    #expect(thresholds.critical((-2, -1.1e-4), isAtSaddle: true) == .maximum(largestCurvature: -1.1e-4))
    #expect(thresholds.critical((0, 1), isAtSaddle: true) == .saddle(smallestCurvature: 0))
  }
}
