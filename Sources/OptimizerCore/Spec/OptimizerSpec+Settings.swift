/// How the settings behind an optimizer's colon are read.
extension OptimizerSpec {
  /// Takes `lr=0.1,beta=0.9,schedule=cosine(200)`, in PyTorch's words too; the settings in declared order.
  static func takeSettings(
    of entry: OptimizerEntry, from scanner: inout TextScanner
  ) throws(SpecError) -> (settings: [Setting], schedules: [KnobSchedule]) {
    var settings: [Setting] = []
    var schedules: [(plan: KnobSchedule, column: Int)] = []
    repeat {
      let (key, keyColumn) = scanner.takeName()
      guard !key.isEmpty else {
        throw SpecError("settings are written key=value" + scanner.found, column: keyColumn)
      }
      guard scanner.take("=") else {
        if Double(key) != nil, let first = entry.knobs.first {
          throw SpecError(
            "a setting has a name: write \(entry.about.id):\(first.key)=\(Excerpt.of(key))", column: keyColumn
          )
        }
        throw SpecError("'\(key)' needs a value, as in \(key)=0.1", column: scanner.column)
      }
      let (text, column) = scanner.takeText(until: [",", ")"])
      guard !text.isEmpty else {
        throw SpecError("'\(key)' needs a value, as in \(key)=0.1", column: column)
      }
      if let scheduled = KnobSchedule.key(of: key) {
        guard !schedules.contains(where: { $0.plan.key == scheduled }) else {
          throw SpecError("\(key) is given twice", column: keyColumn)
        }
        try checkKey(scheduled, isScheduledIn: entry, keyColumn)
        schedules.append(
          (KnobSchedule(key: scheduled, schedule: try Schedule(text, offset: column - 1)), keyColumn))
        continue
      }
      for (key, text) in try meaning(of: key, text, for: entry, at: keyColumn) {
        guard let knob = entry.knobs.first(where: { $0.key == key }) else {
          preconditionFailure("an alias of \(entry.about.id) names a key that it has")
        }
        guard !settings.contains(where: { $0.key == key }) else {
          throw SpecError("\(key) is given twice", column: keyColumn)
        }
        do {
          settings.append(Setting(key: key, value: try knob.parse(text)))
        } catch {
          throw SpecError(error.message, column: column)
        }
      }
    } while scanner.take(",")
    return (ordered(settings, entry.knobs), try ordered(schedules, entry, settings))
  }

  /// Refuses a schedule of what the optimizer itself has not.
  private static func checkKey(
    _ key: String, isScheduledIn entry: OptimizerEntry, _ column: Int
  ) throws(SpecError) {
    if key == "lr" || entry.knobs.contains(where: { $0.key == key }) { return }
    guard entry.isWrapper, let inner = KnobKey.inBase(key) else {
      throw SpecError(unknown(key, of: entry), column: column)
    }
    throw SpecError(
      "what the base has is scheduled with the base: \(entry.about.id)(sgd:\(KnobSchedule.word(for: inner))=…)",
      column: column)
  }

  /// Schedules in the order of their knobs, the learning rate first.
  ///
  /// - Throws: that one cannot drive its knob with the value that the settings give it.
  private static func ordered(
    _ schedules: [(plan: KnobSchedule, column: Int)], _ entry: OptimizerEntry, _ settings: [Setting]
  ) throws(SpecError) -> [KnobSchedule] {
    var plans = schedules.map(\.plan).filter { $0.key == "lr" }
    for knob in entry.knobs where knob.key != "lr" {
      guard let (plan, column) = schedules.first(where: { $0.plan.key == knob.key }) else { continue }
      let value = settings.first { $0.key == knob.key }?.value ?? knob.defaultValue
      if let obstacle = plan.obstacle(to: knob, from: value) {
        throw SpecError("the \(knob.key) of \(entry.about.id) \(obstacle)", column: column)
      }
      plans.append(plan)
    }
    return plans
  }

  /// The keys that a word sets, with their texts.
  private static func meaning(
    of word: String, _ text: String, for entry: OptimizerEntry, at column: Int
  ) throws(SpecError) -> [(key: String, text: String)] {
    if entry.knobs.contains(where: { $0.key == word }) { return [(word, text)] }
    do {
      if let translated = try entry.translated(word, text) { return translated }
    } catch {
      throw SpecError(error.message, column: column)
    }
    throw SpecError(unknown(word, of: entry), column: column)
  }

  /// Says where settings stand if they were put into parentheses, as in a call: `adam(lr=0.1)`.
  static func refuseSettings(
    of name: String, _ column: Int, in scanner: TextScanner, _ rules: [TypedRule]
  ) throws(SpecError) {
    var scanner = scanner
    let start = scanner.position
    guard let entry = try? find(name, rules), !scanner.takeName().name.isEmpty, scanner.take("=")
    else { return }
    scanner.position = start
    let text = scanner.takeText(until: [")"]).text.filter { !$0.isWhitespace }
    let base = entry.isWrapper ? "(sgd)" : ""
    throw SpecError(
      "settings stand behind a colon: write \(entry.about.id)\(base):\(Excerpt.of(text))", column: column)
  }
}
