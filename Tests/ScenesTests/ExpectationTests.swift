import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Scenes

/// What expectations mean.
struct ExpectationTests {
  private static let head = """
    landscape: {formula: "0.5*(k*x^2 + y^2)", constants: {k: {value: 10, range: [1, 1000], scale: log}}, minima: [[0, 0]]}
    window: {x: [-6, 6], y: [-4, 12]}
    starts: [[1, 10], [0, 4]]
    optimizers:
      - sgd:lr=0.1
      - {use: "momentum:lr=0.05,beta=0.5", name: heavy-ball}
      - {use: "adam:lr=0.1", name: adam}
      - {use: "sgd:lr=0.3", name: wild}
      - {use: "signsgd:lr=0.3", name: signs}
      - {use: flow, name: flow}
    steps: 60
    expect:
      -
    """

  /// Whether a statement holds of the scene above.
  private func finding(_ text: String, more: String = "") throws -> ExpectationFinding {
    let quoted = text.replacing("'", with: "''")
    let scene = try scene(more + Self.head + " '\(quoted)'\n")
    return try #require(scene.check().first)
  }

  /// Statements that hold, and would not if a number in them were another.
  private static let truths: [String] = [
    // Arithmetic.
    ".5 == 0.5", "5. == 5", "1.5e1 == 15", "5.e1 == 50", ".5e-1 == 0.05", "-.5 + 1. == .5", "(2.)*3 == 6",
    "1 + 2*3 == 7", "2^3^2 == 512", "-2^2 == -4", "2^-1 == 0.5", "(1 + 2)*3 == 9", "7 - 2 - 1 == 4",
    "8/2/2 == 2", "--1 == 1", "1e-3 == 0.001", "abs(-3) == 3", "max(1, 5, 3) == 5", "min(4, 2) == 2",
    "sqrt(9) == 3", "log(exp(2)) == 2", "log10(1000) == 3", "sign(-4) == -1", "3.14159 < pi < 3.1416",
    // Statements.
    "true and not false", "false or true", "not (true and false)", "1 < 2 < 3", "not 1 < 2 < 2", "1 != 2",
    "\"a\" == \"a\" and \"a\" != \"b\"", "true == true", "not not true", "false or 1 < 2 and true",
    // Rows of a run: η = 0.1 takes x to 0 in one step and y to nine tenths.
    "sgd.x(0) == 1 and sgd.y(0) == 10", "sgd.x(1) == 0", "abs(sgd.y(2) - 8.1) < 1e-12",
    "sgd.loss(0) == 55 and sgd.excess(0) == 55", "abs(sgd.gradient_norm(0) - sqrt(200)) < 1e-12",
    "sgd.gradient_x(0) == 10 and sgd.gradient_y(0) == 10",
    "sgd.parameter(1, 0) == 1 and sgd.parameter(2, 0) == 10",
    "abs(sgd.to_minimum(0) - sqrt(101)) < 1e-12", "sgd.lr == 0.1 and sgd.lr(5) == 0.1", "sgd.lr(0) == never",
    "sgd.evaluations(5) == 5 and sgd.evaluations == 60", "sgd.steps == 60",
    "abs(sgd.step_length(1) - sqrt(2)) < 1e-12", "sgd.step_length(0) == never",
    "abs(sgd.gradient_dot_step(1) + 20) < 1e-12 and sgd.gradient_dot_step(0) == never",
    "sgd.regret(0, 0, 2) == 95.5 and sgd.regret(1, 10, 1) == 0 and sgd.regret(0, 0, 0) == 0",
    "abs(sgd.robust_loss(1, 0) - 72.5366) < 0.001 and sgd.robust_loss(0, 0) == 55",
    "sgd.tail_index == never", "sgd.values == 0", "sgd.negative_curvatures(2, 0) == 0",
    "sgd.stored == 0 and heavy-ball.stored == 2 and adam.stored == 4 and signs.stored == 2",
    "abs(sgd.angle(0) - 39.289) < 0.001", "sgd.angle(3) < 1e-6",
    "sgd.curvature_min(0) == 1 and sgd.curvature_max(0) == 10",
    // Ranges and the whole run.
    "abs(sgd.max_step - 1) < 1e-12", "abs(sgd.max_step(1, 60) - 0.9) < 1e-12",
    "abs(sgd.path_length(1, 60) - (9 - sgd.y)) < 1e-12", "sgd.turns_y == 0", "wild.turns_x(0, 9) == 8",
    "abs(sgd.contraction(1, 11) - 0.9) < 1e-9", "sgd.steps_to(1) == 19", "sgd.evaluations_to(1) == 19",
    "sgd.steps_to(sgd.loss(7)) == 7", "sgd.steps_to(-1) == never",
    "not sgd.steps_to(-1) < 1000 and not sgd.steps_to(-1) > 0",
    "sgd.steps_to(-1) + 1 == never", "sgd.steps_to(-1) != 3", "with(sgd.lr=0.15, steps=200, sgd.converged)",
    "not sgd.converged",
    "sgd.outcome == \"running\" and sgd.outcome(0) == \"at-start\"",
    "with(steps=20, sgd.minimum == \"none\")",
    "with(steps=400, sgd.minimum == \"(0, 0)\")", "wild.growing and wild.diverged", "not sgd.growing",
    "wild.diverged_at > 8", "sgd.diverged_at == never", "sgd.left_view == false", "wild.left_view",
    "signs.period == 2 and signs.oscillating", "sgd.period == never",
    "abs(sgd.limit - 0.2) < 1e-15 and flow.limit == never", "abs(sgd.optimum(\"lr\") - 2/11) < 1e-15",
    "heavy-ball.state(\"v\", 2, 1) == 10", "heavy-ball.state(\"v\", 1, 0) == never or true",
    "heavy-ball.beta == 0.5",
    // The landscape.
    "landscape.k == 10", "landscape.lowest == 0", "landscape.value(1, 10) == 55",
    "landscape.gradient_norm(0, 3) == 3", "landscape.curvature_max(5, 5) == 10",
    "landscape.curvature_min(0, 0) == 1", "landscape.parameters == 2 and landscape.forward == never",
    // Two runs, other settings, other starts.
    "distance(sgd, wild, 0) == 0", "abs(distance(sgd, wild, 1) - sqrt(8)) < 1e-12", "distance(sgd, sgd) == 0",
    "with(sgd.lr=0.25, sgd.growing)",
    "with(landscape.k=100, sgd.lr=2/landscape.k, abs(sgd.lr - 0.02) < 1e-15)",
    "with(landscape.k=100, sgd.lr=1/landscape.k, sgd.steps_to(1)) == never",
    "with(landscape.k=100, sgd.lr=1/landscape.k, steps=400, 180 < sgd.steps_to(1) < 200)",
    "with(start=(2, 0), sgd.y(3) == 0 and sgd.x(0) == 2)", "with(steps=5, sgd.steps) == 5",
    "with(sgd=\"adam:lr=0.1\", distance(sgd, adam)) == 0",
    "from(2, sgd.y(0)) == 4 and from(2, sgd.x(0)) == 0",
    "with(signs.beta=0.9, signs.beta) == 0.9", "sgd.lr == 0.1 and with(sgd.lr=0.2, sgd.lr) == 0.2",
    // Folds.
    "all(k in 0..59, sgd.loss(k+1) < sgd.loss(k))", "not all(k in 0..5, k < 5)", "any(k in 0..5, k == 5)",
    "max(k in 1..4, k^2) == 16", "min(k in 1..4, 5 - k) == 1", "sum(k in 1..100, k) == 5050",
    "sum(i in 1..3, sum(j in 1..i, j)) == 10",
    "abs(sum(k in 1..10, sgd.y(k-1) - sgd.y(k)) - (10 - sgd.y(10))) < 1e-12",
    // Seeds.
    "abs(with(noise=\"gaussian(sigma=1)\", deviation(seeds=2, sgd.y)^2 - (with(seed=0, sgd.y) - with(seed=1, sgd.y))^2/2)) < 1e-12",
    "abs(with(noise=\"gaussian(sigma=1)\", quantile(0.25, seeds=3, sgd.y) - (quantile(0, seeds=3, sgd.y) + quantile(0.5, seeds=3, sgd.y))/2)) < 1e-12",
    "with(noise=\"gaussian(sigma=1)\", deviation(seeds=40, sgd.x)) > 0", "deviation(seeds=3, sgd.x) == 0",
    "mean(seeds=3, sgd.y) == sgd.y", "quantile(0.5, seeds=3, sgd.y) == sgd.y",
    "share(seeds=4, sgd.converged) == 0",
    "share(seeds=4, wild.diverged) == 1",
    "with(noise=\"gaussian(sigma=1)\", quantile(0.1, seeds=20, sgd.y) < quantile(0.9, seeds=20, sgd.y))",
    "with(noise=\"gaussian(sigma=1)\", seed=7, sgd.y) != with(noise=\"gaussian(sigma=1)\", seed=8, sgd.y)",
    "with(noise=\"gaussian(sigma=1)\", abs(mean(seeds=3, sgd.y) - (with(seed=0, sgd.y) + with(seed=1, sgd.y) + with(seed=2, sgd.y))/3) < 1e-12)",
  ]

