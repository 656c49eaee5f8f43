import Testing

@testable import OptimizerCore

/// What is found of typed rules on a quadratic: limits, balls, rates.
@Suite struct TypedRuleTheoryTests {
  private func optimizer(_ text: String, _ settings: [String: Double] = [:]) throws -> any Optimizer<Double> {
    var made: any Optimizer<Double> = TypedOptimizer<Double>(try TypedRule(text))
    for (key, value) in settings { made.set(key, to: value) }
    return made
  }

  private func matrix(_ text: String, _ settings: [String: Double] = [:]) throws -> StepMatrix? {
    guard case .matrix(let found) = try optimizer(text, settings).stability else { return nil }
    return found
  }

  /// The limits that are known in closed form.
  @Test func limitsAreThoseOfTheTheory() throws {
    for (text, id, settings) in [
      (TypedRuleTextTests.text("sgd"), "sgd", [:]),
      (TypedRuleTextTests.text("momentum"), "momentum", ["beta": 0.8]),
      (TypedRuleTextTests.text("momentum"), "momentum", ["beta": 0.5, "dampening": 0.3]),
      (TypedRuleTextTests.text("ema-momentum"), "ema-momentum", ["beta": 0.7]),
      (TypedRuleTextTests.text("nesterov"), "nesterov", ["beta": 0.9]),
      (TypedRuleTextTests.text("nesterov"), "nesterov", ["beta": 0.9, "form": 1]),
      (TypedRuleTextTests.text("sgdw"), "sgdw", ["beta": 0.6, "weight_decay": 2]),
    ] as [(String, String, [String: Double])] {
      var compiled = try OptimizerSpec(id).makeScalar()
      for (key, value) in settings { compiled.set(key, to: value) }
      compiled.set("lr", to: 0.02)
      let known = try #require(compiled.stability.recurrence)
      let found = try #require(try matrix(text, settings.merging(["lr": 0.02]) { $1 }), "\(id)")
      let limit = try #require(found.curvatureLimit, "\(id)")
      #expect((limit - known.curvatureLimit).magnitude <= 1e-6 * known.curvatureLimit, "\(id): \(limit)")
      let rate = try #require(found.rateLimit(curvature: 40))
      let wanted = known.rateLimit(curvature: 40)
      #expect((rate - wanted).magnitude <= 1e-6 * wanted, "\(id): \(rate), not \(wanted)")
      #expect(!found.isPreconditioned)
    }
  }

  /// Adam's average is what its preconditioner divides: the limit is that of the average.
  @Test func anAdaptiveRuleHasTheLimitOfItsAverage() throws {
    let found = try #require(try matrix(TypedRuleTextTests.text("adam"), ["lr": 0.1]))
    let known = try #require(try OptimizerSpec("adam:lr=0.1").makeScalar().stability.recurrence)
    #expect(found.isPreconditioned)
    #expect(
      (try #require(found.curvatureLimit) - known.curvatureLimit).magnitude <= 1e-6 * known.curvatureLimit)
  }

  /// Just below its limit a rule contracts, just above it does not.
  @Test func theLimitIsWhereItStopsContracting() throws {
    for text in [
      "extra(lr=0.1): half = x - lr*g; x = x - lr*grad(half)",
      "late(lr=0.1): x = x - lr*previous(g)",
      "three(lr=0.1): a := 0; b := 0; a = 0.5*a + g; b = 0.5*b + a; x = x - lr*b",
    ] {
      let limit = try #require(try matrix(text)?.curvatureLimit, "\(text)")
      for (factor, grows) in [(0.97, false), (1.03, true)] {
        let end = try TypedRuleTests.path(
          text, on: Quadratic<Double>.diagonal([limit * factor, limit * factor]), from: [1, 1], steps: 3000)[
            3000]
        #expect((end[0].magnitude > 1) == grows, "\(text): \(factor), \(end[0])")
      }
    }
  }

  @Test func whatHasNoLimitSaysWhy() throws {
    func reason(_ text: String) throws -> String? { try optimizer(text).stability.reason(for: "it") }
    #expect(try reason("r(lr=0.1): x = x - lr*sign(g)")?.contains("signs") == true)
    #expect(try reason("r(lr=0.1): x = x - lr*tanh(g)")?.contains("no linear function") == true)
    #expect(
      try reason(TypedRuleTextTests.text("nesterov-convex"))?.contains("another rule at every step") == true)
    #expect(try reason(TypedRuleTextTests.text("muon"))?.contains("sign of a matrix") == true)
    #expect(try matrix("ascent(lr=0.1): x = x + lr*g")?.curvatureLimit == nil)
    var wrapped = try OptimizerSpec("decay(r)", rules: [try TypedRule("r(lr=0.1): x = x - lr*g")])
      .makeScalar()
    #expect(wrapped.stability.reason(for: "it")?.contains("around") == true)
    wrapped.prepare(for: .vector(2))
  }

