import Testing

@testable import OptimizerCore

/// The language of rules: what it says, what it refuses, and what its functions are.
@Suite struct TypedRuleTests {
  static let heavy = "heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v"

  /// The points of a typed rule, in as many steps.
  static func path(
    _ text: String, settings: String = "", on oracle: Oracle<Double>, from start: [Double], steps: Int
  ) throws -> [[Double]] {
    let rule = try TypedRule(text)
    var optimizer = try OptimizerSpec(
      settings.isEmpty ? rule.name : "\(rule.name):\(settings)", rules: [rule]
    ).makeScalar()
    var points: [[Double]] = []
    _ = run(&optimizer, on: oracle, from: start, steps: steps) { _, x, _ in points.append(x) }
    return points
  }

  // MARK: Running

  @Test func aHeavyBallIsMomentumToTheBit() throws {
    let typed = try Self.path(
      Self.heavy, settings: "lr=0.004", on: Valley<Double>(), from: [-1.2, 1], steps: 200)
    let compiled = try OptimizerCoreTests.path(
      "momentum:lr=0.004", on: Valley<Double>(), from: [-1.2, 1], steps: 200)
    #expect(typed == compiled)
    #expect(typed[200] != typed[199])
  }

  /// Lines below each other, θ, Greek letters, signs of books: the same rule.
  @Test func theSameRuleInOtherLetters() throws {
    let block = "heavy(lr=0.01,\n beta = 0.9):\n  v:=0\n  v = beta·v + g\n\n  θ = θ − lr×v ;"
    let rule = try TypedRule(block)
    #expect(rule == (try TypedRule(Self.heavy)))
    #expect(rule.text == Self.heavy)
    #expect(rule.block == "heavy(lr=0.01, beta=0.9):\n  v := 0\n  v = beta*v + g\n  x = x - lr*v")
    #expect(try TypedRule(rule.block) == rule)
  }

