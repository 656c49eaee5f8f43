import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

@testable import Experiments

/// Each outcome from a real run, and beside it a near miss that must be called something else.
struct OutcomeTests {
  private let square = Window(x: -3...3, y: -3...3)

  @Test func atTheStart() throws {
    #expect(try outcome("bowl", "sgd", from: Point(-2, 1.5), steps: 0) == .atStart)
    #expect(try outcome("bowl", "sgd", from: Point(-2, 1.5), steps: 1) == .running)
  }

  @Test func aStartAtTheMinimumHasConverged() throws {
    #expect(try outcome("bowl", "sgd", from: Point(0, 0), steps: 0) == .converged(minimum: 1))
    #expect(try outcome("bowl", "adam", from: Point(0, 0), steps: 50) == .converged(minimum: 1))
  }

  /// The four wells of Himmelblau, each from a start close by.
  @Test(arguments: [1, 2, 3, 4]) func convergedToTheRightMinimum(number: Int) throws {
    let landscape = try #require(LandscapeCatalog.named("himmelblau"))
    let minimum = landscape.minima[number - 1]
    let start = Point(minimum.x + 0.3, minimum.y - 0.2)
    #expect(
      try outcome("himmelblau", "sgd:lr=0.01", from: start, steps: 300) == .converged(minimum: number))
  }

  /// More minima than the picture can number are told by their places.
  @Test func oneOfManyMinimaIsToldByItsPlace() throws {
    let landscape = try #require(LandscapeCatalog.named("rastrigin"))
    try #require(landscape.minima.count > Run.numberedMinima)
    let number = try #require(landscape.minima.firstIndex { $0.distance(to: Point(-0.99, 1.98)) < 0.02 })
    let minimum = landscape.minima[number]
    let found = try outcome("rastrigin", "sgd:lr=0.001", from: Point(minimum.x + 0.1, minimum.y), steps: 500)
    #expect(found == .converged(minimum: number + 1, at: minimum))
    #expect(found.words == "converged to (−0.995, 1.99)")
  }

  /// The minimum of a loss that changes with the step moves on.
  @Test func aMovingMinimumIsNoPlaceToConverge() throws {
    #expect(try outcome("(x - t)^2 + y^2", "sgd:lr=0.5", from: Point(1, 0), steps: 0) == .atStart)
    #expect(try outcome("(x - step(t - 5))^2 + y^2", "newton", from: Point(1, 1), steps: 3) == .atMinimum)
  }

  @Test func convergedWhereNoMinimumIsKnown() throws {
    #expect(try outcome("(x-1)^2 + 3*y^2", "newton", from: Point(0, 1), steps: 2) == .converged(minimum: nil))
  }

  /// 1e-3 of the window's diagonal tells whether it is the known minimum.
  @Test func theMinimumMustBeNear() throws {
    let landscape = try Landscape(formula: "x^2 + y^2", minima: [Point(0, 0)], window: square)
    let reach = 1e-3 * square.diagonal
    #expect(StandingThresholds(in: square).minimum(near: Point(0.999 * reach, 0), of: landscape) == 1)
    #expect(StandingThresholds(in: square).minimum(near: Point(0, -1.001 * reach), of: landscape) == nil)
    let two = try Landscape(formula: "x^2 + y^2", minima: [Point(0, 0), Point(reach / 2, 0)], window: square)
    #expect(StandingThresholds(in: square).minimum(near: Point(0.4 * reach, 0), of: two) == 2)
    #expect(StandingThresholds(in: square).minimum(near: Point(0.1 * reach, 0), of: two) == 1)
  }

  /// The gradient of x² + y² is 2r: below 1e-6 from r = 5e-7 on.
  @Test func convergenceNeedsTheGradientBelowItsTolerance() throws {
    #expect(try outcome("bowl", "sgd:lr=1e-8", from: Point(4.9e-7, 0), steps: 3) == .converged(minimum: 1))
    #expect(try outcome("bowl", "sgd:lr=1e-8", from: Point(5.1e-7, 0), steps: 3) == .running)
  }

  /// Passing through the minimum at speed is no convergence.
  @Test func convergenceNeedsRest() throws {
    let experiment = try experiment("bowl", ["momentum:lr=0.5,beta=0.9"], starts: [Point(1, 0)], steps: 2)
    var race = Race(experiment)
    // x² + y²: the first step of 0.5 lands exactly in the minimum, with a velocity of 2.
    race.seek(to: 1)
    let run = race.run(entry: 0)
    try #require(run.gradientNorm < 1e-12)
    #expect(race.run(entry: 0).convergedAt == 1, "there, and nothing moved since")
    race.seek(to: 2)
    #expect(race.run(entry: 0).convergedAt == nil, "and gone again")
    #expect(race.run(entry: 0).outcome(on: race.landscape, in: race.experiment.window) == .running)
  }

  @Test func stuckAtASaddle() throws {
    let found = try outcome("saddle", "newton", from: Point(1.5, 0.4), steps: 3)
    #expect(found == .saddle(smallestEigenvalue: -2))
    #expect(found.words == "stuck at a saddle, λmin = −2")
    // A hair beside the ridge, descent slides off.
    #expect(try outcome("saddle", "sgd:lr=0.1", from: Point(1.5, 0.001), steps: 30) == .running)
    #expect(
      try outcome("double-well", "sgd:lr=0.1", from: Point(0.001, 1.2), steps: 400) == .converged(minimum: 2))
  }

  @Test func onAPlateau() throws {
    // Far out on an inverted Gaussian the slope and the curvature vanish, the curvature from below.
    for radius in [11.0, 12, 15, 20] {
      let found = try outcome("plateau", "sgd:lr=1", from: Point(radius, 0), steps: 5)
      guard case .plateau(let norm) = found else {
        Issue.record("at r = \(radius): \(found)")
        continue
      }
      let expected = radius / 4 * exp(-radius * radius / 8)
      #expect(abs(norm - expected) < 1e-2 * expected)
    }
    #expect(
      try outcome("plateau", "sgd:lr=1", from: Point(8, 0), steps: 5) == .running, "slow, but on its way")
  }

  /// A valley of minima has curvature 0 along it, and rounding may make it a little negative: that is convergence.
  @Test(arguments: ["one-equation", "two-layer-scalar"]) func flatValleysConverge(landscape: String) throws {
    let start = try #require(LandscapeCatalog.named(landscape)).start
    for step in [150, 200, 300, 500, 1000] {
      let found = try outcome(landscape, "sgd:lr=0.05", from: start, steps: step)
      switch found {
      case .converged, .running, .crossing: break
      default: Issue.record("\(landscape) at \(step): \(found)")
      }
    }
    let end = try outcome(landscape, "sgd:lr=0.05", from: start, steps: 1000)
    guard case .converged = end else {
      Issue.record("\(landscape): \(end)")
      return
    }
  }

  /// Where all curvature vanishes and no minimum is known, nothing is known: that is a plateau.
  @Test(arguments: [
    ("plateau", 8.0, 8.0), ("plateau", 90, 90), ("deep-chain", 0, 0), ("0*x", 1, 1), ("-x^4 - y^4", 0, 0),
    ("x^4 + y^4", 0, 0), ("1e-20*(x^2 + y^2)", 1, 1), ("x^3 + y^3", 0, 0), ("if(x > 0, x^4, 0) + 0*y", -1, 0),
  ])
  func nothingIsKnownOfAPlateau(_ landscape: String, _ x: Double, _ y: Double) throws {
    let found = try outcome(landscape, "sgd:lr=0.1", from: Point(x, y), steps: 3)
    #expect(found.name == "plateau" || (found.name == "saddle" && landscape == "deep-chain"), "\(found)")
    var rain = Rain(try experiment(landscape, ["sgd:lr=0.1"]), entry: 0, at: [Point(x, y)])
    for _ in 0..<40 { rain.advance() }
    if case .minimum = rain.standings[0] { Issue.record("rain: \(landscape)") }
  }

  /// Along a direction without curvature the loss may still fall: no minimum, however it is curved across.
  @Test(arguments: ["x^3 + y^2", "x^2 - y^4", "(x + y)^2 - (x - y)^4"])
  func aDegenerateSaddleIsNoMinimum(_ formula: String) throws {
    let found = try outcome(formula, "newton", from: Point(0, 0), steps: 2)
    #expect(found.name == "plateau", "\(formula): \(found)")
    var rain = Rain(try experiment(formula, ["newton"]), entry: 0, at: [Point(0, 0)])
    for _ in 0..<40 { rain.advance() }
    #expect(rain.standings[0] == .plateau, "\(formula)")
  }

  @Test(arguments: ["(x + y)^2", "(x + y)^2 + (x - y)^4", "hypot(x, y)^3 + y^2", "x^2"])
  func aDegenerateMinimumIsOne(_ formula: String) throws {
    #expect(try outcome(formula, "newton", from: Point(0, 0), steps: 2) == .converged(minimum: nil))
  }

  /// The tip of a cone is its minimum: a norm has slope 0 there.
  @Test func acklysMinimumIsOne() throws {
    #expect(
      try outcome("ackley", "sgd:lr=0.01", from: Point(0, 0), steps: 3)
        == .converged(minimum: 1, at: Point(0, 0)))
  }

  @Test func theQuarticBowlConvergesThoughItsCurvatureVanishes() throws {
    #expect(try outcome("quartic", "newton", from: Point(-1.6, 1.1), steps: 60) == .converged(minimum: 1))
  }

  @Test func oscillatingWithItsPeriod() throws {
    // A step of 2/L flips the point for ever.
    #expect(try outcome("bowl", "sgd:lr=1", from: Point(-2, 1.5), steps: 50) == .oscillating(period: 2))
    // A signed step of constant length around the minimum.
    #expect(
      try outcome("bowl", "lion:lr=0.1,beta1=0,beta2=0", from: Point(0.95, 0.55), steps: 60)
        == .oscillating(period: 2))
    // With memory the sign turns later: the period is longer, and named.
    let lion = try outcome("bowl", "lion:lr=0.1,beta1=0.9,beta2=0.9", from: Point(0.95, 0.55), steps: 400)
    guard case .oscillating(let period) = lion else {
      Issue.record("lion: \(lion)")
      return
    }
    #expect(period > 2)
    var race = Race(
      try experiment("bowl", ["lion:lr=0.1,beta1=0.9,beta2=0.9"], starts: [Point(0.95, 0.55)], steps: 400))
    race.seek(to: 400)
    let history = race.run(entry: 0).history
    for shorter in 2..<period {
      let moved = Point(history.coordinate(0, at: 400), history.coordinate(1, at: 400)).distance(
        to: Point(history.coordinate(0, at: 400 - shorter), history.coordinate(1, at: 400 - shorter)))
      #expect(moved > 1e-3, "\(shorter) is no period")
    }
    #expect(abs(history.coordinate(0, at: 400) - history.coordinate(0, at: 400 - period)) < 1e-2)
  }

  @Test func aRotationOfPeriodThreeIsThree() {
    let points = (0..<40).map { i in
      Point(cos(2 * .pi * Double(i) / 3), sin(2 * .pi * Double(i) / 3))
    }
    func period(_ points: [Point], atLeast shortest: Double = 1e-6) -> Int? {
      let tail = Tail(
        numbers: points.flatMap { [$0.x, $0.y] }, first: 0, count: points.count, dimension: 2)
      return Run.period(of: points.count, atLeast: shortest, distance: tail.distance)
    }
    #expect(period(points) == 3)
    #expect(period(Array(points.prefix(12))) == nil, "four periods must be seen")
    #expect(period(Array(points.prefix(13))) == 3)
    #expect(period(points, atLeast: 2) == nil, "too short to be seen")
    let spiral = points.enumerated().map { i, p in
      Point(p.x * pow(0.98, Double(i)), p.y * pow(0.98, Double(i)))
    }
    #expect(period(spiral) == nil, "it comes closer")
    let drifting = points.enumerated().map { i, p in Point(p.x + 0.05 * Double(i), p.y) }
    #expect(period(drifting) == nil, "it moves on")
    // One point out of place, at either end of the four periods, is no repetition.
    for place in [27, 39] {
      var broken = points
      broken[place].x += 0.1
      #expect(period(broken) == nil, "\(place)")
    }
  }

  /// A frame asks for the outcomes of all runs: of one that moves on a few dozen distances are looked at, however many
  /// parameters they are of.
  @Test func aRunThatMovesOnIsHardlyLookedAt() {
    var looks = 0
    let period = Run.period(of: 64, atLeast: 1e-6) { i, j in
      looks += 1
      return abs(Double(i - j))
    }
    #expect(period == nil && looks <= 64 + 15, "\(looks)")
  }

  @Test(arguments: [1, 2, 7, 8, 9, 261]) func distancesAreThoseOfEuclid(_ dimension: Int) {
    var random = SplitMix64(state: 3)
    for size in [1.0, 1e-200, 1e200] {
      let numbers = (0..<4 * dimension).map { _ in size * Double.random(in: -1...1, using: &random) }
      let tail = Tail(numbers: numbers, first: 1, count: 3, dimension: dimension)
      let plain = (0..<dimension).map { numbers[3 * dimension + $0] - numbers[2 * dimension + $0] }
      let scaled = plain.reduce(0) { $0 + $1 / size * $1 / size }.squareRoot() * size
      #expect((tail.distance(2, 1) - scaled).magnitude <= 1e-14 * scaled)
      #expect(tail.distance(1, 1) == 0)
    }
  }

  @Test func crossingIsNotYetOscillating() throws {
    // Factor −0.98 a step: each undoes the last, and it does come closer.
    #expect(try outcome("bowl", "sgd:lr=0.99", from: Point(-2, 1.5), steps: 50) == .crossing)
    #expect(try outcome("bowl", "sgd:lr=0.45", from: Point(-2, 1.5), steps: 4) == .running)
    // Seven steps are needed to see six turns.
    #expect(try outcome("bowl", "sgd:lr=0.99", from: Point(-2, 1.5), steps: 6) == .running)
    #expect(try outcome("bowl", "sgd:lr=0.99", from: Point(-2, 1.5), steps: 7) == .crossing)
  }

  @Test func leftTheView() throws {
    #expect(try outcome("saddle", "sgd:lr=0.1", from: Point(1.5, 0.001), steps: 60) == .leftView)
    let wide = Window(x: -1e6...1e6, y: -1e6...1e6)
    #expect(try outcome("saddle", "sgd:lr=0.1", from: Point(1.5, 0.001), steps: 60, window: wide) == .running)
    // On the edge is inside.
    let edge = Window(x: -2...2, y: 0...1.5)
    #expect(try outcome("x + y", "sgd:lr=0.1", from: Point(0, 0.1), steps: 1, window: edge) == .running)
    #expect(try outcome("x + y", "sgd:lr=0.1", from: Point(0, 0.05), steps: 1, window: edge) == .leftView)
  }

  @Test func growingIsAboveTheStart() throws {
    // 1 % above the limit 2/L = 1 the loss grows; 1 % below it shrinks.
    #expect(try outcome("bowl", "sgd:lr=1.01", from: Point(-2, 1.5), steps: 20) == .growing)
    #expect(try outcome("bowl", "sgd:lr=0.99", from: Point(-2, 1.5), steps: 20) == .crossing)
    // Up and down again is not growing any more.
    #expect(try outcome("bowl", "momentum:lr=0.9,beta=0.9", from: Point(-2, 1.5), steps: 200) != .growing)
  }

  @Test func divergedFromTheStepThatLeavesTheBound() throws {
    // |x| grows by 1.02 a step (lr = 1.01): 1000 diagonals of 6√2 from the centre are passed at the first k with
    // 2.5 · 1.02^k > 8485.28.
    let first = Int((log(1000 * 6 * 2.0.squareRoot() / 2.5) / log(1.02)).rounded(.up))
    let experiment = try experiment(
      "bowl", ["sgd:lr=1.01"], starts: [Point(-2, 1.5)], steps: 600, window: square)
    var race = Race(experiment)
    race.seek(to: first - 1)
    #expect(race.run(entry: 0).divergedAt == nil)
    #expect(race.run(entry: 0).outcome(on: race.landscape, in: square) == .growing)
    race.seek(to: first)
    #expect(race.run(entry: 0).outcome(on: race.landscape, in: square) == .diverged(step: first))
    race.seek(to: 600)
    #expect(race.run(entry: 0).divergedAt == first, "the mark stays at the first such step")
    #expect(race.run(entry: 0).step == 600, "and the run goes on while its values are finite")
    race.seek(to: first - 1)
    #expect(race.run(entry: 0).divergedAt == nil)
  }

  @Test func divergedOnAValueThatIsNotFinite() throws {
    var race = Race(
      try experiment(
        "x^4 + y^2", ["sgd:lr=1"], starts: [Point(2, 1)], steps: 40,
        window: Window(x: -1e99...1e99, y: -1...1)))
    race.seek(to: 40)
    let run = race.run(entry: 0)
    #expect(run.isOver)
    let step = run.step
    #expect(run.divergedAt == step + 1)
    #expect(run.row.loss.isFinite && run.row.gradientNorm.isFinite && run.row.point.allSatisfy(\.isFinite))
    #expect(run.history.lastStep == step, "the last row is the last finite one")
    // x ← x − 4x³ by hand: the first step whose x⁴ or x³ is not finite.
    var x = 2.0
    var count = 0
    while (x * x * x * x).isFinite, (4 * x * x * x).isFinite {
      x -= 4 * x * x * x
      count += 1
    }
    #expect(run.divergedAt == count)
  }

  @Test func aStartThatIsNotFiniteHasDivergedAtTheStart() throws {
    for formula in ["1/0 + x", "log(x) + y", "x/0*y"] {
      var race = Race(try experiment(formula, ["sgd"], starts: [Point(-1, 1)], steps: 10))
      #expect(race.run(entry: 0).divergedAt == 0, "\(formula)")
      race.seek(to: 10)
      #expect(
        race.run(entry: 0).outcome(on: race.landscape, in: race.experiment.window) == .diverged(step: 0))
      #expect(race.run(entry: 0).step == 0)
    }
  }

  @Test func newtonNeedNotHaveAStep() throws {
    let found = try outcome("x + y^2", "newton", from: Point(1, 1), steps: 5)
    #expect(found == .diverged(step: 1, reason: "no Newton step: singular Hessian"))
  }

  @Test func wordsAndNames() {
    let all: [(Outcome, String, String)] = [
      (.atStart, "at-start", "at the start"), (.running, "running", "on its way"),
      (.crossing, "crossing", "crossing the valley, period 2"),
      (.converged(minimum: 3), "converged", "converged to minimum 3"),
      (.converged(minimum: nil), "converged", "converged"),
      (.converged(minimum: 22, at: Point(-0.994, 1.98)), "converged", "converged to (−0.994, 1.98)"),
      (.atMinimum, "at-minimum", "at the minimum"),
      (.saddle(smallestEigenvalue: -1.234), "saddle", "stuck at a saddle, λmin = −1.2"),
      (.plateau(gradientNorm: 1.26e-9), "plateau", "on a plateau, |∇f| = 1.3e−9"),
      (.oscillating(period: 4), "oscillating", "oscillating, period 4"),
      (.leftView, "left-view", "left the view"), (.growing, "growing", "growing: above its start"),
      (.diverged(step: 37), "diverged", "diverged at step 37"),
    ]
    for (outcome, name, words) in all {
      #expect(outcome.name == name)
      #expect(outcome.words == words)
    }
  }
}
