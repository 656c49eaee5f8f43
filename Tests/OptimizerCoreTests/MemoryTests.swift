import Testing

@testable import OptimizerCore

/// What rules store, counted from their state.
struct MemoryTests {
  /// As papers and lectures count it.
  @Test(arguments: [
    ("sgd", "nothing"), ("momentum", "d numbers (v)"), ("adam", "2 d numbers (m, v)"),
    ("adamw", "2 d numbers (m, v)"), ("amsgrad", "3 d numbers (m, v, u)"), ("lion", "d numbers (m)"),
    ("adagrad", "d numbers (s)"), ("rmsprop", "2 d numbers (s, a)"), ("muon", "d numbers (M)"),
    ("adagrad-full", "d² numbers (G)"), ("adamax", "2 d numbers (m, u)"), ("adan", "3 d numbers (m, v, n)"),
    ("lbfgs", "2 k d numbers (the last k steps, and what each changed of the gradient)"),
    ("kfac", "n² + m² numbers a layer of n inputs and m outputs (A, S)"),
  ]) func aRuleStores(_ id: String, _ memory: String) throws {
    #expect(try #require(OptimizerRegistry.entry(id)).memory == memory)
  }

  @Test func everyRuleSaysWhatItStores() {
    for entry in OptimizerRegistry.all {
      #expect(!entry.memory.isEmpty && !entry.memory.contains("some"), "\(entry.about.id)")
    }
  }
}
