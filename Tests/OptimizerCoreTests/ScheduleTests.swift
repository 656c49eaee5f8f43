import Foundation
import Testing

@testable import OptimizerCore

@Suite struct ScheduleTests {
  /// The tables of the peers, by the name of the case: our text, and the rate that it multiplies.
  static let tables: [(name: String, text: String, base: Double)] = [
    ("constant", "constant()", 0.1), ("exponential_decay", "exponential(factor=\(pow(0.5, 0.1)))", 0.1),
    ("cosine_decay", "cosine(40)", 0.1), ("cosine_decay/alpha", "cosine(40,end=0.1)", 0.1),
    ("linear", "linear(5,start=1,end=1)>linear(30,end=0.1)", 0.1),
    ("polynomial", "polynomial(30,power=2,end=0.1)", 0.1),
    ("warmup_cosine_decay", "warmup(10,start=0)>cosine(40,end=0.01)", 0.1),
    ("piecewise_constant", "steps(10,factor=0.5)*steps(25,factor=0.1)", 0.1),
    (
      "sgdr",
      "warmup(4,start=0.1)>cosine(16,end=0.1)>linear(6,start=0.1,end=0.5)>linear(1,start=0.5,end=0.5)*cosine(24)",
      0.1
    ),
    ("StepLR", "step(10,factor=0.5)", 0.1), ("MultiStepLR", "steps(10|25|40,factor=0.3)", 0.1),
    ("ExponentialLR", "exponential(factor=0.95)", 0.1),
    ("CosineAnnealingLR", "cosine(25,end=0.02,periodic=on)", 0.1),
    ("LinearLR", "linear(15,start=0.2,end=1)", 0.1),
    ("PolynomialLR", "polynomial(40,power=2)", 0.1),
    ("CosineAnnealingWarmRestarts", "restarts(8,mult=2,end=0.01)", 0.1),
    ("OneCycleLR", "onecycle(61)", 0.4),
  ]
  /// Left out: a staircase that begins late and has a floor, and the three-phase cycle, are not offered.
  static let leftOut: Set = ["exponential_decay/staircase", "OneCycleLR/linear_three_phase"]

  @Test func everyTableIsChecked() throws {
    let cases = ReferenceCase.load("schedules")["cases"] as! [[String: Any]]
    let names = Set(cases.map { $0["name"] as! String })
    #expect(names == Set(Self.tables.map(\.name)).union(Self.leftOut))
    for table in Self.tables {
      let c = cases.first { $0["name"] as! String == table.name }!
      let schedule = try Schedule(table.text)
      for (k, rate) in zip(c["steps"] as! [Int], c["lr"] as! [Double]) {
        #expect((table.base * schedule.multiplier(at: k) - rate).magnitude <= 1e-15, "\(table.name) at \(k)")
      }
      #expect(try Schedule(schedule.description) == schedule)
    }
  }

  static let runs: [String: String] = [
    "sgd_steplr/ravine": "step(20,factor=0.5)", "momentum_cosine/himmelblau": "cosine(60,periodic=on)",
    "adam_exponential/rosenbrock": "exponential(factor=0.98)",
    "adamw_warmrestarts/beale": "restarts(10,mult=2)",
    "optax_adam_warmup_cosine/rosenbrock": "warmup(10,start=0)>cosine(90,end=0.01)",
  ]

