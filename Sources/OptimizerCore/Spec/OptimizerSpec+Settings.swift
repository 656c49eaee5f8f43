/// How the settings behind an optimizer's colon are read.
extension OptimizerSpec {
  /// Takes `lr=0.1,beta=0.9,schedule=cosine(200)`, in PyTorch's words too; the settings in declared order.
  static func takeSettings(
    of entry: OptimizerEntry, from scanner: inout TextScanner
  ) throws(SpecError) -> (settings: [Setting], schedule: Schedule?) {
    var settings: [Setting] = []
    var schedule: Schedule?
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
      if key == "schedule" {
        guard schedule == nil else { throw SpecError("schedule is given twice", column: keyColumn) }
        schedule = try Schedule(text, offset: column - 1)
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
    return (ordered(settings, entry.knobs), schedule)
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
