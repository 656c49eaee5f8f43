/// An optimizer with its settings, as a text says it: `lookahead(sgd:lr=0.1):k=5,alpha=0.5`.
public struct OptimizerSpec: Sendable, Hashable, CustomStringConvertible {
  /// A knob that was given a value.
  public struct Setting: Sendable, Hashable {
    /// The knob's key, without a prefix.
    public let key: String
    /// Its value; a toggle is 0 or 1, a choice its index.
    public let value: Double
  }

  /// At most so many optimizers inside each other.
  public static let maximumDepth = 8
  /// At most so many characters of text.
  public static let maximumLength = 1000

  /// The optimizer's id.
  public let id: String
  /// The rule, where it is one that was typed.
  public let rule: TypedRule?
  /// The settings given, in declared order; the others have their defaults.
  public private(set) var settings: [Setting]
  /// The knobs that follow schedules, the learning rate first.
  public let schedules: [KnobSchedule]
  // None or one; an array because a struct cannot hold itself.
  private var bases: [OptimizerSpec]

  /// The optimizer that a wrapper wraps.
  public var base: OptimizerSpec? { bases.first }

  /// The recorded run, where it is one.
  public let trajectory: Trajectory?

  /// Reads a spec; the error names the column where there is one.
  ///
  /// - Parameters:
  ///   - rules: the typed rules that it may name beside the optimizers of the registry.
  ///   - files: reads the recorded runs that it may name.
  public init(
    _ text: String, rules: [TypedRule] = [], files: Trajectory.Reader = Trajectory.noFiles
  ) throws(SpecError) {
    guard text.unicodeScalars.count <= Self.maximumLength else {
      throw SpecError("an optimizer is at most \(Self.maximumLength) characters long")
    }
    var scanner = TextScanner(text)
    var wrappers: [(name: String, column: Int)] = []
    var spec: OptimizerSpec?
    repeat {
      let (name, column) = scanner.takeName()
      guard !name.isEmpty else {
        throw SpecError(
          "an optimizer begins with its name, as in adam:lr=0.01" + scanner.found, column: column)
      }
      if scanner.take("(") {
        if name == Recorded.about.id {
          if let wrapper = wrappers.last {
            throw SpecError(
              "a recorded run stays as it is: nothing goes around it, so leave \(wrapper.name) out",
              column: wrapper.column)
          }
          spec = OptimizerSpec(try Self.takeRecorded(from: &scanner, column, files))
          continue
        }
        try Self.refuseSettings(of: name, column, in: scanner, rules)
        guard wrappers.count < Self.maximumDepth else {
          throw SpecError("at most \(Self.maximumDepth) wrappers go around an optimizer", column: column)
        }
        wrappers.append((name, column))
      } else {
        spec = try OptimizerSpec(name, column: column, base: nil, rules, settingsFrom: &scanner)
      }
    } while spec == nil
    while let wrapper = wrappers.popLast() {
      guard scanner.take(")") else {
        throw SpecError("the parenthesis after '\(wrapper.name)' is not closed", column: wrapper.column)
      }
      spec = try OptimizerSpec(
        wrapper.name, column: wrapper.column, base: spec, rules, settingsFrom: &scanner)
    }
    scanner.skipSpaces()
    guard scanner.isAtEnd else {
      let word = scanner.next == ")" ? "a closing parenthesis too many" : "an optimizer ends here"
      throw SpecError(word + (scanner.next == ")" ? "" : scanner.found), column: scanner.column)
    }
    self = spec!
  }

  /// A recorded run, which has no settings.
  private init(_ trajectory: Trajectory) {
    id = Recorded.about.id
    self.trajectory = trajectory
    (settings, schedules, bases, rule) = ([], [], [], nil)
  }