  @Test func whatIsTrueHolds() throws {
    for text in Self.truths {
      let finding = try finding(text)
      #expect(finding.holds, "\(finding.description)")
      // Its opposite does not, and says why.
      let opposite = try self.finding("not (\(text))")
      #expect(!opposite.holds && !opposite.reason.isEmpty, "\(opposite.description)")
    }
  }

  /// Both sides are printed as they came out, and the part that failed.
  @Test func aFailureSaysWhatCameOut() throws {
    let cases: [(String, String)] = [
      ("sgd.x(1) > 3", "0 > 3 does not hold"), ("sgd.loss(0) < 1e-3 < 1", "55 < 0.001 < 1 does not hold"),
      ("sgd.steps_to(-1) < sgd.steps_to(1)", "never < 19 does not hold"),
      ("with(steps=20, sgd.minimum) == \"(0, 0)\"", "\"none\" == \"(0, 0)\" does not hold"),
      ("sgd.converged", "sgd ended at step 60: on its way"),
      ("not wild.diverged", "wild ended at step 60: diverged at step "),
      ("1 < 2 and sgd.x(0) == 2", "'sgd.x(0) == 2': 1 == 2 does not hold"),
      ("1 > 2 or 2 > 3", "1 > 2 does not hold, and 2 > 3 does not hold"),
      ("all(k in 0..9, sgd.y(k) > 8)", "k = 3: 7.29 > 8 does not hold"),
      ("any(k in 0..3, k > 7)", "it holds for no k"), ("not any(k in 0..3, k == 2)", "k = 2: 2 == 2 holds"),
      ("with(sgd.lr=0.25, sgd.x(1)) == 0", "-1.5 == 0 does not hold"),
      ("with(sgd.lr=0.25, sgd.x(1) == 0)", "-1.5 == 0 does not hold"),
      ("0.1 + 0.2 == 0.3", "0.30000000000000004 == 0.3 does not hold"),
    ]
    for (text, reason) in cases {
      let finding = try finding(text)
      #expect(!finding.holds && finding.reason.hasPrefix(reason), "\(finding.description)")
      #expect(finding.description.hasPrefix("s.yaml:13:6: \(text): "))
    }
  }

