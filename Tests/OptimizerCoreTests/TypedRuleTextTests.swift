import Testing

@testable import OptimizerCore

/// The texts of the built-in rules: each is what its kernel does.
@Suite struct TypedRuleTextTests {
  /// The optimizers that have a text.
  static let ids = OptimizerRegistry.all.filter { $0.rule != nil && !$0.isWrapper }.map(\.about.id)
  static let texts = ids.map(text)

  static func text(_ id: String) -> String { OptimizerRegistry.entry(id)!.ruleText! }

  /// Of the first-order and adaptive rules all have one but those that search along a line.
  @Test func everyRuleHasItsText() {
    let without = OptimizerRegistry.all.filter {
      [.firstOrder, .adaptive].contains($0.about.group) && $0.rule == nil
    }
    #expect(without.map(\.about.id) == ["conjugate-gradient", "line-search"])
    #expect(Set(Self.ids).isSuperset(of: ["muon", "langevin"]))
  }

  @Test(arguments: ids) func theTextIsReadAndWritten(_ id: String) throws {
    let entry = OptimizerRegistry.entry(id)!
    let rule = try TypedRule(Self.text(id))
    #expect(rule.name == "my-\(id)")
    #expect(try TypedRule(rule.text) == rule)
    #expect(rule.block == Self.text(id), "the text is written as it is declared")
    let wanted = entry.knobs.filter { !entry.rule!.omitted.contains($0.key) }
    #expect(rule.knobs.map(\.key) == wanted.map(\.key))
    for (typed, declared) in zip(rule.knobs, wanted) {
      #expect(typed.defaultValue == declared.defaultValue && typed.range == declared.range, "\(declared.key)")
      #expect(typed.scale == declared.scale && typed.kind == declared.kind, "\(declared.key)")
    }
    #expect(rule.entry.about.needs == entry.about.needs && rule.entry.about.isRandom == entry.about.isRandom)
    // What is kept to be looked at, and no step depends on.
    let shown = ["asgd": 3]
    #expect(rule.warnings.count == shown[id] ?? 0, "\(rule.warnings)")
  }

