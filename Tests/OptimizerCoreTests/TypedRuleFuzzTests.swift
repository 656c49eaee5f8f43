import TestSupport
import Testing

@testable import OptimizerCore

/// Rules made and changed at random: each is read back the same and steps, or is refused in a line that can be shown.
@Suite struct TypedRuleFuzzTests {
  private static let words =
    ExpressionFunction.names.map { "\($0)(" } + ExpressionFunction.ofRules.map { "\($0.name)(" }
    + [
      "previous(", "x", "g", "f", "t", "v", "m", "lr", ":=", "=", ";", "\n", ":", "|", " from 0 to 1", " log",
      " whole", "θ", "0.1", "where",
    ]

  private func expectRunsOrIsRefused(_ text: String, _ name: String) {
    do throws(TypedRuleError) {
      let rule = try TypedRule(text)
      let again = try TypedRule(rule.text)
      #expect(again == rule && again.text == rule.text, "\(name)")
      let block = try TypedRule(rule.block)
      #expect(block == rule, "\(name)")
      var optimizer: any Optimizer<Double> = TypedOptimizer<Double>(rule)
      let end = run(&optimizer, on: Quadratic<Double>.diagonal([1, 8]), from: [1, -2], steps: 3)
      #expect(end.count == 2)
      #expect(optimizer.lines(after: StepRecord(before: [1, 1], after: end, gradient: [0, 0])).count >= 1)
      var eight: any Optimizer<Lanes> = TypedOptimizer<Lanes>(rule)
      let ends = run(
        &eight, on: Quadratic<Lanes>.diagonal([1, 8]), from: [Lanes(repeating: 1), Lanes(repeating: -2)],
        steps: 3)
      for i in 0..<2 {
        #expect(ends[i][5].bitPattern == end[i].bitPattern || ends[i][5].isNaN && end[i].isNaN, "\(name)")
      }
      for knob in rule.knobs { #expect(knob.range.contains(knob.stepped(from: knob.defaultValue, by: 1))) }
    } catch {
      #expect(error.message.count < 400 && !error.message.contains("\n"), "\(name): \(error)")
      #expect(error.line >= 1 && error.column >= 1, "\(name): \(error)")
    }
  }

  @Test func changedRules() {
    let texts = TypedRuleTextTests.texts + TypedRuleTextTests.written.map(\.text)
    for seed in FuzzCases.seeds(150) {
      var random = TextMutator(seed: seed)
      let text = random.mutated(random.pick(texts), words: Self.words)
      FuzzCases.begin("rule \(seed), \(text.debugDescription)")
      expectRunsOrIsRefused(text, "\(seed): \(text.debugDescription)")
    }
  }

  /// Rules that are well formed, of every function.
  @Test func madeRules() {
    for seed in FuzzCases.seeds(100) {
      var random = SplitMix64(state: UInt64(seed))
      let text = Self.made(&random)
      FuzzCases.begin("made rule \(seed), \(text.debugDescription)")
      expectRunsOrIsRefused(text, "\(seed): \(text)")
    }
  }

  private static func made(_ random: inout SplitMix64) -> String {
    var names = ["x", "g", "f", "t", "lr", "b", "v", "s", "previous(g)", "previous(v)"]
    var lines = ["v := 0", "s := \(["1", "x", "lr*x", "b"][Int(random.next() % 4)])"]
    for number in 0..<(1 + Int(random.next() % 5)) {
      let name = ["v", "s", "g", "u\(number)"][Int(random.next() % 4)]
      lines.append("\(name) = \(expression(&random, names, depth: 3))")
      names.append(name)
    }
    lines.append("x = x - lr*\(expression(&random, names, depth: 3))")
    return "made(lr=0.1, b=0.5 from 0 to 1): \(lines.joined(separator: "; "))"
  }

  private static func expression(_ random: inout SplitMix64, _ names: [String], depth: Int) -> String {
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int(random.next() % UInt64(elements.count))]
    }
    guard depth > 0, random.next() % 4 > 0 else {
      return random.next() % 4 == 0 ? pick(["0", "1", "2.5", "1e-3"]) : pick(names)
    }
    let part = { (random: inout SplitMix64) in Self.expression(&random, names, depth: depth - 1) }
    if random.next() % 2 == 0 {
      return "(\(part(&random)) \(pick(["+", "-", "*", "/", "<", "=="])) \(part(&random)))"
    }
    let function = pick(ExpressionFunction.all + ExpressionFunction.ofRules)
    if function.name == "inverse_root" { return "inverse_root(\(part(&random)), 2)" }
    let arguments = (0..<function.arity.lowerBound).map { _ in part(&random) }
    return "\(function.name)(\(arguments.joined(separator: ", ")))"
  }
}