  /// What can only be seen when it is computed.
  @Test func whatCannotBeComputedSaysSo() throws {
    let cases: [(String, String)] = [
      ("sgd.loss(30+31) < 1", "in 'sgd.loss(30+31)': step 61 is beyond the scene's 60 steps (character 1)"),
      (
        "sgd.loss(0.5) < 1", "in 'sgd.loss(0.5)': a step is a whole number, at least 0, got 0.5 (character 1)"
      ),
      ("sgd.loss(0-1) < 1", "in 'sgd.loss(0-1)': a step is a whole number, at least 0, got -1 (character 1)"),
      ("sgd.parameter(3) < 1", "in 'sgd.parameter(3)': there are numbers 1 to 2, got 3 (character 1)"),
      ("sgd.state(\"w\", 1) < 1", "in 'sgd.state(\"w\", 1)': the optimizer has no state 'w'; there are g"),
      ("sgd.singular(1) < 1", "in 'sgd.singular(1)': singular values need parameters that are a matrix"),
      ("with(sgd.lr=0*1, sgd.diverged)", "lr must be between 1e-8 and 100, got '0' (character 13)"),
      ("all(k in 3..1, k < 9)", "a range goes up, got 3..1 (character 10)"),
      ("all(k in 0.5..1, k < 9)", "a range goes between whole numbers up to 1000000, got 0.5 (character 10)"),
      (
        "with(start=(1, 1), from(2, sgd.x) < 1)", "with one start there is none of that number (character 28)"
      ),
      ("sum(i in 1..9999, sum(j in 1..9999, 1)) > 0", "this asks for too much: more than 2000000 values"),
    ]
    for (text, reason) in cases {
      let finding = try finding(text)
      #expect(!finding.holds && finding.reason.hasPrefix(reason), "\(finding.description)")
    }
    let blind = try scene(
      "landscape: {formula: x^2 + y^2}\noptimizers: [sgd]\nsteps: 3\nexpect: [sgd.excess < 1]\n")
    #expect(blind.check()[0].reason.contains("the landscape knows no minimum"))
  }