  /// Which step uses which rate.
  @Test(arguments: ReferenceCase.all("scheduled_runs")) func run(_ c: ReferenceCase) throws {
    var settings = c.settings
    for key in [
      "schedule", "step_size", "gamma", "T_max", "eta_min", "T_0", "T_mult", "init_value", "peak_value",
    ] {
      settings[key] = nil
    }
    for key in ["warmup_steps", "decay_steps", "end_value"] { settings[key] = nil }
    if settings["lr"] == nil { settings["lr"] = "0.1" }
    let base =
      switch c.optimizer {
      case "adam": "adam:" + Translation.settings(settings)
      case "adamw": "adamw:" + Translation.settings(settings)
      default: Translation.sgd(settings)
      }
    let schedule = try #require(Self.runs[c.name])
    let spec = try OptimizerSpec(base + ",schedule=\(schedule)")
    var optimizer = spec.makeScalar()
    let nominal = spec.setting("lr")
    var points: [[Double]] = []
    var rates: [Double] = []
    _ = OptimizerCoreTests.run(
      &optimizer, on: SurfaceOracle(c.surface, dimension: c.start.count), from: c.start, steps: c.steps
    ) { t, x, now in
      points.append(x)
      if t > 0 { rates.append(now.learningRate!) }
      #expect(now.value(of: "lr") == nominal, "the knob keeps the nominal rate")
    }
    for (index, t) in c.indices.enumerated() {
      for i in c.start.indices {
        #expect((points[t][i] - c.trajectory[index][i]).magnitude <= c.tolerance, "step \(t)")
      }
      if t < c.steps { #expect((rates[t] - c.rates[index]).magnitude <= 1e-8, "rate of step \(t)") }
    }
  }

  @Test func lastsAndEnds() throws {
    let chain = try Schedule("warmup(4)>constant()")
    #expect((0..<7).map(chain.multiplier) == [0.25, 0.4375, 0.625, 0.8125, 1, 1, 1])
    let once = try Schedule("warmup(4)*inverse(2)>linear(2)")
    #expect(once.multiplier(at: 4) == 1)
    #expect(once.multiplier(at: 5) == 0.5)
    #expect(once.multiplier(at: 100) == 0)
    #expect(try Schedule("inverse(10)").multiplier(at: 10) == 0.5)
    #expect(try Schedule("inverse-sqrt()").multiplier(at: 3) == 0.5)
    #expect(try Schedule("exponential(0.5)").multiplier(at: 2) == exp(-1))
    #expect(try Schedule("restarts(3,mult=1)").multiplier(at: 6) == 1)
    for text in [
      "onecycle(1)", "onecycle(2)", "onecycle(3,pct=0)", "onecycle(3,pct=1)", "restarts(1,mult=1000)",
    ] {
      let schedule = try Schedule(text)
      for k in [0, 1, 2, 3, 1_000_000_000] { #expect(schedule.multiplier(at: k).isFinite, "\(text) at \(k)") }
    }
  }

  /// torch's OneCycleLR step by step: phases end at pct·steps − 1 and steps − 1, and one that ends before 0 is left out.
  @Test(arguments: [(10, 0.05), (10, 0.02), (3, 0.25), (7, 0), (5, 1), (12, 0.3), (2, 0.4), (100, 0.005)])
  func oneCycleWithAShortFirstPhaseEqualsTorch(_ steps: Int, _ pct: Double) throws {
    let schedule = try Schedule("onecycle(\(steps),pct=\(pct))")
    let (low, high, least) = (1.0 / 25, 1.0, 1.0 / 25 / 1e4)
    let phases = [(pct * Double(steps) - 1, low, high), (Double(steps) - 1, high, least)]
    for k in 0..<steps {
      var start = 0.0
      for (i, (end, from, to)) in phases.enumerated() {
        if Double(k) <= end || i == 1 {
          let share = (Double(k) - start) / (end - start)
          let right = to + (from - to) / 2 * (1 + cos(Double.pi * share))
          #expect((schedule.multiplier(at: k) - right).magnitude <= 1e-15, "at \(k)")
          break
        }
        start = end
      }
    }
    if steps == 10, pct == 0.05 {
      #expect((schedule.multiplier(at: 0) - 0.99318).magnitude < 5e-6)
      #expect((schedule.multiplier(at: 1) - 0.93974).magnitude < 5e-6)
    }
  }

  /// Schedules whose phases last a step or less.
  @Test func shortPhasesAreThoseOfTorch() throws {
    func rates(_ text: String, _ count: Int) throws -> [Double] {
      let schedule = try Schedule(text)
      return (0..<count).map { (schedule.multiplier(at: $0) * 1e3).rounded() / 1e3 }
    }
    #expect(try rates("restarts(1,mult=2)", 9) == [1, 1, 0.5, 1, 0.854, 0.5, 0.146, 1, 0.962])
    #expect(try rates("restarts(1,mult=1)", 3) == [1, 1, 1])
    #expect(try rates("cosine(1)", 3) == [1, 0, 0])
    #expect(try rates("cosine(1,periodic=on)", 4) == [1, 0, 1, 0])
    #expect(try rates("linear(1,start=0.25,end=1)", 3) == [0.25, 1, 1])
    #expect(try rates("polynomial(1,power=2)", 3) == [1, 0, 0])
    #expect(try rates("steps(0|1,factor=0.5)", 3) == [0.5, 0.25, 0.25])
    #expect(try rates("step(1,factor=0.5)", 3) == [1, 0.5, 0.25])
    #expect(try rates("warmup(4)", 5) == [0.25, 0.438, 0.625, 0.813, 1])
    #expect(try rates("warmup(4,start=0)", 2) == [0, 0.25])
    let long = try Schedule("warmup(100,start=0)>cosine(900)")
    for (k, right) in [(0, 0), (50, 0.5), (99, 0.99), (100, 1), (550, 0.5), (1000, 0)] as [(Int, Double)] {
      #expect((long.multiplier(at: k) - right).magnitude < 1e-15)
    }
  }

  @Test func aScheduleNeedsALearningRate() throws {
    for entry in OptimizerRegistry.all where !entry.isWrapper && !entry.hasLearningRate {
      #expect(throws: SpecError.self) { try OptimizerSpec("\(entry.about.id):schedule=cosine(5)") }
    }
    let spec = try OptimizerSpec("lookahead(sgd:lr=0.5,schedule=step(2)):k=2,schedule=step(1,factor=0.5)")
    var optimizer = spec.makeScalar()
    var rates: [Double] = []
    _ = OptimizerCoreTests.run(&optimizer, on: Quadratic<Double>.diagonal([1, 1]), from: [1, 1], steps: 3) {
      t, _, now in
      if t > 0 { rates.append(now.learningRate!) }
    }
    #expect(rates == [0.5, 0.25, 0.5 * 0.25 * 0.1])
    #expect(optimizer.about.id == "lookahead")
    #expect(optimizer.knobs == spec.knobs)
    optimizer.set("base.lr", to: 0.125)
    #expect(optimizer.value(of: "base.lr") == 0.125)
  }
}
