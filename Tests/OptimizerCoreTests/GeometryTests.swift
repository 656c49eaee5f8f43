import Foundation
import Testing
import TestSupport

@testable import OptimizerCore

/// The balls, rates, searches and recipe lines that optimizers declare, held against the steps that they took.
@Suite struct GeometryTests {
  /// Each optimizer without what is added to its step: decay, heat, a beginning that is not 0.
  static func bare(_ id: String) throws -> OptimizerSpec {
    var spec = try OptimizerSpec(OptimizerRegistry.entry(id)!.isWrapper ? "\(id)(adam:lr=0.02)" : id)
    for key in ["weight_decay", "temperature", "lambd", "initial"] where spec.setting(key) != nil {
      spec.set(key, to: 0)
    }
    if id == "project" {
      spec.set("lo", to: -9)
      spec.set("hi", to: 9)
    }
    return spec
  }

  /// Positive definite, and no coordinate is an eigenvector.
  static let hessians: [[Double]] = [
    [3, 1.2, 1.2, 2], [40, -5, -5, 1], [2, 0.3, -0.4, 0.3, 5, 1.1, -0.4, 1.1, 3],
  ]
  static let noBall: Set = ["flow", "nesterov-flow", "adam-flow", "coordinates"]

  private func gradient(_ one: any Optimizer<Double>) throws -> [Double] {
    try #require(one.state.first { $0.symbol == "g" }).values
  }