  private init(
    _ name: String, column: Int, base: OptimizerSpec?, _ rules: [TypedRule],
    settingsFrom scanner: inout TextScanner
  ) throws(SpecError) {
    let entry: OptimizerEntry
    do {
      entry = try Self.find(name, rules)
    } catch {
      throw SpecError(error.message, column: column)
    }
    if entry.isWrapper, base == nil {
      throw SpecError("\(name) wraps another optimizer, write \(name)(sgd)", column: column)
    }
    if !entry.isWrapper, base != nil {
      let wrappers = OptimizerRegistry.all.filter(\.isWrapper).map(\.about.id).joined(separator: ", ")
      throw SpecError("\(name) wraps nothing, only wrappers do (\(wrappers))", column: column)
    }
    id = entry.about.id
    rule = rules.first { $0.name == entry.about.id }
    trajectory = nil
    bases = base.map { [$0] } ?? []
    (settings, schedules) =
      scanner.take(":") ? try Self.takeSettings(of: entry, from: &scanner) : ([], [])
    if schedule != nil, let obstacle = scheduleObstacle { throw SpecError(obstacle, column: column) }
  }

  /// Why no schedule can change its learning rate; nil where one can.
  private var scheduleObstacle: String? {
    if let base { return base.scheduleObstacle }
    guard hasLearningRate else { return "\(id) has no learning rate for a schedule to change" }
    return entry.knobs.first { KnobKey.isRate($0.key) }.flatMap(KnobSchedule.obstacle).map {
      "the lr of \(id) \($0); declare it as a number, as in lr=0.1"
    }
  }

  /// The schedule of the learning rate, its own or its base's.
  public var schedule: Schedule? { schedules.first { $0.key == "lr" }?.schedule }

  /// Whether a schedule moves a knob; `base.lr` reaches the base.
  package func isScheduled(_ key: String) -> Bool {
    if schedules.contains(where: { $0.key == key || ($0.key == "lr" && KnobKey.isRate(key)) }) { return true }
    return KnobKey.inBase(key).flatMap { base?.isScheduled($0) } ?? false
  }

  /// The optimizer of a name, typed or of the registry.
  static func find(_ name: String, _ rules: [TypedRule]) throws(SpecError) -> OptimizerEntry {
    if let rule = rules.first(where: { $0.name == name }) { return rule.entry }
    return try OptimizerRegistry.find(name, besides: rules.map(\.name))
  }

  static func unknown(_ key: String, of entry: OptimizerEntry) -> String {
    let keys = entry.knobs.map(\.key)
    let list = keys.isEmpty ? ", it has none" : ", its keys are \(keys.joined(separator: ", "))"
    return
      "\(entry.about.id) has no key '\(Excerpt.of(key))'\(Spelling.suggestion(for: key, in: keys, otherwise: list))"
  }

  static func ordered(_ settings: [Setting], _ knobs: [Knob]) -> [Setting] {
    knobs.compactMap { knob in settings.first { $0.key == knob.key } }
  }

  private var entry: OptimizerEntry { rule?.entry ?? trajectory?.entry ?? OptimizerRegistry.entry(id)! }

  /// The typed rules that it names, its base's included.
  public var rules: [TypedRule] { (rule.map { [$0] } ?? []) + (base?.rules ?? []) }

  /// Who the outermost optimizer is.
  public var about: About { entry.about }

  /// Whether it draws random numbers of its own, or its base does.
  package var isRandom: Bool { entry.about.isRandom || (base?.isRandom ?? false) }

  /// Whether a learning rate is to be found here or in the base.
  public var hasLearningRate: Bool { base?.hasLearningRate ?? entry.hasLearningRate }

  /// What it asks of a landscape, its base included.
  public var needs: Capabilities { entry.about.needs.union(base?.needs ?? []) }

  /// The most numbers that the matrices of an optimizer may have: a gigabyte.
  package static let mostMatrixNumbers = 0x1p27

  /// How many numbers the matrices have that it keeps and computes with on a problem of this layout.
  package func matrixNumbers(for layout: ParameterLayout) -> Double {
    makeScalar().matrixNumbers(for: layout)
  }

  /// The knobs, a wrapper's own first, then its base's as `base.lr`.
  public var knobs: [Knob] {
    entry.knobs
      + (base?.knobs ?? []).map {
        var knob = $0
        knob.key = KnobKey.ofBase(knob.key)
        return knob
      }
  }