  @Test func knobsHaveRangesScalesAndKinds() throws {
    let rule = try TypedRule(
      "k(lr=0.5, beta1=0.8, a=3, b=-2 from -4 to 4, c=0.5 from 0 to 0.99 decay, k=5 from 1 to 50 log whole, n=on, form=plain|torch): x = x - lr*(g*a + b + c*beta1 + k*n*if(form == torch, 1, 2))"
    )
    let knobs = rule.knobs
    #expect(knobs.map(\.key) == ["lr", "beta1", "a", "b", "c", "k", "n", "form"])
    #expect(knobs[0].role == .rate && knobs[0].symbol == "η" && knobs[0].scale == .log)
    #expect(knobs[1].symbol == "β₁" && knobs[1].role == .memory && knobs[1].scale == .logOneMinus)
    #expect(knobs[2].range.contains(3) && knobs[2].scale == .log)
    #expect(knobs[3].range == -4...4 && knobs[3].defaultValue == -2 && knobs[3].scale == .linear)
    #expect(knobs[4].scale == .logOneMinus && knobs[4].range == 0...0.99)
    #expect(knobs[5].kind == .integer && knobs[5].range == 1...50 && knobs[5].scale == .log)
    #expect(knobs[6].kind == .toggle && knobs[6].defaultValue == 1)
    #expect(knobs[7].kind == .choice(["plain", "torch"]))
    #expect(try TypedRule(rule.text) == rule)
    let spec = try OptimizerSpec("k:form=torch,k=7,n=off", rules: [rule])
    #expect(spec.description == "k:k=7,n=off,form=torch")
    #expect(throws: SpecError.self) { try OptimizerSpec("k:k=7.5", rules: [rule]) }
    for knob in knobs {
      for fraction in [0, 0.3, 1] { #expect(knob.range.contains(knob.value(atFraction: fraction))) }
      #expect(knob.range.contains(knob.stepped(from: knob.defaultValue, by: 3)))
    }
  }

  @Test func functionsOfAllParameters() throws {
    // One step from (3, −4) on f = ½(x² + 2y²): g = (3, −8), f = 20.5.
    let start = [3.0, -4.0]
    func one(_ value: String) throws -> Double {
      let oracle = Quadratic<Double>.diagonal([1, 2])
      return try Self.path("r: x = 0*x + \(value)", on: oracle, from: start, steps: 1)[1][0]
    }
    #expect(try one("norm(x)") == 5)
    #expect(try one("sum(x)") == -1)
    #expect(try one("mean(g)") == -2.5)
    #expect(try one("dot(x, g)") == 41)
    #expect(try one("largest(abs(g))") == 8)
    #expect(try one("largest(x)") == 3)
    #expect(try one("sum(1)") == 2)
    #expect(try one("f") == 20.5)
    #expect(try one("loss(2*x)") == 82)
    #expect(try one("sum(grad(x + 1))") == -2)
    #expect(try one("sum(hess(x))") == -5)
    #expect(try one("t") == 1)
    #expect(try one("norm(msign(x))") == 1)
    #expect(try one("norm(inverse_root(x, 2))").isApproximately(1 / 5.0.squareRoot()))
  }

  /// A gradient costs one, a loss a value, a product with the Hessian as many as parameters; what is asked twice is asked once.
  @Test func questionsAreCounted() throws {
    func cost(_ text: String, steps: Int = 3) throws -> Cost {
      let oracle = Quadratic<Double>.diagonal([1, 2])
      _ = try Self.path(text, on: oracle, from: [1, 1], steps: steps)
      return oracle.cost
    }
    #expect(try cost("r: x = x - 0.1*g") == Cost(evaluations: 3))
    #expect(try cost("r: v := 0; p = x + 0.5*v; v = 0.5*v - 0.1*grad(p); x = x + v") == Cost(evaluations: 3))
    #expect(try cost("r: q = grad(x - 0.1*g); x = x - 0.1*(q + grad(x - 0.1*g))") == Cost(evaluations: 6))
    #expect(try cost("r: x = x - if(loss(x - g) < f, 0.1, 0.01)*g") == Cost(evaluations: 3, values: 3))
    #expect(try cost("r: x = 0.9*x*if(f > 0, 1, 2)") == Cost(evaluations: 0, values: 3))
    #expect(try cost("r: x = x - 0.1*hess(x)") == Cost(evaluations: 6))
    #expect(try TypedRule("r: x = x - 0.1*hess(x)").entry.about.needs == .hessian)
  }

  @Test func whatWasBefore() throws {
    let oracle = Quadratic<Double>.diagonal([1, 1])
    // The Fibonacci numbers: a state as it was when the step began, and a local of the step before.
    let points = try Self.path(
      "fib: a := 1; b := 1; c = a + b; a = b; b = c; x = 0*x + b + 0*previous(c)", on: oracle, from: [0, 0],
      steps: 5)
    #expect(points.map { $0[0] } == [0, 2, 3, 5, 8, 13])
    let former = try Self.path("r: y = g + 1; x = x - previous(y)", on: oracle, from: [4, 0], steps: 3)
    // Nothing before the first step; then 4 + 1 twice: the point moved only after the second gradient.
    #expect(former.map { $0[0] } == [4, 4, -1, -6])
    let swapped = try Self.path(
      "r: a := 1; b := 2; c = a; a = b; b = c; x = 0*x + 10*a + b", on: oracle, from: [0, 0], steps: 3)
    #expect(swapped.map { $0[0] } == [0, 21, 12, 21])
    let last = try Self.path("r: x = 0.5*x + previous(x)", on: oracle, from: [1, 1], steps: 2)
    #expect(last.map { $0[0] } == [1, 1.5, 2.25])
  }

  @Test func chanceIsTheRuns() throws {
    func step(_ text: String, _ seed: UInt64) throws -> [Double] {
      let oracle = Quadratic<Double>.diagonal([1, 1])
      oracle.seed([seed])
      return try Self.path(text, on: oracle, from: [0, 0], steps: 2)[2]
    }
    #expect(try step("r: x = x + randn()", 7) == step("r: x = x + randn()", 7))
    #expect(try step("r: x = x + randn()", 7) != step("r: x = x + randn()", 8))
    let oracle = Quadratic<Double>.diagonal([1, 1])
    oracle.seed([7])
    let langevin = try OptimizerCoreTests.path(
      "langevin:lr=0.1,temperature=0.5", on: oracle, from: [1, 2], steps: 20)
    let typed = Quadratic<Double>.diagonal([1, 1])
    typed.seed([7])
    let text = "l(lr=0.1, heat=0.5): x = x - lr*g + sqrt(2*lr*heat)*randn()"
    #expect(try Self.path(text, on: typed, from: [1, 2], steps: 20) == langevin)
    #expect(try TypedRule(text).entry.about.isRandom)
  }

  // MARK: As any other optimizer

  /// What is counted or switched cannot be multiplied.
  @Test(arguments: [
    ("lr=2 from 1 to 9 whole", "a whole number"), ("lr=on", "on or off"),
    ("lr=slow|fast", "one of slow, fast"),
  ]) func aScheduleWantsANumber(_ knob: String, _ values: String) throws {
    let use = knob.contains("|") ? "if(lr == fast, 0.1, 0.01)" : "0.01*lr"
    let rule = try TypedRule("heavy(\(knob)): x = x - \(use)*g")
    let error = SpecError(
      "the lr of heavy is \(values), which a schedule cannot multiply; declare it as a number, as in lr=0.1",
      column: 1)
    for spec in ["heavy:schedule=cosine(50)", "heavy:schedule=constant()"] {
      #expect(throws: error) { try OptimizerSpec(spec, rules: [rule]) }
    }
    #expect(throws: error) { try OptimizerSpec("clip(heavy):norm=2,schedule=cosine(50)", rules: [rule]) }
    #expect(try OptimizerSpec("heavy", rules: [rule]).hasLearningRate)
  }

  @Test func itIsWrappedAndScheduled() throws {
    let rule = try TypedRule(Self.heavy)
    let spec = try OptimizerSpec("lookahead(heavy:lr=0.003,schedule=cosine(50)):k=4", rules: [rule])
    #expect(spec.rules == [rule] && spec.base?.rule == rule)
    #expect(spec.knobs.map(\.key) == ["k", "alpha", "base.lr", "base.beta"])
    var typed = spec.makeScalar()
    var compiled = try OptimizerSpec("lookahead(momentum:lr=0.003,schedule=cosine(50)):k=4").makeScalar()
    let end = run(&typed, on: Valley<Double>(), from: [-1, 1], steps: 60)
    #expect(end == run(&compiled, on: Valley<Double>(), from: [-1, 1], steps: 60))
    #expect(throws: SpecError.self) { try OptimizerSpec("heavy") }
    #expect(throws: SpecError("unknown optimizer 'havy', did you mean 'heavy'?", column: 1)) {
      try OptimizerSpec("havy", rules: [rule])
    }
    #expect(throws: SpecError.self) { try OptimizerSpec("heavy:gamma=1", rules: [rule]) }
  }