  private func cosine(_ a: [Double], _ b: [Double]) -> Double {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  /// The first step, before any momentum, goes against the point of the ball that lies furthest along the gradient.
  @Test(arguments: ConformanceTests.ids) func theFirstStepIsSteepestDescentInTheBall(_ id: String) throws {
    for (number, hessian) in Self.hessians.enumerated() {
      let d = hessian.count == 4 ? 2 : 3
      var spec = try Self.bare(id)
      if id == "preconditioned" { spec.set("p12", to: 0.5) }
      var one = spec.makeScalar()
      let start = Array([0.7, -1.3, 0.4].prefix(d))
      let end = run(&one, on: Quadratic<Double>(hessian), from: start, steps: 1)
      let moved = zip(end, start).map { $0 - $1 }
      if Self.noBall.contains(id) {
        #expect(one.ball.reason != nil && one.ball.furthest(along: moved) == nil)
        continue
      }
      let furthest = try #require(one.ball.furthest(along: try gradient(one)), "\(one.ball)")
      #expect(cosine(moved, furthest.map { -$0 }) > 1 - 1e-12, "\(id) on \(number): \(one.ball.name)")
    }
  }

  /// Without momentum it is so at every step, whatever the past has made of the preconditioner.
  @Test(arguments: [
    "sgd:lr=0.02", "adagrad", "rmsprop", "adadelta", "adafactor", "adagrad-full", "shampoo", "newton:lr=0.3",
    "newton:lr=0.3,saddle_free=on,damping=0.4", "diagonal-newton:lr=0.3", "signsgd:lr=0.01", "lion:beta1=0",
    "preconditioned:lr=0.01,p11=3,p12=-1", "line-search", "lbfgs", "muon:beta=0", "rprop", "adam:beta1=0",
    "clip(rmsprop):norm=0.1", "sam(adagrad)", "novograd:beta1=0", "adagrad:eps_inside=on,eps=0.1",
    "rmsprop:centered=on,rho=0.5", "amsgrad:beta1=0,form=optax", "adamax:beta1=0", "radam:beta1=0",
  ]) func withoutMomentumEveryStepIs(_ text: String) throws {
    for hessian in Self.hessians.prefix(2) {
      var one = try OptimizerSpec(text).makeScalar()
      var last = [0.7, -1.3]
      _ = run(&one, on: Quadratic<Double>(hessian), from: last, steps: 12) { t, x, now in
        defer { last = x }
        let moved = zip(x, last).map { $0 - $1 }
        guard t > 0, moved.contains(where: { $0.magnitude > 1e-9 }) else { return }
        // Rprop takes no step where the sign turned; L-BFGS guesses anew after the step that it took.
        if text == "rprop", moved.contains(0) { return }
        guard let g = now.state.first(where: { $0.symbol == "g" })?.values,
          let furthest = now.ball.furthest(along: g)
        else {
          Issue.record("step \(t): \(now.ball)")
          return
        }
        #expect(cosine(moved, furthest.map { -$0 }) > 1 - 1e-9, "step \(t), \(now.ball)")
        // Each coordinate by its own rate.
        for (i, rate) in (now.effectiveRates ?? []).enumerated() {
          #expect(abs(moved[i] + rate * g[i]) <= 1e-6 * abs(moved[i]) + 1e-14, "step \(t), rate \(rate)")
        }
      }
    }
  }

  /// No point of the ball lies further along a covector than `furthest` says, and that one is on its edge.
  @Test func furthestIsTheSupportOfTheBall() throws {
    var random = SplitMix64(state: 7)
    func number() -> Double { 2 * random.uniform() - 1 }
    let matrix = [2.0, 0.7, 0.7, 0.5]
    let inverse = [0.5, -0.7, -0.7, 2].map { $0 / (2 * 0.5 - 0.49) }
    let balls: [(UnitBall, ([Double]) -> Double)] = [
      (.ellipse(halfAxes: [3, 0.5]), { ($0[0] * $0[0] / 9 + $0[1] * $0[1] / 0.25).squareRoot() }),
      (.box(halfSides: [3, 0.5]), { max($0[0].magnitude / 3, $0[1].magnitude / 0.5) }),
      (
        .rotatedEllipse(preconditioner: matrix),
        { x in
          (inverse[0] * x[0] * x[0] + 2 * inverse[1] * x[0] * x[1] + inverse[3] * x[1] * x[1]).squareRoot()
        }
      ),
    ]
    for (ball, norm) in balls {
      for _ in 0..<200 {
        let g = [number(), number()]
        let best = try #require(ball.furthest(along: g))
        #expect(abs(norm(best) - 1) < 1e-12, "\(ball.name)")
        let other = [number(), number()]
        let edge = other.map { $0 / norm(other) }
        #expect(edge[0] * g[0] + edge[1] * g[1] <= best[0] * g[0] + best[1] * g[1] + 1e-12)
      }
    }
    // The largest singular value's ball: the support is the sum of singular values, 3 + 1 for this matrix.
    let spectral = UnitBall.spectral(blocks: [.init(rows: 2, columns: 2)])
    let g = [2.0, 1, 1, 2]
    let best = try #require(spectral.furthest(along: g))
    #expect(abs(zip(best, g).reduce(0) { $0 + $1.0 * $1.1 } - 4) < 1e-12)
    #expect(spectral.furthest(along: [.nan, 0, 0, 0]) == nil)
    #expect(UnitBall.ellipse(halfAxes: [1, 2]).furthest(along: [0, 0]) == [0, 0])
  }

  @Test func theBallsHaveTheirNames() throws {
    let names = [
      "sgd": "circle", "momentum": "circle", "nesterov": "circle", "lion": "square", "signsgd": "square",
      "adam": "ellipse", "adagrad": "ellipse", "newton": "rotated ellipse", "adagrad-full": "rotated ellipse",
      "shampoo": "rotated ellipse", "muon": "circle", "langevin": "circle", "line-search": "circle",
    ]
    for (id, name) in names {
      var one = try Self.bare(id).makeScalar()
      _ = run(&one, on: Quadratic<Double>(Self.hessians[1]), from: [0.7, -1.3], steps: 3)
      #expect(one.ball.name == name, "\(id)")
    }
    // In matrices Muon's ball is that of the largest singular value.
    var muon = try OptimizerSpec("muon").makeScalar()
    let layout = ParameterLayout([("W", 2, 2)])
    _ = run(&muon, on: Valley<Double>(layout: layout), from: [1, 2, 3, 4], steps: 2)
    #expect(muon.ball == .spectral(blocks: [.init(rows: 2, columns: 2)]))
    // Where the Hessian is indefinite Newton's step is no descent, and there is no ball.
    var newton = try OptimizerSpec("newton").makeScalar()
    _ = run(&newton, on: Quadratic<Double>.diagonal([2, -1]), from: [1, 1], steps: 1)
    #expect(newton.ball.reason == "H + τI is not positive definite: no descent")
    var free = try OptimizerSpec("newton:saddle_free=on").makeScalar()
    _ = run(&free, on: Quadratic<Double>.diagonal([2, -1]), from: [1, 1], steps: 1)
    #expect(free.ball.name == "rotated ellipse")
    var diagonal = try OptimizerSpec("diagonal-newton").makeScalar()
    _ = run(&diagonal, on: Quadratic<Double>.diagonal([2, -1]), from: [1, 1], steps: 1)
    #expect(diagonal.ball.reason?.contains("not positive") == true)
  }

  /// L-BFGS on a quadratic knows the inverse Hessian after d steps, and so its ball is Newton's.
  @Test func lbfgsLearnsNewtonsBall() throws {
    let hessian = Self.hessians[0]
    var one = try OptimizerSpec("lbfgs").makeScalar()
    _ = run(&one, on: Quadratic<Double>(hessian), from: [0.7, -1.3], steps: 1)
    #expect(one.ball.name == "circle")
    var two = try OptimizerSpec("lbfgs").makeScalar()
    _ = run(&two, on: Quadratic<Double>(hessian), from: [0.7, -1.3], steps: 4)
    guard case .rotatedEllipse(let guess) = two.ball else {
      Issue.record("\(two.ball)")
      return
    }
    #expect(guess[1] == guess[2])
    #expect(guess[0] * guess[3] - guess[1] * guess[2] > 0)
  }

  /// A coordinate's first step is its effective rate times its slope, where the first average is the gradient itself.
  @Test(arguments: [
    "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw", "amsgrad", "adamax",
    "radam", "adabelief", "yogi", "adan", "novograd", "adafactor", "sgdw", "asgd", "diagonal-newton",
    "line-search", "lookahead", "clip", "project", "decay", "average", "sam",
  ]) func theEffectiveRatesAreThoseOfTheStep(_ id: String) throws {
    for hessian in Self.hessians {
      let d = hessian.count == 4 ? 2 : 3
      var one = try Self.bare(id).makeScalar()
      let start = Array([0.7, -0.9, 0.4].prefix(d))
      one.prepare(for: .vector(d))
      let end = run(&one, on: Quadratic<Double>(hessian), from: start, steps: 1)
      let rates = try #require(one.effectiveRates)
      let g = try gradient(one)
      for i in 0..<d {
        let rate = (start[i] - end[i]) / g[i]
        #expect(abs(rates[i] - rate) <= 1e-8 * abs(rate), "\(id): \(rates[i]) said, \(rate) seen")
      }
    }
  }

  /// The matrix of a block is factored, and so are its rates.
  @Test func adafactorsRatesOfAMatrix() throws {
    let layout = ParameterLayout([("W", 2, 2), ("b", 2, 1)])
    var one = try OptimizerSpec("adafactor").makeScalar()
    var last = [1.0, 2, -1, 3, 0.5, -2]
    _ = run(&one, on: Valley<Double>(layout: layout), from: last, steps: 5) { t, x, now in
      defer { last = x }
      guard t > 0, let rates = now.effectiveRates, let g = now.state.first?.values else { return }
      for i in x.indices {
        let rate = (last[i] - x[i]) / g[i]
        #expect(abs(rates[i] - rate) <= 1e-8 * abs(rate), "step \(t), \(i)")
      }
    }
  }

  @Test func noRatesWhereThereAreNone() throws {
    for id in ["lion", "signsgd", "rprop", "muon", "newton", "adagrad-full", "shampoo", "lbfgs", "flow"] {
      var one = try Self.bare(id).makeScalar()
      _ = run(&one, on: Quadratic<Double>(Self.hessians[0]), from: [0.7, -1.3], steps: 2)
      #expect(one.effectiveRates == nil, "\(id)")
    }
    var adam = try OptimizerSpec("adam").makeScalar()
    adam.prepare(for: .vector(2))
    #expect(adam.effectiveRates == nil, "before the first step")
  }

  // MARK: Searches

  @Test func armijoTriesHalves() throws {
    var one = try OptimizerSpec("line-search:lr=8").makeScalar()
    let start = [0.7, -1.3]
    let end = run(&one, on: Quadratic<Double>(Self.hessians[0]), from: start, steps: 1)
    let search = try #require(one.search)
    #expect(search.trials.first == 8 && search.trials.count > 2)
    for (a, b) in zip(search.trials, search.trials.dropFirst()) { #expect(b == a / 2) }
    #expect(search.trials.last == search.chosen)
    for i in 0..<2 { #expect(abs(start[i] + search.chosen * search.direction[i] - end[i]) < 1e-15) }
  }

  @Test(arguments: ["conjugate-gradient", "conjugate-gradient:variant=fr", "lbfgs"])
  func wolfeTriesAreThoseThatItCost(_ text: String) throws {
    var one = try OptimizerSpec(text).makeScalar()
    let valley = Valley<Double>(dimension: 2)
    var (last, cost) = ([-1.2, 1.0], 0)
    _ = run(&one, on: valley, from: last, steps: 8) { t, x, now in
      defer { (last, cost) = (x, valley.cost.evaluations) }
      guard t > 0 else { return }
      guard let search = now.search else {
        Issue.record("step \(t) searches")
        return
      }
      #expect(search.trials.contains(search.chosen))
      // One evaluation at the point itself.
      #expect(valley.cost.evaluations - cost == search.trials.count + 1)
      for i in 0..<2 { #expect(abs(last[i] + search.chosen * search.direction[i] - x[i]) < 1e-12) }
    }
    var none = try OptimizerSpec("lbfgs:line_search=none").makeScalar()
    _ = run(&none, on: valley, from: [-1.2, 1], steps: 3)
    #expect(none.search == nil)
    var plain = try OptimizerSpec("sgd").makeScalar()
    _ = run(&plain, on: valley, from: [-1.2, 1], steps: 3)
    #expect(plain.search == nil)
  }

  // MARK: Recipes

  /// Every quantity of a recipe has its numbers; those drawn in the plane have one a coordinate; the last is the point.
  @Test(arguments: ConformanceTests.ids) func everyLineHasItsNumbers(_ id: String) throws {
    var spec = try ConformanceTests.spec(id)
    if spec.setting("weight_decay") == 0 { spec.set("weight_decay", to: 0.1) }
    if id == "preconditioned" { spec.set("lr", to: 0.01) }
    var one = spec.makeScalar()
    var last = [-0.2, 0.3]
    _ = run(&one, on: Valley<Double>(dimension: 2), from: last, steps: 7) { t, x, now in
      defer { last = x }
      guard t > 0 else { return }
      let lines = now.lines(after: StepRecord(before: last, after: x, gradient: [9, 9]))
      #expect(lines.count >= 2)
      for line in lines {
        #expect(!line.values.isEmpty && line.values.allSatisfy(\.isFinite), "\(line.text)")
        #expect(!line.values.contains(9), "\(line.text) shows the gradient of another point")
        switch line.drawing {
        case .arrow, .point, .squares: #expect(line.values.count == 2, "\(line.text)")
        case .scalar: #expect(line.values.count == 1, "\(line.text)")
        case .matrix: break
        }
      }
      let symbols = lines.map(\.symbol)
      #expect(lines.contains { $0.symbol == "g" && $0.drawing == .arrow })
      for slot in now.state where !slot.values.isEmpty {
        for line in lines where line.symbol == slot.symbol && symbols.count(where: { $0 == slot.symbol }) == 1
        {
          #expect(line.values == slot.values && line.drawing == slot.drawing, "\(slot.symbol)")
        }
      }
      if OptimizerRegistry.entry(id)!.isWrapper == false {
        #expect(lines.contains { $0.symbol == "θ" && $0.values == x && $0.drawing == .point })
      }
    }
  }

  /// The lines of a step lead from the point before to the point after, by their own numbers.
  @Test func theNumbersOfARecipeGiveTheStep() throws {
    typealias Lines = (String) -> [Double]
    let η = 0.02
    let rules: [(String, (Lines, [Double], Int) -> Double)] = [
      ("sgd:lr=0.02", { line, x, i in x[i] - η * line("g")[i] }),
      ("momentum:lr=0.02", { line, x, i in x[i] - η * line("v")[i] }),
      ("ema-momentum:lr=0.02", { line, x, i in x[i] - η * line("v")[i] }),
      ("nesterov:lr=0.02", { line, x, i in x[i] + line("v")[i] }),
      ("nesterov:lr=0.02,form=torch", { line, x, i in x[i] - η * (line("g")[i] + 0.9 * line("v")[i]) }),
      ("rmsprop:lr=0.02,momentum=0.5", { line, x, i in x[i] - η * line("u")[i] }),
      ("adagrad:lr=0.02", { line, x, i in x[i] - η * line("g")[i] / (line("s")[i].squareRoot() + 1e-10) }),
      ("adam:lr=0.02", { line, x, i in x[i] - η * line("m̂")[i] / (line("v̂")[i].squareRoot() + 1e-8) }),
      ("amsgrad:lr=0.02", { line, x, i in x[i] - η * line("m̂")[i] / (line("û")[i].squareRoot() + 1e-8) }),
      (
        "amsgrad:lr=0.02,form=optax",
        { line, x, i in x[i] - η * line("m̂")[i] / (line("û")[i].squareRoot() + 1e-8) }
      ),
      (
        "adamw:lr=0.02,weight_decay=0.3",
        { line, x, i in x[i] + line("w")[i] - η * line("m̂")[i] / (line("v̂")[i].squareRoot() + 1e-8) }
      ),
      ("sgdw:lr=0.02,weight_decay=0.3", { line, x, i in x[i] - η * line("v")[i] + line("w")[i] }),
      (
        "sgdw:lr=0.02,weight_decay=0.3,nesterov=on",
        { line, x, i in x[i] - η * line("u")[i] + line("w")[i] }
      ),
      (
        "sgdw:lr=0.02,weight_decay=0.3,nesterov=on,form=inside",
        { line, x, i in x[i] - line("u")[i] + line("w")[i] }
      ),
      ("lion:lr=0.02,weight_decay=0.3", { line, x, i in x[i] - η * line("u")[i] + line("w")[i] }),
      ("signsgd:lr=0.02,beta=0.5", { line, x, i in x[i] - η * line("u")[i] }),
      ("newton:lr=0.02", { line, x, i in x[i] - η * line("δ")[i] }),
      ("diagonal-newton:lr=0.02", { line, x, i in x[i] - η * line("δ")[i] }),
      ("preconditioned:lr=0.02,p11=3", { line, x, i in x[i] - η * line("δ")[i] }),
      ("adagrad-full:lr=0.02", { line, x, i in x[i] - η * line("δ")[i] }),
      ("shampoo:lr=0.02", { line, x, i in x[i] - η * line("U")[i] }),
      ("muon:lr=0.02,weight_decay=0.3", { line, x, i in x[i] - η * line("O")[i] + line("w")[i] }),
      ("line-search", { line, x, i in x[i] - line("η")[0] * line("g")[i] }),
      ("conjugate-gradient", { line, x, i in x[i] + line("α")[0] * line("d")[i] }),
      ("lbfgs", { line, x, i in x[i] + line("α")[0] * line("d")[i] }),
      ("langevin:lr=0.02", { line, x, i in x[i] - η * line("g")[i] + line("√(2 η T)ξ")[i] }),
      ("clip(sgd:lr=0.02):norm=0.3", { line, x, i in x[i] - η * line("g")[i] }),
      ("sam(sgd:lr=0.02)", { line, x, i in x[i] - η * line("g")[i] }),
    ]
    for (text, rule) in rules {
      var one = try OptimizerSpec(text).makeScalar()
      var last = [-0.2, 0.3]
      _ = run(&one, on: Valley<Double>(dimension: 2), from: last, steps: 6) { t, x, now in
        defer { last = x }
        guard t > 0 else { return }
        let lines = now.lines(after: StepRecord(before: last, after: x, gradient: [9, 9]))
        func values(_ symbol: String) -> [Double] {
          lines.last { $0.symbol == symbol }?.values ?? [.nan, .nan]
        }
        for i in 0..<2 {
          let expected = rule(values, last, i)
          #expect(abs(x[i] - expected) <= 1e-12 * max(1, abs(x[i])), "\(text), step \(t): \(expected)")
        }
      }
    }
  }

  /// The look-ahead point is where Nesterov's gradient is from, SAM's probe where its base's is from.
  @Test func probesAreWhereTheGradientIsFrom() throws {
    let valley = Valley<Double>(dimension: 2)
    for (text, symbol) in [("nesterov:lr=0.01", "p"), ("sam(momentum:lr=0.01)", "θ+ε̂")] {
      var one = try OptimizerSpec(text).makeScalar()
      _ = run(&one, on: valley, from: [-0.2, 0.3], steps: 5) { t, x, now in
        guard t > 0, let probe = now.state.first(where: { $0.symbol == symbol }),
          let g = now.state.first(where: { $0.symbol == "g" })
        else { return }
        var there = [0.0, 0]
        Valley<Double>(dimension: 2).gradient(at: probe.values, into: &there)
        #expect(probe.drawing == .point && there == g.values, "\(text), step \(t)")
        #expect(probe.values != x)
      }
    }
  }

  /// A wrapper that moves the point after its base shows where the base's own step ended.
  @Test func theBasesStepEndsWhereItEnded() throws {
    let base = "sgd:lr=0.02"
    let start = [-0.2, 0.3]
    func end(_ text: String, steps: Int) throws -> (base: [Double], whole: [Double], slow: [Double]?) {
      var one = try OptimizerSpec(text).makeScalar()
      let valley = Valley<Double>(dimension: 2)
      var before = start
      if steps > 1 { before = run(&one, on: valley, from: start, steps: steps - 1) }
      let after = run(&one, on: valley, from: before, steps: 1, first: steps, prepares: steps == 1)
      let lines = one.lines(after: StepRecord(before: before, after: after, gradient: [0, 0]))
      return (
        try #require(lines.first { $0.symbol == "θ" }).values, after,
        lines.first { $0.symbol == "φ" }?.values
      )
    }
    let plain = try path(base, on: Valley<Double>(dimension: 2), from: start, steps: 2)
    let decayed = try end("decay(\(base)):weight_decay=0.5", steps: 1)
    #expect(decayed.base == plain[1] && decayed.whole != plain[1])
    let walled = try end("project(\(base)):lo=-0.1,hi=0.1", steps: 1)
    #expect(walled.base == plain[1] && walled.whole == [-0.1, 0.1])
    let ahead = try end("lookahead(\(base)):k=2", steps: 2)
    #expect(ahead.base == plain[2] && ahead.whole == ahead.slow)
    for i in 0..<2 { #expect(abs(ahead.whole[i] - (start[i] + plain[2][i]) / 2) < 1e-15) }
  }
}
