import Testing

@testable import OptimizerCore

/// The texts of wrappers around rules: made of both, each does what the kernels do.
@Suite struct WrittenRuleTests {
  static let wrappers = OptimizerRegistry.all.filter(\.isWrapper).map(\.about.id)
  static let bases = OptimizerRegistry.all.filter { $0.rule != nil && !$0.isWrapper && !$0.about.isRandom }
    .map(\.about.id)

  /// Both over the same steps, as close as the operations allow.
  private func compare(
    _ text: String, on make: () -> Oracle<Double>, from start: [Double], steps: Int, within tolerance: Double
  ) throws {
    let spec = try OptimizerSpec(text)
    let written = try spec.written()
    let rule = try TypedRule(written.starting(at: spec.given).text)
    let compiled = try path(text, on: make(), from: start, steps: steps)
    var typed = try OptimizerSpec(rule.name, rules: [rule]).makeScalar()
    _ = run(&typed, on: make(), from: start, steps: steps) { t, x, _ in
      for i in x.indices where compiled[t][i].isFinite {
        #expect(
          (x[i] - compiled[t][i]).magnitude <= tolerance * (1 + compiled[t][i].magnitude),
          "\(text), step \(t): \(x[i]), not \(compiled[t][i])")
      }
    }
  }

  private func valley() -> Oracle<Double> { Valley<Double>(dimension: 3) }

  /// The kernel of `clip` takes the length by shares of the largest, RAdam groups its products otherwise.
  private func tolerance(_ spec: String) -> Double {
    spec.contains("clip") || spec.contains("radam") ? 1e-12 : 0
  }

  /// Every wrapper with a text around every rule with one.
  @Test(arguments: ["lookahead", "sam", "clip", "decay", "project", "average"])
  func textAndKernelTakeTheSameSteps(_ wrapper: String) throws {
    for base in Self.bases {
      let entry = OptimizerRegistry.entry(base)!
      let settings = entry.rule!.settings
      let inner = settings.isEmpty ? base : "\(base):\(settings)"
      try compare(
        "\(wrapper)(\(inner))", on: valley, from: [-1.2, 0.7, 0.4], steps: 60,
        within: tolerance(wrapper + base))
    }
  }

  /// Their knobs, and forms of rules that look elsewhere.
  @Test(
    arguments: [
      "sam(sgd):rho=0.3", "sam(sgd):p=inf", "sam(adam):adaptive=on", "sam(sgd):p=inf,adaptive=on",
      "sam(sgd:lr=0.003,l2=0.1):p=2", "sam(nesterov:form=torch)", "sam(nesterov:form=lookahead)",
      "lookahead(momentum:lr=0.003):k=3,alpha=0.8", "lookahead(adam):k=1,alpha=1",
      "clip(nesterov:form=lookahead):norm=0.3", "clip(sgd:lr=0.01):norm=0.3",
      "decay(adamw:weight_decay=0.2):weight_decay=0.1", "project(momentum):lo=-0.5,hi=0.6",
      "average(sgd):from=7",
      "lookahead(lookahead(sgd):k=2):k=3", "sam(clip(momentum):norm=2)", "clip(sam(adam):rho=0.2):norm=0.5",
      "sam(sam(sgd):rho=0.1):rho=0.2", "lookahead(sam(nesterov:form=lookahead)):k=4",
      "decay(lookahead(sam(clip(adan))))",
    ])
  func settingsAndNests(_ spec: String) throws {
    try compare(spec, on: valley, from: [-1.2, 0.7, 0.4], steps: 80, within: tolerance(spec))
  }

  /// Of a ball of any norm: the operations are the same, the powers too.
  @Test(arguments: ["1", "1.5", "3", "20"], ["on", "off"]) func ballsOfEveryNorm(
    _ p: String, adaptive: String
  ) throws {
    try compare(
      "sam(sgd:lr=0.003):p=\(p),rho=0.2,adaptive=\(adaptive)", on: valley, from: [-1.2, 0.7, 0.4], steps: 60,
      within: 1e-12)
  }

  static let cases = ReferenceTests.surfaceCases.filter { c in
    wrappers.contains { Translation.spec(c).hasPrefix("\($0)(") }
  }

  /// The reference cases of the peers.
  @Test(arguments: cases) func referenceCases(_ c: ReferenceCase) throws {
    try compare(
      Translation.spec(c), on: { SurfaceOracle(c.surface, dimension: c.start.count) }, from: c.start,
      steps: min(c.steps, 300), within: 0)
  }

  @Test func casesAreThere() {
    #expect(Self.cases.count >= 20, "\(Self.cases.count)")
    #expect(Self.bases.count >= 20, "\(Self.bases.count)")
  }

  @Test func howItIsWritten() throws {
    func text(_ spec: String) throws -> String { try OptimizerSpec(spec).written().text }
    #expect(
      try text("lookahead(momentum)") == """
        my-lookahead-momentum(k=5 from 1 to 1000 log whole, alpha=0.5 from 0 to 1, lr=0.01, beta=0.9, dampening=0 from 0 to 1, l2=0):
          slow := x
          since := 0
          v := 0
          g = g + l2*x
          v = beta*v + if(t == 1, 1, 1 - dampening)*g
          x = x - lr*v
          since = since + 1
          due = k <= since
          moved = x + (1 - alpha)*(slow - x)
          slow = if(due, moved, slow)
          x = if(due, moved, x)
          since = if(due, 0, since)
        """)
    // The gradient is another wherever the base looks; names that both have stay the base's.
    let looked = try text("sam(nesterov)")
    #expect(
      looked.contains("\n  there = grad(p)\n") && looked.contains("\n  g = there + l2*p\n"), "\(looked)")
    #expect(looked.contains("p2=2 from 1 to 1000 log") && !looked.contains("*g, g)"), "\(looked)")
    // Decay reads the base's rate, or none.
    #expect(try text("decay(adamw)").contains("x = x - lr*weight_decay2*before"))
    #expect(try text("decay(adafactor)").contains("x = x - min(lr, 1/sqrt(t))*weight_decay2*before"))
    #expect(try text("decay(rprop)").contains("x = x - 1*weight_decay*before"))
    #expect(try text("decay(asgd)").contains("x = x - rate*weight_decay*before"))
  }

  @Test func aTypedBaseIsWrapped() throws {
    let rule = try TypedRule("plain(k=0.1): x = x - k*grad(x - 0.1*g)")
    let spec = try OptimizerSpec("decay(clip(plain))", rules: [rule])
    #expect(
      try spec.written().text == """
        my-decay-clip-plain(weight_decay=0.01, longest=1, k=0.1):
          before = x
          g = g*min(1, longest/norm(g))
          place = x - 0.1*g
          there = grad(place)
          there = there*min(1, longest/norm(there))
          x = x - k*there
          x = x - 1*weight_decay*before
        """)
  }

  @Test func whatHasNoTextSaysWhy() throws {
    func obstacle(_ spec: String, _ rules: [TypedRule] = []) throws -> String? {
      do {
        _ = try OptimizerSpec(spec, rules: rules).written()
        return nil
      } catch { return "\(error)" }
    }
    #expect(try obstacle("sam(newton)")?.hasPrefix("newton has no text") == true)
    #expect(
      try obstacle("lookahead(coordinates(sgd))")?.hasPrefix("coordinates has no text: what it does") == true)
    let careful = try TypedRule("careful(lr=0.1): x = if(loss(x - lr*g) < f, x - lr*g, x)")
    #expect(
      try obstacle("sam(careful)", [careful])
        == "sam has no text here: its base reads 'loss', which would have to be that of another place, too")
    #expect(try obstacle("clip(careful)", [careful]) == nil)
    #expect(
      Self.wrappers.filter { OptimizerRegistry.entry($0)!.rule == nil } == ["coordinates"])
  }

  /// What was changed in the text of a wrapped rule is marked, as in that of any other.
  @Test func whatWasChangedIsFound() throws {
    let text = try OptimizerSpec("sam(adam)").written().text
    #expect(RuleDifference(fromOriginOf: try TypedRule(text))?.isEmpty == true)
    let changed = try TypedRule(
      text.replacing("v := 0", with: "v := 1").replacing("my-sam-adam", with: "my-sam-adam2"))
    #expect(RuleDifference(fromOriginOf: changed)?.words == "v := 1 instead of v := 0")
    #expect(RuleDifference(fromOriginOf: try TypedRule("my-sam(lr=1): x = x - lr*g")) == nil)
  }

  /// Extragradient (Korpelevich 1976), which is no optimizer of the registry, beside the loop that everybody writes; on a
  /// saddle, around which plain descent spirals out.
  @Test func extragradientIsTyped() throws {
    let rule = try TypedRule(
      "extragradient(lr=0.1): half = x - lr*g; x = x - lr*grad(half)")
    var typed = try OptimizerSpec("extragradient:lr=0.002", rules: [rule]).makeScalar()
    let oracle = Valley<Double>(dimension: 3)
    func slope(_ x: [Double]) -> [Double] {
      var g = [0.0, 0, 0]
      var span = g.mutableSpan
      _ = oracle.gradient(at: x.span, into: &span)
      return g
    }
    var x = [-0.8, 0.7, 0.4]
    _ = run(&typed, on: Valley<Double>(dimension: 3), from: x, steps: 200) { t, point, _ in
      if t > 0 {
        let half = zip(x, slope(x)).map { $0 - 0.002 * $1 }
        x = zip(x, slope(half)).map { $0 - 0.002 * $1 }
      }
      #expect(point == x, "step \(t)")
    }
    #expect(x[0].isFinite && x[1].isFinite)
  }
}
