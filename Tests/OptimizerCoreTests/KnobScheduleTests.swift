import Testing

@testable import OptimizerCore

/// Schedules of knobs other than the learning rate.
struct KnobScheduleTests {
  /// Heavy ball on ½(3x² + y²), written out here, with β as a function of the step.
  private static func heavyBall(_ steps: Int, lr: Double, beta: (Int) -> Double) -> [[Double]] {
    var (x, v) = ([2.0, -1.0], [0.0, 0.0])
    return (0..<steps).map { k in
      let g = [3 * x[0], x[1]]
      // On the first step v is g whatever β is, as v was 0.
      for i in 0..<2 {
        v[i] = beta(k) * v[i] + g[i]
        x[i] -= lr * v[i]
      }
      return x
    }
  }

  private static func points(_ text: String, steps: Int) throws -> [[Double]] {
    var optimizer = try OptimizerSpec(text).makeScalar()
    var points: [[Double]] = []
    _ = run(&optimizer, on: Quadratic<Double>.diagonal([3, 1]), from: [2, -1], steps: steps) { t, x, _ in
      if t > 0 { points.append(x) }
    }
    return points
  }

  @Test func theValueInForceIsTheKnobTimesTheSchedule() throws {
    let text = "momentum:lr=0.1,beta=0.9,schedule.beta=linear(20,start=0.5,end=1)"
    let beta = { (k: Int) in 0.9 * (0.5 + 0.5 * (Double(min(k, 20)) / 20)) }
    let right = Self.heavyBall(40, lr: 0.1, beta: beta)
    for (x, y) in zip(try Self.points(text, steps: 40), right) {
      #expect((x[0] - y[0]).magnitude < 1e-13 && (x[1] - y[1]).magnitude < 1e-13)
    }
    var optimizer = try OptimizerSpec(text).makeScalar()
    #expect(optimizer.valueInForce(of: "beta") == 0.9)
    _ = run(&optimizer, on: Quadratic<Double>.diagonal([3, 1]), from: [2, -1], steps: 40) { t, _, now in
      guard t > 0 else { return }
      #expect(now.value(of: "beta") == 0.9 && now.valueInForce(of: "beta") == beta(t - 1), "step \(t)")
      #expect(now.valueInForce(of: "lr") == 0.1 && now.events.isEmpty)
    }
  }

