/// A line of the registry: the id of a rule, and its entry when it is asked for.
///
/// Each type that is named at run time is looked up by the language's runtime, twice for a rule; a race of four should not
/// pay for forty. So these functions are put in their callers' place, where the types are known without a search.
struct RegisteredRule: Sendable {
  /// What the rule is called.
  let id: String
  private let made: Deferred<OptimizerEntry>

  /// The rule's entry, the same each time.
  var entry: OptimizerEntry { made.value }

  private init(id: String, _ make: @escaping @Sendable () -> OptimizerEntry) {
    self.id = id
    made = Deferred(make)
  }

  /// A rule for one run and for eight.
  @inline(__always)
  static func optimizer<One: Optimizer<Double>, Eight: Optimizer<Lanes>>(
    _ one: One.Type, _ eight: Eight.Type
  ) -> RegisteredRule {
    RegisteredRule(id: One.about.id) { .optimizer(One.self, Eight.self) }
  }

  /// A rule that runs one at a time.
  @inline(__always)
  static func optimizer<One: Optimizer<Double>>(_ one: One.Type) -> RegisteredRule {
    RegisteredRule(id: One.about.id) { .optimizer(One.self) }
  }

  /// A wrapper.
  @inline(__always)
  static func wrapper<One: Wrapper<Double>, Eight: Wrapper<Lanes>>(
    _ one: One.Type, _ eight: Eight.Type
  ) -> RegisteredRule {
    RegisteredRule(id: One.about.id) { .wrapper(One.self, Eight.self) }
  }
}
