import Foundation
import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// The limits and optima that the theory names, held against runs on quadratics.
struct TheoryTests {
  private func theory(_ spec: String, on landscape: String) throws -> Theory {
    let found = try LandscapeCatalog.named(landscape) ?? Landscape(formula: landscape)
    return Theory(of: try OptimizerSpec(spec), on: found, at: found.start)
  }

  private func loss(_ spec: String, on landscape: String, from start: Point, steps: Int) throws -> Double {
    var race = Race(
      try experiment(
        landscape, [spec], starts: [start], steps: steps, window: Window(x: -1e150...1e150, y: -1e150...1e150)
      ))
    race.seek(to: steps)
    return race.run(entry: 0).isOver ? .infinity : race.run(entry: 0).loss
  }

  private func known(_ answer: Theory.Answer) throws -> Double {
    guard case .known(let value, _) = answer else {
      Issue.record("\(answer)")
      throw CancellationError()
    }
    return value
  }

  /// 1 % below the limit the loss goes to 0, 1 % above it grows without end.
  @Test(
    arguments: [
      "sgd", "sgd:l2=0.5", "momentum:beta=0.5", "momentum:beta=0.9", "momentum:beta=0.9,dampening=0.5",
      "ema-momentum:beta=0.9", "nesterov:beta=0.5", "nesterov:beta=0.9",
    ], ["ravine", "0.5*(3*x^2 + 2*x*y + 8*y^2)"]) func theLimitSeparates(spec: String, landscape: String)
    throws
  {
    let limit = try known(try theory(spec, on: landscape).limit(of: "lr"))
    let start = Point(1, 1.5)
    let joint = spec.contains(":") ? "," : ":"
    let below = try loss("\(spec)\(joint)lr=\(0.99 * limit)", on: landscape, from: start, steps: 1500)
    let above = try loss("\(spec)\(joint)lr=\(1.01 * limit)", on: landscape, from: start, steps: 1500)
    #expect(below < 1e-6, "below \(limit)")
    #expect(above > 1e6, "above \(limit)")
  }

  /// The rate per step at the optimum is the predicted one, and no neighbour is faster.
  @Test func theOptimalRateOfDescent() throws {
    let formula = "0.5*(16*x^2 + y^2)"
    let optimum = try known(try theory("sgd", on: formula).optimum(of: "lr"))
    #expect(abs(optimum - 2.0 / 17) < 1e-15)
    func contraction(_ rate: Double) throws -> Double {
      let loss = try loss("sgd:lr=\(rate)", on: formula, from: Point(0.25, 1), steps: 60)
      return pow(loss, 0.5 / 60)
    }
    let best = try contraction(optimum)
    #expect(abs(best - 15.0 / 17) < 0.02)
    #expect(try contraction(0.95 * optimum) > best)
    #expect(try contraction(1.05 * optimum) > best)
  }

  @Test func theOptimalHeavyBall() throws {
    let formula = "0.5*(16*x^2 + y^2)"
    let theory = try theory("momentum", on: formula)
    let rate = try known(theory.optimum(of: "lr"))
    let beta = try known(theory.optimum(of: "beta"))
    #expect(abs(rate - 4.0 / 25) < 1e-15)
    #expect(abs(beta - 9.0 / 25) < 1e-15)
    func end(_ rate: Double, _ beta: Double) throws -> Double {
      try loss("momentum:lr=\(rate),beta=\(beta)", on: formula, from: Point(0.25, 1), steps: 40)
    }
    let best = try end(rate, beta)
    // (√κ−1)/(√κ+1) = 0.6 a step in distance, with a factor linear in the steps at the double root.
    #expect(pow(best, 0.5 / 40) < 0.68 && pow(best, 0.5 / 40) > 0.55)
    for (r, b) in [(1.1, 1.0), (0.8, 1.0), (1.0, 1.6), (1.0, 0.5)] {
      #expect(try end(rate * r, beta * b) > best, "rate × \(r), β × \(b)")
    }
  }

  @Test func theFormulasSayWhichLimitItIs() throws {
    #expect(try theory("sgd", on: "ravine").limit(of: "lr") == .known(0.2, formula: "2/L"))
    #expect(try theory("sgd", on: "bowl").optimum(of: "lr") == .known(0.5, formula: "2/(L+μ)"))
    #expect(try theory("sgd", on: "rosenbrock").isExact == false)
    #expect(try theory("sgd", on: "ravine").isExact)
  }

  @Test func whereNothingIsKnownItSaysWhy() throws {
    let cases: [(Theory.Answer, String)] = [
      (try theory("adam", on: "ravine").limit(of: "lr"), "no closed stability limit is known for Adam"),
      (try theory("sgd", on: "0 - x^2 - y^2").limit(of: "lr"), "no curvature bends up"),
      (try theory("momentum", on: "ravine").limit(of: "beta"), "is one of the learning rate"),
      (try theory("sgd", on: "rosenbrock").optimum(of: "lr"), "this landscape is none"),
      (try theory("sgd", on: "saddle").optimum(of: "lr"), "bends up in every direction"),
      (try theory("adam", on: "ravine").optimum(of: "lr"), "no closed optimum is known for Adam"),
      (try theory("momentum:dampening=0.5", on: "ravine").optimum(of: "lr"), "no closed optimum"),
    ]
    for (answer, part) in cases {
      guard case .unknown(let reason) = answer else {
        Issue.record("\(answer) should be unknown: \(part)")
        continue
      }
      #expect(reason.contains(part))
    }
  }

  /// The gauge and the knob's theory read one declaration: where a rule says that nothing limits it, both say so, and where
  /// one has a limit in plain space the other has the same.
  @Test(arguments: OptimizerRegistry.all.map(\.about.id)) func gaugeAndTheoryAgree(_ id: String) throws {
    let entry = try #require(OptimizerRegistry.entry(id))
    let text = entry.isWrapper ? "\(id)(sgd)" : id
    let landscape = try #require(LandscapeCatalog.named("ravine"))
    let spec = try OptimizerSpec(text)
    // The ravine is a formula; rules for a model's outputs have none there.
    guard landscape.obstacle(to: spec) == nil else { return }
    var race = Race(try experiment("ravine", [text], starts: [Point(1, 2)], steps: 3))
    race.seek(to: 1)
    let run = race.run(entry: 0)
    let gauge = Gauge(of: run, on: landscape)
    let theory = Theory(of: run, on: landscape)
    guard let key = spec.knobs.first(where: { $0.role == .rate })?.key else { return }
    switch (run.optimizer.stability, theory.limit(of: key)) {
    case (.recurrence(let found), .known(let limit, _)):
      #expect(!found.isPreconditioned)
      #expect(gauge.rateLimit == limit && gauge.reason == nil)
    case (.recurrence(let found), .unknown): #expect(found.isPreconditioned)
    case (.none(let reason), .unknown(let said)):
      #expect(said == reason && gauge.reason == reason, "\(text)")
    case (.unknown(let why), .unknown(let said)):
      #expect(said.hasSuffix(why) && gauge.reason == said, "\(text)")
    case (.matrix, _): Issue.record("\(text): a built-in rule has its recurrence")
    case (.none, .known), (.unknown, .known): Issue.record("\(text): a limit where none is declared")
    }
  }

  @Test(arguments: ["lion", "signsgd", "rprop", "muon"]) func signMethodsHaveNoLimit(_ id: String) throws {
    guard case .unknown(let reason) = try theory(id, on: "ravine").limit(of: "lr") else {
      Issue.record("\(id) has a limit")
      return
    }
    #expect(reason.contains("it has no stability limit"))
  }
}
