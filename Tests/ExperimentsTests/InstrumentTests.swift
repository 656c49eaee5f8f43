import Foundation
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Experiments

/// Balls on the picture, gauges, regimes: each held against runs.
struct InstrumentTests {
  private static let wide = Window(x: -1e150...1e150, y: -1e150...1e150)

  private func race(
    _ landscape: String, _ optimizer: String, from start: Point, steps: Int, window: Window? = nil
  ) throws -> Race {
    var race = Race(
      try experiment(landscape, [optimizer], starts: [start], steps: steps, window: window ?? Self.wide))
    race.seek(to: steps)
    return race
  }

  // MARK: The ball

  @Test func theOutlineHasTheBallsShape() throws {
    let race = try race("0.5*(x^2 + 25*y^2)", "newton:lr=0.5", from: Point(1, 1), steps: 1)
    let run = race.run(entry: 0)
    let newton = try #require(run.ball?.outline(on: race.landscape, points: 360))
    // Along an eigenvector the half-axis is 1/√λ: 1 and 1/5.
    let (tall, broad) = (newton.map { abs($0.y) }.max() ?? 0, newton.map { abs($0.x) }.max() ?? 0)
    #expect(abs(broad - 1) < 1e-12 && abs(tall - 0.2) < 1e-12)
    for p in newton { #expect(abs(p.x * p.x + 25 * p.y * p.y - 1) < 1e-12) }
    let circle = try #require(UnitBall.ellipse(halfAxes: [3, 3]).outline(on: race.landscape))
    for p in circle { #expect(abs(p.norm - 1) < 1e-12) }
    let square = try #require(UnitBall.box(halfSides: [2, 2]).outline(on: race.landscape))
    for p in square { #expect(abs(max(abs(p.x), abs(p.y)) - 0.5.squareRoot()) < 1e-12) }
    #expect(UnitBall.undefined("").outline(on: race.landscape) == nil)
  }

  /// Newton's ball follows the eigenvectors of the turned ravine; a diagonal one cannot.
  @Test func theLongAxisPointsAlongTheValley() throws {
    let found = try race("rotated-ravine", "newton", from: Point(1, 1), steps: 1)
    let valley = found.landscape.hessian(at: Point(0, 0)).eigenvectors.smaller
    func longest(_ ball: UnitBall?) throws -> Point {
      let outline = try #require(ball?.outline(on: found.landscape, points: 720))
      return try #require(outline.max { $0.norm < $1.norm })
    }
    let long = try longest(found.run(entry: 0).ball)
    #expect(abs(long.x * valley.x + long.y * valley.y) > 0.9999)
    let adam = try race("rotated-ravine", "adam", from: Point(1, 1), steps: 5)
    let axis = try longest(adam.run(entry: 0).ball)
    #expect(min(abs(axis.x), abs(axis.y)) < 1e-9, "an axis of the coordinates")
  }

  @Test func beforeTheFirstStepThereIsNothingToSee() throws {
    let run = try race("bowl", "adam", from: Point(1, 1), steps: 0).run(entry: 0)
    #expect(run.ball == nil && run.effectiveRates == nil && run.search == nil && run.recipe.isEmpty)
    let later = try race("bowl", "adam", from: Point(1, 2), steps: 1).run(entry: 0)
    #expect(later.ball?.name == "ellipse" && later.effectiveRates?.count == 2 && later.recipe.count == 6)
  }

  /// On a plane through more parameters: the shadow of a sphere is a circle, that of the spectral ball has the nuclear
  /// norm as its support.
  @Test func shadowsOfMatrixBalls() throws {
    let id = try #require(LandscapeCatalog.all.first { !$0.showsAllParameters }?.id)
    var race = Race(try experiment(id, ["sgd", "muon"], steps: 2))
    race.seek(to: 2)
    let circle = try #require(race.run(entry: 0).ball?.outline(on: race.landscape))
    for p in circle { #expect(abs(p.norm - 1) < 1e-9) }
    let ball = try #require(race.run(entry: 1).ball)
    guard case .spectral = ball else {
      Issue.record("\(ball)")
      return
    }
    let outline = try #require(ball.outline(on: race.landscape, points: 360))
    let plane = try #require(race.landscape.plane)
    // The same scale for all: reach is what the longest point was divided by.
    var scale: Double?
    for angle in stride(from: 0.1, to: 6.2, by: 0.7) {
      let (c, s) = (cos(angle), sin(angle))
      let g = plane.u.indices.map { c * plane.u[$0] + s * plane.v[$0] }
      let nuclear = zip(try #require(ball.furthest(along: g)), g).reduce(0) { $0 + $1.0 * $1.1 }
      let support = outline.map { c * $0.x + s * $0.y }.max() ?? 0
      if let scale { #expect(abs(nuclear / support / scale - 1) < 1e-3) } else { scale = nuclear / support }
    }
  }

  // MARK: The gauge

  @Test func thePlainGauge() throws {
    let cases = [
      ("sgd:lr=0.1", 20.0, "2/η"), ("momentum:lr=0.1,beta=0.5", 30, "2(1+β)/η"),
      ("momentum:lr=0.1,beta=0.5,dampening=0.5", 60, "2(1+β)/((1−d)η)"),
      ("ema-momentum:lr=0.1,beta=0.5", 60, "2(1+β)/((1−β)η)"),
      ("nesterov:lr=0.1,beta=0.5", 15, "2(1+β)/((1+2β)η)"),
      ("nesterov-convex:lr=0.1", 40.0 / 3, "4/(3η)"),
      ("sgdw:lr=0.1,beta=0.5,weight_decay=2", 27, "(1+β)(2−η wd)/η"),
      ("decay(sgd:lr=0.1):weight_decay=2", 18, "(2−η wd)/η"), ("clip(sgd:lr=0.1):norm=1000", 20, "2/η"),
    ]
    for (text, limit, formula) in cases {
      let found = try race("0.5*(10*x^2 - y^2)", text, from: Point(1, 1), steps: 1)
      let gauge = Gauge(of: found.run(entry: 0), on: found.landscape)
      #expect(gauge.largest == 10 && gauge.smallest == -1 && !gauge.isPreconditioned, "\(text)")
      #expect(abs((gauge.limit ?? 0) - limit) < 1e-12 * limit, "\(text): \(gauge)")
      #expect(gauge.formula == formula, "\(text)")
      #expect(gauge.symbol == "λmax" && gauge.reason == nil)
      #expect(abs((gauge.share ?? 0) - 10 / limit) < 1e-12)
    }
    let penalty = try race("0.5*(10*x^2 - y^2)", "sgd:lr=0.1,l2=3", from: Point(1, 1), steps: 1)
    #expect(Gauge(of: penalty.run(entry: 0), on: penalty.landscape).largest == 13)
  }

  @Test func noLimitWhereThereIsNone() throws {
    let cases = [
      ("lion", "step by signs"), ("muon", "every step is η long"), ("lbfgs", "chosen by a search"),
      ("flow", "no steps"), ("adan", "no closed"), ("lookahead(sgd)", "no closed"),
      ("clip(sgd):norm=0.01", "was clipped"),
    ]
    for (text, part) in cases {
      let found = try race("0.5*(10*x^2 + y^2)", text, from: Point(1, 1), steps: 1)
      let gauge = Gauge(of: found.run(entry: 0), on: found.landscape)
      #expect(gauge.limit == nil && gauge.share == nil && gauge.rateLimit == nil, "\(text)")
      #expect(gauge.reason?.contains(part) == true, "\(text): \(gauge.reason ?? "")")
      #expect(gauge.largest == 10, "the curvature is there all the same")
    }
    let early = try race("0.5*(10*x^2 + y^2)", "adam", from: Point(1, 1), steps: 0)
    #expect(Gauge(of: early.run(entry: 0), on: early.landscape).reason?.contains("first step") == true)
  }

  /// Adam's gauge by hand: the eigenvalues of P^{−1/2} H P^{−1/2}, P = √v̂ + ε.
  @Test func thePreconditionedGauge() throws {
    let found = try race("0.5*(3*x^2 + 2*x*y + 8*y^2)", "adam:lr=0.01", from: Point(1, -2), steps: 7)
    let run = found.run(entry: 0)
    let v = try #require(run.optimizer.state.first { $0.symbol == "v̂" }).values
    let p = v.map { $0.squareRoot() + 1e-8 }
    let (a, b, c) = (3 / p[0], 1 / (p[0] * p[1]).squareRoot(), 8 / p[1])
    let radius = (((a - c) / 2) * ((a - c) / 2) + b * b).squareRoot()
    let gauge = Gauge(of: run, on: found.landscape)
    #expect(abs(gauge.largest / ((a + c) / 2 + radius) - 1) < 1e-9)
    #expect(abs(gauge.smallest / ((a + c) / 2 - radius) - 1) < 1e-9)
    #expect(gauge.isPreconditioned && gauge.symbol == "λmax(P⁻¹H)")
    #expect(gauge.formula == "2(1+β₁)/((1−β₁)η)")
    #expect(abs((gauge.limit ?? 0) - 3800) < 1e-9 * 3800)
    let newton = try race("0.5*(3*x^2 + 2*x*y + 8*y^2)", "newton:lr=0.5", from: Point(1, -2), steps: 1)
    let one = Gauge(of: newton.run(entry: 0), on: newton.landscape)
    #expect(abs(one.largest - 1) < 1e-12 && abs(one.smallest - 1) < 1e-12 && one.limit == 4)
  }

  /// Under an ε that dwarfs every gradient the preconditioner stands still, and the limit is sharp: a little below it the
  /// run comes to rest, a little above it grows.
  @Test(arguments: [
    "adam:eps=1", "adam:eps=1,beta1=0.5", "adamw:eps=1,weight_decay=0.1", "amsgrad:eps=1",
    "yogi:eps=1,initial=0",
    "nadam:eps=1,momentum_decay=10", "adabelief:eps=1", "adagrad:eps=1,initial=0", "rmsprop:eps=1",
    "rmsprop:eps=1,momentum=0.8", "adagrad:eps=1,l2=2", "preconditioned:p11=3,p12=0.5",
  ]) func theGaugeTurnsWhereTheRunDoes(text: String) throws {
    let landscape = "0.5*(3*x^2 + 2*x*y + 8*y^2)"
    // So small that the squares stay beside ε for all the steps, and what the first, corrected rates do is soon past.
    let start = Point(1e-60, 1.5e-60)
    func run(_ rate: Double, _ steps: Int) throws -> Run {
      try race(landscape, "\(text),lr=\(rate)", from: start, steps: steps).run(entry: 0)
    }
    let probe = try run(0.01, 400)
    let limit = try #require(Gauge(of: probe, on: try Landscape(formula: landscape)).rateLimit)
    func growth(_ rate: Double) throws -> Double {
      let history = try run(rate, 1000).history
      try #require(history.count == 1001)
      func norm(_ step: Int) -> Double {
        hypot(history.coordinate(0, at: step), history.coordinate(1, at: step))
      }
      return norm(1000) / norm(300)
    }
    let (calm, wild) = (try growth(0.997 * limit), try growth(1.003 * limit))
    #expect(calm < 0.05, "below \(limit)")
    #expect(wild > 20, "above \(limit)")
  }

  // MARK: Limits and optima of the theory

  @Test(arguments: [
    "sgdw:beta=0.6,weight_decay=0.5", "sgdw:beta=0.6,weight_decay=0.5,nesterov=on",
    "sgdw:beta=0.6,weight_decay=0.5,nesterov=on,dampening=0.3", "asgd:lambd=0.5,alpha=0",
    "decay(momentum:beta=0.5):weight_decay=0.5", "decay(nesterov:beta=0.5,form=torch):weight_decay=0.5",
    "average(sgd)",
    "nesterov-convex",
  ]) func theLimitSeparates(text: String) throws {
    let landscape = try Landscape(formula: "0.5*(3*x^2 + 2*x*y + 8*y^2)")
    var spec = try OptimizerSpec(text)
    let key = spec.base == nil ? "lr" : "base.lr"
    guard case .known(let limit, _) = Theory(of: spec, on: landscape, at: Point(1, 1)).limit(of: key) else {
      Issue.record("\(text) has a limit")
      return
    }
    func norm(_ factor: Double, _ steps: Int) throws -> Double {
      spec.set(key, to: factor * limit)
      return try race(landscape.text, spec.description, from: Point(1, 1.5), steps: steps).run(entry: 0)
        .point.norm
    }
    #expect(try norm(0.98, 1500) < 1e-3)
    #expect(try norm(1.02, 1500) > 1e3)
  }

  /// Lessard, Recht and Packard's tuning contracts by 1 − 2/√(3κ + 1) a step, and no neighbour is faster.
  @Test func theOptimalNesterov() throws {
    let landscape = try Landscape(formula: "0.5*(16*x^2 + y^2)")
    let theory = Theory(of: try OptimizerSpec("nesterov"), on: landscape, at: Point(1, 1))
    guard case .known(let rate, let first) = theory.optimum(of: "lr"),
      case .known(let beta, let second) = theory.optimum(of: "beta")
    else {
      Issue.record("both are known")
      return
    }
    #expect(first == "4/(3L+μ)" && second == "(√(3κ+1)−2)/(√(3κ+1)+2)")
    func contraction(_ rate: Double, _ beta: Double) throws -> Double {
      let spec = try OptimizerSpec("nesterov:lr=\(rate),beta=\(beta)")
      return Theory(of: spec, on: landscape, at: Point(1, 1)).regimes.map(\.contraction).max() ?? .nan
    }
    let best = try contraction(rate, beta)
    #expect(abs(best - (1 - 2 / 7)) < 1e-7)
    for (r, b) in [(1.05, 1.0), (0.95, 1), (1, 1.05), (1, 0.95), (1.05, 1.05), (0.95, 0.95)] {
      #expect(try contraction(rate * r, beta * b) > best)
    }
  }

  // MARK: Regimes

  /// Over random settings the measured contraction, the changes of sign and the name are those of the prediction.
  @Test func regimesAreWhatRunsDo() throws {
    var random = SplitMix64(state: 42)
    var seen: [Regime.Kind: Int] = [:]
    for _ in 0..<160 {
      let rule =
        ["sgd", "momentum", "ema-momentum", "nesterov", "sgdw"].randomElement(using: &random) ?? "sgd"
      let (a, b) = (Double.random(in: 0.2...4, using: &random), Double.random(in: 4...40, using: &random))
      var spec = try OptimizerSpec(rule)
      if rule != "sgd" { spec.set("beta", to: Double.random(in: 0...0.95, using: &random)) }
      if rule == "sgdw" { spec.set("weight_decay", to: Double.random(in: 0...0.5, using: &random)) }
      let landscape = try Landscape(formula: "0.5*(\(a)*x^2 + \(b)*y^2)")
      guard case .known(let limit, _) = Theory(of: spec, on: landscape, at: Point(0, 0)).limit(of: "lr")
      else {
        Issue.record("\(spec) has a limit")
        return
      }
      spec.set("lr", to: limit * Double.random(in: 0.02...1.15, using: &random))
      let regimes = Theory(of: spec, on: landscape, at: Point(0, 0)).regimes
      #expect(regimes.count == 2 && regimes[0].curvature < regimes[1].curvature)
      let steps = 120
      let history = try race(landscape.text, spec.description, from: Point(1, 1), steps: steps).run(entry: 0)
        .history
      try #require(history.count == steps + 1)
      for (k, regime) in regimes.enumerated() {
        seen[regime.kind, default: 0] += 1
        check(regime, (0...steps).map { history.coordinate(k, at: $0) }, "\(spec), axis \(k)")
      }
    }
    for kind in [Regime.Kind.monotone, .oscillating, .ripples, .diverging] {
      #expect(seen[kind, default: 0] >= 15, "\(kind) was met")
    }
  }

  private func check(_ regime: Regime, _ x: [Double], _ about: String) {
    #expect((regime.kind == .diverging) == (regime.contraction > 1), "\(about)")
    let (n, far) = (x.count - 1, x[20...])
    let turns = zip(far, far.dropFirst()).count { ($0 < 0) != ($1 < 0) }
    if let period = regime.period, period > 2 {
      // Along complex roots x(n+1) x(n−1) − x(n)² shrinks by their product at every step, exactly.
      func form(_ i: Int) -> Double { x[i + 1] * x[i - 1] - x[i] * x[i] }
      guard abs(form(20)) > 1e-250, abs(form(40)) > 1e-250 else { return }
      let measured = pow(form(40) / form(20), 0.5 / 20)
      #expect(abs(measured / regime.contraction - 1) < 1e-5, "\(about): \(measured), \(regime)")
      #expect(abs(Double(turns) - 2 * Double(far.count - 1) / period) <= 2.01, "\(about): \(turns) turns")
      #expect(regime.kind == .ripples || regime.kind == .diverging)
      return
    }
    // The larger real root wins in the end; near a double root it takes too long to tell.
    let ratio = x[n] / x[n - 1]
    guard x[n].magnitude > 1e-250, abs(ratio / (x[n - 20] / x[n - 21]) - 1) < 1e-6 else { return }
    #expect(abs(abs(ratio) / regime.contraction - 1) < 1e-4, "\(about): \(ratio), \(regime)")
    #expect((ratio < 0) == (regime.period == 2), "\(about)")
    if regime.kind == .monotone { #expect(turns <= 1, "\(about)") }
    if regime.kind == .oscillating { #expect(turns >= far.count - 3, "\(about)") }
  }

  @Test func regimesInWords() throws {
    func words(_ text: String) throws -> [String] {
      let landscape = try Landscape(formula: "0.5*(x^2 + 10*y^2)")
      return Theory(of: try OptimizerSpec(text), on: landscape, at: Point(1, 1)).regimes.map(\.words)
    }
    #expect(try words("sgd:lr=0.15") == ["monotone, × 0.85 a step", "oscillating, × 0.5 a step"])
    #expect(try words("sgd:lr=0.2") == ["monotone, × 0.8 a step", "neither shrinking nor growing"])
    #expect(try words("sgd:lr=0.3")[1] == "diverging, × 2 a step")
    #expect(try words("momentum:lr=0.1,beta=0.81")[0].hasPrefix("ripples of "))
    #expect(try words("adam").isEmpty && words("nesterov-convex").isEmpty && words("lookahead(sgd)").isEmpty)
  }
}