  @Test func balls() throws {
    func ball(_ text: String) throws -> UnitBall {
      var made = try optimizer(text)
      _ = run(&made, on: Quadratic<Double>.diagonal([1, 9]), from: [1, 2], steps: 3)
      return made.ball
    }
    #expect(try ball(TypedRuleTests.heavy).name == "circle")
    #expect(try ball(TypedRuleTextTests.text("nesterov")).name == "circle")
    #expect(try ball(TypedRuleTextTests.text("lion")).name == "square")
    #expect(try ball(TypedRuleTextTests.text("signsgd")).name == "square")
    #expect(try ball(TypedRuleTextTests.text("muon")).name == "circle")
    #expect(try ball("r: x = x - tanh(g)*norm(x)").reason != nil)
    for id in ["adam", "adamw", "adabelief"] {
      var typed = try optimizer(TypedRuleTextTests.text(id), ["lr": 0.05])
      var compiled = try OptimizerSpec("\(id):lr=0.05").makeScalar()
      _ = run(&typed, on: Valley<Double>(), from: [-1, 1], steps: 9)
      _ = run(&compiled, on: Valley<Double>(), from: [-1, 1], steps: 9)
      let (found, wanted) = (try #require(typed.effectiveRates), try #require(compiled.effectiveRates))
      // The text divides its average before it is corrected, which is one factor for all.
      let (a, b) = (found[0] / found[1], wanted[0] / wanted[1])
      #expect((a - b).magnitude <= 1e-12 * b, "\(id)")
      #expect(typed.ball.name == "ellipse")
    }
  }

  /// What comes back every k steps is no rule of one matrix, however rare; what has settled by then is.
  @Test func aRuleThatComesBackHasNoMatrix() throws {
    #expect(try matrix("r(lr=0.1): x = x - lr*if(mod(t, 30) == 0, 1e6, 1)*g") == nil)
    #expect(try matrix("r(lr=0.1): x = x - lr*(1 + 0.5*sin(t))*g") == nil)
    #expect(try matrix("r(lr=0.1): x = x - lr*if(t > 1e6, 2, 1)*g") == nil)
    #expect(
      try matrix("r(lr=0.1, b=0.9): v := 0; v = if(mod(t, 60) == 0, 0, b)*v + g; x = x - lr*v") == nil)
    let settled = try #require(try matrix("r(lr=0.1): x = x - lr*if(t <= 5, 9, 1)*g"))
    let plain = try #require(try matrix("r(lr=0.1): x = x - lr*g"))
    #expect(settled.curvatureLimit == plain.curvatureLimit && plain.curvatureLimit != nil)
  }

  /// A step by signs is one of a length that nothing but knobs and the step decides.
  @Test func aSignTimesWhatMovesIsNoStepBySigns() throws {
    for (text, shape) in [
      ("x = x - lr*sign(g)", RuleShape.sign), ("x = x - lr/sqrt(t)*sign(g)", .sign),
      ("x = x - lr*norm(g)*sign(g)", .other), ("x = x - lr*f*sign(g)", .other),
      ("x = x - lr*sign(g)/norm(g)", .other), ("x = x - lr*msign(g)", .matrixSign),
      ("x = x - lr*norm(g)*msign(g)", .other),
    ] { #expect(try TypedRule("r(lr=0.1): \(text)").shape == shape, "\(text)") }
  }

  // MARK: Differences

  @Test func whatWasChangedIsTold() throws {
    let old = try TypedRule("my-momentum(lr=0.01, b=2): v := 0; v = 0.9*v + g; x = x - lr*v")
    func difference(_ text: String) throws -> RuleDifference {
      RuleDifference(from: old, to: try TypedRule(text))
    }
    let without = try difference("r(lr=0.01, b=2): x = x - lr*g")
    #expect(without.marks == "−v ±x")
    #expect(without.words == "without v := 0; v = 0.9*v + g; x = x - lr*g instead of x = x - lr*v")
    #expect(
      try difference("r(lr=0.02, b=2, c=1): v := 0; v = 0.9*v + g; u = 2*v; x = x - lr*v").marks == "±lr +c …"
    )
    #expect(try difference("other(lr=0.01, b=2): v := 0; v = 0.9*v + g; x = x - lr*v").isEmpty)
    #expect(
      try difference("r(lr=0.01, b=2): v := 0; x = x - lr*v; v = 0.9*v + g").words
        == "the lines in another order")
    let text = TypedRuleTextTests.text("adam")
    #expect(try #require(RuleDifference(fromOriginOf: try TypedRule(text))).isEmpty)
    let changed = try TypedRule(text.replacing("my-adam", with: "my-adam3").replacing("g*g", with: "abs(g)"))
    #expect(RuleDifference(fromOriginOf: changed)?.marks == "±v" && changed.entry.about.name == "my-adam3 ±v")
    #expect(RuleDifference(fromOriginOf: try TypedRule(TypedRuleTests.heavy)) == nil)
  }
}