  /// β, a wrapper's knob and both rates at once; the wrapped ones are reached by their keys.
  @Test func severalKnobsFollowSeveralSchedules() throws {
    let text =
      "lookahead(momentum:beta=0.8,schedule.beta=steps(3,factor=0.5)):schedule=steps(5,factor=0.1),alpha=0.5,schedule.alpha=steps(6,factor=1.5)"
    let spec = try OptimizerSpec(text)
    #expect(
      spec.description
        == "lookahead(momentum:beta=0.8,schedule.beta=steps(3,factor=0.5)):alpha=0.5,schedule=steps(5,factor=0.1),schedule.alpha=steps(6,factor=1.5)"
    )
    #expect(try OptimizerSpec(spec.description) == spec)
    #expect(spec.isScheduled("base.beta") && spec.isScheduled("base.lr") && spec.isScheduled("alpha"))
    #expect(!spec.isScheduled("k") && !spec.isScheduled("base.l2"))
    var optimizer = spec.makeScalar()
    _ = run(&optimizer, on: Quadratic<Double>.diagonal([3, 1]), from: [2, -1], steps: 9) { t, _, now in
      guard t > 0 else { return }
      let k = t - 1
      #expect(now.valueInForce(of: "base.beta") == (k < 3 ? 0.8 : 0.4))
      #expect(now.valueInForce(of: "base.lr") == 0.01 * (k < 5 ? 1 : 0.1))
      #expect(now.valueInForce(of: "alpha") == (k < 6 ? 0.5 : 0.75))
    }
  }

  /// The lines of the recipe are told with the value in force.
  @Test func theLinesUseTheValueInForce() throws {
    var optimizer = try OptimizerSpec("lookahead(momentum:beta=0.8,schedule.beta=steps(3,factor=0.5))")
      .makeScalar()
    let valley = Valley<Double>(dimension: 2)
    var before = run(&optimizer, on: valley, from: [-0.2, 0.3], steps: 5)
    let (v, start) = (try velocity(optimizer), before)
    before = run(&optimizer, on: valley, from: start, steps: 1, first: 6, prepares: false)
    let g = try #require(optimizer.state.first { $0.symbol == "g" }).values
    for i in 0..<2 { #expect(try (velocity(optimizer)[i] - (0.4 * v[i] + g[i])).magnitude < 1e-15) }
  }

  private func velocity(_ optimizer: any Optimizer<Double>) throws -> [Double] {
    try #require(optimizer.state.first { $0.symbol == "v" }).values
  }

  @Test func eightRunsAreEightSingleOnes() throws {
    let text =
      "adamw:lr=0.05,schedule=cosine(40),schedule.beta1=linear(30,start=0.2,end=1),weight_decay=0.3,schedule.weight_decay=inverse(5)"
    let spec = try OptimizerSpec(text)
    var eight = try #require(spec.makeLanes())
    let starts = (0..<Lanes.laneCount).map { 0.3 + 0.1 * Double($0) }
    var x0 = Lanes.zero
    for lane in starts.indices { x0[lane] = starts[lane] }
    let together = run(&eight, on: Valley<Lanes>(dimension: 2), from: [x0, -x0], steps: 60)
    for (lane, start) in starts.enumerated() {
      var one = spec.makeScalar()
      let alone = run(&one, on: Valley<Double>(dimension: 2), from: [start, -start], steps: 60)
      for i in 0..<2 { #expect(alone[i].bitPattern == together[i][lane].bitPattern) }
    }
  }

  @Test(arguments: [
    "momentum:schedule.beta=warmup(20)",
    "clip(adam:schedule.beta2=linear(9,end=0.5)):schedule.norm=linear(30,end=0.5)",
    "mine:schedule.rate=cosine(40)",
  ]) func stepsAllocateNothing(_ text: String) throws {
    let rule = try TypedRule("mine(rate=0.1 from 0 to 1): v := 0; v = 0.9*v + g; x = x - rate*v")
    let spec = try OptimizerSpec(text, rules: [rule])
    var one = spec.makeScalar()
    let valley = Valley<Double>(dimension: 2)
    var x = run(&one, on: valley, from: [-0.2, 0.3], steps: 10)
    let alone = allocations {
      for t in 11...200 {
        valley.beginStep(t)
        var span = x.mutableSpan
        one.step(&span, oracle: valley)
      }
    }
    #expect(alone == 0, "objects allocated in 190 steps")
  }

  // MARK: What cannot be

  @Test(arguments: [
    (
      "lookahead(sgd):schedule.k=cosine(9)",
      "the k of lookahead is a whole number, which a schedule cannot multiply", 16
    ),
    (
      "adam:schedule.bias_correction=cosine(9)",
      "the bias_correction of adam is on or off, which a schedule cannot multiply", 6
    ),
    (
      "nesterov:schedule.form=cosine(9)",
      "the form of nesterov is one of lookahead, torch, which a schedule cannot multiply", 10
    ),
    (
      "adafactor:schedule.eps1=cosine(9)",
      "the eps1 of adafactor is auto, a word, which a schedule cannot multiply", 11
    ),
    (
      "sam(sgd):p=inf,schedule.p=cosine(9)", "the p of sam is inf, a word, which a schedule cannot multiply",
      16
    ),
    (
      "momentum:beta=0.8,schedule.beta=linear(10,start=1,end=1.5)",
      "the beta of momentum would be 1 at step 6, and must be between 0 and 0.999999", 19
    ),
    (
      "clip(sgd):schedule.norm=linear(10)",
      "the norm of clip would be 0 at step 11, and must be between 1e-6 and 1000000", 11
    ),
    ("momentum:schedule.bta=cosine(9)", "momentum has no key 'bta', did you mean 'beta'?", 10),
    ("sgd:schedule.beta=cosine(9)", "sgd has no key 'beta', its keys are lr, l2", 5),
    (
      "lookahead(momentum):schedule.base.beta=cosine(9)",
      "what the base has is scheduled with the base: lookahead(sgd:schedule.beta=…)", 21
    ),
    ("momentum:schedule.beta=cosine(9),schedule.beta=cosine(9)", "schedule.beta is given twice", 34),
    ("sgd:schedule.lr=cosine(9),schedule=cosine(9)", "schedule is given twice", 27),
    ("newton:schedule.damping=cosin(9)", "unknown schedule 'cosin', did you mean 'cosine'?", 25),
  ]) func whatCannotBeScheduledIsSaid(_ text: String, _ message: String, _ column: Int) {
    #expect(throws: SpecError(message, column: column)) { try OptimizerSpec(text) }
  }

  /// A rate has no range under a schedule: it may fall to 0 as ever.
  @Test func theRateIsFree() throws {
    #expect(try OptimizerSpec("sgd:schedule.lr=cosine(9)").description == "sgd:schedule=cosine(9)")
    var optimizer = try OptimizerSpec("sgd:lr=1,schedule=cosine(2)").makeScalar()
    _ = run(&optimizer, on: Quadratic<Double>.diagonal([3, 1]), from: [2, -1], steps: 4)
    #expect(optimizer.learningRate == 0 && optimizer.events.isEmpty)
  }

  /// What leaves its range after all stays at the end, and says so.
  @Test func aKnobIsHeldAtTheEndOfItsRange() throws {
    let text = "momentum:lr=0.001,beta=0.9,schedule.beta=linear(2000,start=1,end=1.2)"
    var optimizer = try OptimizerSpec(text).makeScalar()
    _ = run(&optimizer, on: Quadratic<Double>.diagonal([3, 1]), from: [2, -1], steps: 1300) { t, _, now in
      // 0.9 (1 + 0.0001 k) is above 0.999999 from k = 1112 on.
      guard t > 0 else { return }
      #expect(now.valueInForce(of: "beta")! <= 0.999999)
      #expect(now.events == (t > 1112 ? ["beta is held at 0.999999, the end of its range"] : []), "step \(t)")
    }
    #expect(optimizer.valueInForce(of: "beta") == 0.999999)
    // Turned to where it is not, and to 0, which nothing multiplies.
    optimizer.set("beta", to: 0.5)
    _ = run(&optimizer, on: Quadratic<Double>.diagonal([3, 1]), from: [2, -1], steps: 1, prepares: false)
    #expect(abs(optimizer.valueInForce(of: "beta")! - 0.5 * (1 + 0.2 * 1300 / 2000)) < 1e-15)
    var nothing = try OptimizerSpec("sgd:l2=0,schedule.l2=exponential(factor=100)").makeScalar()
    _ = run(&nothing, on: Quadratic<Double>.diagonal([3, 1]), from: [2, -1], steps: 400)
    #expect(nothing.valueInForce(of: "l2") == 0 && nothing.events.isEmpty)
  }
}