  @Test func theLinesAreTheRecipe() throws {
    let rule = try TypedRule(
      "r(lr=0.1, beta1=0.9, eps=1e-8): m := 0; s := 0; m = beta1*m + (1 - beta1)*g; s = s + g^2; x = x - lr*m/(sqrt(s) + eps)*norm(g)"
    )
    #expect(
      rule.entry.recurrence
        == "g ← ∇f(θ); m ← β₁ m + (1 − β₁) g; s ← s + g²; θ ← θ − η m/(√(s) + ε) ‖g‖")
    var optimizer: any Optimizer<Double> = TypedOptimizer<Double>(rule)
    let oracle = Quadratic<Double>.diagonal([1, 2])
    #expect(optimizer.state.map(\.symbol) == ["g", "m", "s"])
    #expect(optimizer.state.map(\.role) == [.gradient, .average, .squares])
    var before = [1.0, 1.0]
    var past = optimizer.state
    var told = 0
    _ = run(&optimizer, on: oracle, from: before, steps: 4) { t, x, now in
      defer { (before, past) = (x, now.state) }
      guard t > 1 else { return }
      let record = StepRecord(before: before, after: x, gradient: [0, 0])
      let reading = RecipeReading(of: now, after: record, step: t, past: past) { _ in nil }
      // Every line but the gradient is arithmetic that gives what the rule computed.
      for line in reading.lines.dropFirst() {
        #expect(line.arithmetic != nil, "\(line.text.text)")
        told += 1
      }
    }
    #expect(told == 9)
  }

  @Test func snapshotsGoOnAlike() throws {
    for text in TypedRuleTextTests.texts {
      let rule = try TypedRule(text)
      var one: any Optimizer<Double> = TypedOptimizer<Double>(rule)
      let x = run(&one, on: Valley<Double>(dimension: 3), from: [-1.2, 0.7, 0.3], steps: 5)
      var copy = one
      let later = run(&one, on: Valley<Double>(dimension: 3), from: x, steps: 5, first: 6, prepares: false)
      let again = run(&copy, on: Valley<Double>(dimension: 3), from: x, steps: 5, first: 6, prepares: false)
      #expect(later.map(\.bitPattern) == again.map(\.bitPattern), "\(rule.name)")
    }
  }

  /// More parameters than a part of a step holds at a time.
  @Test func manyParametersAreAsMany() throws {
    let start = (0..<77).map { 0.1 * Double($0 % 7) - 0.3 }
    for text in [Self.heavy, TypedRuleTextTests.text("adam"), TypedRuleTextTests.text("nesterov")] {
      let rule = try TypedRule(text)
      let id = rule.name == "heavy" ? "momentum" : String(rule.name.dropFirst(3))
      let typed = try Self.path(
        text, settings: "lr=0.001", on: Valley<Double>(dimension: 77), from: start, steps: 30)
      let compiled = try OptimizerCoreTests.path(
        "\(id):lr=0.001", on: Valley<Double>(dimension: 77), from: start, steps: 30)
      #expect(typed == compiled, "\(rule.name)")
    }
  }

  @Test func theRootOfASymmetricBlock() throws {
    // A = Q diag(4, 9) Qᵀ turned by the angle of (0.6, 0.8); A^(−1/2) has the eigenvalues 1/2 and 1/3.
    func turned(_ p: Double, _ q: Double) -> [Double] {
      let mixed = 0.48 * (p - q)
      return [0.36 * p + 0.64 * q, mixed, mixed, 0.64 * p + 0.36 * q]
    }
    let (a, expected) = (turned(4, 9), turned(1 / 2.0, 1 / 3.0))
    let oracle = Valley<Double>(layout: ParameterLayout([("W", 2, 2)]))
    let root = try Self.path("r: x = inverse_root(x, 2)", on: oracle, from: a, steps: 1)[1]
    for (found, wanted) in zip(root, expected) { #expect(found.isApproximately(wanted)) }
    let sign = try Self.path("r: x = msign(x)", on: oracle, from: [0, -3, 2, 0], steps: 1)[1]
    for (found, wanted) in zip(sign, [0.0, -1, 1, 0]) { #expect((found - wanted).magnitude < 1e-15) }
  }

  // MARK: What is strange

  @Test func warnings() throws {
    func warnings(_ text: String) throws -> [String] { try TypedRule(text).warnings }
    #expect(try warnings(Self.heavy).isEmpty)
    #expect(
      try warnings("r(lr=0.1): v := 0; v = v + g; x = x - lr*g")
        == ["nobody reads the state 'v': no line on the way to x does"])
    #expect(
      try warnings("r(lr=0.1, b=2): x = x - lr*g") == [
        "the knob 'b' changes nothing: no line on the way to x reads it"
      ])
    #expect(
      try warnings("r(lr=0.1): u = 2*g; x = x - lr*g") == ["nobody reads 'u': no line on the way to x does"])
    #expect(
      try warnings("r: v := 3; x = x - v*g") == ["the state 'v' stays as it starts: no line assigns it"])
    // A state that only a state reads which nobody reads.
    #expect(try warnings("r: a := 0; b := 0; a = a + g; b = b + a; x = x - g").count == 2)
  }

  @Test(arguments: [
    ("", 1, 1, "a rule begins with its name"), ("heavy", 1, 6, "expected ':' after the head"),
    ("adam(lr=1): x = x - lr*g", 1, 1, "there is an optimizer 'adam' already"),
    ("r(lr): x = x - lr*g", 1, 5, "the knob 'lr' needs a default"),
    ("r(lr=): x = x", 1, 6, "expected a number for the default of lr"),
    ("r(lr=0.1 form 0 to 1): x = x", 1, 10, "did you mean 'from'?"),
    ("r(lr=2 from 0 to 1): x = x", 1, 3, "not between 0 and 1"),
    ("r(lr=1 from 3 to 2): x = x", 1, 15, "a range goes up"),
    ("r(lr=1, lr=2): x = x", 1, 9, "the knob 'lr' is given twice"),
    ("r(g=1): x = x", 1, 3, "a knob cannot be called 'g'"),
    ("r(norm=1): x = x", 1, 3, "cannot be called 'norm'"),
    ("r(a=plain): x = x", 1, 5, "a knob is a number, on, off, or a choice"),
    ("r(a=1e300): x = x", 1, 3, "is too large"), ("r(a=1e-300): x = x", 1, 3, "is too small"),
    ("r(a=on|off): x = x - a*g", 1, 8, "a switch is written on"),
    ("r(a=q|off): x = x - a*g", 1, 7, "a switch is written off"),
    ("recorded: x = x - g", 1, 1, "cannot be called 'recorded'"),
    ("r: x = x", 1, 4, "this line leaves it where it is"),
    ("r: v := 0; v = v + g", 1, 12, "the rule never moves x"),
    ("r: x = x - betta*g", 1, 12, "unknown name 'betta'"),
    ("r(beta=0.5): x = x - betta*g", 1, 22, "did you mean 'beta'?"),
    ("r:\n  v := 0\n  x = x - nrom(g)*v", 3, 11, "did you mean 'norm'?"),
    ("r: x = x - norm(g", 1, 16, "this '(' is never closed"),
    ("r: x = x - norm(g, g)", 1, 12, "takes 1 argument"),
    ("r: x -= g", 1, 6, "write x = x - …, not -="), ("r: x + g", 1, 6, "expected '=' or ':='"),
    ("r: x = x - g: y = 2", 1, 13, "lines are separated by ';'"),
    ("r: v := g; x = x - v", 1, 9, "a start is known before the first step"),
    ("r: v := 0; v := 1; x = x - v*g", 1, 12, "the state 'v' is given two starts"),
    ("r: g := 0; x = x - g", 1, 4, "'g' is no state"),
    ("r: t = 3; x = x - g", 1, 4, "a line cannot assign 't'"),
    ("r(lr=1): lr = 3; x = x - lr*g", 1, 10, "which is a knob"),
    ("r: x = x - previous(2)", 1, 12, "'previous' takes a name"),
    ("r: x = x - previous(gg)", 1, 21, "takes x, g, f or a name that a line assigns"),
    ("r: x = x - inverse_root(g, g)", 1, 4, "takes a matrix and one number"),
    ("r: x = x - inverse_root(g, 0)", 1, 4, "must be above 0, got '0'"),
    ("r: y = x; x = x - u*y; u = 2", 1, 19, "unknown name 'u'"),
    ("r: x = x - g where u = 2; x = v", 1, 31, "unknown name 'v'"),
    ("r(a=p|q, b=q|p): x = x - a*b*g", 1, 1, "stands at different places in two choices"),
    ("r: x = x - 3g", 1, 13, "write 3*g"), ("r: x = x - §", 1, 12, "unexpected character"),
  ])
  func complaints(text: String, line: Int, column: Int, message: String) {
    do {
      let rule = try TypedRule(text)
      Issue.record("read as \(rule)")
    } catch {
      #expect(error.message.contains(message), "\(error)")
      #expect(error.line == line && error.column == column, "\(error)")
    }
  }

  @Test func limits() {
    func refused(_ text: String, _ message: String) {
      do {
        _ = try TypedRule(text)
        Issue.record("read: \(text.prefix(60))")
      } catch {
        #expect(error.message.contains(message), "\(error)")
      }
    }
    refused("r: " + String(repeating: "x = x - g;", count: 65), "64 are the limit")
    refused("r: x = " + String(repeating: "(", count: 70) + "g", "nested too deeply")
    refused("r: x = x - g" + String(repeating: " ", count: 4000), "4000 characters are the limit")
    refused("r(" + (0..<25).map { "a\($0)=1" }.joined(separator: ",") + "): x = x - g", "24 are the limit")
    refused("r: x = x - " + (0..<65).map { "norm(g + \($0))" }.joined(separator: "*"), "64 are the limit")
    refused(String(repeating: "r", count: 41) + ": x = x - g", "40 characters are the limit")
  }
}

extension Double {
  fileprivate func isApproximately(_ other: Double) -> Bool {
    (self - other).magnitude <= 1e-14 * other.magnitude
  }
}
