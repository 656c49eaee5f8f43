import Testing

@testable import OptimizerCore

/// What rules store, counted from their state.
struct MemoryTests {
  /// As papers and lectures count it.
  @Test(arguments: [
    ("sgd", "nothing"), ("momentum", "d numbers (v)"), ("adam", "2 d numbers (m, v)"),
    ("adamw", "2 d numbers (m, v)"), ("amsgrad", "3 d numbers (m, v, u)"), ("lion", "d numbers (m)"),
    ("adagrad", "d numbers (s)"), ("rmsprop", "2 d numbers (s, a)"), ("muon", "d numbers (M)"),
    ("adafactor", "d numbers (V); of an n × m matrix n + m numbers (V)"),
    ("shampoo", "d² numbers (L) and 1 number (R); of an n × m matrix n² numbers (L) and m² numbers (R)"),
    ("novograd", "1 number (v) and d numbers (m)"),
    ("adagrad-full", "d² numbers (G)"), ("adamax", "2 d numbers (m, u)"), ("adan", "3 d numbers (m, v, n)"),
    ("lbfgs", "2 k d numbers (the last k steps, and what each changed of the gradient)"),
    ("kfac", "n² + m² numbers a layer of n inputs and m outputs (A, S)"),
  ]) func aRuleStores(_ id: String, _ memory: String) throws {
    #expect(try #require(OptimizerRegistry.entry(id)).memory == memory)
  }

  /// With its base, and of a rule that was typed.
  @Test(arguments: [
    ("lookahead(adam)", "3 d numbers (φ, m, v)"), ("clip(sgd)", "nothing"),
    ("sam(momentum)", "d numbers (v)"),
    ("decay(lbfgs)", "2 k d numbers (the last k steps, and what each changed of the gradient)"),
    ("adam:schedule=cosine(9)", "2 d numbers (m, v)"), ("two", "2 d numbers (a, b)"),
  ]) func aSpecStores(_ text: String, _ memory: String) throws {
    let rule = try TypedRule("two(lr=0.1): a := 0; b := 0; a = 0.9*a + g; b = 0.5*b + a; x = x - lr*b")
    #expect(try OptimizerSpec(text, rules: [rule]).memory(for: .vector(9)) == memory)
  }

  /// What is factored is counted as its factors, whatever is shown of it: of a matrix 4 × 3 and its 4 biases.
  @Test(arguments: [
    ("adafactor", 4 + 3 + 4), ("adam", 2 * 16), ("shampoo", 16 + 9 + 16 + 1), ("novograd", 2 + 16),
    ("sgd", 0),
    ("lookahead(adafactor)", 16 + 11),
  ]) func numbersAreThoseThatAreKept(_ text: String, _ count: Int) throws {
    var rule = try OptimizerSpec(text).makeScalar()
    let layout = ParameterLayout([("W", 4, 3), ("b", 4, 1)])
    rule.prepare(for: layout)
    let valley = Valley<Double>(layout: layout)
    _ = run(&rule, on: valley, from: (1...16).map { 0.1 * Double($0) }, steps: 2, prepares: false)
    #expect(rule.storedCount == count)
    #expect(
      try OptimizerSpec("adafactor").memory(for: layout) == "n + m numbers (V)")
  }

  @Test func everyRuleSaysWhatItStores() {
    for entry in OptimizerRegistry.all {
      #expect(!entry.memory.isEmpty && !entry.memory.contains("some"), "\(entry.about.id)")
    }
  }
}