  /// Both over the same steps, as close as the operations allow.
  private func compare(
    _ id: String, _ settings: String, on make: () -> Oracle<Double>, from start: [Double], steps: Int,
    within tolerance: Double
  ) throws {
    let entry = OptimizerRegistry.entry(id)!
    let rule = try TypedRule(Self.text(id))
    func spec(_ name: String, _ settings: [String]) -> String {
      settings.isEmpty ? name : "\(name):\(settings.joined(separator: ","))"
    }
    let given = settings.isEmpty ? [] : [settings]
    let fixed = entry.rule!.settings.isEmpty ? [] : [entry.rule!.settings]
    let compiled = try OptimizerCoreTests.path(spec(id, fixed + given), on: make(), from: start, steps: steps)
    var typed = try OptimizerSpec(spec(rule.name, given), rules: [rule]).makeScalar()
    _ = run(&typed, on: make(), from: start, steps: steps) { t, x, _ in
      for i in x.indices where compiled[t][i].isFinite {
        #expect(
          (x[i] - compiled[t][i]).magnitude <= tolerance * (1 + compiled[t][i].magnitude),
          "\(spec(id, fixed + given)), step \(t): \(x[i]), not \(compiled[t][i])")
      }
    }
  }

  /// Those that group their products otherwise than their kernels.
  static let regrouped: Set<String> = ["radam"]

  @Test(arguments: ids) func textAndKernelTakeTheSameSteps(_ id: String) throws {
    let tolerance = Self.regrouped.contains(id) ? 1e-12 : 0
    let entry = OptimizerRegistry.entry(id)!
    func valley() -> Oracle<Double> { Valley<Double>(dimension: 3) }
    try compare(id, "", on: valley, from: [-1.2, 0.7, 0.4], steps: 100, within: tolerance)
    for knob in entry.knobs where !entry.rule!.omitted.contains(knob.key) {
      let values: [Double] =
        switch knob.kind {
        case .toggle: [0, 1]
        case .choice(let words): words.indices.map(Double.init)
        case .integer: [knob.stepped(from: knob.defaultValue, by: 2)]
        case .real:
          [knob.stepped(from: knob.defaultValue, by: 3), knob.stepped(from: knob.defaultValue, by: -2)]
        }
      for value in values {
        let rate = knob.key == "lr" || !entry.knobs.contains { $0.key == "lr" } ? "" : ",lr=0.003"
        try compare(
          id, "\(knob.key)=\(knob.kind == .real ? value.shortest : knob.format(value))\(rate)", on: valley,
          from: [-1.2, 0.7, 0.4], steps: 60,
          within: tolerance)
      }
    }
  }

  static let cases = ReferenceTests.surfaceCases.filter { c in
    let spec = Translation.spec(c)
    return ids.contains { spec == $0 || spec.hasPrefix("\($0):") }
  }

  /// The reference cases of the peers.
  @Test(arguments: cases) func referenceCases(_ c: ReferenceCase) throws {
    let spec = Translation.spec(c)
    let id = String(spec.prefix { $0 != ":" })
    let omitted = OptimizerRegistry.entry(id)!.rule!.omitted
    let settings = spec.dropFirst(id.count + 1).split(separator: ",").map(String.init)
      .filter { setting in !omitted.contains { setting.hasPrefix("\($0)=") } }
    try compare(
      id, settings.joined(separator: ","), on: { SurfaceOracle(c.surface, dimension: c.start.count) },
      from: c.start, steps: min(c.steps, 300), within: Self.regrouped.contains(id) ? 1e-12 : 0)
  }

  // MARK: Wrappers as rules

  /// What a wrapper does to plain descent, written out.
  static let written: [(text: String, spec: String)] = [
    (
      "ahead(lr=0.01, k=5 from 1 to 1000 log whole, alpha=0.5 from 0 to 1): slow := x; fast = x - lr*g; due = mod(t, k) == 0; moved = fast + (1 - alpha)*(slow - fast); slow = if(due, moved, slow); x = if(due, moved, fast)",
      "lookahead(sgd)"
    ),
    (
      "sharp(lr=0.01, radius=0.05 from 0 to 10): p = x + radius*(g/norm(g)); x = x - lr*grad(p)",
      "sam(sgd)"
    ),
    ("heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v", "momentum"),
    ("decayed(lr=0.01, wd=0.01 from 0 to 100): x = (1 - lr*wd)*x - lr*g", "sgdw:beta=0"),
  ]

  @Test func wrappersAsRules() throws {
    for (text, spec) in Self.written {
      let typed = try TypedRuleTests.path(text, on: Valley<Double>(), from: [-1.2, 1], steps: 120)
      let compiled = try OptimizerCoreTests.path(spec, on: Valley<Double>(), from: [-1.2, 1], steps: 120)
      for (a, b) in zip(typed, compiled) {
        for i in a.indices { #expect((a[i] - b[i]).magnitude <= 1e-12 * (1 + b[i].magnitude), "\(spec)") }
      }
    }
  }

  /// Extragradient (Korpelevich 1976) on ½hx²: a step is 1 − ηh + (ηh)².
  @Test func extragradient() throws {
    let points = try TypedRuleTests.path(
      "extra(lr=0.1): half = x - lr*g; x = x - lr*grad(half)", on: Quadratic<Double>.diagonal([1, 6]),
      from: [1, 1],
      steps: 10)
    for (t, point) in points.enumerated() {
      var expected = [1.0, 1.0]
      for _ in 0..<t { expected = [expected[0] * (1 - 0.1 + 0.01), expected[1] * (1 - 0.6 + 0.36)] }
      for i in 0..<2 { #expect((point[i] - expected[i]).magnitude <= 1e-14) }
    }
  }

  // MARK: In lanes

  /// A value for a knob and lane.
  @Test(arguments: ids) func lanesAgreeWithSingleRuns(_ id: String) throws {
    try expectSameBits(Self.text(id), steps: 120)
  }

  @Test func lanesOfOtherRules() throws {
    for (text, _) in Self.written { try expectSameBits(text, steps: 60) }
    for text in [
      "r(lr=0.01): x = x - lr*hess(g)/(1 + norm(g))", "r(lr=0.05): x = x - lr*inverse_root(g, 2)",
      "r(lr=0.01): x = x - lr*g/(1e-3 + largest(abs(g))) + 1e-3*randn()*mean(g)",
      "r(lr=0.01): a := x; a = 0.9*a + 0.1*x; x = x - lr*tanh(g)*if(loss(a) < f, 1, 0.5) + 0.01*(x - previous(g))*lr",
    ] { try expectSameBits(text, steps: 60) }
  }

  private func expectSameBits(_ text: String, steps: Int) throws {
    let rule = try TypedRule(text)
    let spec = try OptimizerSpec(rule.name, rules: [rule])
    var eight = spec.makeLanes()!
    var starts = [Lanes](repeating: .zero, count: 3)
    for lane in 0..<8 {
      for i in 0..<3 { starts[i][lane] = -1.0 + 0.3 * Double(lane) - 0.2 * Double((i * lane) % 5) }
    }
    for knob in rule.knobs {
      var values = Lanes()
      for lane in 0..<8 { values[lane] = ConformanceTests.value(of: knob, lane: lane) }
      eight.set(knob.key, to: values)
    }
    var paths: [[Lanes]] = []
    _ = run(&eight, on: Valley<Lanes>(dimension: 3), from: starts, steps: steps) { _, x, _ in paths.append(x)
    }
    for lane in 0..<8 {
      var one = spec.makeScalar()
      for knob in rule.knobs { one.set(knob.key, to: ConformanceTests.value(of: knob, lane: lane)) }
      _ = run(&one, on: Valley<Double>(dimension: 3), from: starts.map { $0[lane] }, steps: steps) {
        t, x, _ in
        for i in x.indices {
          let other = paths[t][i][lane]
          #expect(
            x[i].bitPattern == other.bitPattern || (x[i].isNaN && other.isNaN),
            "\(rule.name), lane \(lane), step \(t): \(x[i]) alone, \(other) among eight")
        }
      }
    }
  }

  @Test(arguments: ids) func stepsAllocateNothing(_ id: String) throws {
    let rule = try TypedRule(Self.text(id))
    var one: any Optimizer<Double> = TypedOptimizer<Double>(rule)
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
    var eight: any Optimizer<Lanes> = TypedOptimizer<Lanes>(rule)
    let wide = Valley<Lanes>(dimension: 2)
    var xs = run(&eight, on: wide, from: [Lanes(repeating: -0.2), Lanes(repeating: 0.3)], steps: 10)
    let together = allocations {
      for t in 11...100 {
        wide.beginStep(t)
        var span = xs.mutableSpan
        eight.step(&span, oracle: wide)
      }
    }
    #expect(together == 0, "objects allocated in 90 steps of eight")
  }
}