  @Test func aRunThatEndsHasNoLaterRows() throws {
    let text = """
      landscape: {formula: "x^4 + y^4", minima: [[0, 0]]}
      start: [2, 2]
      optimizers: ["sgd:lr=1"]
      steps: 50
      expect:
        - sgd.loss(50) == never
        - sgd.loss(1) > 1e5
        - sgd.diverged and sgd.growing
        - not sgd.loss(50) < 1
      """
    for finding in try scene(text).check() { #expect(finding.holds, "\(finding.description)") }
  }

  /// What a step costs and keeps, counted: passes of a network, losses alone, numbers of a rule.
  @Test func costsAndMemoryAreCounted() throws {
    let findings = try scene(
      """
      landscape: "network(data=xor, rows=8, hidden=3, activation=tanh)"
      rules:
        - "sided(lr=0.1, h=1e-4): d = randn(); s = (loss(x + h*d) - loss(x - h*d))/(2*h); x = x - lr*s*d"
      optimizers: [sided, "lookahead(adam:lr=0.1)", shampoo, "muon:lr=0.1"]
      steps: 4
      expect:
        - landscape.parameters == 17 and landscape.forward == 2*3 + 3*2 and landscape.backward == 2*12 - 2*3
        - sided.values(4) == 8 and sided.values(0) == 0 and muon.values == 0
        - sided.stored == 0 and muon.stored == 17 and shampoo.stored == (9 + 4) + (9 + 1) + (4 + 9) + (4 + 1)
        - lookahead.stored == 3*17
      """
    ).check()
    #expect(findings.count == 4)
    for finding in findings { #expect(finding.holds, "\(finding.description)") }
    let unknown = try scene(
      """
      landscape: "network(data=xor, rows=8, hidden=3, activation=tanh)"
      optimizers: ["lookahead(kfac:lr=0.1)"]
      steps: 1
      expect: [lookahead.stored > 0]
      """
    ).check()[0]
    #expect(!unknown.holds && unknown.reason.contains("kfac keeps more than it shows"), "\(unknown.reason)")
  }

  /// At a saddle one curvature is below 0, in the direction that is asked for.
  @Test func negativeCurvaturesAreCounted() throws {
    let findings = try scene(
      """
      landscape: {formula: "x^2 - y^2"}
      optimizers: [sgd]
      steps: 2
      expect:
        - sgd.negative_curvatures(1, 0) == 0 and sgd.negative_curvatures(2) == 1
        - sgd.negative_curvatures(3) == 0
      """
    ).check()
    #expect(findings[0].holds)
    #expect(findings[1].reason.contains("there are numbers 1 to 2, got 3"), "\(findings[1].reason)")
  }

  @Test func matricesHaveSingularValues() throws {
    let text = """
      landscape: matrix-2x2
      optimizers: [{use: "muon:lr=0.05,orthogonalise=svd", name: muon}, "sgd:lr=0.01"]
      steps: 5
      expect:
        - abs(muon.step_singular(2, 3) - 0.05) < 1e-9
        - sgd.gradient_singular(1) > sgd.gradient_singular(2)
        - abs(sgd.singular(1, 0)^2 + sgd.singular(2, 0)^2 - (1 + 0.8^2 + 1 + 1.2^2)) < 1e-12
        - sgd.step_singular(1, 0) == never
        - sgd.parameter(4, 0) == -1.2
      """
    for finding in try scene(text).check() { #expect(finding.holds, "\(finding.description)") }
  }

  @Test func findingsAreTheSameEveryTime() throws {
    let scene = try SceneLibrary().scene("ravine")
    #expect(scene.check() == scene.check())
  }

  /// Damaged statements: refused with a place, or read and checked, never a crash.
  @Test func damagedStatementsNeverCrash() throws {
    var random = SplitMix64(state: 5)
    let pieces = [
      "(", ")", ",", ".", "..", "and ", "or ", "not ", "==", "<", "never", "1e9", "-", "^", "k in 1..3",
      "sgd", "sgd.loss",
      "with(", "=", "\"", "quantile(0.5, seeds=2,", "é", "\u{0}", "landscape.k",
    ]
    let entries = Entry.entries([try OptimizerSpec("sgd:lr=0.1"), try OptimizerSpec("ema-momentum")])
    let landscape = try #require(LandscapeCatalog.named("ravine"))
    let experiment = Experiment(landscape: landscape, entries: entries, budget: Budget(steps: 5))
    var (refused, read) = (0, 0)
    for _ in 0..<3000 {
      var scalars = Array(Self.truths.randomElement(using: &random)!.unicodeScalars)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let at = Int.random(in: 0..<max(scalars.count, 1), using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: if !scalars.isEmpty { scalars.remove(at: at) }
        case 1: scalars.insert(contentsOf: pieces.randomElement(using: &random)!.unicodeScalars, at: at)
        default: scalars.swapAt(at, Int.random(in: 0..<scalars.count, using: &random))
        }
      }
      let text = String(String.UnicodeScalarView(scalars))
      do {
        let statement = try ExpectationParser.statement(
          text, entries: entries, landscape: landscape, starts: 1, steps: 5)
        read += 1
        _ = try? ExpectationRunner(experiment).verdict(on: statement)
      } catch {
        refused += 1
        #expect((0...scalars.count).contains(error.offset) && !error.message.isEmpty, "\(text): \(error)")
      }
      if scalars.isEmpty { continue }
    }
    #expect(refused > 500 && read > 100)
  }

  /// The tables that the documentation points at: no name twice, a meaning each.
  @Test func quantitiesAreDeclaredOnce() {
    let names = RunQuantity.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(RunQuantity.all.allSatisfy { !$0.meaning.isEmpty })
    #expect(Set(LandscapeQuantity.all.map(\.name)).count == LandscapeQuantity.all.count)
    // A knob goes before a quantity where no parentheses follow, so both may not be meant.
    let knobs = Set(OptimizerRegistry.all.flatMap { $0.knobs.map(\.key) })
    #expect(Set(names).intersection(knobs) == ["lr"])
  }

  /// The quantiles of a Pareto law of a tail index give it back; five values are too few to tell.
  @Test(arguments: [0.7, 1.5, 3]) func aTailIndexIsEstimated(_ index: Double) throws {
    let sample = (1...4000).map { Foundation.pow((Double($0) - 0.5) / 4000, -1 / index) }
    let estimate = try #require(TailIndex.hill(sample))
    #expect(abs(estimate / index - 1) < 0.02)
    #expect(
      TailIndex.hill(Array(sample.prefix(99))) == nil
        && TailIndex.hill([Double](repeating: 2, count: 400)) == nil)
  }
}