  /// The name in text: `Adam`, `Lookahead(SGD)`.
  public var displayName: String {
    base.map { "\(entry.about.name)(\($0.displayName))" } ?? entry.about.name
  }

  /// The normalised text: the settings given in declared order, numbers as short as they can be. Reads back the same.
  public var description: String {
    if let trajectory { return trajectory.text }
    var text = base.map { "\(id)(\($0.description))" } ?? id
    var parts = settings.map { setting in
      "\(setting.key)="
        + (entry.knobs.first { $0.key == setting.key }?.format(setting.value) ?? setting.value.shortest)
    }
    parts += schedules.map(\.description)
    if !parts.isEmpty { text += ":" + parts.joined(separator: ",") }
    return text
  }

  /// The value of a knob, given or default; `base.lr` reaches the base. Nil if there is no such knob.
  public func setting(_ key: String) -> Double? {
    if let inner = KnobKey.inBase(key) { return base?.setting(inner) }
    return settings.first { $0.key == key }?.value ?? entry.knobs.first { $0.key == key }?.defaultValue
  }

  /// Gives a knob a value; `base.lr` reaches the base. The key must be one of `knobs`, the value in its range.
  public mutating func set(_ key: String, to value: Double) {
    if let inner = KnobKey.inBase(key), !bases.isEmpty {
      bases[0].set(inner, to: value)
      return
    }
    guard let knob = entry.knobs.first(where: { $0.key == key }) else {
      preconditionFailure(Self.unknown(key, of: entry))
    }
    precondition(knob.range.contains(value), "\(key) must lie in its range, got \(value)")
    settings.removeAll { $0.key == key }
    settings = Self.ordered(settings + [Setting(key: key, value: value)], entry.knobs)
  }

  /// Leaves a knob at 0, unsaid where that is what is meant anyway.
  package mutating func clear(_ key: String) {
    if setting(key) != 0 { set(key, to: 0) }
    let isUsual = entry.knobs.contains { $0.key == key && $0.defaultValue == 0 }
    settings.removeAll { $0.key == key && isUsual }
  }

  /// The same, from text: `("base.lr", "0.1")`.
  public mutating func set(_ key: String, parsing text: String) throws(SpecError) {
    if let inner = KnobKey.inBase(key), !bases.isEmpty {
      return try bases[0].set(inner, parsing: text)
    }
    guard let knob = entry.knobs.first(where: { $0.key == key }) else {
      throw SpecError(Self.unknown(key, of: entry))
    }
    set(key, to: try knob.parse(text))
  }

  /// The optimizer for one run.
  public func makeScalar() -> any Optimizer<Double> { makeScalar(late: 0) }

  /// The same with its schedule some steps late; early, if negative.
  package func makeScalar(late delay: Int) -> any Optimizer<Double> {
    var made: any Optimizer<Double>
    if let base, let wrap = entry.wrapScalar {
      made = wrap(base.makeScalar(late: delay))
      for setting in settings { made.set(setting.key, to: setting.value) }
    } else {
      made = entry.makeScalarWith(settings.map { ($0.key, $0.value) })
    }
    return schedules.isEmpty ? made : Scheduled(made, by: schedules, late: delay)
  }

  /// Whether a schedule changes a knob of its own, or of its base.
  package var isScheduled: Bool { !schedules.isEmpty || base?.isScheduled ?? false }

  /// The optimizer for eight runs side by side, nil where it or its base exists for single runs alone.
  public func makeLanes() -> (any Optimizer<Lanes>)? {
    var made: any Optimizer<Lanes>
    if let base {
      guard let inner = base.makeLanes(), let wrap = entry.wrapLanes else { return nil }
      made = wrap(inner)
    } else {
      guard let make = entry.makeLanes else { return nil }
      made = make()
    }
    for setting in settings { made.set(setting.key, to: Lanes(repeating: setting.value)) }
    return schedules.isEmpty ? made : Scheduled(made, by: schedules)
  }
}
